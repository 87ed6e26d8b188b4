"""Who may apply for disability insurance, for its rider, and as a newcomer."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

APPLICANT: dict[str, Any] = {
    "residency_status": "permanent_resident",
    "has_valid_sin": True,
    "has_provincial_health_plan": True,
    "has_provincial_hospital_plan": True,
    "is_hospitalised_on_effective_date": False,
    "is_disabled_on_effective_date": False,
    "hours_per_week": "35",
    "months_per_year": 12,
    "monthly_benefit": "2000.00",
    "is_on_maternity_leave": False,
}
NEWCOMER: dict[str, Any] = {
    "residency_status": "permanent_resident",
    "has_valid_sin": True,
    "speaks_french_or_english": True,
    "has_provincial_health_plan": True,
    "has_provincial_hospital_plan": True,
    "hours_per_week": "35",
    "months_per_year": 12,
    "has_canadian_income": True,
    "resident_since": date(2022, 1, 10),
    "landed_on": date(2022, 1, 10),
    "application_date": date(2024, 6, 15),
}
DOCUMENTS = {
    "paramedical_questionnaire_or_medical_exam",
    "blood_profile_with_hepatitis_b_and_c",
    "foreign_travel_questionnaire",
}


def _disability(**changed: Any) -> Any:
    return decide("underwriting.disability_eligibility", APPLICANT | changed)


def _newcomer(settings: dict[str, str] | None = None, **changed: Any) -> Any:
    return decide("underwriting.newcomer_eligibility", NEWCOMER | changed, settings=settings)


@pytest.mark.rule("2/ELIG-03")
@pytest.mark.rule("2/ELIG-05")
@pytest.mark.rule("2/ELIG-08")
@pytest.mark.rule("2/ELIG-02")
@each(
    ("changed", "failed"),
    [
        ({}, set()),
        ({"residency_status": "citizen"}, set()),
        ({"residency_status": "refugee"}, {"permanent_resident"}),
        ({"residency_status": "work_visa"}, {"permanent_resident"}),
        ({"residency_status": "student_visa"}, {"permanent_resident"}),
        ({"residency_status": "other"}, {"permanent_resident"}),
        ({"has_valid_sin": False}, {"valid_sin"}),
        ({"has_provincial_health_plan": False}, {"provincial_plan"}),
        ({"has_provincial_hospital_plan": False}, {"provincial_plan"}),
        ({"is_hospitalised_on_effective_date": True}, {"hospitalised_or_disabled"}),
        ({"is_disabled_on_effective_date": True}, {"hospitalised_or_disabled"}),
        ({"hours_per_week": "20"}, set()),
        ({"hours_per_week": "19.99"}, {"work_hours"}),
        ({"months_per_year": 8}, set()),
        ({"months_per_year": 7}, {"work_months"}),
        ({"monthly_benefit": "500.00"}, set()),
        ({"monthly_benefit": "499.99"}, {"minimum_benefit"}),
        ({"is_on_maternity_leave": True}, {"maternity_leave"}),
    ],
)
def test_names_the_condition_of_disability_insurance_that_fails(
    changed: dict[str, Any], failed: set[str]
) -> None:
    answer = _disability(**changed)

    assert answer.outcome.failed_conditions == failed
    assert answer.outcome.is_eligible == (not failed)


@pytest.mark.rule("2/ELIG-04", "2/ELIG-06")
def test_names_every_condition_that_fails_with_its_own_rule() -> None:
    answer = _disability(
        residency_status="other",
        has_valid_sin=False,
        has_provincial_health_plan=False,
        has_provincial_hospital_plan=False,
        is_hospitalised_on_effective_date=True,
        is_disabled_on_effective_date=True,
        hours_per_week="0",
        months_per_year=0,
        monthly_benefit="0.00",
        is_on_maternity_leave=True,
    )

    assert answer.outcome.failed_conditions == {
        "permanent_resident", "valid_sin", "provincial_plan", "hospitalised_or_disabled",
        "work_hours", "work_months", "minimum_benefit", "maternity_leave",
    }  # fmt: skip
    assert [reason.rule for reason in answer.because] == [
        "2/ELIG-02", "2/ELIG-02", "2/ELIG-03", "2/ELIG-03", "2/ELIG-04", "2/ELIG-04",
        "2/ELIG-05", "2/ELIG-05", "2/ELIG-06", "2/ELIG-08",
    ]  # fmt: skip


@pytest.mark.rule("2/ELIG-06")
def test_says_the_refusal_to_a_client_in_both_languages() -> None:
    answer = _disability(monthly_benefit="499.99")

    assert [reason.text for reason in answer.because_in("fr")] == [
        "La prestation demandée est d'au moins 500 $ par mois. Demande : 499,99 $."
    ]
    assert [reason.text for reason in answer.because_in("en")] == [
        "The benefit asked for is at least $500 a month. Request: $499.99."
    ]


@pytest.mark.rule("2/ELIG-07")
@each(
    ("job", "trade", "stable", "base", "failed"),
    [
        ("2", None, True, "standard", set()),
        ("1.99", None, True, "standard", {"years_in_current_job"}),
        ("1.99", "2", True, "exclusion", set()),
        ("1.99", "1.99", True, "exclusion", {"years_in_current_job"}),
        ("3", "1", True, "standard", set()),
        ("3", None, False, "surcharge", {"stable_history", "surcharge"}),
        (
            "0",
            "0",
            False,
            "surcharge_and_exclusion",
            {"years_in_current_job", "stable_history", "surcharge"},
        ),
    ],
)
def test_offers_the_rider_after_two_years_without_extra_premium(
    job: str, trade: str | None, stable: bool, base: str, failed: set[str]
) -> None:
    answer = decide(
        "underwriting.regular_occupation_rider",
        years_in_current_job=job,
        years_in_same_trade=trade,
        has_stable_history=stable,
        base_decision=base,
    )

    assert answer.outcome.failed_conditions == failed
    assert answer.outcome.is_offered == (not failed)


@pytest.mark.rule("2/AMB-03")
def test_flags_the_rider_that_only_the_trade_carries() -> None:
    answer = decide(
        "underwriting.regular_occupation_rider",
        years_in_current_job="0.5",
        years_in_same_trade="8",
        has_stable_history=True,
        base_decision="standard",
    )

    assert "underwriting.regular_occupation_years=same_trade" in [
        reason.resolution for reason in answer.because
    ]


@pytest.mark.rule("2/ELIG-12", "2/ELIG-13")
@each(
    ("changed", "failed"),
    [
        ({}, set()),
        ({"residency_status": "citizen"}, set()),
        ({"residency_status": "refugee"}, {"status"}),
        ({"residency_status": "work_visa"}, {"status"}),
        ({"residency_status": "student_visa"}, {"status"}),
        ({"residency_status": "other"}, {"status"}),
        ({"has_valid_sin": False}, {"valid_sin"}),
        ({"speaks_french_or_english": False}, {"language"}),
        ({"has_provincial_health_plan": False}, {"provincial_plan"}),
        ({"has_provincial_hospital_plan": False}, {"provincial_plan"}),
        ({"hours_per_week": "20"}, set()),
        ({"hours_per_week": "19.5"}, {"work_hours"}),
        ({"months_per_year": 8}, set()),
        ({"months_per_year": 7}, {"work_months"}),
        ({"has_canadian_income": False}, {"canadian_income"}),
        (
            {"residency_status": "refugee", "has_valid_sin": False, "months_per_year": 0},
            {"status", "valid_sin", "work_months"},
        ),
    ],
)
def test_names_the_condition_of_newcomers_that_fails(
    changed: dict[str, Any], failed: set[str]
) -> None:
    answer = _newcomer(**changed)

    assert answer.outcome.failed_conditions == failed
    assert answer.outcome.is_eligible == (not failed)
    assert answer.outcome.additional_documents == frozenset()


@pytest.mark.rule("2/ELIG-13")
def test_says_once_that_a_visa_bars_any_contract() -> None:
    answer = _newcomer(residency_status="work_visa")

    assert [reason.rule for reason in answer.because] == ["2/ELIG-13"]


@pytest.mark.rule("2/ELIG-14")
@each(
    ("since", "applied", "is_asked"),
    [
        (date(2023, 6, 16), date(2024, 6, 15), True),
        (date(2023, 6, 15), date(2024, 6, 15), False),
        (date(2023, 6, 14), date(2024, 6, 15), False),
        (date(2024, 2, 29), date(2025, 2, 27), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 6, 15), date(2024, 6, 15), True),
    ],
)
def test_asks_for_three_documents_in_the_first_year(
    since: date, applied: date, is_asked: bool
) -> None:
    answer = _newcomer(resident_since=since, landed_on=since, application_date=applied)

    assert answer.outcome.additional_documents == (DOCUMENTS if is_asked else frozenset())
    assert answer.outcome.is_eligible


@pytest.mark.rule("2/AMB-09")
@each(("clock", "asked"), [("residence", set()), ("landing", DOCUMENTS)])
def test_starts_the_first_year_as_the_carrier_chose(clock: str, asked: set[str]) -> None:
    answer = _newcomer(
        settings={"underwriting.newcomer_first_year": clock},
        resident_since=date(2020, 9, 1),
        landed_on=date(2024, 5, 15),
    )

    assert answer.outcome.additional_documents == asked


@pytest.mark.rule("2/AMB-08")
@each(
    ("reading", "landed", "failed"),
    [
        ("landed_lately", date(2019, 6, 16), {"language"}),
        ("landed_lately", date(2019, 6, 15), set()),
        ("any_immigrant", date(1990, 6, 15), {"language"}),
    ],
)
def test_is_a_newcomer_as_long_as_the_carrier_chose(
    reading: str, landed: date, failed: set[str]
) -> None:
    answer = _newcomer(
        settings={"underwriting.newcomer": reading},
        landed_on=landed,
        resident_since=landed,
        speaks_french_or_english=False,
    )

    assert answer.outcome.failed_conditions == failed


@pytest.mark.rule("2/ELIG-13")
def test_bars_a_visa_however_long_ago_the_landing() -> None:
    answer = _newcomer(landed_on=date(1990, 6, 15), residency_status="work_visa")

    assert answer.outcome.failed_conditions == {"status"}


@pytest.mark.rule("2/AMB-01")
@each("decision", ["disability_eligibility", "newcomer_eligibility"])
def test_refuses_citizens_only_where_the_carrier_chose_so(decision: str) -> None:
    facts = APPLICANT if decision.startswith("disability") else NEWCOMER

    refused = decide(
        f"underwriting.{decision}",
        facts | {"residency_status": "citizen"},
        settings={"underwriting.citizens": "not_admitted"},
    )

    assert refused.outcome.failed_conditions in ({"permanent_resident"}, {"status"})
