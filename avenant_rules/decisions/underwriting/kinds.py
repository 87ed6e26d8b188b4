"""Kinds that several underwriting decisions speak of: classes, employment, status, periods."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

type OccupationalClass = Literal["B", "A", "2A", "3A", "4A", "AO"]
type EmploymentStatus = Literal[
    "salaried", "self_employed", "registered_business", "incorporated_owner"
]
type ResidencyStatus = Literal[
    "citizen", "permanent_resident", "refugee", "work_visa", "student_visa", "other"
]
type BenefitPeriod = Literal["2_years", "5_years", "to_65"]

CENT = Decimal("0.01")


def to_cent(amount: Decimal) -> Decimal:
    """`amount` in whole cents, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)
