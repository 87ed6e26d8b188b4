"""Where values stand on a line: whole numbers, so that ends are exact.

An amount of 3,000.00 stands at an even position, what lies just above it at the odd one that follows.
An age is years times a thousand, or the days lived while the first year lasts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

WHOLE = ("days", "months", "years", "hours", "count", "integer")
DENSE = ("money", "decimal")

LOWEST = float("-inf")
HIGHEST = float("inf")

_DAYS_PLACE = 1000
_FINE = Decimal(10) ** 6


class Age(msgspec.Struct, frozen=True, gc=False):
    """An age in completed years; `days` counts the days lived and matters in the first year."""

    years: int
    days: int


def placed(kind: str, text: str, *, end: bool) -> float:
    """Where the written value begins, or where what follows it begins (`end`).

    Raises:
        ValueError, InvalidOperation: it is not written as a value of this kind.
    """
    if kind == "age":
        number, _, unit = text.partition(" ")
        return int(number) + end if unit.startswith("day") else (int(number) + end) * _DAYS_PLACE
    if kind == "date":
        return date.fromisoformat(text).toordinal() + end
    if kind == "money":
        return _exact(Decimal(text) * 100) * 2 + end
    if kind == "decimal":
        return _exact(Decimal(text) * _FINE) * 2 + end
    return int(text) + end


def _exact(value: Decimal) -> int:
    """`value` as a whole number. Raises `ValueError` for a fraction of it: not whole cents."""
    whole = int(value)
    if whole != value:
        raise ValueError(value)
    return whole


def between(kind: str, start: float, end: float) -> str:
    """The cell that covers from `start` to `end`; empty when that is everything."""
    if kind in DENSE:
        bounds: list[str] = []
        if start != LOWEST:
            bounds.append(("> " if start % 2 else ">= ") + _number(kind, start))
        if end != HIGHEST:
            bounds.append(("<= " if end % 2 else "< ") + _number(kind, end))
        return " and ".join(bounds)
    low = "" if start == LOWEST else _written(kind, int(start))
    high = "" if end == HIGHEST else _written(kind, int(end), is_end=True)
    return low if low == high else f"{low}..{high}"


def _number(kind: str, position: float) -> str:
    half = Decimal(int(position) // 2)
    return f"{half / 100:.2f}" if kind == "money" else f"{(half / _FINE).normalize():f}"


def _written(kind: str, position: int, *, is_end: bool = False) -> str:
    if kind == "age" and position < _DAYS_PLACE:
        return f"{position - is_end} days"
    if kind == "age":
        return str(position // _DAYS_PLACE - is_end)
    if kind == "date":
        return date.fromordinal(position - is_end).isoformat()
    return str(position - is_end)


def _whole(fact: Any) -> float:
    if type(fact) is int:
        return fact
    whole = int(fact)
    if whole != fact:
        raise TypeError(f"{fact} is not whole: declare the input as a decimal")
    return whole


def _money(fact: Any) -> float:
    cents = fact * 200
    position = int(cents)
    # A fraction of a cent stands above its cent, as the next half dollar does.
    return position if cents == position else (position // 2) * 2 + 1


def _decimal(fact: Any) -> float:
    fine = Decimal(fact) * _FINE
    whole = int(fine.to_integral_value(rounding="ROUND_FLOOR"))
    return whole * 2 + (fine != whole)


def _age(fact: Age) -> int:
    return fact.years * _DAYS_PLACE if fact.years else fact.days


def _date(fact: Any) -> float:
    position: float = fact.toordinal()
    return position


# Where a fact of each kind stands.
POSITION_OF: dict[str, Callable[[Any], float]] = {
    **dict.fromkeys(WHOLE, _whole),
    "money": _money,
    "decimal": _decimal,
    "age": _age,
    "date": _date,
}


def placer_of(kind: str, edges: Sequence[float]) -> Callable[[Any], int]:
    """A function that counts the `edges` (ascending positions) at or below a fact of this kind."""
    if kind in DENSE:
        return _dense_placer(kind, edges)
    if kind == "age":
        return lambda age: bisect_right(edges, age.years * _DAYS_PLACE if age.years else age.days)
    position = POSITION_OF[kind]
    return lambda fact: bisect_right(edges, fact if type(fact) is int else position(fact))


def _dense_placer(kind: str, edges: Sequence[float]) -> Callable[[Any], int]:
    """For amounts, whose edges are compared as they are written: at a value, or just above it."""
    unit = Decimal(100) if kind == "money" else _FINE
    at = [Decimal(int(edge) // 2) / unit for edge in edges if not edge % 2]
    above = [Decimal(int(edge) // 2) / unit for edge in edges if edge % 2]
    if not above:
        return lambda fact: bisect_right(at, fact)
    return lambda fact: bisect_right(at, fact) + bisect_left(above, fact)
