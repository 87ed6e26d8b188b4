"""The privilege of proving income at issue, and its review."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

REQUEST: dict[str, Any] = {
    "product": "disability",
    "is_requested_at_initial_submission": True,
    "is_evidence_attached": True,
    "employment_status": "self_employed",
    "years_in_field": "2",
    "monthly_benefit": "1000.00",
    "benefit_period": "5_years",
    "occupational_class": "A",
}


@pytest.mark.rule("2/FIN-08", "2/FIN-09", "2/FIN-11")
@each(
    ("changed", "failed"),
    [
        ({}, set()),
        ({"benefit_period": "to_65"}, set()),
        ({"benefit_period": "2_years"}, {"benefit_period"}),
        ({"monthly_benefit": "999.99"}, {"minimum_benefit"}),
        ({"product": "monthly_annuity"}, {"product"}),
        ({"product": "express_monthly_annuity"}, {"product"}),
        ({"is_requested_at_initial_submission": False}, {"requested_at_initial_submission"}),
        ({"is_evidence_attached": False}, {"evidence_attached"}),
        ({"years_in_field": "1.99"}, {"years_in_field"}),
        (
            {"years_in_field": "1.99", "employment_status": "registered_business"},
            {"years_in_field"},
        ),
        ({"years_in_field": "1.99", "employment_status": "incorporated_owner"}, {"years_in_field"}),
        ({"years_in_field": "0", "employment_status": "salaried"}, set()),
        (
            {
                "product": "monthly_annuity",
                "is_requested_at_initial_submission": False,
                "is_evidence_attached": False,
                "years_in_field": "0",
                "monthly_benefit": "1.00",
                "benefit_period": "2_years",
            },
            {
                "product",
                "requested_at_initial_submission",
                "evidence_attached",
                "years_in_field",
                "minimum_benefit",
                "benefit_period",
            },
        ),
    ],
)
def test_names_every_condition_of_the_privilege_that_fails(
    changed: dict[str, Any], failed: set[str]
) -> None:
    outcome = decide("underwriting.income_proof_privilege", REQUEST | changed).outcome

    assert outcome.failed_conditions == failed
    assert outcome.is_available == (not failed)
    assert (outcome.covered_amount is None) == bool(failed)


@pytest.mark.rule("2/FIN-15", "2/AMB-40")
@each(
    ("reading", "status", "occupational_class", "asked", "covered"),
    [
        ("all_statuses", "salaried", "B", "2500.00", "2500.00"),
        ("all_statuses", "salaried", "B", "2500.01", "2500.00"),
        ("all_statuses", "salaried", "B", "2499.99", "2499.99"),
        ("all_statuses", "self_employed", "B", "4000.00", "2500.00"),
        ("all_statuses", "self_employed", "A", "4000.00", "4000.00"),
        ("salaried_alone", "self_employed", "B", "4000.00", "4000.00"),
        ("salaried_alone", "salaried", "B", "4000.00", "2500.00"),
    ],
)
def test_covers_the_first_part_of_the_benefit_in_class_b(
    reading: str, status: str, occupational_class: str, asked: str, covered: str
) -> None:
    answer = decide(
        "underwriting.income_proof_privilege",
        REQUEST
        | {
            "employment_status": status,
            "occupational_class": occupational_class,
            "monthly_benefit": asked,
        },
        settings={"underwriting.class_b_column": reading},
    )

    assert answer.outcome.covered_amount == Decimal(covered)


@pytest.mark.rule("2/FIN-12", "2/ASC-12", "2/PME-08")
@each(("programme", "rule"), [("association", "2/ASC-12"), ("sme", "2/PME-08")])
def test_is_open_with_a_programme_or_a_plan(programme: str, rule: str) -> None:
    answer = decide("underwriting.income_proof_privilege", REQUEST | {"programme": programme})

    assert answer.outcome.is_available
    assert [reason.rule for reason in answer.because][-2:] == ["2/FIN-12", rule]


@pytest.mark.rule("2/FIN-10")
@each(
    ("effective", "asked", "filed", "is_allowed"),
    [
        (date(2023, 3, 1), date(2023, 3, 1), True, True),
        (date(2023, 3, 1), date(2025, 2, 28), True, True),
        (date(2023, 3, 1), date(2025, 3, 1), True, True),
        (date(2023, 3, 1), date(2025, 3, 2), True, False),
        (date(2023, 3, 1), date(2023, 2, 28), True, False),
        (date(2024, 2, 29), date(2026, 2, 28), True, True),
        (date(2024, 2, 29), date(2026, 3, 1), True, False),
        (date(2023, 3, 1), date(2023, 9, 1), False, False),
    ],
)
def test_reviews_within_two_years_what_was_filed_at_issue(
    effective: date, asked: date, filed: bool, is_allowed: bool
) -> None:
    answer = decide(
        "underwriting.income_proof_privilege_review",
        contract_effective_date=effective,
        review_requested_on=asked,
        was_filed_at_initial_submission=filed,
    )

    assert answer.outcome.is_allowed == is_allowed


@pytest.mark.rule("2/AMB-36")
@each(("reading", "is_allowed"), [("included", True), ("excluded", False)])
def test_reads_the_second_anniversary_as_the_carrier_chose(reading: str, is_allowed: bool) -> None:
    answer = decide(
        "underwriting.income_proof_privilege_review",
        {
            "contract_effective_date": date(2023, 3, 1),
            "review_requested_on": date(2025, 3, 1),
            "was_filed_at_initial_submission": True,
        },
        settings={"underwriting.privilege_review_day": reading},
    )

    assert answer.outcome.is_allowed == is_allowed


def test_names_both_reasons_against_a_review() -> None:
    answer = decide(
        "underwriting.income_proof_privilege_review",
        contract_effective_date=date(2023, 3, 1),
        review_requested_on=date(2025, 3, 2),
        was_filed_at_initial_submission=False,
    )

    assert [reason.text for reason in answer.because_in("en")] == [
        "The privilege and the evidence were not filed with the initial submission: there is "
        "nothing to review.",
        "A review is asked for within 2 years of the effective date, through March 1, 2025. "
        "Asked for on March 2, 2025.",
    ]
