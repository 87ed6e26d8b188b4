"""Disability insurance for who works at home."""

from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from tests.support.cases import each

GENERAL: dict[str, Any] = {
    "occupation_kind": "general",
    "occupational_class": "3A",
    "employment_status": "self_employed",
    "home_percent": "60",
    "annual_income": "70000.00",
    "monthly_benefit": "1200.00",
    "is_same_field_last_two_years": True,
    "months_at_home": 24,
    "evidence_years_provided": 0,
    "are_premises_conditions_met": True,
}
EDUCATOR: dict[str, Any] = {
    "occupation_kind": "educator",
    "employment_status": "self_employed",
    "home_percent": "100",
    "annual_income": "20000.00",
    "monthly_benefit": "1200.00",
    "is_certified_educator": True,
    "has_visible_sign": True,
    "has_visible_traffic": True,
}
FREE = (None, None)
NINETY = ({90}, {2, 5})


def _answer(facts: dict[str, Any], settings: dict[str, str] | None = None) -> Answer[Any]:
    return decide("underwriting.home_worker", facts, settings=settings)


def _row(answer: Answer[Any]) -> str | None:
    rows = [reason.row for reason in answer.because if reason.table and "home_" in reason.table]
    return rows[0] if rows else None


def _periods(answer: Answer[Any]) -> tuple[Any, Any]:
    return answer.outcome.allowed_waiting_days, answer.outcome.allowed_benefit_years


@pytest.mark.rule("2/OCC-11", "2/OCC-12", "2/OCC-13", "2/OCC-14", "2/OCC-15")
@each(
    ("changed", "row", "evidence_years"),
    [
        ({"occupational_class": "4A"}, "4A", 0),
        ({"occupational_class": "4A", "employment_status": "salaried"}, "4A", 0),
        ({"employment_status": "salaried", "home_percent": "100"}, "3A_salaried", 0),
        ({"home_percent": "20.01"}, "3A_above_1", 0),
        ({"home_percent": "20"}, "3A_light", 0),
        ({"home_percent": "0", "annual_income": None}, "3A_light", 0),
        ({"annual_income": "50000.01"}, "3A_above_1", 0),
        ({"annual_income": "50000.00"}, "3A_below_1", 1),
        ({"annual_income": "-10.00"}, "3A_below_1", 1),
        ({"is_same_field_last_two_years": False}, "3A_above_2", 2),
        ({"is_same_field_last_two_years": False, "months_at_home": 12}, "3A_above_2", 2),
        ({"is_same_field_last_two_years": False, "months_at_home": 11}, "3A_above_3", 0),
        ({"is_same_field_last_two_years": False, "months_at_home": 6}, "3A_above_3", 0),
        (
            {
                "is_same_field_last_two_years": False,
                "months_at_home": 18,
                "annual_income": "40000.00",
            },
            "3A_below_2",
            2,
        ),
        (
            {
                "is_same_field_last_two_years": False,
                "months_at_home": 7,
                "annual_income": "40000.00",
            },
            "3A_below_3",
            0,
        ),
    ],
)
def test_finds_the_row_of_the_upper_classes(
    changed: dict[str, Any], row: str, evidence_years: int
) -> None:
    answer = _answer(GENERAL | changed)
    outcome = answer.outcome

    assert _row(answer) == row
    assert outcome.is_available
    assert outcome.evidence_years == evidence_years
    assert outcome.is_income_evidence_required == (evidence_years > 0)
    assert outcome.are_next_year_contracts_required == (row == "3A_below_1")
    assert outcome.is_privilege_available == (row[-1] not in "23")
    assert outcome.maximum_monthly_benefit == (Decimal(1300) if row[-1] == "3" else None)
    assert outcome.is_benefit_based_on_income is False
    assert outcome.imposed_class is None
    assert _periods(answer) == FREE


@pytest.mark.rule("2/OCC-16", "2/OCC-17", "2/OCC-18")
@each("occupational_class", ["2A", "A", "B"])
@each(
    ("changed", "row", "evidence_years", "periods"),
    [
        ({"annual_income": "25000.01"}, "lower_above_1", 0, NINETY),
        ({"annual_income": "25000.01", "evidence_years_provided": 1}, "lower_above_1", 0, NINETY),
        ({"annual_income": "25000.01", "evidence_years_provided": 2}, "lower_above_2", 2, FREE),
        ({"annual_income": "25000.00"}, "lower_between", 2, NINETY),
        (
            {"annual_income": "17000.00", "evidence_years_provided": None},
            "lower_between",
            2,
            NINETY,
        ),
        ({"home_percent": "20", "annual_income": None}, "lower_light", 0, FREE),
        ({"home_percent": "15", "annual_income": "9000.00"}, "lower_light", 0, FREE),
    ],
)
def test_finds_the_row_of_the_lower_classes(
    occupational_class: str,
    changed: dict[str, Any],
    row: str,
    evidence_years: int,
    periods: tuple[Any, Any],
) -> None:
    answer = _answer(GENERAL | {"occupational_class": occupational_class} | changed)
    outcome = answer.outcome

    assert _row(answer) == row
    assert outcome.is_available
    assert outcome.evidence_years == evidence_years
    assert outcome.is_income_evidence_required == (evidence_years > 0)
    assert outcome.is_benefit_based_on_income == (row == "lower_between")
    assert outcome.is_privilege_available
    assert _periods(answer) == periods


