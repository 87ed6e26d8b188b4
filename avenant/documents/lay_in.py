"""Lays the pages of the attached illustration into the tagged figures that the template left for
them: Typst refuses a foreign PDF inside PDF/UA-1.

Only what is drawn comes in. Links, forms, scripts, attachments and the tags of the foreign file
stay behind: the figure's text alternative speaks for the page.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

_TAG_OPERATORS = {"BMC", "BDC", "EMC", "MP", "DP"}
_TAG_KEYS = ("/StructParents", "/StructParent", "/Metadata", "/PieceInfo", "/AF", "/OC", "/Ref")
_MAX_DEPTH = 12
_DRAWN = Name("/AvenantIllustration")


class FigureMissingError(Exception):
    """The template left fewer figures than the illustration has pages."""


def page_sizes(pdf: pikepdf.Pdf) -> list[tuple[float, float]]:
    """Width and height of each page as it is read (turned pages turned), in points."""
    sizes = []
    for page in pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.cropbox.as_list())
        width, height = abs(right - left), abs(top - bottom)
        is_turned = page.rotation % 180 == 90
        sizes.append((height, width) if is_turned else (width, height))
    return sizes


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
    _forget_tags(drawing, depth=0)
    left_edge, top_edge = _top_left(drawing)
    matrix = [scale, 0, 0, scale, left - scale * left_edge, top - scale * top_edge]
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


def _top_left(drawing: Any) -> tuple[float, float]:
    """The drawing's top left corner once its own matrix (a turned page) is applied."""
    x0, y0, x1, y1 = (float(edge) for edge in drawing.BBox.as_list())
    matrix = pikepdf.Matrix(drawing.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
    corners = [matrix.transform((x, y)) for x in (x0, x1) for y in (y0, y1)]
    return min(x for x, _ in corners), max(y for _, y in corners)


def _forget_tags(drawing: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    for key in _TAG_KEYS:
        if key in drawing:
            del drawing[key]
    if drawing.get("/Subtype") != Name.Form:
        return
    content = drawing.read_bytes()
    if any(mark in content for mark in (b"BDC", b"BMC", b"MP", b"DP")):
        kept = [
            instruction
            for instruction in pikepdf.parse_content_stream(drawing)
            if str(instruction.operator) not in _TAG_OPERATORS
        ]
        drawing.write(pikepdf.unparse_content_stream(kept))
    resources = drawing.get("/Resources", pikepdf.Dictionary())
    if "/Properties" in resources:
        del resources["/Properties"]
    for nested in dict(resources.get("/XObject", pikepdf.Dictionary()).items()).values():
        _forget_tags(nested, depth + 1)
