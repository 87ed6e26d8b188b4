"""What a bankruptcy or a consumer proposal leaves possible."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from tests.support.cases import each

BANKRUPT: dict[str, Any] = {
    "as_of": date(2024, 8, 15),
    "occupational_class": "3A",
    "bankruptcies_declared_on": [date(2024, 1, 15)],
    "has_opposition_to_discharge": False,
    "is_consumer_proposal_in_progress": False,
    "product": "disability",
    "requested_amount": "3000.00",
    "annual_income_before_tax": "60000.00",
    "has_fraud_history": False,
    "has_nervous_disorder_history": False,
    "has_lifestyle_criticism": False,
    "benefit_period": "5_years",
    "waiting_period_days": 90,
}


def _answer(settings: dict[str, str] | None = None, **changed: Any) -> Answer[Any]:
    return decide("underwriting.bankruptcy", BANKRUPT | changed, settings=settings)


def _decision(settings: dict[str, str] | None = None, **changed: Any) -> str:
    found: str = _answer(settings, **changed).outcome.decision
    return found


@pytest.mark.rule("2/FIN-05")
@pytest.mark.rule("2/FIN-04")
@each(
    ("declared", "as_of", "opposed", "is_discharged"),
    [
        ([], date(2024, 10, 15), False, None),
        ([], date(2024, 10, 15), True, None),
        ([date(2024, 1, 15)], date(2024, 10, 14), False, False),
        ([date(2024, 1, 15)], date(2024, 10, 15), False, True),
        ([date(2024, 1, 15)], date(2034, 10, 15), True, False),
        ([date(2023, 5, 31)], date(2024, 2, 28), False, False),
        ([date(2023, 5, 31)], date(2024, 2, 29), False, True),
        ([date(2015, 1, 1), date(2022, 10, 15)], date(2024, 10, 14), False, False),
        ([date(2022, 10, 15), date(2015, 1, 1)], date(2024, 10, 15), False, True),
        ([date(2015, 1, 1), date(2022, 10, 15)], date(2024, 10, 15), True, False),
        ([date(2025, 1, 1)], date(2024, 10, 15), False, None),
    ],
)
def test_treats_as_discharged_after_nine_or_twenty_four_months(
    declared: list[date], as_of: date, opposed: bool, is_discharged: bool | None
) -> None:
    answer = _answer(
        occupational_class="A",
        bankruptcies_declared_on=declared,
        as_of=as_of,
        has_opposition_to_discharge=opposed,
    )

    assert answer.outcome.is_discharged is is_discharged
    assert answer.outcome.decision == ("deferred" if is_discharged is False else "admissible")


@pytest.mark.rule("2/AMB-33")
@each(("reading", "is_discharged"), [("discharged", True), ("not_discharged", False)])
def test_reads_the_day_of_discharge_as_the_carrier_chose(reading: str, is_discharged: bool) -> None:
    answer = _answer({"underwriting.discharge_day": reading}, as_of=date(2024, 10, 15))

    assert answer.outcome.is_discharged is is_discharged


@pytest.mark.rule("2/FIN-01", "2/FIN-02")
@each("declared", [[], [date(2024, 1, 15)]])
@each(
    ("product", "expected"),
    [
        ("disability", "deferred"),
        ("monthly_annuity", "deferred"),
        ("express_monthly_annuity", "may_be_offered_if_conditions_met"),
    ],
)
def test_defers_income_cover_but_the_express_annuity(
    declared: list[date], product: str, expected: str
) -> None:
    found = _decision(
        bankruptcies_declared_on=declared,
        is_consumer_proposal_in_progress=True,
        product=product,
    )

    assert found == expected


@pytest.mark.rule("2/FIN-03")
@each(
    ("product", "as_of", "in_force", "expected"),
    [
        ("life", date(2024, 7, 15), None, ("not_considered", None, None)),
        ("life", date(2024, 7, 16), None, ("may_be_considered", "100000.00", "100000.00")),
        ("life", date(2024, 8, 15), "40000.00", ("may_be_considered", "100000.00", "60000.00")),
        ("life", date(2024, 8, 15), "100000.01", ("may_be_considered", "100000.00", "0.00")),
        (
            "critical_illness",
            date(2024, 8, 15),
            "49999.99",
            ("may_be_considered", "50000.00", "0.01"),
        ),
        ("life", date(2024, 10, 15), "40000.00", ("admissible", None, None)),
    ],
)
def test_caps_life_and_critical_illness_after_six_months(
    product: str, as_of: date, in_force: str | None, expected: tuple[str, str | None, str | None]
) -> None:
    outcome = _answer(
        product=product,
        as_of=as_of,
        individual_in_force_amount=in_force,
        group_in_force_amount="500000.00",
        requested_amount="200000.00",
    ).outcome

    amounts = [
        None if one is None else f"{one:.2f}"
        for one in (outcome.maximum_total_amount, outcome.maximum_new_amount)
    ]
    assert (outcome.decision, *amounts) == expected
    assert outcome.maximum_monthly_benefit is None


@pytest.mark.rule("2/AMB-34")
@each(
    ("reading", "declared", "proposal", "expected", "maximum"),
    [
        ("undischarged", [date(2020, 1, 15)], False, "admissible", None),
        ("ever_bankrupt", [date(2020, 1, 15)], False, "may_be_considered", Decimal(100000)),
        ("undischarged", [], True, "may_be_considered", None),
        ("with_proposals", [], True, "may_be_considered", Decimal(100000)),
        ("ever_bankrupt", [], False, "admissible", None),
        ("undischarged", [date(2024, 1, 15)], True, "may_be_considered", Decimal(100000)),
    ],
)
def test_aims_the_ceilings_as_the_carrier_chose(
    reading: str, declared: list[date], proposal: bool, expected: str, maximum: Decimal | None
) -> None:
    outcome = _answer(
        {"underwriting.bankruptcy_ceilings": reading},
        product="life",
        bankruptcies_declared_on=declared,
        is_consumer_proposal_in_progress=proposal,
    ).outcome

    assert (outcome.decision, outcome.maximum_total_amount) == (expected, maximum)


@pytest.mark.rule("2/FIN-06")
@each(
    ("changed", "expected"),
    [
        ({}, "may_be_considered"),
        ({"occupational_class": "4A"}, "may_be_considered"),
        ({"occupational_class": "2A"}, "deferred"),
        ({"occupational_class": "AO"}, "deferred"),
        ({"annual_income_before_tax": "59999.99"}, "deferred"),
        ({"has_fraud_history": True}, "deferred"),
        ({"has_nervous_disorder_history": True}, "deferred"),
        ({"has_lifestyle_criticism": True}, "deferred"),
        ({"bankruptcies_declared_on": [date(2010, 1, 1), date(2024, 1, 15)]}, "deferred"),
        ({"as_of": date(2024, 7, 15)}, "deferred"),
        ({"as_of": date(2024, 7, 16)}, "may_be_considered"),
        ({"product": "monthly_annuity"}, "deferred"),
        ({"has_opposition_to_discharge": True, "as_of": date(2026, 1, 1)}, "may_be_considered"),
    ],
)
def test_excepts_the_highest_classes_when_every_condition_holds(
    changed: dict[str, Any], expected: str
) -> None:
    assert _decision(**changed) == expected


@pytest.mark.rule("2/FIN-07")
@each(
    ("changed", "expected"),
    [
        ({"requested_amount": "3000.01"}, "request_exceeds_exception"),
        ({"benefit_period": "2_years"}, "may_be_considered"),
        ({"benefit_period": "to_65"}, "request_exceeds_exception"),
        ({"waiting_period_days": 89}, "request_exceeds_exception"),
        ({"waiting_period_days": 120}, "may_be_considered"),
        (
            {"requested_amount": "2000.00", "individual_in_force_amount": "1000.00"},
            "may_be_considered",
        ),
        (
            {"requested_amount": "2000.00", "individual_in_force_amount": "1000.01"},
            "request_exceeds_exception",
        ),
    ],
)
def test_keeps_the_exception_within_its_terms(changed: dict[str, Any], expected: str) -> None:
    outcome = _answer(**changed).outcome

    assert outcome.decision == expected
    assert outcome.maximum_monthly_benefit == Decimal(3000)
    assert outcome.maximum_benefit_period_years == 5
    assert outcome.minimum_waiting_period_days == 90
    assert outcome.maximum_total_amount is None


@pytest.mark.rule("2/AMB-35")
@each(
    ("setting", "changed", "expected"),
    [
        (
            {"underwriting.bankruptcy_exception_amount": "requested_alone"},
            {"individual_in_force_amount": "5000.00"},
            "may_be_considered",
        ),
        ({}, {"individual_in_force_amount": "5000.00"}, "request_exceeds_exception"),
        ({}, {"is_consumer_proposal_in_progress": True}, "deferred"),
        (
            {"underwriting.bankruptcy_exception_proposals": "covered"},
            {"is_consumer_proposal_in_progress": True},
            "may_be_considered",
        ),
    ],
)
def test_scopes_the_exception_as_the_carrier_chose(
    setting: dict[str, str], changed: dict[str, Any], expected: str
) -> None:
    assert _decision(setting, **changed) == expected


@each(
    ("changed", "unknown"),
    [
        ({"annual_income_before_tax": None}, {"annual_income_before_tax"}),
        (
            {"has_fraud_history": None, "has_lifestyle_criticism": None},
            {"has_fraud_history", "has_lifestyle_criticism"},
        ),
        ({"benefit_period": None}, {"benefit_period"}),
        ({"waiting_period_days": None}, {"waiting_period_days"}),
    ],
)
def test_asks_for_the_facts_of_the_exception(changed: dict[str, Any], unknown: set[str]) -> None:
    assert set(_answer(**changed).unknown) == unknown


@each(
    ("changed", "expected"),
    [
        ({"has_fraud_history": None, "annual_income_before_tax": "10.00"}, "deferred"),
        ({"occupational_class": "A", "has_fraud_history": None}, "deferred"),
        ({"benefit_period": None, "waiting_period_days": 30}, "request_exceeds_exception"),
    ],
)
def test_asks_for_nothing_that_another_fact_settles(changed: dict[str, Any], expected: str) -> None:
    assert _decision(**changed) == expected


def test_says_what_failed_and_that_nothing_is_declined() -> None:
    answer = _answer(annual_income_before_tax="50000.00", has_fraud_history=True)

    assert [reason.rule for reason in answer.because_in("en")] == [
        "2/FIN-04", "2/FIN-01", "2/FIN-06", "2/FIN-06", "2/FIN-01",
    ]  # fmt: skip
    assert answer.because_in("en")[0].text == (
        "A first bankruptcy, declared on January 15, 2024, is treated as discharged 9 months "
        "later, on October 15, 2024, unless opposed."
    )
    assert answer.because_in("en")[-1].text.endswith("it is not declined.")


@pytest.mark.rule("2/FIN-04")
@each(("day", "is_discharged"), [(14, None), (15, False), (16, False)])
def test_knows_a_bankruptcy_on_the_day_it_is_declared(day: int, is_discharged: bool | None) -> None:
    answer = _answer(as_of=date(2024, 1, day), bankruptcies_declared_on=[date(2024, 1, 15)])

    assert answer.outcome.is_discharged is is_discharged


@pytest.mark.rule("2/FIN-06")
def test_still_says_undischarged_where_the_exception_fails() -> None:
    outcome = _answer(has_fraud_history=True).outcome

    assert (outcome.decision, outcome.is_discharged) == ("deferred", False)
