"""Typed, compiled pieces of a condition: each knows its value and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from avenant_rules.conditions.types import FactError, Facts, Kind


@dataclass(frozen=True, slots=True)
class Expr:
    kind: Kind
    position: int
    value: Callable[[Facts], Any]
    missing: Callable[[Facts], frozenset[str]]
    names: frozenset[str] = frozenset()
    choices: frozenset[str] | None = None
    literal: Any = None
    is_literal: bool = False


NOTHING: frozenset[str] = frozenset()


def common_number(left: Kind, right: Kind) -> Kind | None:
    """The type two numbers meet in; days and money never meet."""
    pair = {left, right}
    for kinds, common in (
        ({"integer"}, "integer"),
        ({"integer", "days"}, "days"),
        ({"integer", "decimal"}, "decimal"),
        ({"integer", "decimal", "money"}, "money"),
    ):
        if pair <= kinds:
            return common  # type: ignore[return-value]
    return None


def literal(kind: Kind, position: int, value: Any) -> Expr:
    return Expr(
        kind, position, lambda facts: value, lambda facts: NOTHING, literal=value, is_literal=True
    )


def apply(kind: Kind, position: int, act: Callable[..., Any], *sides: Expr) -> Expr:
    """An operation that is unknown as soon as one side is."""
    names = frozenset().union(*(side.names for side in sides))

    def missing(facts: Facts) -> frozenset[str]:
        return frozenset().union(*(side.missing(facts) for side in sides))

    return Expr(kind, position, _applied(act, sides), missing, names)


def _applied(act: Callable[..., Any], sides: tuple[Expr, ...]) -> Callable[[Facts], Any]:
    # None is told by identity: an amount that is compared with it costs more than the operation.
    if len(sides) == 1:
        read = sides[0].value

        def of_one(facts: Facts) -> Any:
            one = read(facts)
            return None if one is None else act(one)

        return of_one
    left, right = sides
    if right.is_literal:
        read, fixed = left.value, right.literal

        def beside_literal(facts: Facts) -> Any:
            one = read(facts)
            return None if one is None else act(one, fixed)

        return beside_literal
    read, read_other = left.value, right.value

    def of_two(facts: Facts) -> Any:
        one, two = read(facts), read_other(facts)
        return None if one is None or two is None else act(one, two)

    return of_two


def negate(expr: Expr) -> Expr:
    def value(facts: Facts) -> bool | None:
        known: bool | None = expr.value(facts)
        return None if known is None else not known

    return Expr("yes_no", expr.position, value, expr.missing, expr.names)


def join(left: Expr, right: Expr, *, decisive: bool) -> Expr:
    """`or` is decided by one true side, `and` by one false side."""

    def value(facts: Facts) -> bool | None:
        one: bool | None = left.value(facts)
        if one is decisive:
            return decisive
        two: bool | None = right.value(facts)
        if two is decisive:
            return decisive
        return None if one is None or two is None else not decisive

    def missing(facts: Facts) -> frozenset[str]:
        if value(facts) is not None:
            return NOTHING
        return left.missing(facts) | right.missing(facts)

    return Expr("yes_no", left.position, value, missing, left.names | right.names)


def _as_date(value: Any) -> date:
    # A moment is not a civil date, although Python's datetime is a date.
    return value if type(value) is date else date.fromisoformat(value)


def _as_number(value: Any) -> Decimal | int:
    number = Decimal(value) if isinstance(value, str) else value
    if isinstance(number, Decimal):
        if number.is_finite():
            return number
        raise ValueError
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    raise TypeError


def _as_integer(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _as_text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise TypeError
    return value or None


def _as_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"yes": True, "no": False}[value]


def _as_list(value: Any) -> Any:
    if not isinstance(value, list | tuple | set | frozenset):
        raise TypeError
    return value


_READ: dict[Kind, Callable[[Any], Any]] = {
    "text": _as_text,
    "choice": _as_text,
    "yes_no": _as_yes_no,
    "integer": _as_integer,
    "days": _as_integer,
    "decimal": _as_number,
    "money": _as_number,
    "date": _as_date,
    "list": _as_list,
}


def is_answered(given: Any) -> bool:
    """Whether a fact is there: an empty text is no answer."""
    return given is not None and not (isinstance(given, str) and not given)


def reader(name: str, kind: Kind) -> Callable[[Facts], Any]:
    read = _READ[kind]

    def value(facts: Facts) -> Any:
        given = facts.get(name)
        if given is None:
            return None
        try:
            return read(given)
        except (TypeError, ValueError, KeyError, InvalidOperation):
            if is_answered(given):
                raise FactError(name, kind, given) from None
            return None

    return value
