"""The catalogue of rules, `docs/rules/<part>-<FAMILY>.toml`: what each says and where it is written.

The answers, the pages and the tests (`@pytest.mark.rule`) refer to rules by these ids. Rule
`2/REQ-13` stands in `2-REQ.toml`, `4/11.3` in `4-11.toml`.
"""

import re
from functools import cache
from pathlib import Path

import msgspec

from avenant_rules.errors import Bilingual
from avenant_rules.packs import ROOT, words

FOLDER = ROOT / "docs" / "rules"

_RULE = re.compile(r"([1-4])/(?:([A-Z]+)-[0-9]+[a-z]?|([0-9]+)[0-9.]*)\Z")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. `text` (and `texts`, by key) are the sentences an answer says it with."""

    id: str
    title: Bilingual
    source: str
    text: Bilingual | None = None
    texts: dict[str, Bilingual] = {}

    def sentence(self, key: str) -> Bilingual:
        """The sentence `key`; the rule's own sentence or title for the key `text`.

        Raises:
            LookupError: the rule has no such sentence.
        """
        if key == "text":
            return self.text or self.title
        return self.texts[key]


@cache
def rule_entry(rule: str) -> Rule:
    """The entry of `rule`; an entry that only bears its id when nobody wrote one.

    An answer is never lost for want of words; `make check` names the missing entry.
    """
    return rules_in(_file_of(rule)).get(rule) or Rule(
        id=rule, title={"fr": f"Règle {rule}", "en": f"Rule {rule}"}, source=rule
    )


def _file_of(rule: str) -> Path:
    found = _RULE.match(rule)
    if not found:
        return FOLDER / "other.toml"
    return FOLDER / f"{found[1]}-{found[2] or found[3]}.toml"


@cache
def rules_in(path: Path) -> dict[str, Rule]:
    """The rules of one file of the catalogue, by id."""
    return {one["id"]: msgspec.convert(one, Rule) for one in words(path).get("rule", [])}


def all_rules() -> dict[str, Rule]:
    """Every rule of the catalogue, by id."""
    return {
        rule: entry
        for path in sorted(FOLDER.glob("*.toml"))
        for rule, entry in rules_in(path).items()
    }


def misplaced() -> list[str]:
    """Rules that stand in another file than the one their id names."""
    return [
        f"{rule} ({path.name})"
        for path in sorted(FOLDER.glob("*.toml"))
        for rule in rules_in(path)
        if _file_of(rule) != path
    ]
