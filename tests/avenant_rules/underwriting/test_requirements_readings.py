"""What underwriting asks for where the guide can be read in two ways."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

SUBSCRIBED_ON = date(2025, 6, 15)


def ask_as(settings: dict[str, str], **facts: Any) -> Any:
    """The answer for a woman of 30 who asks for disability insurance, with these readings."""
    known = {
        "coverage": "disability_sickness", "sex": "female", "birth_date": date(1995, 6, 15),
        "subscription_date": SUBSCRIBED_ON, "requested_amount": "2000.00",
    }  # fmt: skip
    chosen = {f"underwriting.{name}": value for name, value in settings.items()}
    return decide("underwriting.requirements", known | facts, settings=chosen).outcome


@pytest.mark.rule("2/AMB-13")
@each(
    ("since", "reading", "amount_used"),
    [
        (date(2024, 6, 14), "put_in_force_lately", "2000.00"),
        (date(2024, 6, 14), "in_force_lately", "3500.00"),
        (date(2024, 6, 15), "put_in_force_lately", "3500.00"),
        (date(2025, 6, 15), "in_force_lately", "3500.00"),
        (date(2025, 6, 16), "in_force_lately", "2000.00"),
    ],
)
def test_counts_what_is_in_force_as_the_carrier_chose(
    since: date, reading: str, amount_used: str
) -> None:
    given = ask_as(
        {"amount_basis": reading},
        in_force_coverage=[{"amount": "1500.00", "in_force_since": since}],
    )

    assert given.amount_used == Decimal(amount_used)


@pytest.mark.rule("2/AMB-14")
@each(
    ("overhead", "reading", "is_more"),
    [
        ("6000.00", "warned_about", False),
        ("6000.00", "added", True),
        ("4000.00", "added", False),
        ("4000.01", "added", True),
        ("0.00", "added", False),
    ],
)
def test_adds_what_the_overhead_alone_asks_where_the_carrier_says_so(
    overhead: str, reading: str, is_more: bool
) -> None:
    given = ask_as(
        {"overhead_alone": reading}, requested_amount="1000.00", overhead_amount=overhead
    )

    assert ("vital_signs" in given.requirements) is is_more


@pytest.mark.rule("2/AMB-16")
@each(
    ("amount", "reading", "is_more"),
    [
        ("4000.00", "next_band", False),
        ("4000.01", "next_band", True),
        ("4000.99", "truncated", False),
        ("4001.00", "truncated", True),
    ],
)
def test_reads_cents_between_two_columns_as_the_carrier_chose(
    amount: str, reading: str, is_more: bool
) -> None:
    given = ask_as({"cents_between_bands": reading}, requested_amount=amount)

    assert ("vital_signs" in given.requirements) is is_more
    assert given.amount_used == Decimal(amount)
