"""Reads what a page, a form, a glyph or a tile draws, and keeps the steps that draw.

Marks that do not draw (tags, layers, points of reference) are left out: what a reader shows or
hides by them is compared as a picture later. A step that PDF does not know is left out too.
"""

from collections.abc import Iterable
from typing import Any

import pikepdf
from msgspec import Struct

from avenant.documents.foreign.budget import MAX_DRAWING, Budget
from avenant.guarded import Refusal

# ISO 32000-2, table 50, without marked content and compatibility sections.
_DRAWS = frozenset(
    b"b B b* B* BT c cm CS cs d d0 d1 Do ET f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC"
    b" sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".decode().split()
)
# The operator, the kind of resource that it names, and which of its operands is the name.
_NAMES = {
    "Do": "/XObject",
    "Tf": "/Font",
    "gs": "/ExtGState",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
}
_LAST_OPERAND = {"scn", "SCN"}


class Drawing(Struct, kw_only=True):
    """What is drawn: the steps, how many they are, and the resources that they name.

    `used` is by kind of resource; `drawn` says how often each XObject is drawn.
    """

    content: bytes
    steps: int
    used: dict[str, set[str]]
    drawn: dict[str, int]


def read_drawing(streams: Iterable[pikepdf.Stream], budget: Budget) -> Drawing:
    """The drawing of content streams, read as one (a token never goes over their border).

    Raises:
        Refusal: "too_complex", or "damaged" where it cannot be read to its end.
    """
    parts = []
    for stream in streams:
        parts.append(unpacked(stream, budget))
    if sum(map(len, parts)) > MAX_DRAWING:
        raise Refusal("too_complex")
    used: dict[str, set[str]] = {}
    drawn: dict[str, int] = {}
    kept: list[Any] = []
    opened = 0  # states: in a form, one closed too often would close the page's in some readers
    with pikepdf.new() as scratch:
        steps = pikepdf.parse_content_stream(pikepdf.Stream(scratch, b"\n".join(parts)))
    for step in steps:
        operator = str(step.operator)
        if operator == "INLINE IMAGE":
            _note_inline_image(step, used)
        elif operator not in _DRAWS or (operator == "Q" and not opened):
            continue
        elif operator in _NAMES:
            _note_names(operator, step.operands, used, drawn)
        opened += (operator == "q") - (operator == "Q")
        kept.append(step)
    kept += [pikepdf.ContentStreamInstruction([], pikepdf.Operator("Q"))] * opened
    return Drawing(
        content=pikepdf.unparse_content_stream(kept), steps=len(kept), used=used, drawn=drawn
    )


def unpacked(stream: Any, budget: Budget) -> bytes:
    """The data of a stream without its filters.

    Raises:
        Refusal: "damaged" where it cannot be unpacked, "too_complex" where it is too much.
    """
    if not isinstance(stream, pikepdf.Stream):
        raise Refusal("damaged")
    try:
        data = stream.read_bytes()
    except pikepdf.PikepdfError as error:
        raise Refusal(what_failed(error)) from None
    budget.unpack(len(data))
    return data


def what_failed(error: Exception) -> str:
    """The code of what qpdf could not do: for want of memory, or because the file is not whole."""
    return "too_complex" if "bad_alloc" in str(error) else "damaged"


def _note_names(
    operator: str, operands: Any, used: dict[str, set[str]], drawn: dict[str, int]
) -> None:
    if not len(operands):
        return
    name = operands[-1 if operator in _LAST_OPERAND else 0]
    if not isinstance(name, pikepdf.Name):
        return
    used.setdefault(_NAMES[operator], set()).add(str(name))
    if operator == "Do":
        drawn[str(name)] = drawn.get(str(name), 0) + 1


def _note_inline_image(step: Any, used: dict[str, set[str]]) -> None:
    image = step.iimage.obj
    width, height = (int(image.get(key, 0)) for key in ("/Width", "/Height"))
    if width < 0 or height < 0 or width * height > 4_000_000:
        raise Refusal("image_too_large")
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Name):
        used.setdefault("/ColorSpace", set()).add(str(space))
