"""Why a decision answers what it answers: the rule, where it is written, and a sentence.

While a rule decides it only notes which rows, figures and rules mattered. The sentences are looked
up and written when somebody reads them.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from avenant_rules.catalogue import rule_entry
from avenant_rules.packs import choose
from avenant_rules.settings import Settings
from avenant_rules.tables.checks import Checked
from avenant_rules.tables.parameters import Parameters
from avenant_rules.tables.rows import Row
from avenant_rules.texts import Template, Words, template_of


class Reason(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One step that mattered: `rule` and `source` say where it is written, `text` says it in words.

    `table`, `row` and `version` name the line or figure that was matched, `value` the figure;
    `resolution` the reading chosen where the documents leave one open.
    """

    rule: str
    source: str
    text: str
    table: str | None = None
    row: str | None = None
    version: str | None = None
    value: str | None = None
    resolution: str | None = None


# What mattered: a kind ("row", "figure", "rule", "setting"), the row or the name, the key of one of
# a rule's sentences, and words for the sentence.
type Note = tuple[str, Row | str, str, dict[str, Any]]


class Because:
    """Collects what mattered. A decision calls `row`, `parameter`, `checks`, `rule` or `setting`.

    Words given by name (`because.rule("4/APP-07", days=15)`) fill the {places} of the sentence;
    the outcome's and the facts' own fields fill them without being repeated.
    """

    __slots__ = ("_settings", "notes")

    def __init__(self, settings: Settings) -> None:
        # Plain tuples: this is done for every answer, read for few.
        self.notes: list[Note] = []
        self._settings = settings

    def row(self, row: Row, **more: Any) -> None:
        """A line of a table, or a cell of a grid, decided."""
        self.notes.append(("row", row, "", more))

    def rows(self, rows: Iterable[Row], **more: Any) -> None:
        """Each of these lines decided."""
        self.notes += [("row", row, "", more) for row in rows]

    def parameter(self, parameters: Parameters, name: str, **more: Any) -> None:
        """A figure decided."""
        self.notes.append(("figure", parameters.row(name), "", more))

    def checks(self, checked: Checked, **more: Any) -> None:
        """The checks decided: the rows that failed, or all of them when all held."""
        self.rows(checked.failed or (checked.held if not checked.missing else ()), **more)

    def rule(self, rule: str, key: str = "text", **more: Any) -> None:
        """A rule of the catalogue decided, said by its sentence `key`."""
        self.notes.append(("rule", rule, key, more))

    def setting(self, name: str, **more: Any) -> None:
        """A choice between readings decided."""
        self.notes.append(("setting", name, "", more))

    def labels(self) -> list[str]:
        """Everything noted, shortly: a rule with its row, figure or sentence, or `setting=value`.

        The words given by name follow.
        """
        return [self._label(note) for note in self.notes]

    def decided(self) -> set[int]:
        """The `id` of each row that decided."""
        return {id(what) for _, what, _, _ in self.notes if isinstance(what, Row)}

    def reasons(self, language: str, family: str, holders: tuple[Any, ...]) -> list[Reason]:
        """Everything noted, in words. `holders`: the structs whose fields fill the sentences."""
        words = Words(language, family, holders)
        reasons: list[Reason] = []
        for kind, what, key, more in self.notes:
            if isinstance(what, Row):
                template, rule, source, *where = _row_words(
                    what, kind == "figure", tuple(more), language, family
                )
                reasons.append(Reason(rule, source, template.filled(words, more), *where))
            elif kind == "setting":
                reasons.append(_setting_reason(self._settings, what, language))
            else:
                source, template = _rule_words(what, key, language, family)
                reasons.append(Reason(what, source, template.filled(words, more)))
        return reasons

    def _label(self, note: Note) -> str:
        kind, what, key, more = note
        words = "".join(f" {name}={_plain(value)}" for name, value in more.items())
        if isinstance(what, Row):
            return f"{what.rule} {what.table}/{what.row}{words}"
        chosen = f"{what}={self._settings(what)}" if kind == "setting" else f"{what} {key}"
        return f"{chosen}{words}"


@lru_cache(maxsize=4096)
def _rule_words(rule: str, key: str, language: str, family: str) -> tuple[str, Template]:
    """Where a rule is written, and its sentence."""
    entry = rule_entry(rule)
    return entry.source, template_of(entry.sentence(key), language, family)


@lru_cache(maxsize=512)
def _setting_reason(settings: Settings, name: str, language: str) -> Reason:
    setting, value = settings.setting(name), settings(name)
    title, says = choose(setting.title, language), choose(setting.values[value], language)
    colon = " : " if language == "fr" else ": "
    return Reason(
        rule=setting.note,
        source=rule_entry(setting.note).source,
        text=f"{title}{colon}{says}",
        resolution=f"{name}={value}",
    )


@lru_cache(maxsize=8192)
def _row_words(
    row: Row, is_figure: bool, named: tuple[str, ...], language: str, family: str
) -> tuple[Template, str, str, str, str, str, str | None]:
    """All that is the same in every answer of a row: its sentence, but for what is `named`; where."""
    says = row.text or rule_entry(row.rule).sentence("text")
    own = {name: value for name, value in row.values.items() if name not in named}
    template = template_of(says, language, family, own)
    value = _plain(row.values["value"]) if is_figure else None
    return template, row.rule, row.source, row.table, row.row, row.version, value


def _plain(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def as_json(reasons: Iterable[Reason]) -> list[Mapping[str, Any]]:
    """The reasons as plain values, to be stored or sent."""
    plain: list[Mapping[str, Any]] = msgspec.to_builtins(list(reasons))
    return plain
