"""A signature drawn on a screen, as the vector image that is printed on the signature page."""

from collections.abc import Sequence
from itertools import pairwise

from avenant.documents.payload import Point

_INK = "#12233a"
_MARGIN = 4.0
_MAX_POINTS = 20_000
_FARTHEST = 20_000.0  # pixels: no pad is as large


def strokes_svg(strokes: Sequence[Sequence[Point]]) -> str:
    """An SVG cropped to the ink, or "" when nothing was drawn.

    Each stroke is the points of one movement, in the pad's pixels. Corners are rounded off by
    passing through the middle of each pair of points, as the pad showed it.
    """
    kept = [[point for point in stroke if _is_on_a_pad(point)] for stroke in strokes]
    drawn = [stroke for stroke in kept if stroke]
    points = [point for stroke in drawn for point in stroke]
    if not points or len(points) > _MAX_POINTS:
        return ""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = max(right - left, 1.0) + 2 * _MARGIN
    height = max(bottom - top, 1.0) + 2 * _MARGIN
    # Ink as thick as a pen's on paper, whatever the pad's resolution was.
    thickness = max(height, width / 4) / 45
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}" height="{height:.2f}" '
        f'viewBox="{left - _MARGIN:.2f} {top - _MARGIN:.2f} {width:.2f} {height:.2f}">'
        f'<g fill="none" stroke="{_INK}" stroke-width="{thickness:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    )


def _is_on_a_pad(point: Point) -> bool:
    """A drawing kept before its points were bounded may hold some that no picture can."""
    return all(abs(at) <= _FARTHEST for at in point)


def _path(stroke: Sequence[Point]) -> str:
    x, y = stroke[0]
    if len(stroke) == 1:
        return f"M{x:.2f} {y:.2f}l0.01 0"
    parts = [f"M{x:.2f} {y:.2f}"]
    for (ax, ay), (bx, by) in pairwise(stroke[1:]):
        parts.append(f"Q{ax:.2f} {ay:.2f} {(ax + bx) / 2:.2f} {(ay + by) / 2:.2f}")
    parts.append(f"L{stroke[-1][0]:.2f} {stroke[-1][1]:.2f}")
    return "".join(parts)
