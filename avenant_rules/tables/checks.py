"""`kind = "checks"`: conditions that must all hold; each one that does not is a reason.

A row is `[name, condition, reason, citation]`, and a rule id when it is not the head's. A missing
fact makes its row unknown, not failed.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from avenant_rules.conditions import (
    DATE,
    DAYS,
    DECIMAL,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    Condition,
    ConditionError,
    Type,
    choice,
    list_of,
)
from avenant_rules.packs import Document
from avenant_rules.tables.files import Faults, is_row
from avenant_rules.tables.rows import Row

_WIDTH = 4
_SIMPLE: dict[str, Type] = {
    "yes_no": YES_NO, "integer": INTEGER, "count": INTEGER, "years": INTEGER, "months": INTEGER,
    "hours": INTEGER, "days": DAYS, "money": MONEY, "decimal": DECIMAL, "date": DATE, "text": TEXT,
}  # fmt: skip


class Checked(msgspec.Struct, frozen=True, gc=False):
    """What the checks gave: the rows that failed, those that held, the facts still needed."""

    failed: tuple[Row, ...]
    held: tuple[Row, ...]
    missing: frozenset[str]

    @property
    def reasons(self) -> frozenset[str]:
        """The reasons of the rows that failed."""
        return frozenset(row.reason for row in self.failed)


class Checks:
    """One version of a file of checks, ready to answer."""

    def __init__(self, name: str, source: str, rows: list[tuple[Row, Condition]]) -> None:
        self.name, self.source, self._rows = name, source, rows

    @property
    def rows(self) -> list[Row]:
        """Every row, in the order of the file."""
        return [row for row, _ in self._rows]

    def check(self, facts: Mapping[str, Any] | msgspec.Struct, **more: Any) -> Checked:
        """Try every row on `facts` (a struct or a mapping), to which `more` adds by name."""
        known = msgspec.structs.asdict(facts) if isinstance(facts, msgspec.Struct) else dict(facts)
        known.update(more)
        failed: list[Row] = []
        held: list[Row] = []
        missing: set[str] = set()
        for row, condition in self._rows:
            answer = condition.evaluate(known)
            if answer:
                held.append(row)
            elif answer is None:
                missing |= condition.missing(known)
            else:
                failed.append(row)
        return Checked(tuple(failed), tuple(held), frozenset(missing))


def faults_of_checks(document: Document, faults: Faults) -> None:
    """Say everything that is wrong with each version."""
    specs = document.get("inputs")
    if not isinstance(specs, dict) or not specs:
        faults.say("Il manque « inputs ».", "“inputs” is missing.")
        return
    for name, spec in specs.items():
        kind = spec.get("type") if isinstance(spec, dict) else None
        if kind not in (*_SIMPLE, "code", "set"):
            faults.say(f"L'entrée « {name} » est sans type connu.",
                       f"The input “{name}” has no known type.")  # fmt: skip
    if not faults:
        for version in document["version"]:
            build_checks(document, version, faults)


def build_checks(document: Document, version: Document, faults: Faults | None = None) -> Checks:
    """One version, compiled. With `faults`, what is wrong is said there instead of ignored."""
    said = Faults() if faults is None else faults
    names = {name: _type(spec) for name, spec in document["inputs"].items()}
    rows: list[tuple[Row, Condition]] = []
    seen: set[str] = set()
    for number, cells in enumerate(version["rows"], 1):
        if not is_row(cells, _WIDTH) or not all(isinstance(cell, str) and cell for cell in cells):
            said.say(f"Ligne {number} : nom, condition, motif, référence.",
                     f"Line {number}: name, condition, reason, citation.")  # fmt: skip
            continue
        name, text, reason, cite = cells[:_WIDTH]
        if name in seen:
            said.say(f"Deux lignes s'appellent {name}.", f"Two lines are called {name}.")
        seen.add(name)
        try:
            condition = Condition.parse(text, names)
        except ConditionError as error:
            said.say(f"Ligne {name} : {error.fr}", f"Line {name}: {error.en}")
            continue
        row = Row(
            row=name,
            rule=cells[_WIDTH] if len(cells) > _WIDTH else document["rule"],
            source=f"{version.get('source', document['source'])}, {cite}",
            table=document["id"],
            version=version["effective"],
            text=document.get("texts", {}).get(name) or document.get("text"),
            values={"reason": reason},
        )
        rows.append((row, condition))
    return Checks(document["id"], document["source"], rows)


def _type(spec: dict[str, Any]) -> Type:
    if spec["type"] == "code":
        return choice(*spec.get("values", ()))
    if spec["type"] == "set":
        return list_of(*spec.get("values", ()))
    return _SIMPLE[spec["type"]]
