"""JSON schemas of decisions, made from their structs, and the second reading of a refused input.

The schema has the contract's shape: references inlined, a nullable field as a list of types. A
refused input is read a second time against that schema so that every bad field is named at once.
"""

import re
import types
import typing
from datetime import date
from typing import Any, Literal, get_args, get_origin

import msgspec

from avenant_rules.errors import Bilingual
from avenant_rules.structs import Struct
from avenant_rules.values import LONGEST, WRITTEN

type Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS = ("title", "description", "default", "$schema", "examples")


def schema_of(struct: type[Struct]) -> Schema:
    """The schema of an input or outcome struct, as the contract writes it."""
    return {"$schema": DRAFT, **_object(struct)}


def normalised(schema: Any) -> Any:
    """`schema` without words, and without an order where order means nothing: for comparisons."""
    if isinstance(schema, dict):
        return {
            key: _normalised_part(key, part)
            for key, part in schema.items()
            if not (key in _WORDS and isinstance(part, str | list | int | float | bool))
        }
    if isinstance(schema, list):
        return [normalised(part) for part in schema]
    return schema


def _normalised_part(key: str, part: Any) -> Any:
    if key == "properties" and isinstance(part, dict):
        return {name: normalised(inner) for name, inner in part.items()}
    if key in ("required", "enum", "type") and isinstance(part, list):
        return sorted(part, key=repr)
    return normalised(part)


def _object(struct: type[Struct]) -> Schema:
    hints = typing.get_type_hints(struct, include_extras=True)
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for field in msgspec.structs.fields(struct):
        made = _typed(hints[field.name])
        is_given = made.pop("x-given", False)
        properties[field.encode_name] = made
        if field.required and not is_given:
            required.append(field.encode_name)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _typed(hint: Any) -> Schema:
    origin = get_origin(hint)
    if isinstance(hint, typing.TypeAliasType):
        return _typed(hint.__value__)
    if origin is typing.Annotated:
        inner, *marks = get_args(hint)
        return _with_marks(_typed(inner), marks)
    if origin in (typing.Union, types.UnionType):
        parts = [part for part in get_args(hint) if part is not type(None)]
        if len(parts) != 1:
            raise TypeError(f"a field has one type, or one type and None: {hint}")
        return _nullable(_typed(parts[0]))
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if origin is frozenset:
        return {"type": "array", "items": _typed(get_args(hint)[0]), "x-unordered": True}
    if origin in (list, tuple):
        return {"type": "array", "items": _typed(get_args(hint)[0])}
    if hint in WRITTEN:
        return {"type": "string", "pattern": hint.pattern}
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _object(hint)
    simple: dict[Any, Schema] = {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        str: {"type": "string"},
        date: {"type": "string", "format": "date"},
    }
    return dict(simple[hint])


def _nullable(schema: Schema) -> Schema:
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _with_marks(schema: Schema, marks: list[Any]) -> Schema:
    for mark in marks:
        if not isinstance(mark, msgspec.Meta):
            continue
        is_array = "items" in schema
        for value, name in (
            (mark.ge, "minimum"),
            (mark.le, "maximum"),
            (mark.min_length, "minItems" if is_array else "minLength"),
            (mark.max_length, "maxItems" if is_array else "maxLength"),
        ):
            if value is not None:
                schema[name] = value
        schema.update(mark.extra_json_schema or {})
    return schema


def faults_of(schema: Schema, value: Any, place: str = "") -> dict[str, Bilingual]:
    """What is wrong with `value`, by field, all fields at once; empty when it fits.

    The words never repeat the value: it may be personal.
    """
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None and "null" in kinds:
        return {}
    kind = kinds[0]
    if not _is_of(kind, value):
        return {place or "input": _EXPECTED[_described(schema, kind)]}
    if kind == "object":
        return _object_faults(schema, value, place)
    if kind == "array":
        return _array_faults(schema, value, place)
    fault = _scalar_fault(schema, value)
    return {place or "input": fault} if fault else {}


