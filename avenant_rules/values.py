"""The values that facts and outcomes are made of, and how a reader sees them.

Money is a decimal string with two digits in JSON and a Decimal in code, never a float. `Money`,
`Quantity` and the others below are Decimals (or text) to the type checker; at run time they mark
the field, so that only the written form of the contract is let in.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

T = TypeVar("T")

# A list whose order has no meaning but whose repetitions have (two equal premiums are two).
Bag = Annotated[list[T], msgspec.Meta(extra_json_schema={"x-unordered": True})]
# An outcome field that is always given although the contract's `required` does not list it.
Given = Annotated[T, msgspec.Meta(extra_json_schema={"x-given": True})]

if TYPE_CHECKING:
    Money = Decimal
    Quantity = Decimal
    OneDecimal = Decimal
    Hundredths = Decimal
    YearMonth = str
else:

    class Money(Decimal):
        """An amount: `1500.00`, exactly two digits after the point."""

        __slots__ = ()

        pattern = r"^-?[0-9]+\.[0-9]{2}$"
        digits = 2

    class Hundredths(Money):
        """Not money, but written with two digits: a total of percentages."""

        __slots__ = ()

    class Quantity(Decimal):
        """A percentage, years, hours, a measure: `12`, `12.5`, any number of digits."""

        __slots__ = ()

        pattern = r"^-?[0-9]+(\.[0-9]+)?$"
        digits = None

    class OneDecimal(Decimal):
        """A measure with one digit, never negative: `24.9`."""

        __slots__ = ()

        pattern = r"^[0-9]+\.[0-9]$"
        digits = 1

    class YearMonth(str):
        """A month of a year: `2026-03`."""

        __slots__ = ()
        pattern = r"^[0-9]{4}-[0-9]{2}$"


# A written number has at most this many characters, so that all arithmetic on it stays exact.
LONGEST = 40

# A pattern's `$` would let a line end slip in after the value.
_KINDS: tuple[Any, ...] = (Money, Hundredths, Quantity, OneDecimal, YearMonth)
WRITTEN: dict[type, re.Pattern[str]] = {
    kind: re.compile(kind.pattern.replace("$", r"\Z")) for kind in _KINDS
}

_FITS = {kind: pattern.match for kind, pattern in WRITTEN.items()}


def read_value(kind: type, value: Any) -> Any:
    """Turn what was written into the marked kind (msgspec's `dec_hook`).

    Decimals that code passes are taken when they say no more than the written form can.
    """
    fits = _FITS.get(kind)
    if fits is None:
        raise NotImplementedError(kind)
    text = value if type(value) is str else _as_text(kind, value)
    if len(text) <= LONGEST and fits(text):
        return kind(text)
    raise _not_written_as(kind)


def _as_text(kind: type, value: Any) -> str:
    if isinstance(value, Decimal) and issubclass(kind, Decimal):
        return written(kind, value)
    raise _not_written_as(kind)


def _not_written_as(kind: type) -> ValueError:
    """The words never repeat the value: it may be personal."""
    return ValueError(f"this is not written as {kind.__name__}")


def written(kind: type, value: Decimal) -> str:
    """`value` as the contract writes it.

    Raises:
        ValueError: it has more digits than may be written: the rule forgot to round.
    """
    digits: int | None = kind.digits  # type: ignore[attr-defined]
    if digits is None:
        return f"{value:f}"
    text = str(value)
    if text[-digits - 1 : -digits] == ".":
        return text
    text = f"{value:.{digits}f}"
    if Decimal(text) != value:
        raise ValueError(f"more than {digits} digits after the point")
    return text


_MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def shown(value: Any, language: str, label: Any = None) -> str:
    """`value` as a sentence shows it: dates in words, amounts with spaces or commas, lists joined.

    `label`: a function that gives the words for a code.
    """
    is_french = language != "en"
    if isinstance(value, Decimal):
        return shown_number(value, is_french=is_french)
    if isinstance(value, str):
        return str(label(value)) if label else value
    if isinstance(value, bool):
        return ("oui" if value else "non") if is_french else ("yes" if value else "no")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return _shown_date(value, is_french=is_french)
    if value is None:
        return "aucun" if is_french else "none"
    if isinstance(value, (frozenset, set)):
        return _joined(sorted(shown(item, language, label) for item in value), is_french=is_french)
    if isinstance(value, (list, tuple)):
        return _joined([shown(item, language, label) for item in value], is_french=is_french)
    return str(value)


@lru_cache(maxsize=1024)
def _shown_date(value: date, *, is_french: bool) -> str:
    if is_french:
        day = "1er" if value.day == 1 else str(value.day)
        return f"{day} {_MONTHS_FR[value.month - 1]} {value.year}"
    return f"{_MONTHS_EN[value.month - 1]} {value.day}, {value.year}"


def shown_number(value: Decimal, *, is_french: bool) -> str:
    """`value` with its thousands apart."""
    text = f"{value:,f}"
    return text.replace(",", "\u202f").replace(".", ",") if is_french else text


def _joined(items: list[str], *, is_french: bool) -> str:
    if not items:
        return "rien" if is_french else "nothing"
    if len(items) == 1:
        return items[0]
    return ", ".join(items[:-1]) + (" et " if is_french else " and ") + items[-1]