@each(
    ("changed", "row"),
    [
        ({"is_same_field_last_two_years": False, "months_at_home": 5}, "3A_above_early"),
        (
            {
                "is_same_field_last_two_years": False,
                "months_at_home": 5,
                "annual_income": "40000.00",
            },
            "3A_below_early",
        ),
        ({"occupational_class": "B", "annual_income": "16999.99"}, "lower_too_low"),
        ({"occupational_class": "AO"}, "outside_1"),
    ],
)
def test_is_not_available_where_no_row_is(changed: dict[str, Any], row: str) -> None:
    answer = _answer(GENERAL | changed)

    assert answer.outcome.is_available is False
    assert answer.outcome.evidence_years is None
    assert _row(answer) == row


@pytest.mark.rule("2/AMB-52")
@each(("reading", "is_available"), [("ordinary_rules", True), ("not_available", False)])
@each("occupational_class", ["2A", "A", "B"])
def test_leaves_salaried_persons_of_the_lower_classes_to_the_ordinary_rules(
    reading: str, is_available: bool, occupational_class: str
) -> None:
    facts = GENERAL | {"occupational_class": occupational_class, "employment_status": "salaried"}

    answer = _answer(facts, {"underwriting.home_salaried": reading})

    assert answer.outcome.is_available is is_available
    assert answer.outcome.evidence_years is None
    assert _periods(answer) == FREE


@pytest.mark.rule("2/OCC-13", "2/OCC-14")
@each("income", ["70000.00", "40000.00"])
@each(("benefit", "is_available"), [("1300.00", True), ("1300.01", False)])
def test_gives_at_most_1300_a_month_in_the_first_year(
    income: str, benefit: str, is_available: bool
) -> None:
    answer = _answer(
        GENERAL
        | {
            "is_same_field_last_two_years": False,
            "months_at_home": 8,
            "annual_income": income,
            "monthly_benefit": benefit,
        }
    )

    assert answer.outcome.is_available is is_available
    assert answer.outcome.maximum_monthly_benefit == Decimal(1300)


@pytest.mark.rule("2/OCC-22")
@each(
    ("required", "met", "is_available"),
    [
        (None, True, True),
        (None, False, False),
        (True, False, False),
        (False, False, True),
        (False, None, True),
    ],
)
@each(
    "row",
    [
        {},
        {"annual_income": "40000.00"},
        {"occupational_class": "A", "annual_income": "30000.00"},
        {"occupational_class": "A", "annual_income": "20000.00"},
    ],
)
def test_wants_the_premises_the_occupation_requires(
    required: bool | None, met: bool | None, is_available: bool, row: dict[str, Any]
) -> None:
    answer = _answer(
        GENERAL
        | row
        | {"are_premises_conditions_required": required, "are_premises_conditions_met": met}
    )

    assert answer.outcome.is_available is is_available


@pytest.mark.rule("2/OCC-22")
@each(
    "row",
    [
        {"home_percent": "20"},
        {"occupational_class": "A", "home_percent": "10"},
        {"occupational_class": "4A"},
        {"employment_status": "salaried"},
    ],
)
def test_wants_no_premises_in_the_other_rows(row: dict[str, Any]) -> None:
    answer = _answer(GENERAL | row | {"are_premises_conditions_met": False})

    assert answer.outcome.is_available


def test_names_every_reason_against_it() -> None:
    answer = _answer(
        GENERAL
        | {
            "is_same_field_last_two_years": False,
            "months_at_home": 8,
            "monthly_benefit": "1301.00",
            "are_premises_conditions_met": False,
        }
    )

    assert [reason.rule for reason in answer.because] == ["2/OCC-13", "2/OCC-22", "2/OCC-13"]
    assert answer.because_in("en")[-1].text == (
        "The benefit asked for ($1,301.00) is above the maximum of $1,300.00."
    )


