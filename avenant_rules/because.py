"""Why a decision answers what it answers: the rule, where it is written, and a sentence.

While a rule decides it only notes which rows, figures and rules mattered. The sentences are looked
up and written when somebody reads them.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from avenant_rules.catalogue import rule_entry
from avenant_rules.errors import Bilingual
from avenant_rules.packs import choose
from avenant_rules.settings import Setting, Settings
from avenant_rules.tables.checks import Checked
from avenant_rules.tables.parameters import Parameters
from avenant_rules.tables.rows import Row
from avenant_rules.texts import Reader


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
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

    __slots__ = ("_notes", "_settings")

    def __init__(self, settings: Settings) -> None:
        # Plain tuples: this is done for every answer, read for few.
        self._notes: list[Note] = []
        self._settings = settings

    def row(self, row: Row, **more: Any) -> None:
        """A line of a table, or a cell of a grid, decided."""
        self._notes.append(("row", row, "", more))

    def rows(self, rows: Iterable[Row], **more: Any) -> None:
        """Each of these lines decided."""
        for row in rows:
            self.row(row, **more)

    def parameter(self, parameters: Parameters, name: str, **more: Any) -> None:
        """A figure decided."""
        self._notes.append(("figure", parameters.row(name), "", more))

    def checks(self, checked: Checked, **more: Any) -> None:
        """The checks decided: the rows that failed, or all of them when all held."""
        self.rows(checked.failed or (checked.held if not checked.missing else ()), **more)

    def rule(self, rule: str, key: str = "text", **more: Any) -> None:
        """A rule of the catalogue decided, said by its sentence `key`."""
        self._notes.append(("rule", rule, key, more))

    def setting(self, name: str, **more: Any) -> None:
        """A choice between readings decided."""
        self._notes.append(("setting", name, "", more))

    def __len__(self) -> int:
        return len(self._notes)

    def labels(self) -> list[str]:
        """Everything noted, shortly: a rule with its row, figure or sentence, or `setting=value`.

        The words given by name follow.
        """
        return [self._label(note) for note in self._notes]

    def decided(self) -> set[int]:
        """The `id` of each row that decided."""
        return {id(what) for _, what, _, _ in self._notes if isinstance(what, Row)}

    def reasons(self, language: str, family: str, places: Iterable[Any]) -> list[Reason]:
        """Everything noted, in words. `places`: the structs whose fields fill the sentences."""
        reader = Reader(language, family)
        return [self._reason(note, reader, tuple(places)) for note in self._notes]

    def _label(self, note: Note) -> str:
        kind, what, key, more = note
        words = "".join(f" {name}={_plain(value)}" for name, value in more.items())
        if isinstance(what, Row):
            return f"{what.rule} {what.table}/{what.row}{words}"
        chosen = f"{what}={self._settings(what)}" if kind == "setting" else f"{what} {key}"
        return f"{chosen}{words}"

    def _reason(self, note: Note, reader: Reader, places: tuple[Any, ...]) -> Reason:
        kind, what, key, more = note
        if isinstance(what, Row):
            return _row_reason(kind, what, reader, (more, what.values, *places))
        if kind == "setting":
            setting, value = self._settings.setting(what), self._settings(what)
            return _setting_words(setting, value, reader.language)
        entry = rule_entry(what)
        text = reader.sentence(entry.sentence(key), (more, *places))
        return Reason(rule=what, source=entry.source, text=text)


@lru_cache(maxsize=512)
def _setting_words(setting: Setting, value: str, language: str) -> Reason:
    title, says = choose(setting.title, language), choose(setting.values[value], language)
    colon = " : " if language == "fr" else ": "
    return Reason(
        rule=setting.note,
        source=rule_entry(setting.note).source,
        text=f"{title}{colon}{says}",
        resolution=f"{setting.id}={value}",
    )


def _row_reason(kind: str, row: Row, reader: Reader, places: tuple[Any, ...]) -> Reason:
    says: Bilingual = row.text or rule_entry(row.rule).sentence("text")
    return Reason(
        rule=row.rule,
        source=row.source,
        text=reader.sentence(says, places),
        table=row.table,
        row=row.row,
        version=row.version,
        value=_plain(row.values["value"]) if kind == "figure" else None,
    )


def _plain(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def as_json(reasons: Iterable[Reason]) -> list[Mapping[str, Any]]:
    """The reasons as plain values, to be stored or sent."""
    return [msgspec.to_builtins(reason) for reason in reasons]
