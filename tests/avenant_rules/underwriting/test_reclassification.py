"""Moving to a better occupational class."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from tests.support.cases import each

SALARIED: dict[str, Any] = {
    "employment_status": "salaried",
    "outside_home_percent": "51",
    "years_same_occupation": "3",
    "years_related_experience": "0",
    "is_occupation_reclassifiable": True,
    "current_class": "A",
    "requested_class": "2A",
    "income_by_year": ["35000.01", "35000.01"],
}
OWNER = SALARIED | {
    "employment_status": "self_employed",
    "income_by_year": ["30000.00", "31000.00"],
    "is_uplift_eligible": True,
    "gross_income_by_year": ["90000.00", "90000.00"],
}
SHORT = {"short_health_declaration", "income_evidence", "occupation_questionnaire"}
FULL = {"health_declaration_or_phone_interview", "income_evidence", "occupation_questionnaire"}
THRESHOLDS = {
    ("B", "A"): "35000.00",
    ("A", "2A"): "35000.00",
    ("2A", "3A"): "35000.00",
    ("3A", "4A"): "60000.00",
    ("A", "3A"): "115000.00",
    ("2A", "4A"): "115000.00",
}


def _answer(facts: dict[str, Any], settings: dict[str, str] | None = None) -> Answer[Any]:
    return decide("underwriting.reclassification", facts, settings=settings)


def _failed(facts: dict[str, Any], settings: dict[str, str] | None = None) -> set[str]:
    outcome = _answer(facts, settings).outcome
    assert outcome.is_reclassified == (not outcome.failed_conditions)
    return set(outcome.failed_conditions)


@pytest.mark.rule("2/OCC-04")
@pytest.mark.rule("2/OCC-02")
@each(
    ("changed", "failed"),
    [
        ({}, set()),
        ({"outside_home_percent": "50"}, {"outside_home"}),
        ({"outside_home_percent": "50.01"}, set()),
        ({"years_same_occupation": "2.99", "years_related_experience": "4.99"}, {"experience"}),
        ({"years_same_occupation": "0", "years_related_experience": "5"}, set()),
        ({"is_occupation_reclassifiable": False}, {"occupation_excluded"}),
        ({"income_by_year": ["35000.00", "90000.00"]}, {"income"}),
        ({"income_by_year": ["90000.00", "35000.00"]}, {"income"}),
        ({"requested_class": "4A"}, {"no_such_row"}),
        (
            {
                "outside_home_percent": "0",
                "years_same_occupation": "0",
                "is_occupation_reclassifiable": False,
                "income_by_year": ["0.00", "0.00"],
            },
            {"outside_home", "experience", "occupation_excluded", "income"},
        ),
        (
            {"outside_home_percent": "0", "requested_class": "A"},
            {"outside_home", "no_such_row"},
        ),
    ],
)
def test_names_every_condition_of_a_reclassification_that_fails(
    changed: dict[str, Any], failed: set[str]
) -> None:
    assert _failed(SALARIED | changed) == failed


@pytest.mark.rule("2/OCC-03")
@each(("current", "requested"), list(product(["B", "A", "2A", "3A", "4A", "AO"], repeat=2)))
def test_has_six_rows_and_no_other(current: str, requested: str) -> None:
    facts = SALARIED | {"current_class": current, "requested_class": requested}
    threshold = THRESHOLDS.get((current, requested))

    if threshold is None:
        assert _failed(facts | {"income_by_year": ["900000.00", "900000.00"]}) == {"no_such_row"}
    else:
        above = threshold.replace(".00", ".01")
        assert _failed(facts | {"income_by_year": [above, above]}) == set()
        assert _failed(facts | {"income_by_year": [threshold, above]}) == {"income"}


@pytest.mark.rule("2/OCC-06", "2/FIN-21")
@each(
    ("changed", "failed"),
    [
        ({}, set()),
        ({"is_uplift_eligible": False}, {"income"}),
        ({"employment_status": "salaried"}, {"income"}),
        ({"employment_status": "registered_business"}, set()),
        ({"employment_status": "incorporated_owner"}, set()),
        ({"gross_income_by_year": ["35000.00", "90000.00"]}, {"income"}),
        ({"gross_income_by_year": ["35000.01", "35000.00"]}, set()),
        ({"income_by_year": ["29166.66", "90000.00"]}, {"income"}),
        ({"income_by_year": ["29166.68", "90000.00"]}, set()),
        ({"is_uplift_eligible": False, "income_by_year": ["35000.01", "90000.00"]}, set()),
        (
            {
                "current_class": "3A",
                "requested_class": "4A",
                "income_by_year": ["40000.00", "60002.00"],
            },
            set(),
        ),
        (
            {
                "current_class": "2A",
                "requested_class": "3A",
                "income_by_year": ["20000.00", "60000.00"],
            },
            {"income"},
        ),
    ],
)
def test_compares_the_uplifted_figure_of_the_self_employed(
    changed: dict[str, Any], failed: set[str]
) -> None:
    assert _failed(OWNER | changed) == failed


@pytest.mark.rule("2/AMB-48")
@each(
    ("facts", "reading", "failed"),
    [
        (SALARIED | {"income_by_year": ["30000.00", "40000.02"]}, "each_year", {"income"}),
        (SALARIED | {"income_by_year": ["30000.00", "40000.02"]}, "average", set()),
        (SALARIED | {"income_by_year": ["30000.00", "40000.00"]}, "average", {"income"}),
        (OWNER | {"income_by_year": ["20000.00", "40000.00"]}, "each_year", {"income"}),
        (OWNER | {"income_by_year": ["20000.00", "40000.00"]}, "average", set()),
    ],
)
def test_takes_each_year_or_the_mean_as_the_carrier_chose(
    facts: dict[str, Any], reading: str, failed: set[str]
) -> None:
    assert _failed(facts, {"underwriting.reclassification_income": reading}) == failed


@each(
    ("changed", "unknown"),
    [
        ({"is_uplift_eligible": None}, {"is_uplift_eligible"}),
        ({"gross_income_by_year": None}, {"gross_income_by_year"}),
        (
            {"is_uplift_eligible": None, "gross_income_by_year": None},
            {"is_uplift_eligible", "gross_income_by_year"},
        ),
    ],
)
def test_asks_for_what_the_uplift_needs(changed: dict[str, Any], unknown: set[str]) -> None:
    assert set(_answer(OWNER | changed).unknown) == unknown


@each(
    ("changed", "failed"),
    [
        ({"income_by_year": ["35000.01", "40000.00"]}, set()),
        ({"income_by_year": ["20000.00", "40000.00"]}, {"income"}),
        ({"outside_home_percent": "10"}, {"outside_home"}),
    ],
)
def test_asks_for_no_uplift_that_another_fact_settles(
    changed: dict[str, Any], failed: set[str]
) -> None:
    unknown = {"is_uplift_eligible": None, "gross_income_by_year": None}

    assert _failed(OWNER | unknown | changed) == failed


@pytest.mark.rule("2/OCC-05")
@each(("same", "is_said"), [("1", True), ("2.99", True), ("3", False)])
def test_says_that_related_experience_carries_it(same: str, is_said: bool) -> None:
    answer = _answer(SALARIED | {"years_same_occupation": same, "years_related_experience": "5"})

    assert ("2/OCC-05" in [reason.rule for reason in answer.because]) == is_said


@pytest.mark.rule("2/OCC-07", "2/OCC-08", "2/OCC-09")
@each(
    ("issued", "asked", "documents"),
    [
        (date(2024, 1, 10), date(2024, 1, 9), None),
        (date(2024, 1, 10), date(2024, 1, 10), SHORT),
        (date(2024, 1, 10), date(2024, 7, 9), SHORT),
        (date(2024, 1, 10), date(2024, 7, 10), FULL),
        (date(2024, 1, 10), date(2024, 7, 11), FULL),
        (date(2024, 8, 31), date(2025, 2, 27), SHORT),
        (date(2024, 8, 31), date(2025, 2, 28), FULL),
        (date(2020, 5, 10), date(2025, 5, 9), FULL),
        (date(2020, 5, 10), date(2025, 5, 10), FULL),
        (date(2020, 5, 10), date(2025, 5, 11), None),
        (date(2020, 2, 29), date(2025, 2, 28), FULL),
        (date(2020, 2, 29), date(2025, 3, 1), None),
    ],
)
def test_takes_a_request_for_five_years_with_its_documents(
    issued: date, asked: date, documents: set[str] | None
) -> None:
    outcome = decide(
        "underwriting.reclassification_request", contract_issued_on=issued, requested_on=asked
    ).outcome

    assert outcome.is_accepted == (documents is not None)
    assert outcome.documents == (documents or set())


@pytest.mark.rule("2/AMB-49")
@each(
    ("settings", "asked", "documents"),
    [
        ({"underwriting.reclassification_last_day": "included"}, date(2029, 1, 10), FULL),
        ({"underwriting.reclassification_last_day": "excluded"}, date(2029, 1, 10), set()),
        ({"underwriting.reclassification_six_months": "full_list"}, date(2024, 7, 10), FULL),
        ({"underwriting.reclassification_six_months": "short_list"}, date(2024, 7, 10), SHORT),
    ],
)
def test_reads_the_two_edges_as_the_carrier_chose(
    settings: dict[str, str], asked: date, documents: set[str]
) -> None:
    answer = decide(
        "underwriting.reclassification_request",
        {"contract_issued_on": date(2024, 1, 10), "requested_on": asked},
        settings=settings,
    )

    assert answer.outcome.documents == documents


@pytest.mark.rule("2/OCC-06", "2/FIN-21")
@each(
    ("changed", "failed"),
    [
        ({"income_by_year": ["29166.67", "90000.00"], "gross_income_by_year": None}, {"income"}),
        ({"income_by_year": ["35000.00", "90000.00"], "is_uplift_eligible": False}, {"income"}),
        ({"income_by_year": ["35000.01", "90000.00"], "is_uplift_eligible": False}, set()),
    ],
)
def test_must_be_above_the_threshold_and_not_on_it(
    changed: dict[str, Any], failed: set[str]
) -> None:
    assert _failed(OWNER | changed) == failed


@each(
    ("changed", "unknown"),
    [
        ({"is_uplift_eligible": None}, ("is_uplift_eligible",)),
        ({"gross_income_by_year": None}, ("gross_income_by_year",)),
    ],
)
def test_asks_for_the_uplift_of_a_base_on_the_threshold(
    changed: dict[str, Any], unknown: tuple[str, ...]
) -> None:
    facts = OWNER | {"income_by_year": ["35000.00", "90000.00"]} | changed

    assert _answer(facts).unknown == unknown


@pytest.mark.rule("2/AMB-48")
@each(
    ("incomes", "is_said"),
    [
        (["35000.00", "35000.02"], True),
        (["40000.02", "30000.00"], True),
        (["35000.01", "40000.00"], False),
        (["30000.00", "40000.00"], False),
    ],
)
def test_names_the_reading_of_two_years_where_it_matters(incomes: list[str], is_said: bool) -> None:
    because = _answer(SALARIED | {"income_by_year": incomes}).because

    assert ("2/AMB-48" in [reason.rule for reason in because]) is is_said


@pytest.mark.rule("2/FIN-21")
def test_shows_the_uplift_of_who_is_eligible_even_above_the_threshold() -> None:
    because = _answer(OWNER | {"income_by_year": ["40000.00", "41000.00"]}).because

    assert "2/FIN-21" in [reason.rule for reason in because]
