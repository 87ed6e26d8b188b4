"""Rounding of claim amounts: to the cent, half up, once a result (3/CAMB-40)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def to_cent(amount: Decimal) -> Decimal:
    """`amount` rounded to the cent, half up."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def share(percent: Decimal, amount: Decimal) -> Decimal:
    """`percent` % of `amount`, exact."""
    return Decimal(amount) * Decimal(percent) / 100


def not_negative(amount: Decimal) -> Decimal:
    """`amount`, or nothing when it is below zero (3/CAMB-05)."""
    return max(NOTHING, Decimal(amount))
