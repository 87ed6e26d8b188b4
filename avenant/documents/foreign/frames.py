"""Where a page is looked at: its visible box, its turn and its unit, as readers take them.

A box that is no box gives way to the one around it (ISO 32000-2, 14.11.2, and what PDFium does);
what is found here is what is used everywhere after.
"""

from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array

from avenant.guarded import Refusal

MIN_SIDE = 3.0  # points
MAX_SIDE = 14_400.0  # points: 5 metres
_LETTER = (0.0, 0.0, 612.0, 792.0)
_MAX_PARENTS = 64

type Box = tuple[float, float, float, float]


class Frame(Struct, frozen=True, kw_only=True):
    """What of a page is seen: `box` in its own space, `turns` by 90° clockwise, `unit` in points.

    `width` and `height` are those of the page as it is read, in points.
    """

    box: Box
    turns: int
    unit: float

    @property
    def width(self) -> float:
        return self._sides[self.turns % 2]

    @property
    def height(self) -> float:
        return self._sides[1 - self.turns % 2]

    @property
    def _sides(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (right - left) * self.unit, (top - bottom) * self.unit

    @property
    def matrix(self) -> pikepdf.Matrix:
        """From the page's own space to one that starts at 0 0, upright and in points."""
        left, bottom, right, top = self.box
        upright = pikepdf.Matrix(1, 0, 0, 1, -left, -bottom)
        width, height = right - left, top - bottom
        turn = [
            pikepdf.Matrix(1, 0, 0, 1, 0, 0),
            pikepdf.Matrix(0, -1, 1, 0, 0, width),
            pikepdf.Matrix(-1, 0, 0, -1, width, height),
            pikepdf.Matrix(0, 1, -1, 0, height, 0),
        ][self.turns]
        scale = pikepdf.Matrix(self.unit, 0, 0, self.unit, 0, 0)
        return upright @ turn @ scale


def frame_of(page: pikepdf.Page) -> Frame:
    """The frame of a page.

    Raises:
        Refusal: "page_size" when no reader could print what it shows.
    """
    media = _box(page, "/MediaBox") or _LETTER
    crop = _box(page, "/CropBox") or media
    box = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    unit = _number(page.obj.get("/UserUnit", 1)) or 1.0
    turns = int(int(_number(_inherited(page.obj, "/Rotate"))) / 90) % 4
    frame = Frame(box=box, turns=turns, unit=unit)
    sides = (frame.width, frame.height)
    if not MIN_SIDE <= min(sides) <= max(sides) <= MAX_SIDE:
        raise Refusal("page_size")
    return frame


def _box(page: pikepdf.Page, key: str) -> Box | None:
    value = _inherited(page.obj, key)
    if not isinstance(value, Array) or len(value) != 4:
        return None
    x0, y0, x1, y1 = (_number(edge) for edge in list(value))
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _inherited(node: Any, key: str) -> Any:
    for _ in range(_MAX_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if node.get(key) is not None:
            return node[key]
        node = node.get("/Parent")
    return None


def _number(value: Any) -> float:
    """A number of the file, or 0 for what is none."""
    if isinstance(value, pikepdf.Object | bool | str) or value is None:
        return 0.0
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return number if abs(number) < 1e12 else 0.0
