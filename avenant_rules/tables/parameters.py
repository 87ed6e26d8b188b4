"""`kind = "parameters"`: single figures, each with its unit and its citation.

A row is `[name, value, unit, citation]`, and a rule id when it is not the head's. Amounts and numbers
with a fraction are in quotes.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from avenant_rules.packs import Document
from avenant_rules.tables.files import NAME, Faults, is_row, read_output
from avenant_rules.tables.inputs import CellError
from avenant_rules.tables.rows import Row

_WIDTH = 4
_COUNTED = (
    "days",
    "business_days",
    "months",
    "years",
    "hours",
    "minutes",
    "count",
    "digits",
    "day_of_month",
)
_MONEY = ("CAD", "EUR")
_NUMBERS = ("percent", "rate", "number")
UNITS = (*_COUNTED, *_MONEY, *_NUMBERS, "date", "code", "codes", "text", "yes_no")


class Parameters:
    """One version of a file of parameters. Each parameter is an attribute: its value."""

    def __init__(self, name: str, source: str, rows: list[Row]) -> None:
        self.name, self.source = name, source
        self._rows = {row.row: row for row in rows}
        self.__dict__.update({row.row: row.value for row in rows})

    def __getattr__(self, name: str) -> Any:
        """Reached only for what is not a parameter of this file."""
        raise AttributeError(f"{self.__dict__.get('name')!r} has no parameter {name!r}")

    @property
    def rows(self) -> list[Row]:
        """Every parameter as a row, in the order of the file."""
        return list(self._rows.values())

    def row(self, name: str) -> Row:
        """The parameter `name` with its unit and citation."""
        return self._rows[name]


def faults_of_parameters(document: Document, faults: Faults) -> None:
    """Say everything that is wrong with each version."""
    if not faults:
        for version in document["version"]:
            build_parameters(document, version, faults)


def build_parameters(
    document: Document, version: Document, faults: Faults | None = None
) -> Parameters:
    """One version, compiled. With `faults`, what is wrong is said there instead of ignored."""
    said = Faults() if faults is None else faults
    rows: list[Row] = []
    seen: set[str] = set()
    for number, cells in enumerate(version["rows"], 1):
        if not is_row(cells, _WIDTH) or not NAME.match(str(cells[0])) or not str(cells[3]).strip():
            said.say(f"Ligne {number} : nom, valeur, unité, référence.",
                     f"Line {number}: name, value, unit, citation.")  # fmt: skip
            continue
        name, written, unit, cite = cells[:_WIDTH]
        if name in seen or name in ("name", "source", "rows", "row"):
            said.say(f"Le nom {name} est pris.", f"The name {name} is taken.")
        seen.add(name)
        try:
            value = _value(written, unit)
        except CellError as error:
            said.say(f"{name} : {error.fr}.", f"{name}: {error.en}.")
            continue
        rows.append(
            Row(
                row=name,
                rule=cells[_WIDTH] if len(cells) > _WIDTH else document["rule"],
                source=f"{version.get('source', document['source'])}, {cite}",
                table=document["id"],
                version=version["effective"],
                text=document.get("texts", {}).get(name) or document.get("text"),
                values={"value": value, "unit": unit},
            )
        )
    return Parameters(document["id"], document["source"], rows)


def _value(written: Any, unit: str) -> int | Decimal | date | str | bool | frozenset[str]:
    if unit not in UNITS:
        units = ", ".join(UNITS)
        raise CellError(
            f"l'unité « {unit} » n'est pas l'une de {units}",
            f"unit “{unit}” is not one of {units}",
        )
    kind = {"codes": "set", "code": "code", "text": "text", "yes_no": "yes_no", "date": "date"}.get(
        unit
    )
    if unit in _COUNTED:
        kind = "count"
    elif unit in _MONEY:
        kind = "money"
    elif unit in _NUMBERS:
        kind = "decimal"
    value: int | Decimal | date | str | bool | frozenset[str] = read_output(written, {"type": kind})
    return value
