"""Health claims: what is eligible, and the amount reimbursed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def reimbursed(
    expense: str,
    maximum: str | None = None,
    deductible: str = "0.00",
    percent: str = "100",
    other: str = "0.00",
    **settings: str,
) -> Decimal:
    found: Decimal = decide(
        "claims.health_reimbursement",
        expense=expense,
        maximum_remaining=maximum,
        deductible_remaining=deductible,
        covered_percent=percent,
        other_insurer_amount=other,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.reimbursement
    return found


@pytest.mark.rule("3/HLT-02")
def test_takes_maximum_then_deductible_then_other_insurer() -> None:
    assert reimbursed("700.00", "600.00", "40.00", "100", "90.00") == Decimal("470.00")
    assert reimbursed("260.00", "600.00", "20.00", "75", "45.00") == Decimal("135.00")


@pytest.mark.rule("3/HLT-03")
@each(
    ("maximum", "amount"),
    [(None, "90.00"), ("90.01", "90.00"), ("90.00", "90.00"), ("89.99", "89.99"), ("0.00", "0.00"),
     ("-5.00", "0.00")],
)  # fmt: skip
def test_stays_within_what_remains_of_the_maximum(maximum: str | None, amount: str) -> None:
    assert reimbursed("90.00", maximum) == Decimal(amount)


@pytest.mark.rule("3/HLT-04")
@each(("deductible", "amount"), [("14.99", "0.01"), ("15.00", "0.00"), ("20.00", "0.00")])
def test_takes_only_the_deductible_that_the_bill_holds(deductible: str, amount: str) -> None:
    assert reimbursed("15.00", None, deductible) == Decimal(amount)


@pytest.mark.rule("3/HLT-05")
@each(
    ("percent", "amount"), [("80", "120.00"), ("0", "0.00"), ("33.33", "50.00"), ("33.34", "50.01")]
)
def test_covers_the_percentage_after_the_deductible(percent: str, amount: str) -> None:
    assert reimbursed("180.00", None, "30.00", percent) == Decimal(amount)


@pytest.mark.rule("3/HLT-02")
def test_rounds_once_half_up() -> None:
    assert reimbursed("0.01", None, "0.00", "50") == Decimal("0.01")
    assert reimbursed("10.01", None, "0.00", "50", "1.00") == Decimal("4.01")


@pytest.mark.rule("3/HLT-06")
@each(("other", "amount"), [("95.99", "0.01"), ("96.00", "0.00"), ("110.00", "0.00")])
def test_never_makes_a_gain_with_the_other_insurer(other: str, amount: str) -> None:
    assert reimbursed("96.00", other=other) == Decimal(amount)


@pytest.mark.rule("3/CAMB-01")
@each(("reading", "amount"), [("after_deductible", "140.00"), ("before_deductible", "135.00")])
def test_places_the_percentage_either_way(reading: str, amount: str) -> None:
    found = reimbursed("200.00", None, "25.00", "80", percentage_order=reading)

    assert found == Decimal(amount)


@pytest.mark.rule("3/CAMB-02")
@each(("reading", "amount"), [("expense", "450.00"), ("payment", "500.00")])
def test_applies_the_maximum_either_way(reading: str, amount: str) -> None:
    assert reimbursed("800.00", "500.00", "50.00", maximum_caps=reading) == Decimal(amount)


@pytest.mark.rule("3/CAMB-03")
@each(("reading", "amount"), [("subtract", "0.00"), ("complete", "20.00")])
def test_coordinates_with_the_other_insurer_either_way(reading: str, amount: str) -> None:
    found = reimbursed("100.00", None, "0.00", "80", "80.00", other_insurer=reading)

    assert found == Decimal(amount)


@pytest.mark.rule("3/DEN-08")
def test_reimburses_dental_care_the_same_way() -> None:
    assert reimbursed("150.00", None, "25.00", "80") == Decimal("100.00")


@pytest.mark.rule("3/HLT-02")
def test_shows_its_steps_in_the_order_computed() -> None:
    because = decide(
        "claims.health_reimbursement",
        expense="700.00",
        maximum_remaining="600.00",
        deductible_remaining="40.00",
        covered_percent="75",
        other_insurer_amount="90.00",
    ).because

    assert [reason.rule for reason in because if "CAMB" not in reason.rule] == [
        "3/HLT-03", "3/HLT-04", "3/HLT-05", "3/HLT-06", "3/HLT-02",
    ]  # fmt: skip


@pytest.mark.rule("3/HLT-09")
@pytest.mark.rule("3/HLT-11")
@each(
    ("is_excluded", "is_necessary", "reason", "said"),
    [
        (False, True, None, ["3/HLT-09"]),
        (True, True, "contract_exclusion", ["3/HLT-09"]),
        (False, False, "not_medically_necessary", ["3/HLT-11"]),
        (True, False, "contract_exclusion", ["3/HLT-09", "3/HLT-11"]),
    ],
)
def test_says_every_ground_of_ineligibility(
    is_excluded: bool, is_necessary: bool, reason: str | None, said: list[str]
) -> None:
    answer = decide(
        "claims.health_eligibility",
        is_excluded_by_contract=is_excluded,
        is_medically_necessary=is_necessary,
    )

    assert answer.outcome.is_eligible is (reason is None)
    assert answer.outcome.reason == reason
    assert [one.rule for one in answer.because] == said


def exam(service: date, *earlier: tuple[date, str], **more: Any) -> Any:
    settings = more.pop("settings", None)
    facts = {
        "birth_date": date(1985, 1, 1), "service_date": service, "charge": "60.00",
        "earlier_exams": [
            {"service_date": day, "amount_paid": amount} for day, amount in earlier
        ],
        "is_more_frequent_exam_indicated": False,
    }  # fmt: skip
    return decide("claims.eye_exam", facts | more, settings=settings).outcome


@pytest.mark.rule("3/HLT-16")
@each(
    ("service", "payable"),
    [(date(2025, 8, 31), "5.00"), (date(2025, 9, 1), "50.00"), (date(2025, 9, 2), "50.00")],
)
def test_counts_an_exam_until_its_anniversary(service: date, payable: str) -> None:
    assert exam(service, (date(2023, 9, 1), "45.00")).payable_amount == Decimal(payable)


@pytest.mark.rule("3/HLT-16")
@each(("charge", "payable"), [("49.99", "49.99"), ("50.00", "50.00"), ("50.01", "50.00")])
def test_pays_fifty_dollars_at_most(charge: str, payable: str) -> None:
    assert exam(date(2025, 2, 1), charge=charge).payable_amount == Decimal(payable)


@pytest.mark.rule("3/HLT-16")
def test_pays_nothing_more_whatever_calls_for_more_exams() -> None:
    paid = [(date(2024, 2, 1), "30.00"), (date(2024, 9, 1), "30.00")]

    outcome = exam(date(2025, 2, 1), *paid, is_more_frequent_exam_indicated=True)

    assert outcome.payable_amount == Decimal("0.00")


@pytest.mark.rule("3/HLT-16")
@each(
    ("birth", "service", "applies"),
    [
        (date(1960, 2, 1), date(2025, 1, 31), True),
        (date(1960, 2, 1), date(2025, 2, 1), False),
        (date(1960, 2, 29), date(2025, 2, 27), True),
        (date(1960, 2, 29), date(2025, 2, 28), False),
    ],
)
def test_applies_under_sixty_five(birth: date, service: date, applies: bool) -> None:
    outcome = exam(service, birth_date=birth)

    assert outcome.does_rule_apply is applies
    assert outcome.payable_amount == (Decimal("50.00") if applies else None)


@pytest.mark.rule("3/CAMB-28")
@each(("reading", "payable"), [("rolling", "45.00"), ("blocks", "50.00")])
def test_counts_the_period_either_way(reading: str, payable: str) -> None:
    paid = [(date(2023, 9, 1), "45.00"), (date(2025, 2, 1), "5.00")]

    outcome = exam(date(2025, 9, 1), *paid, settings={"claims.eye_exam_window": reading})

    assert outcome.payable_amount == Decimal(payable)


@pytest.mark.rule("3/CAMB-28")
@each(
    ("service", "payable"),
    [
        (date(2022, 8, 31), "40.00"),
        (date(2022, 9, 1), "30.00"),
        (date(2024, 8, 31), "30.00"),
        (date(2024, 9, 1), "45.00"),
        (date(2026, 8, 31), "45.00"),
        (date(2026, 9, 1), "50.00"),
    ],
)
def test_counts_blocks_of_months_from_the_first_exam(service: date, payable: str) -> None:
    paid = [
        (date(2020, 9, 1), "3.00"),
        (date(2022, 8, 31), "7.00"),
        (date(2022, 9, 1), "20.00"),
        (date(2024, 9, 1), "5.00"),
    ]

    outcome = exam(service, *paid, settings={"claims.eye_exam_window": "blocks"})

    assert outcome.payable_amount == Decimal(payable)


@pytest.mark.rule("3/CAMB-28")
def test_starts_the_first_block_with_a_first_exam() -> None:
    outcome = exam(date(2025, 9, 1), settings={"claims.eye_exam_window": "blocks"})

    assert outcome.payable_amount == Decimal("50.00")
