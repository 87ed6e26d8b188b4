"""Lays the pages of the attached illustration into the tagged figures that the template left for
them: Typst refuses a foreign PDF inside PDF/UA-1.

The illustration was rebuilt when it was received: each page is one drawing that starts at 0 0. Only
that drawing comes in, its links stay behind: the figure's text alternative speaks for the page.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

_DRAWN = Name("/AvenantIllustration")


class FigureMissingError(Exception):
    """The template left fewer figures than the illustration has pages."""


def page_sizes(pdf: pikepdf.Pdf) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    boxes = [[float(edge) for edge in page.mediabox.as_list()] for page in pdf.pages]
    return [(right, top) for _left, _bottom, right, top in boxes]


def lay_in(printed: bytes, illustration: pikepdf.Pdf, alternatives: Sequence[str]) -> bytes:
    """The printed document with each illustration page drawn in its figure.

    `alternatives` are the text alternatives of the figures, one a page, by which each is found.

    Raises:
        FigureMissingError: a page of the illustration would not be printed.
    """
    with pikepdf.open(BytesIO(printed)) as document:
        drawn = 0
        for page in document.pages:
            if drawn < len(alternatives) and _draw(
                document, page, illustration.pages[drawn], alternatives[drawn]
            ):
                drawn += 1
        if drawn != len(illustration.pages):
            raise FigureMissingError(f"{drawn} of {len(illustration.pages)} pages")
        out = BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()


def _draw(
    document: pikepdf.Pdf, page: pikepdf.Page, foreign: pikepdf.Page, alternative: str
) -> bool:
    instructions = list(pikepdf.parse_content_stream(page))
    places = (n for n, entry in enumerate(instructions) if _alternative_of(entry) == alternative)
    position = next(places, None)
    if position is None:
        return False
    scale, left, top = _figure_place(instructions[position:])
    drawing = foreign.as_form_xobject()
    matrix = [scale, 0, 0, scale, left, top - scale * float(foreign.mediabox[3])]
    page.add_resource(document.copy_foreign(drawing), Name.XObject, _DRAWN)
    operator = pikepdf.Operator
    instructions[position + 1 : position + 1] = [
        pikepdf.ContentStreamInstruction([], operator("q")),
        pikepdf.ContentStreamInstruction(matrix, operator("cm")),
        pikepdf.ContentStreamInstruction([_DRAWN], operator("Do")),
        pikepdf.ContentStreamInstruction([], operator("Q")),
    ]
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    return True


def _alternative_of(instruction: Any) -> str | None:
    if str(instruction.operator) != "BDC":
        return None
    properties = instruction.operands[1]
    if isinstance(properties, pikepdf.Dictionary) and "/Alt" in properties:
        return str(properties.Alt)
    return None


def _figure_place(instructions: Sequence[Any]) -> tuple[float, float, float]:
    """Scale, left and top of the empty figure: its drawing is one unit a point of the page."""
    for instruction in instructions:
        if str(instruction.operator) == "cm":
            a, _, _, _, left, top = (float(operand) for operand in instruction.operands)
            return a, left, top
    raise FigureMissingError("the figure has no place")
