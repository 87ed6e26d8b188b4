"""Functions of colours and shades: those that honest tools write are small; others stop readers."""

import re
from typing import Any

from pikepdf import Array, Dictionary, Stream

from avenant.documents.foreign.budget import Budget
from avenant.documents.foreign.content import unpacked
from avenant.guarded import Refusal

_MAX_CODE = 16 * 1024  # bytes of a PostScript calculator
_MAX_NESTING = 16  # of its braces
_MAX_COPIED = 32  # values that it piles up at once
_MAX_AXES = 4  # of a table of samples: four colours
_PILES_UP = re.compile(rb"(\S{1,20})\s{1,20}copy\b")


def check_function(source: Any, budget: Budget) -> None:
    """See that every reader can work the function out.

    Raises:
        Refusal: "too_complex".
    """
    if not isinstance(source, Dictionary | Stream):
        return
    kind = source.get("/FunctionType")
    if kind == 0:
        sizes = source.get("/Size")
        if isinstance(sizes, Array) and len(sizes) > _MAX_AXES:
            raise Refusal("too_complex")
    if kind == 4 and isinstance(source, Stream):
        _check_calculator(unpacked(source, budget))


def _check_calculator(code: bytes) -> None:
    if len(code) > _MAX_CODE:
        raise Refusal("too_complex")
    depth = deepest = 0
    for sign in code:
        depth += (sign == ord("{")) - (sign == ord("}"))
        deepest = max(deepest, depth)
    piled = [number for number in _PILES_UP.findall(code) if _is_many(number)]
    if deepest > _MAX_NESTING or piled:
        raise Refusal("too_complex")


def _is_many(written: bytes) -> bool:
    return not written.isdigit() or int(written) > _MAX_COPIED