@pytest.mark.rule("2/OCC-10", "2/AMB-55")
@each(
    ("reading", "benefit", "is_required"),
    [
        ("always_from_amount", "3499.99", False),
        ("always_from_amount", "3500.00", True),
        ("row_wins", "3500.00", False),
    ],
)
@each("occupational_class", ["4A", "3A"])
def test_proves_income_from_3500_in_all_circumstances(
    reading: str, benefit: str, is_required: bool, occupational_class: str
) -> None:
    answer = _answer(
        GENERAL | {"occupational_class": occupational_class, "monthly_benefit": benefit},
        {"underwriting.home_evidence": reading},
    )

    assert answer.outcome.is_income_evidence_required is is_required
    assert answer.outcome.evidence_years == 0


@pytest.mark.rule("2/OCC-19")
@each(
    ("sign", "traffic", "is_available"),
    [(True, True, True), (False, True, False), (True, False, False), (False, False, False),
     (None, False, False), (False, None, False)],
)  # fmt: skip
def test_wants_sign_and_traffic_of_a_certified_educator(
    sign: bool | None, traffic: bool | None, is_available: bool
) -> None:
    answer = _answer(
        EDUCATOR
        | {
            "has_visible_sign": sign,
            "has_visible_traffic": traffic,
            "annual_income": None,
            "are_premises_conditions_required": False,
        }
    )

    assert answer.outcome.is_available is is_available
    assert answer.outcome.evidence_years == 2
    assert answer.outcome.is_benefit_based_on_income
    assert answer.outcome.imposed_class is None
    assert _periods(answer) == NINETY


@pytest.mark.rule("2/OCC-20", "2/OCC-21")
@each(("income", "is_available"), [("12000.00", True), ("11999.99", False), ("-1.00", False)])
def test_wants_12000_of_an_educator_without_certification(income: str, is_available: bool) -> None:
    answer = _answer(
        EDUCATOR
        | {
            "is_certified_educator": False,
            "annual_income": income,
            "has_visible_sign": None,
            "has_visible_traffic": None,
        }
    )

    assert answer.outcome.is_available is is_available
    assert answer.outcome.imposed_class == "A"
    assert _periods(answer) == ({120}, {2})


@pytest.mark.rule("2/AMB-56")
@each(
    ("reading", "income", "is_available"),
    [
        ("special_row", "12000.00", True),
        ("class_row", "16999.99", False),
        ("class_row", "17000.00", True),
    ],
)
def test_takes_the_income_of_an_educator_as_the_carrier_chose(
    reading: str, income: str, is_available: bool
) -> None:
    answer = _answer(
        EDUCATOR | {"is_certified_educator": False, "annual_income": income},
        {"underwriting.educator_income": reading},
    )

    assert answer.outcome.is_available is is_available


@pytest.mark.rule("2/AMB-56")
def test_gives_an_educator_of_part_time_the_row_of_the_class() -> None:
    facts = EDUCATOR | {"home_percent": "99", "are_premises_conditions_met": True}

    unknown = _answer(facts)
    known = _answer(facts | {"occupational_class": "A"})

    assert unknown.unknown == ("occupational_class",)
    assert _row(known) == "lower_between"


@pytest.mark.rule("2/AMB-51")
@each(
    ("settings", "changed", "row"),
    [
        ({"underwriting.home_twenty_percent": "strict_row"}, {"home_percent": "20"}, "3A_above_1"),
        (
            {"underwriting.home_fifty_thousand": "lighter_row"},
            {"annual_income": "50000.00"},
            "3A_above_1",
        ),
        (
            {"underwriting.home_income_between": "exclusive"},
            {"occupational_class": "A", "annual_income": "25000.00"},
            "lower_above_1",
        ),
        (
            {"underwriting.home_income_between": "exclusive"},
            {"occupational_class": "A", "annual_income": "17000.00"},
            "lower_too_low",
        ),
        (
            {"underwriting.home_twelve_months": "third_case"},
            {"is_same_field_last_two_years": False, "months_at_home": 12},
            "3A_above_3",
        ),
    ],
)
def test_reads_the_edges_of_the_table_as_the_carrier_chose(
    settings: dict[str, str], changed: dict[str, Any], row: str
) -> None:
    assert _row(_answer(GENERAL | changed, settings)) == row


@pytest.mark.rule("2/AMB-54")
def test_says_which_of_two_cases_twelve_months_fall_in() -> None:
    answer = _answer(GENERAL | {"is_same_field_last_two_years": False, "months_at_home": 12})

    assert "underwriting.home_twelve_months=second_case" in [
        reason.resolution for reason in answer.because
    ]


@pytest.mark.rule("2/AMB-53")
@each(
    ("reading", "facts", "days"),
    [
        ("these_alone", GENERAL | {"occupational_class": "B", "annual_income": "20000.00"}, {90}),
        ("at_least", GENERAL | {"occupational_class": "B", "annual_income": "20000.00"}, {90, 120}),
        ("at_least", EDUCATOR | {"is_certified_educator": False}, {120}),
    ],
)
def test_allows_longer_waits_where_the_carrier_chose_so(
    reading: str, facts: dict[str, Any], days: set[int]
) -> None:
    answer = _answer(facts, {"underwriting.home_waiting": reading})

    assert answer.outcome.allowed_waiting_days == days


