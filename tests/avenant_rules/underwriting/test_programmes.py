"""Whether a person may enrol in an association programme or an SME plan."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from tests.support.cases import each

SME: dict[str, Any] = {
    "programme": "sme",
    "is_plan_approved": True,
    "hired_on": date(2024, 1, 15),
    "received_on": date(2024, 2, 1),
}


def _answer(facts: dict[str, Any], settings: dict[str, str] | None = None) -> Answer[Any]:
    return decide("underwriting.programme_enrolment", facts, settings=settings)


@pytest.mark.rule("2/ASC-02", "2/ASC-03")
@each("percent", [None, "0", "20", "100"])
@each(("already", "is_allowed"), [(False, True), (True, False)])
def test_enrols_once_whatever_the_time_given(
    percent: str | None, already: bool, is_allowed: bool
) -> None:
    answer = _answer(
        {
            "programme": "association",
            "is_already_enrolled": already,
            "occupation_time_percent": percent,
        }
    )

    assert answer.outcome.is_allowed is is_allowed


@pytest.mark.rule("2/PME-01", "2/PME-02")
@each(
    ("changed", "is_allowed"),
    [
        ({}, True),
        ({"received_on": date(2024, 1, 15)}, True),
        ({"received_on": date(2024, 1, 14)}, False),
        ({"received_on": date(2024, 5, 13)}, True),
        ({"received_on": date(2024, 5, 14)}, True),
        ({"received_on": date(2024, 5, 15)}, False),
        ({"hired_on": date(2023, 1, 15), "received_on": date(2023, 5, 15)}, True),
        ({"hired_on": date(2023, 1, 15), "received_on": date(2023, 5, 16)}, False),
        ({"is_plan_approved": False}, False),
        ({"is_plan_approved": False, "hired_on": None, "received_on": None}, False),
        ({"is_plan_approved": None, "received_on": date(2025, 5, 15)}, False),
        ({"is_already_enrolled": True}, True),
    ],
)
def test_enrols_a_new_employee_within_120_days_in_an_approved_plan(
    changed: dict[str, Any], is_allowed: bool
) -> None:
    assert _answer(SME | changed).outcome.is_allowed is is_allowed


@pytest.mark.rule("2/AMB-65")
@each(
    ("reading", "day", "is_allowed"),
    [
        ("not_counted", 14, True),
        ("not_counted", 15, False),
        ("counted", 13, True),
        ("counted", 14, False),
    ],
)
def test_counts_the_hiring_day_as_the_carrier_chose(
    reading: str, day: int, is_allowed: bool
) -> None:
    answer = _answer(
        SME | {"received_on": date(2024, 5, day)}, {"underwriting.hiring_day": reading}
    )

    assert answer.outcome.is_allowed is is_allowed


@each(
    ("facts", "unknown"),
    [
        ({"programme": "association"}, {"is_already_enrolled"}),
        ({"programme": "sme"}, {"is_plan_approved", "hired_on", "received_on"}),
        (SME | {"hired_on": None}, {"hired_on"}),
        (SME | {"received_on": None}, {"received_on"}),
        (SME | {"is_plan_approved": None}, {"is_plan_approved"}),
    ],
)
def test_asks_for_the_facts_that_decide(facts: dict[str, Any], unknown: set[str]) -> None:
    assert set(_answer(facts).unknown) == unknown


def test_names_both_reasons_against_a_plan() -> None:
    answer = _answer(SME | {"is_plan_approved": False, "received_on": date(2024, 5, 15)})

    assert [reason.rule for reason in answer.because] == ["2/PME-01", "2/PME-02"]
    assert answer.because_in("en")[1].text == (
        "Hired on January 15, 2024, the person has 120 days to enrol, through May 14, 2024. "
        "Request received on May 15, 2024."
    )
