"""What would change next: the nearest ends of the lines that decided, and what follows there.

Asked with `explain="next"`: an advisor sees that from 4,000.01 on, or from 51 years, more is asked for.
Each entry moves one fact of one table and leaves the others as they are.
"""

from typing import Any

import msgspec

from avenant_rules.tables import Tables
from avenant_rules.tables.match import Matcher
from avenant_rules.tables.rows import Row
from avenant_rules.texts import label, said

type Looked = tuple[Matcher, dict[str, Any], Row]


class Change(msgspec.Struct, frozen=True):
    """With `fact` in the range `when` instead, the line `row` of `table` would decide."""

    fact: str
    when: str
    table: str
    row: str
    source: str
    text: str


class WatchedTables:
    """The tables of a day, with a note of each line looked up."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.looked: list[Looked] = []

    def __getattr__(self, name: str) -> Any:
        """The table `name`; one that matches is watched."""
        found = getattr(self._tables, name)
        return _Watched(found, self.looked) if isinstance(found, Matcher) else found

    def get(self, name: str) -> Any:
        """The table file whose name is only known at run time."""
        return self.__getattr__(name)


class _Watched:
    def __init__(self, matcher: Matcher, looked: list[Looked]) -> None:
        self._matcher, self._looked = matcher, looked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._matcher, name)

    def match(self, **facts: Any) -> Row:
        row = self._matcher.match(**facts)
        self._looked.append((self._matcher, facts, row))
        return row


def changes(looked: list[Looked], decided: set[int], language: str, family: str) -> list[Change]:
    """What would change next in the lines that decided, in the order they were looked up.

    `decided`: the `id` of the rows that the reasons name.
    """
    return [
        _change(matcher, fact, when, row, language, family)
        for matcher, facts, matched in looked
        if id(matched) in decided
        for fact, when, row in matcher.beside(facts, matched)
    ]


def _change(matcher: Matcher, fact: str, when: str, row: Row, language: str, family: str) -> Change:
    name = label(fact, language, family)
    follows = "; ".join(
        said(value, language, family)
        for column, value in row.values.items()
        if column not in ("band", "column")
    )
    if row.is_outside:
        follows = "hors du tableau" if language == "fr" else "out of the table"
    colon = " : " if language == "fr" else ": "
    return Change(fact, when, matcher.name, row.row, row.source, f"{name} {when}{colon}{follows}")
