"""The catalogue of rules, `docs/rules/<part>-<FAMILY>.toml`: what each says and where it is written.

The answers, the pages and the tests (`@pytest.mark.rule`) refer to rules by these ids. Rule
`2/REQ-13` stands in `2-REQ.toml`, `4/11.3` in `4-11.toml`.

    python -m avenant_rules.catalogue       names rules no test bears and ids nobody wrote down
"""

import re
import sys
from functools import cache
from pathlib import Path

import msgspec

from avenant_rules.errors import Bilingual
from avenant_rules.packs import CARRIERS, ROOT, words

FOLDER = ROOT / "docs" / "rules"

_RULE = re.compile(r"([1-4])/(?:([A-Z]+)-[0-9]+[a-z]?|([0-9]+)[0-9.]*)\Z")
_CITED = re.compile(r"[\"']([1-4]/(?:[A-Z]+-[0-9]+[a-z]?|[0-9]+\.[0-9]+))[\"']")
_BORNE = re.compile(r"mark\.rule\(\s*((?:[\"'][^\"']+[\"'],?\s*)+)\)")


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


def decisions_of(rule: str) -> list[str]:
    """The decisions of the contract that implement `rule`."""
    contract = msgspec.json.decode((ROOT / "docs" / "contract" / "decisions.json").read_bytes())
    return [name for name, one in contract["decisions"].items() if rule in one["rules"]]


def borne_by_tests(folder: Path = ROOT / "tests") -> set[str]:
    """The rules that some test bears with `@pytest.mark.rule`, or some worked example shows."""
    borne = {
        rule
        for path in folder.rglob("test_*.py")
        for marks in _BORNE.findall(path.read_text("utf-8"))
        for rule in re.findall(r"[\"']([^\"']+)[\"']", marks)
    }
    shown = re.compile(r'^rule\s*=\s*"([^"]+)"', re.MULTILINE)
    for path in CARRIERS.glob("*/examples/*.toml"):
        borne |= set(shown.findall(path.read_text("utf-8")))
    return borne


def cited() -> dict[str, Path]:
    """The rule ids that decisions, machines and packs cite, with a file that cites each."""
    here = Path(__file__).parent
    files = [
        *here.glob("decisions/**/*.py"),
        *here.glob("machines/*.toml"),
        *CARRIERS.glob("*/tables/*.toml"),
        *CARRIERS.glob("*/settings/*.toml"),
    ]
    return {rule: path for path in files for rule in _CITED.findall(path.read_text("utf-8"))}


def main() -> int:
    """Print what is wrong with the catalogue; 0 when nothing is."""
    known, borne = all_rules(), borne_by_tests()
    problems = [f"{place}: in another file than its id names" for place in misplaced()]
    problems += [
        f"{rule}: cited in {path.name}, not in docs/rules"
        for rule, path in sorted(cited().items())
        if rule not in known
    ]
    problems += [f"{rule}: no test bears it" for rule in sorted(set(known) - borne)]
    problems += [
        f"{rule}: borne by a test, not in docs/rules"
        for rule in sorted(borne - set(known))
        if _RULE.match(rule) is None
    ]
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
