"""Proving every pack in one go: tables, settings, examples, and the codes that tables share with code.

A column of a table that bears the name of a field of the decision's outcome holds only that field's
codes. A worked example is checked to be readable here and run by the tests.
"""

import typing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from avenant_rules import machines
from avenant_rules.errors import UnknownDecisionError
from avenant_rules.examples import examples_in
from avenant_rules.forms import faults_of_pack
from avenant_rules.packs import (
    CARRIERS,
    Document,
    Fault,
    PackFaultsError,
    pack_names,
    parse,
)
from avenant_rules.registry import find
from avenant_rules.settings import prove_settings
from avenant_rules.tables import prove_table


def faults_of_packs(folder: Path = CARRIERS) -> list[tuple[str, Fault]]:
    """Everything wrong in every pack, with the file it is in; empty when all are sound."""
    found: list[tuple[str, Fault]] = []
    for path in sorted(folder.glob("*/tables/*.toml")):
        found += [(_place(path, folder), fault) for fault in faults_of_file(path)]
    for path in sorted(folder.glob("*/settings/*.toml")):
        found += [(_place(path, folder), fault) for fault in _proved(path, prove_settings)]
    for path in sorted(folder.glob("*/examples/*.toml")):
        found += [(_place(path, folder), fault) for fault in example_faults(path)]
    for pack in sorted(path for path in folder.glob("*") if path.is_dir()):
        found += [
            (
                f"{pack.name}/{file}",
                Fault(f"{fault.place} : {fault.fr}", f"{fault.place}: {fault.en}"),
            )
            for file, fault in faults_of_pack(pack)
        ]
    for name in machines.machine_names():
        found += [
            (f"machines/{name}.toml", Fault(fault, fault))
            for fault in machines.faults_of(machines.machine(name))
        ]
    if folder == CARRIERS and not pack_names():
        found.append(("carriers", Fault("Aucun dossier d'assureur.", "No carrier's pack.")))
    return found


def faults_of_file(path: Path) -> list[Fault]:
    """Everything wrong with one table file, its codes included."""
    return _proved(path, lambda document: prove_table(document) or code_faults(document))


def example_faults(path: Path) -> list[Fault]:
    """A file of worked examples that cannot be read or is named after no decision."""
    try:
        find(path.stem)
        list(examples_in(path))
    except UnknownDecisionError as error:
        return [Fault(error.message("fr"), error.message("en"))]
    except PackFaultsError as error:
        return error.faults
    except msgspec.ValidationError as error:
        return [Fault(f"Exemple illisible : {error}.", f"An example cannot be read: {error}.")]
    return []


def _place(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder))


def _proved(path: Path, prove: Any) -> list[Fault]:
    try:
        found: list[Fault] = prove(parse(path, path.read_bytes()))
    except PackFaultsError as error:
        return error.faults
    return found


def code_faults(document: Document) -> list[Fault]:
    """Codes of a table that the outcome of the decision it is named after does not have."""
    if document["kind"] != "table":
        return []
    try:
        outcome = find(document["id"]).outcome_type
    except UnknownDecisionError:
        return []
    hints = typing.get_type_hints(outcome, include_extras=True)
    faults: list[Fault] = []
    for version in document["version"]:
        for place, column in enumerate(version["columns"]):
            known = _codes(hints.get(column))
            if known:
                known.add(document.get("outputs", {}).get(column, {}).get("none"))
                faults += _unknown_codes(column, [row[place] for row in version["rows"]], known)
    return faults


def _unknown_codes(column: str, cells: list[Any], known: set[str]) -> list[Fault]:
    return [
        Fault(
            f"Colonne {column} : « {code} » n'est pas un code de la décision.",
            f"Column {column}: “{code}” is not a code of the decision.",
        )
        for cell in cells
        for code in (cell if isinstance(cell, list) else [cell])
        if code not in known
    ]


def _codes(hint: Any) -> set[str]:
    """The codes a field may hold; empty when it does not hold codes."""
    if isinstance(hint, typing.TypeAliasType):
        return _codes(hint.__value__)
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    codes: set[str] = set()
    for part in get_args(hint):
        codes |= _codes(part)
    return codes
