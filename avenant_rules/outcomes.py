"""Writing an outcome as the contract writes it: amounts with their two digits, sets in order."""

import types
import typing
from collections.abc import Callable
from typing import Any, get_args, get_origin

import msgspec

from avenant_rules.structs import Struct
from avenant_rules.values import WRITTEN, written

type Writer = Callable[[Any], Any]


def writer_of(struct: type[Struct]) -> Writer:
    """A function that gives an outcome of this type as plain values, null fields left out."""
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = [
        (field.name, field.encode_name, _writer(hints[field.name]))
        for field in msgspec.structs.fields(struct)
    ]

    def write(outcome: Any) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for name, shown_as, write_field in fields:
            value = getattr(outcome, name)
            plain[shown_as] = value if value is None or write_field is None else write_field(value)
        return plain

    return write


def _writer(hint: Any) -> Writer | None:
    """How to write a value of this type; None when it is written as it is."""
    if isinstance(hint, typing.TypeAliasType):
        return _writer(hint.__value__)
    origin = get_origin(hint)
    if origin is typing.Annotated:
        return _writer(get_args(hint)[0])
    if origin in (typing.Union, types.UnionType):
        parts = [part for part in get_args(hint) if part is not type(None)]
        return _writer(parts[0])
    if origin is frozenset:
        return sorted
    if origin in (list, tuple):
        return _list_writer(get_args(hint)[0])
    if hint in WRITTEN and hasattr(hint, "digits"):
        return lambda value: written(hint, value)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return writer_of(hint)
    if hint in (bool, int, str) or origin is typing.Literal:
        return None
    return _iso if hint.__name__ == "date" else None


def _list_writer(item: Any) -> Writer:
    write_item = _writer(item)
    return list if write_item is None else lambda values: [write_item(value) for value in values]


def _iso(value: Any) -> str:
    return str(value.isoformat())
