"""The dated tables of a carrier's pack: `tables.reinstatement.match(days_since_premium_due=31)`.

`tables.NAME` is the file `carriers/<pack>/tables/NAME.toml`, in the version in force on the day
asked, loaded when first used. What a file answers to depends on its kind: tables and grids `match`,
checks `check`, parameters are attributes.
"""

import time
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from avenant_rules.errors import CarrierDataMissingError
from avenant_rules.packs import Document, Fault, pack_folder, read_proved
from avenant_rules.tables.checks import build_checks, faults_of_checks
from avenant_rules.tables.files import Faults, common_faults, is_shaped
from avenant_rules.tables.grid import build_grid, faults_of_grid
from avenant_rules.tables.parameters import build_parameters, faults_of_parameters
from avenant_rules.tables.positions import Age
from avenant_rules.tables.rows import Row
from avenant_rules.tables.table import build_table, faults_of_table

__all__ = [
    "Age",
    "Row",
    "Tables",
    "prove_table",
    "table_file",
    "tables_for",
    "tables_of_today",
    "today",
]

_FAULTS = {
    "table": faults_of_table,
    "grid": faults_of_grid,
    "checks": faults_of_checks,
    "parameters": faults_of_parameters,
}
_BUILD: dict[str, Any] = {
    "table": build_table,
    "grid": build_grid,
    "checks": build_checks,
    "parameters": build_parameters,
}


class Tables:
    """The tables of one carrier on one day."""

    def __init__(self, carrier: str, as_of: date) -> None:
        self._carrier, self._as_of = carrier, as_of

    def __getattr__(self, name: str) -> Any:
        """The table file `name`. Read once: then it is a plain attribute."""
        if name.startswith("_"):
            raise AttributeError(name)
        found = _in_force(self._carrier, name, self._as_of)
        self.__dict__[name] = found
        return found

    def get(self, name: str) -> Any:
        """The table file whose name is only known at run time."""
        return getattr(self, name)


@lru_cache(maxsize=512)
def tables_for(carrier: str, as_of: date) -> Tables:
    """The tables of `carrier` in force on `as_of`.

    Raises:
        CarrierDataMissingError: there is no such pack.
    """
    pack_folder(carrier)
    return Tables(carrier, as_of)


def tables_of_today(carrier: str) -> Tables:
    """The tables of `carrier` in force on the machine's date.

    Raises:
        CarrierDataMissingError: there is no such pack.
    """
    return _tables_in(carrier, int(time.time()) // 60)


@lru_cache(maxsize=32)
def _tables_in(carrier: str, minute: int) -> Tables:
    return tables_for(carrier, _date_of(minute))


def today() -> date:
    """The machine's date, for callers that do not say which day they ask for."""
    return _date_of(int(time.time()) // 60)


@lru_cache(maxsize=2)
def _date_of(minute: int) -> date:
    """The date in a minute of real time: a new day never begins inside one."""
    return date.fromtimestamp(minute * 60)  # noqa: DTZ012 - the machine's own zone is meant


def prove_table(document: Document) -> list[Fault]:
    """Everything wrong with a table file; empty when it is sound."""
    faults = common_faults(document)
    if is_shaped(document):
        inside = Faults()
        _FAULTS[document["kind"]](document, inside)
        faults += inside
    return faults


@cache
def table_file(path: Path) -> Document:
    """A proved table file.

    Raises:
        PackFaultsError: it is not sound.
    """
    return read_proved(path, prove_table)


def _in_force(carrier: str, name: str, as_of: date) -> Any:
    path = pack_folder(carrier) / "tables" / f"{name}.toml"
    if not path.exists():
        raise CarrierDataMissingError(
            {
                "fr": f"L'assureur « {carrier} » n'a pas de table « {name} ».",
                "en": f"The carrier “{carrier}” has no table “{name}”.",
            }
        )
    document = table_file(path)
    day = as_of.isoformat()
    before = [place for place, one in enumerate(document["version"]) if one["effective"] <= day]
    if not before:
        first = document["version"][0]["effective"]
        raise CarrierDataMissingError(
            {
                "fr": f"La table « {name} » commence le {first} ; on la demande pour le {day}.",
                "en": f"The table “{name}” starts on {first}; it is asked for {day}.",
            }
        )
    return _built(path, before[-1])


@cache
def _built(path: Path, place: int) -> Any:
    document = table_file(path)
    return _BUILD[document["kind"]](document, document["version"][place])
