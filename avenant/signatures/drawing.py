"""What comes from the signature pad: a drawing within the pad, or a typed name.

Nothing of it is trusted: a program may send any numbers, any number of them, nested or endless.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from avenant.errors import RuleError, UnreadableTextError
from avenant_rules.plain_text import TextRefused, read_line

# A dot or a slip of the finger is no signature.
FEWEST_POINTS = 6
SHORTEST_SIDE = 15.0  # pixels of the pad
MOST_POINTS = 20_000
MOST_STROKES = 2_000
LONGEST_SENT = 1_000_000  # characters: the most points, each written at its longest
LONGEST_NAME = 160
# A pad as a page shows it, in pixels of the screen; one that does not say its size is the largest.
NARROWEST_PAD, WIDEST_PAD = 20.0, 8_000.0

type Pad = tuple[float, float]
type Stroke = list[list[float]]


@dataclass(frozen=True)
class Drawing:
    """Strokes as lists of points in the pad's pixels, or a typed name instead."""

    strokes: list[Stroke]
    typed_name: str

    @classmethod
    def read(cls, raw: str) -> "Drawing":
        """Read the pad's field.

        Raises:
            RuleError: "signature_empty" for nothing or a dot, "signature_too_long" for more strokes
                or points than a hand draws, "signature_outside" for points that no pad has, or
                what keeps the typed name from being read.
        """
        if len(raw) > LONGEST_SENT:
            raise RuleError("signature_too_long")
        try:
            value: Any = json.loads(raw or "{}")
            if value.get("kind") == "typed":
                drawing = cls([], _name(value["name"]))
            else:
                drawing = cls(_strokes(value["strokes"], _pad(value)), "")
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            RecursionError,
            OverflowError,
        ) as error:
            raise RuleError("signature_empty") from error
        if not drawing.is_acceptable:
            raise RuleError("signature_empty")
        return drawing

    @property
    def is_acceptable(self) -> bool:
        """A name of two letters at least, or a drawing larger than a dot."""
        if self.typed_name:
            return sum(c.isalpha() for c in self.typed_name) >= 2
        points = [point for stroke in self.strokes for point in stroke]
        if len(points) < FEWEST_POINTS:
            return False
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return max(max(xs) - min(xs), max(ys) - min(ys)) >= SHORTEST_SIDE


def _name(typed: Any) -> str:
    if not isinstance(typed, str):
        return ""
    try:
        return read_line(typed, most=LONGEST_NAME)
    except TextRefused as refusal:
        raise UnreadableTextError(refusal) from refusal


def _pad(value: dict[str, Any]) -> Pad:
    sides = [_number(value.get(side, WIDEST_PAD)) for side in ("width", "height")]
    if not all(NARROWEST_PAD <= side <= WIDEST_PAD for side in sides):
        raise RuleError("signature_outside")
    return sides[0], sides[1]


def _strokes(sent: list[Any], pad: Pad) -> list[Stroke]:
    if len(sent) > MOST_STROKES or sum(map(len, sent)) > MOST_POINTS:
        raise RuleError("signature_too_long")
    return [part for stroke in sent for part in _parts_within(_points(stroke), pad)]


def _points(stroke: Any) -> Stroke:
    return [[_number(x), _number(y)] for x, y in stroke]


def _number(sent: Any) -> float:
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not math.isfinite(sent):
        raise TypeError("not a number of pixels")
    return float(sent)


def _parts_within(stroke: Stroke, pad: Pad) -> Iterator[Stroke]:
    """What the pad showed of a stroke: a finger that slips over its edge leaves no ink there.

    A finger slips by less than the pad's own size; farther out nobody drew.
    """
    part: Stroke = []
    for x, y in stroke:
        if not all(-side <= at <= 2 * side for at, side in ((x, pad[0]), (y, pad[1]))):
            raise RuleError("signature_outside")
        edge = [min(max(x, 0.0), pad[0]), min(max(y, 0.0), pad[1])]
        is_within = edge == [x, y]
        if is_within or part:
            part.append(edge)
        if not is_within and part:
            yield part
            part = []
    if part:
        yield part
