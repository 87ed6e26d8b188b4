"""Reading JSON that others wrote: what is not JSON, and names given twice, are refused in words.

The quick reader stops at the first fault and keeps the last of two equal names. What it refuses is
read again here, in plain values, so that every fault can be named.
"""

import json
from collections import Counter
from typing import Any

from avenant_rules.errors import Bilingual, InvalidInputError

_NOT_JSON: Bilingual = {"fr": "n'est pas du JSON valide", "en": "is not valid JSON"}
_TWICE: Bilingual = {"fr": "est donné plus d'une fois", "en": "is given more than once"}


def not_json() -> InvalidInputError:
    """The error for a line that is not JSON."""
    return InvalidInputError({"input": _NOT_JSON})


def plain_json(content: bytes) -> Any:
    """The JSON of `content` in plain values.

    Raises:
        InvalidInputError: it is not JSON, or an object names a field twice.
    """
    try:
        plain = json.loads(
            bytes(content).decode("utf-8"), object_pairs_hook=_named_once, parse_constant=_refused
        )
        # Half a character (`"\ud800"`) is let in by this reader and by no other.
        json.dumps(plain, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise not_json() from None
    return plain


def refuse_repeated_names(content: bytes) -> None:
    """Refuse an object that names a field twice: which of the two is meant cannot be known.

    Raises:
        InvalidInputError: a field is named twice, or it is not JSON.
    """
    if b"\\" not in content:
        # Without escapes every other piece is a text, and one before a colon is a name. Reading the
        # whole line again costs more than answering it: only when a name really comes back.
        pieces = content.split(b'"')
        names = [
            text
            for text, after in zip(pieces[1::2], pieces[2::2], strict=False)
            if after.lstrip()[:1] == b":"
        ]
        if len(set(names)) == len(names):
            return
    plain_json(content)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        given = Counter(name for name, _ in pairs)
        raise InvalidInputError({name: _TWICE for name, times in given.items() if times > 1})
    return named


def _refused(constant: str) -> Any:
    raise ValueError(constant)
