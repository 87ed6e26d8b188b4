"""Rounding of claim amounts: to the cent, half up, once a result (3/CAMB-40)."""

from decimal import ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
# An amount may be written with any number of digits; rounding one never fails.
_WIDE = Context(prec=1000, rounding=ROUND_HALF_UP)


def to_cent(amount: Decimal) -> Decimal:
    """`amount` rounded to the cent, half up."""
    return Decimal(amount).quantize(CENT, context=_WIDE)


def share(percent: Decimal, amount: Decimal) -> Decimal:
    """`percent` % of `amount`, exact."""
    return Decimal(amount) * Decimal(percent) / 100


def not_negative(amount: Decimal) -> Decimal:
    """`amount`, or nothing when it is below zero (3/CAMB-05)."""
    return max(NOTHING, Decimal(amount))
