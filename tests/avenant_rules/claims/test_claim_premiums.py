"""Premiums around a disability claim, and how long overhead expense waits."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("2/OVH-04")
@pytest.mark.rule("3/DIS-58")
@each(
    ("option", "cause", "hours", "days"),
    [
        ("30", "accident", 100, 30),
        ("30", "sickness", 100, 30),
        ("30M", "accident", 0, 0),
        ("30M", "sickness", 17, 30),
        ("30M", "sickness", 18, 30),
        ("30M", "sickness", 19, 0),
    ],
)
def test_waits_for_overhead_by_the_option(option: str, cause: str, hours: int, days: int) -> None:
    outcome = decide(
        "claims.overhead_waiting_period", option=option, cause=cause, hospital_hours=hours
    ).outcome

    assert outcome.unpaid_days == days


def refund(*premiums: tuple[date, str, str], started: date = date(2025, 3, 1)) -> Decimal:
    found: Decimal = decide(
        "claims.automatic_increase_refund",
        analysis_started_on=started,
        premiums=[
            {"due_on": due, "charged": charged, "without_increase": without}
            for due, charged, without in premiums
        ],
    ).outcome.refund
    return found


@pytest.mark.rule("3/DIS-42")
@each(
    ("due", "amount"),
    [(date(2025, 2, 28), "0.00"), (date(2025, 3, 1), "2.05"), (date(2025, 3, 2), "2.05")],
)
def test_refunds_increases_from_the_start_of_the_analysis(due: date, amount: str) -> None:
    assert refund((due, "43.05", "41.00")) == Decimal(amount)


@pytest.mark.rule("3/DIS-42")
def test_counts_equal_premiums_each_and_takes_nothing_back() -> None:
    due = date(2025, 4, 1)

    assert refund((due, "43.05", "41.00"), (due, "43.05", "41.00")) == Decimal("4.10")
    assert refund((due, "40.00", "41.00"), (due, "43.05", "41.00")) == Decimal("2.05")
    assert refund() == Decimal("0.00")


@pytest.mark.rule("3/DIS-42")
@each(("reading", "says"), [("payer", "the payer"), ("insured", "the insured")])
def test_says_who_receives_the_refund(reading: str, says: str) -> None:
    answer = decide(
        "claims.automatic_increase_refund",
        analysis_started_on=date(2025, 3, 1),
        premiums=[
            {"due_on": date(2025, 4, 1), "charged": "43.05", "without_increase": "41.00"},
        ],
        settings={"claims.increase_refund_to": reading},
        language="en",
    )

    assert says in answer.because[-1].text


def waiver(**facts: Any) -> Any:
    known = {
        "has_disability_coverage": True, "has_waiver_option": True, "has_specific_request": False,
        "coverages": [
            {"name": "disability", "is_waivable": True, "monthly_premium": "30.00"},
            {"name": "health", "is_waivable": False, "monthly_premium": "12.00"},
        ],
        "waiver_from": date(2025, 5, 1), "accepted_on": date(2025, 7, 10),
        "paid_due_dates": [date(2025, 4, 30), date(2025, 5, 1), date(2025, 6, 1)],
    }  # fmt: skip
    return decide("claims.premium_waiver", known | facts)


@pytest.mark.rule("3/DIS-45")
@each(
    ("option", "coverage", "request_", "mode", "refunded", "billed"),
    [
        (True, True, False, "automatic", "60.00", "12.00"),
        (True, True, True, "automatic", "60.00", "12.00"),
        (True, False, True, "specific_request", "60.00", "12.00"),
        (True, False, False, "awaiting_specific_request", "0.00", "42.00"),
        (False, True, True, "none", "0.00", "42.00"),
        (False, False, False, "none", "0.00", "42.00"),
    ],
)
def test_starts_a_waiver_as_the_policy_has_it(
    option: bool, coverage: bool, request_: bool, mode: str, refunded: str, billed: str
) -> None:
    outcome = waiver(
        has_waiver_option=option, has_disability_coverage=coverage, has_specific_request=request_
    ).outcome

    assert outcome.mode == mode
    assert outcome.refund == Decimal(refunded)
    assert outcome.monthly_premium_still_billed == Decimal(billed)


@pytest.mark.rule("3/DIS-46")
def test_keeps_premiums_due_while_the_request_is_pending() -> None:
    outcome = waiver(accepted_on=None, waiver_from=None).outcome

    assert (outcome.refund, outcome.monthly_premium_still_billed) == (
        Decimal("0.00"),
        Decimal("42.00"),
    )


@pytest.mark.rule("3/DIS-46")
def test_needs_the_start_of_the_waiver_only_when_something_was_paid() -> None:
    assert waiver(waiver_from=None).unknown == ("waiver_from",)
    assert waiver(waiver_from=None, paid_due_dates=[]).outcome.refund == Decimal("0.00")
