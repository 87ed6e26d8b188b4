"""Reading a table file strictly: what may stand in it, and what each column holds."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from avenant_rules.packs import Document, Fault
from avenant_rules.tables.inputs import TYPES, CellError

KINDS = ("table", "grid", "checks", "parameters")
_COMMON = {"id", "kind", "title", "source", "rule", "text", "texts", "note", "version"}
ALLOWED: dict[str, set[str]] = {
    "table": _COMMON | {"inputs", "outputs"},
    "grid": _COMMON | {"rows", "columns", "cells"},
    "checks": _COMMON | {"inputs"},
    "parameters": _COMMON,
}
VERSION_ALLOWED: dict[str, set[str]] = {
    "table": {"effective", "columns", "rows", "outside", "note", "source"},
    "grid": {"effective", "columns", "rows", "outside", "note", "source"},
    "checks": {"effective", "columns", "rows", "note", "source"},
    "parameters": {"effective", "rows", "note", "source"},
}
OUTPUT_TYPES = ("code", "set", "list", "yes_no", "money", "decimal", "count", "date", "text")

RULE_ID = re.compile(r"[1-4]/([A-Z]+-[0-9]+[a-z]?|[0-9]+(\.[0-9]+)*)\Z")
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_NUMERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


class Faults(list[Fault]):
    """What is wrong so far; `say` adds one sentence in each language."""

    def say(self, fr: str, en: str) -> None:
        """Add one fault."""
        self.append(Fault(fr, en))


def common_faults(document: Document) -> Faults:
    """What is wrong with the head of the file and the dates of its versions."""
    faults = Faults()
    kind = document.get("kind")
    if kind not in KINDS:
        faults.say(
            f"« kind » doit être un de : {', '.join(KINDS)}.",
            f"“kind” must be one of: {', '.join(KINDS)}.",
        )
        return faults
    _say_floats(document, faults)
    for name in document:
        if name not in ALLOWED[kind]:
            faults.say(f"« {name} » n'est pas connu ici.", f"“{name}” is not known here.")
    for name in ("id", "source", "rule"):
        if not isinstance(document.get(name), str) or not document[name].strip():
            faults.say(f"Il manque « {name} ».", f"“{name}” is missing.")
    if isinstance(document.get("rule"), str) and not RULE_ID.match(document["rule"]):
        faults.say(
            f"« {document['rule']} » n'est pas un numéro de règle (comme 1/ADM-40).",
            f"“{document['rule']}” is not a rule id (like 1/ADM-40).",
        )
    for name in ("title", "text"):
        _say_bilingual(name, document.get(name), faults, is_required=name == "title")
    for row, says in document.get("texts", {}).items():
        _say_bilingual(f"texts.{row}", says, faults, is_required=True)
    _say_versions(document, str(kind), faults)
    return faults


def _say_bilingual(name: str, says: Any, faults: Faults, *, is_required: bool) -> None:
    if says is None and not is_required:
        return
    if not isinstance(says, dict) or set(says) != {"fr", "en"} or not all(says.values()):
        faults.say(f"« {name} » s'écrit en fr et en en.", f"“{name}” is written in fr and en.")


def _say_versions(document: Document, kind: str, faults: Faults) -> None:
    versions = document.get("version")
    if not isinstance(versions, list) or not versions:
        faults.say("Il manque une version.", "A version is missing.")
        return
    before: date | None = None
    for number, version in enumerate(versions, 1):
        for name in version:
            if name not in VERSION_ALLOWED[kind]:
                faults.say(
                    f"Version {number} : « {name} » n'est pas connu ici.",
                    f"Version {number}: “{name}” is not known here.",
                )
        if not isinstance(version.get("rows"), list) or not version["rows"]:
            faults.say(f"Version {number} : sans lignes.", f"Version {number}: no rows.")
        try:
            effective = date.fromisoformat(version.get("effective", ""))
        except (TypeError, ValueError):
            faults.say(
                f"Version {number} : « effective » doit être une date.",
                f"Version {number}: “effective” must be a date.",
            )
            continue
        if before is not None and effective <= before:
            faults.say(
                f"Version {number} : {effective} n'est pas après {before}.",
                f"Version {number}: {effective} is not after {before}.",
            )
        before = effective


def _say_floats(value: Any, faults: Faults, place: str = "") -> None:
    if isinstance(value, float):
        faults.say(
            f'{place} : {value} doit s\'écrire entre guillemets, « "{value}" ».',
            f"{place}: {value} must be written in quotes.",
        )
    elif isinstance(value, dict):
        for name, item in value.items():
            _say_floats(item, faults, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            _say_floats(item, faults, f"{place}[{number}]")


def is_shaped(document: Document) -> bool:
    """Whether the file has all its parts, so that its lines can be read whatever else is wrong."""
    versions = document.get("version")
    return (
        document.get("kind") in KINDS
        and all(isinstance(document.get(name), str) for name in ("id", "rule", "source"))
        and isinstance(versions, list)
        and all(isinstance(one.get("rows"), list) and "effective" in one for one in versions)
    )


def is_row(cells: list[Any], width: int) -> bool:
    """Whether a row has its `width` cells, with or without a rule id of its own after them."""
    return len(cells) == width or (
        len(cells) == width + 1 and bool(RULE_ID.match(str(cells[width])))
    )


def input_faults(specs: Any, faults: Faults) -> None:
    """Say what is wrong with the declaration of the inputs."""
    if not isinstance(specs, dict) or not specs:
        faults.say("Il manque « inputs ».", "“inputs” is missing.")
        return
    for name, spec in specs.items():
        kind = spec.get("type") if isinstance(spec, dict) else None
        if not NAME.match(name) or kind not in TYPES:
            faults.say(
                f"L'entrée « {name} » doit avoir un type parmi : {', '.join(TYPES)}.",
                f"The input “{name}” must have a type among: {', '.join(TYPES)}.",
            )
            continue
        for word in spec:
            if word not in ("type", "values", "min", "max"):
                faults.say(
                    f"L'entrée « {name} » : « {word} » n'est pas connu.",
                    f"The input “{name}”: “{word}” is not known.",
                )
        if kind == "code" and not spec.get("values"):
            faults.say(
                f"L'entrée « {name} » est un code : dire ses « values ».",
                f"The input “{name}” is a code: say its “values”.",
            )


def output_faults(specs: dict[str, Any], faults: Faults) -> None:
    """Say what is wrong with the declaration of the outputs."""
    for name, spec in specs.items():
        if not isinstance(spec, dict) or spec.get("type") not in OUTPUT_TYPES:
            faults.say(
                f"La colonne « {name} » doit avoir un type parmi : {', '.join(OUTPUT_TYPES)}.",
                f"The column “{name}” must have a type among: {', '.join(OUTPUT_TYPES)}.",
            )
            continue
        for word in spec:
            if word not in ("type", "values", "none"):
                faults.say(
                    f"La colonne « {name} » : « {word} » n'est pas connu.",
                    f"The column “{name}”: “{word}” is not known.",
                )


def read_output(value: Any, spec: dict[str, Any] | None) -> Any:
    """The value of a cell that says what follows, as its column declares it.

    Undeclared: a yes or no, a whole number, a code, or a set of codes. `none` in the declaration is
    the word that stands for no value.

    Raises:
        CellError: the cell does not hold what its column declares.
    """
    if spec and value == spec.get("none"):
        return None
    kind = spec["type"] if spec else None
    known = spec.get("values") if spec else None
    if kind in ("money", "decimal"):
        return _number(value, kind)
    if kind == "date":
        return _day(value)
    if kind is None and isinstance(value, str) and _NUMERAL.match(value):
        raise CellError(
            f"« {value} » : déclarer la colonne dans « outputs » (money, decimal ou code)",
            f"“{value}”: declare the column in “outputs” (money, decimal or code)",
        )
    if kind == "yes_no" and not isinstance(value, bool):
        raise CellError(f"« {value} » n'est ni true ni false", f"“{value}” is not true or false")
    if kind == "count" and (isinstance(value, bool) or not isinstance(value, int)):
        raise CellError(
            f"« {value} » n'est pas un nombre entier", f"“{value}” is not a whole number"
        )
    for code in value if isinstance(value, list) else [value]:
        if known is not None and code not in known:
            codes = ", ".join(map(str, known))
            raise CellError(
                f"« {code} » n'est pas l'un de {codes}", f"“{code}” is not one of {codes}"
            )
    if kind in ("set", "list") and not isinstance(value, list):
        raise CellError(f"« {value} » n'est pas une liste", f"“{value}” is not a list")
    if isinstance(value, list):
        return tuple(value) if kind == "list" else frozenset(value)
    return value


def _number(value: Any, kind: str) -> Decimal:
    if not isinstance(value, str) or not _NUMERAL.match(value):
        raise CellError(
            f"« {value} » n'est pas un montant ou un nombre entre guillemets",
            f"“{value}” is not an amount or a number in quotes",
        )
    number = Decimal(value)
    if kind == "money" and number.as_tuple().exponent != -2:
        raise CellError(
            f"« {value} » doit avoir deux chiffres après le point",
            f"“{value}” must have two digits after the point",
        )
    return number


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CellError(f"« {value} » n'est pas une date", f"“{value}” is not a date") from None