def _object_faults(schema: Schema, value: dict[str, Any], place: str) -> dict[str, Bilingual]:
    faults: dict[str, Bilingual] = {}
    prefix = f"{place}." if place else ""
    for name, inner in schema["properties"].items():
        if name in value:
            faults.update(faults_of(inner, value[name], prefix + name))
        elif name in schema["required"]:
            faults[prefix + name] = {"fr": "manque", "en": "is missing"}
    for name in value:
        if name not in schema["properties"]:
            faults[prefix + name] = {"fr": "n'existe pas ici", "en": "does not exist here"}
    return faults


def _array_faults(schema: Schema, value: list[Any], place: str) -> dict[str, Bilingual]:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < least:
        return {
            place: {
                "fr": f"compte au moins {least} élément(s)",
                "en": f"has at least {least} item(s)",
            }
        }
    if most is not None and len(value) > most:
        return {
            place: {"fr": f"compte au plus {most} élément(s)", "en": f"has at most {most} item(s)"}
        }
    faults: dict[str, Bilingual] = {}
    for number, item in enumerate(value):
        faults.update(faults_of(schema["items"], item, f"{place}[{number}]"))
    return faults


def _scalar_fault(schema: Schema, value: Any) -> Bilingual | None:
    if "enum" in schema and value not in schema["enum"]:
        codes = ", ".join(str(code) for code in schema["enum"] if code is not None)
        return {"fr": f"doit être un de ces codes : {codes}", "en": f"must be one of: {codes}"}
    if "pattern" in schema and not re.match(schema["pattern"][:-1] + r"\Z", value):
        return _EXPECTED[schema["pattern"]]
    if "pattern" in schema and len(value) > LONGEST:
        return {
            "fr": f"compte au plus {LONGEST} caractères",
            "en": f"has at most {LONGEST} characters",
        }
    if schema.get("format") == "date" and not _is_date(value):
        return _EXPECTED["date"]
    if "minimum" in schema and value < schema["minimum"]:
        least = schema["minimum"]
        return {"fr": f"ne peut être moins de {least}", "en": f"cannot be less than {least}"}
    if "maximum" in schema and value > schema["maximum"]:
        most = schema["maximum"]
        return {"fr": f"ne peut être plus de {most}", "en": f"cannot be more than {most}"}
    return None


def _is_of(kind: str, value: Any) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    python = {"boolean": bool, "string": str, "object": dict, "array": list}[kind]
    return isinstance(value, python)


def _is_date(text: str) -> bool:
    if not ISO_DATE.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _described(schema: Schema, kind: str) -> str:
    if schema.get("format") == "date":
        return "date"
    return str(schema.get("pattern", kind))


_EXPECTED: dict[str, Bilingual] = {
    "boolean": {"fr": "doit être vrai ou faux", "en": "must be true or false"},
    "integer": {"fr": "doit être un nombre entier", "en": "must be a whole number"},
    "string": {"fr": "doit être un texte", "en": "must be a text"},
    "array": {"fr": "doit être une liste", "en": "must be a list"},
    "object": {"fr": "doit être un objet", "en": "must be an object"},
    "date": {"fr": "doit être une date AAAA-MM-JJ", "en": "must be a date YYYY-MM-DD"},
    r"^-?[0-9]+\.[0-9]{2}$": {
        "fr": "doit être un montant écrit « 1500.00 »",
        "en": "must be an amount written “1500.00”",
    },
    r"^-?[0-9]+(\.[0-9]+)?$": {
        "fr": "doit être un nombre écrit « 12.5 »",
        "en": "must be a number written “12.5”",
    },
    r"^[0-9]+\.[0-9]$": {
        "fr": "doit être un nombre à une décimale, écrit « 24.9 »",
        "en": "must be a number with one decimal, written “24.9”",
    },
    r"^[0-9]{4}-[0-9]{2}$": {"fr": "doit être un mois AAAA-MM", "en": "must be a month YYYY-MM"},
}