@each(
    ("facts", "unknown"),
    [
        (GENERAL | {"occupational_class": None}, {"occupational_class"}),
        (GENERAL | {"annual_income": None}, {"annual_income"}),
        (GENERAL | {"is_same_field_last_two_years": None}, {"is_same_field_last_two_years"}),
        (
            GENERAL | {"is_same_field_last_two_years": False, "months_at_home": None},
            {"months_at_home"},
        ),
        (GENERAL | {"are_premises_conditions_met": None}, {"are_premises_conditions_met"}),
        (GENERAL | {"monthly_benefit": None}, {"monthly_benefit"}),
        (
            GENERAL
            | {
                "is_same_field_last_two_years": False,
                "months_at_home": 8,
                "monthly_benefit": None,
                "are_premises_conditions_met": None,
            },
            {"monthly_benefit", "are_premises_conditions_met"},
        ),
        (
            GENERAL | {"occupational_class": "B", "evidence_years_provided": None},
            {"evidence_years_provided"},
        ),
        (EDUCATOR | {"is_certified_educator": None}, {"is_certified_educator"}),
        (
            EDUCATOR | {"has_visible_sign": None, "has_visible_traffic": None},
            {"has_visible_sign", "has_visible_traffic"},
        ),
        (EDUCATOR | {"is_certified_educator": False, "annual_income": None}, {"annual_income"}),
    ],
)
def test_asks_for_the_facts_of_the_row(facts: dict[str, Any], unknown: set[str]) -> None:
    assert set(_answer(facts).unknown) == unknown


@each(
    "facts",
    [
        GENERAL | {"occupational_class": "4A", "annual_income": None, "months_at_home": None},
        GENERAL | {"months_at_home": None, "evidence_years_provided": None},
        GENERAL | {"annual_income": "40000.00", "monthly_benefit": None, "months_at_home": None},
        EDUCATOR | {"monthly_benefit": None, "annual_income": None},
    ],
)
def test_asks_for_nothing_that_the_row_does_not_read(facts: dict[str, Any]) -> None:
    assert _answer(facts).outcome.is_available


@pytest.mark.rule("2/AMB-51")
@each("occupational_class", ["2A", "A", "B"])
@each(
    ("income", "reading", "row"),
    [
        ("17000.00", "inclusive", "lower_between"),
        ("25000.00", "inclusive", "lower_between"),
        ("17000.00", "exclusive", "lower_too_low"),
        ("25000.00", "exclusive", "lower_above_1"),
    ],
)
def test_reads_the_ends_of_the_row_between_alike_in_each_class(
    occupational_class: str, income: str, reading: str, row: str
) -> None:
    answer = _answer(
        GENERAL | {"occupational_class": occupational_class, "annual_income": income},
        {"underwriting.home_income_between": reading},
    )

    assert _row(answer) == row


@each(
    ("benefit", "is_evidence_required"),
    [(None, False), ("3499.99", False), ("3500.00", True), ("3500.01", True)],
)
def test_gives_nothing_to_a_class_that_is_not_in_the_table(
    benefit: str | None, is_evidence_required: bool
) -> None:
    outcome = _answer(GENERAL | {"occupational_class": "AO", "monthly_benefit": benefit}).outcome

    assert outcome.is_available is False
    assert outcome.is_income_evidence_required is is_evidence_required
    assert outcome.are_next_year_contracts_required is False
    assert outcome.is_privilege_available is False
    assert outcome.is_benefit_based_on_income is False
    assert outcome.maximum_monthly_benefit is None


@pytest.mark.rule("2/AMB-51")
@each(
    ("changed", "said"),
    [
        ({"home_percent": "20", "annual_income": "50000.00"}, {"home_twenty_percent"}),
        ({"home_percent": "20.01", "annual_income": "50000.00"}, {"home_fifty_thousand"}),
        ({"home_percent": "20", "employment_status": "salaried"}, set()),
        ({"home_percent": "20", "occupational_class": "4A"}, set()),
    ],
)
def test_names_the_readings_that_mattered_alone(changed: dict[str, Any], said: set[str]) -> None:
    because = _answer(GENERAL | changed).because

    chosen = {one.resolution.partition("=")[0] for one in because if one.resolution}
    assert chosen == {f"underwriting.{name}" for name in said}


def test_asks_no_evidence_of_who_is_not_covered_and_names_no_amount() -> None:
    refused = {"occupational_class": "B", "annual_income": "16999.99", "monthly_benefit": None}

    outcome = _answer(GENERAL | refused).outcome

    assert (outcome.is_available, outcome.is_income_evidence_required) == (False, False)
