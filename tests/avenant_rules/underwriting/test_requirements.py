"""What underwriting asks for: every printed cell through the decision, every edge around it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.dates import add_years
from avenant_rules.decision import decide
from tests.facts.load import facts
from tests.facts.words import COVERAGES, NOT_OFFERED, REQUIREMENTS
from tests.support.cases import each

SUBSCRIBED_ON = date(2025, 6, 15)
HYBRID = {"critical_illness_hybrid", "loss_of_autonomy_hybrid"}
CENT = Decimal("0.01")


def ask(coverage: str, born: date, amount: Any, sex: str = "male", **more: Any) -> Any:
    return decide(
        "underwriting.requirements",
        {
            "coverage": coverage,
            "sex": sex,
            "birth_date": born,
            "subscription_date": SUBSCRIBED_ON,
            "requested_amount": Decimal(amount).quantize(CENT),
            **more,
        },
    ).outcome


def born_to_be(years: int) -> date:
    """The latest birth date of somebody of this age: the birthday is today."""
    return add_years(SUBSCRIBED_ON, -years)


def printed_cells() -> list[Any]:
    """Each cell of the seven tables: its table, its corner of least age and amount, its items."""
    cells: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in facts("requirements"):
        cells.setdefault((row["table"], row["row"], row["column"]), []).append(row)
    return [
        pytest.param(key[0], rows, id="-".join(key))
        for key, rows in cells.items()
    ]  # fmt: skip


def coverages_of(table: str) -> list[str]:
    return [
        COVERAGES[row["coverage"]]
        for row in facts("requirement_coverages")
        if row["table"] == table
    ]


def asked_of(rows: list[dict[str, str]], coverage: str, sex: str) -> set[str] | None:
    """What the printed cell asks of this person, worked out without the application."""
    asked = set()
    for row in rows:
        if row["printed"] == NOT_OFFERED:
            return None
        code = REQUIREMENTS[row["printed"]]
        if code == "blood_profile_with_psa_for_men":
            code = "blood_profile_with_psa" if sex == "male" else "blood_profile"
        if code == "lifestyle_questionnaire_for_hybrid":
            if coverage not in HYBRID:
                continue
            code = "lifestyle_questionnaire"
        asked.add(code)
    return asked


@pytest.mark.rule("2/REQ-11")
@pytest.mark.rule("2/REQ-12")
@pytest.mark.rule("2/REQ-13")
@pytest.mark.rule("2/REQ-14")
@pytest.mark.rule("2/REQ-15")
@pytest.mark.rule("2/REQ-16")
@pytest.mark.rule("2/REQ-17")
@each("sex", ["female", "male"])
@each(("table", "rows"), printed_cells())
def test_asks_what_the_printed_cell_lists(table: str, rows: list[dict[str, str]], sex: str) -> None:
    first = rows[0]
    youngest = (
        SUBSCRIBED_ON - timedelta(int(first["age_from"]))
        if first["age_from_unit"] == "days"
        else born_to_be(int(first["age_from"]))
    )
    oldest = born_to_be(int(first["age_to"] or 99))
    amount = first["amount_from"] or "0.01"

    for coverage in coverages_of(table):
        for born in (youngest, oldest):
            given = ask(coverage, born, amount, sex)

            assert given.requirements == asked_of(rows, coverage, sex), (coverage, born)
            assert given.is_offered == (given.requirements is not None)


@pytest.mark.rule("2/REQ-01")
@each(
    ("born", "age"),
    [
        (date(1974, 6, 16), 50),
        (date(1974, 6, 15), 51),
        (date(1974, 6, 14), 51),
        (date(2025, 6, 14), 0),
    ],
)
def test_counts_the_age_attained_on_the_day_of_subscription(born: date, age: int) -> None:
    assert ask("disability_sickness", born, 3000).attained_age_years == age


@pytest.mark.rule("2/REQ-09")
@each(
    ("coverage", "years", "amount", "is_more"),
    [
        ("disability_sickness", 30, "4000.00", False),
        ("disability_sickness", 30, "4000.01", True),
        ("term_life_65", 55, "99999.99", False),
        ("term_life_65", 55, "100000.00", True),
        ("critical_illness", 20, "99999.50", False),
        ("critical_illness", 20, "100000.00", True),
        ("disability_hybrid", 48, "1000.00", False),
        ("disability_hybrid", 48, "1000.01", True),
        ("facility_care", 40, "4999.99", False),
        ("facility_care", 40, "5000.00", True),
    ],
)
def test_changes_column_at_the_round_figure(
    coverage: str, years: int, amount: str, is_more: bool
) -> None:
    least = ask(coverage, born_to_be(years), "1.00").requirements

    assert (ask(coverage, born_to_be(years), amount).requirements != least) == is_more


@pytest.mark.rule("2/REQ-10")
@each(
    ("coverage", "born", "amount"),
    [
        ("disability_sickness", born_to_be(30), "10000.01"),
        ("disability_sickness", born_to_be(16) + timedelta(1), "1000"),
        ("term_life_65", born_to_be(16) + timedelta(1), "1000"),
        ("critical_illness", SUBSCRIBED_ON - timedelta(29), "1000"),
        ("critical_illness", born_to_be(66), "1000"),
        ("critical_illness", born_to_be(10), "1000000.01"),
        ("life_hybrid", SUBSCRIBED_ON - timedelta(13), "1000"),
        ("life_hybrid", born_to_be(66), "1000"),
        ("life_hybrid", born_to_be(30), "1000000.01"),
        ("disability_hybrid", born_to_be(56), "1000"),
        ("facility_care", born_to_be(30), "10000.01"),
        ("hospitalisation_loss_of_autonomy", born_to_be(54), "25000"),
        ("hospitalisation_loss_of_autonomy", born_to_be(81), "25000"),
        ("hospitalisation_loss_of_autonomy", born_to_be(60), "24999.99"),
        ("term_life_65", SUBSCRIBED_ON + timedelta(1), "1000"),
        ("term_life_65", born_to_be(30), "-0.01"),
    ],
)
def test_offers_nothing_out_of_the_table(coverage: str, born: date, amount: str) -> None:
    given = ask(coverage, born, amount)

    assert not given.is_offered
    assert given.requirements is None
    assert given.interview_respondent is None


@pytest.mark.rule("2/REQ-02")
@each(
    ("since", "amount_used"),
    [
        (date(2024, 6, 14), "2000.00"),
        (date(2024, 6, 15), "4000.00"),
        (date(2025, 6, 15), "4000.00"),
        (date(2025, 6, 16), "2000.00"),
    ],
)
def test_counts_what_came_into_force_in_the_last_twelve_months(
    since: date, amount_used: str
) -> None:
    given = ask(
        "disability_sickness",
        born_to_be(30),
        2000,
        in_force_coverage=[{"amount": "2000.00", "in_force_since": since}],
    )

    assert given.amount_used == Decimal(amount_used)


def test_counts_two_equal_amounts_in_force_twice() -> None:
    one = {"amount": "500.00", "in_force_since": date(2025, 1, 1)}

    given = ask("disability_sickness", born_to_be(30), 2000, in_force_coverage=[one, one])

    assert given.amount_used == 3000


@pytest.mark.rule("2/REQ-06")
@pytest.mark.rule("2/OVH-11")
@each(
    ("overhead", "amount_used", "is_next_band"),
    [
        ("2000.00", "4000.00", False),
        ("2000.01", "4000.01", True),
        ("2002.00", "4001.00", True),
    ],
)
def test_adds_half_the_overhead_without_rounding(
    overhead: str, amount_used: str, is_next_band: bool
) -> None:
    given = ask("disability_sickness", born_to_be(30), 3000, overhead_amount=overhead)

    assert given.amount_used == Decimal(amount_used)
    assert ("vital_signs" in given.requirements) == is_next_band


@pytest.mark.rule("2/REQ-07")
@each(
    ("coverage", "more", "is_asked"),
    [
        ("overhead_expense", {}, True),
        ("disability_sickness", {"overhead_amount": "1500.00"}, True),
        ("disability_sickness", {"overhead_amount": "0.00"}, False),
        ("disability_sickness", {}, False),
    ],
)
def test_wants_the_expenses_questionnaire_with_overhead(
    coverage: str, more: dict[str, Any], is_asked: bool
) -> None:
    given = ask(coverage, born_to_be(30), 1500, **more)

    assert ("business_expenses_questionnaire" in given.additional_documents) == is_asked


@pytest.mark.rule("2/REQ-04")
@each(("years", "who"), [(0, "policyholder"), (15, "policyholder"), (16, "insured")])
def test_says_who_answers_the_interview(years: int, who: str) -> None:
    born = born_to_be(years) if years else SUBSCRIBED_ON - timedelta(40)

    assert ask("critical_illness", born, 1000).interview_respondent == who


def test_says_nobody_where_no_interview_is_asked_for() -> None:
    given = ask("critical_illness", born_to_be(45), 2_000_000)

    assert "phone_interview" not in given.requirements
    assert given.interview_respondent is None


@pytest.mark.rule("2/REQ-18")
@each(
    ("amount", "reports"),
    [("4499.99", {"regular_inspection_report"}), ("4500.00", {"extended_inspection_report"})],
)
@each("years", [20, 40, 48, 53])
def test_extends_the_inspection_from_4500_a_month(
    amount: str, reports: set[str], years: int
) -> None:
    asked = ask("disability_hybrid", born_to_be(years), amount).requirements

    assert {code for code in asked if "inspection" in code} == reports


@pytest.mark.rule("2/AMB-22")
@pytest.mark.rule("2/AMB-23")
@pytest.mark.rule("2/AMB-24")
@pytest.mark.rule("2/AMB-18")
@pytest.mark.rule("2/AMB-19")
@each(
    ("setting", "value", "coverage", "years", "amount", "added"),
    [
        ("extended_inspection", "added_to_regular", "disability_hybrid", 40, "4500", "regular_inspection_report"),
        ("round_figure", "upper_band", "disability_hybrid", 48, "1000", "urine_hiv"),
        ("blood_profile_printed_twice", "attending_physician_report", "term_life_65", 61, "600000", "attending_physician_report"),
        ("inspection_of_life_hybrids", "extended_everywhere", "life_hybrid", 41, "600000", "extended_inspection_report"),
        ("inspection_of_life_hybrids", "extended_everywhere", "life_hybrid", 50, "250000.01", "extended_inspection_report"),
        ("interview_with_exam", "asked", "life_hybrid", 51, "250000.01", "phone_interview"),
        ("interview_with_exam", "asked", "critical_illness", 45, "1000000.01", "phone_interview"),
    ],
)  # fmt: skip
def test_follows_the_carriers_other_reading(
    setting: str, value: str, coverage: str, years: int, amount: str, added: str
) -> None:
    recommended = ask(coverage, born_to_be(years), amount).requirements

    other = decide(
        "underwriting.requirements",
        {
            "coverage": coverage,
            "sex": "male",
            "birth_date": born_to_be(years),
            "subscription_date": SUBSCRIBED_ON,
            "requested_amount": Decimal(amount).quantize(CENT),
        },
        settings={f"underwriting.{setting}": value},
    ).outcome.requirements

    assert added not in recommended
    assert other - recommended == {added}


@pytest.mark.rule("2/ASC-04")
@pytest.mark.rule("2/ASC-05")
@pytest.mark.rule("2/PME-03")
@pytest.mark.rule("2/PME-04")
@each(
    ("granted", "issued", "excess"),
    [
        ("1500.00", "1500.00", "500.00"),
        ("2000.00", "2000.00", "0.00"),
        ("3000.00", "2000.00", "0.00"),
    ],
)
def test_parts_what_is_granted_from_what_is_studied(granted: str, issued: str, excess: str) -> None:
    given = ask("disability_sickness", born_to_be(30), 2000, granted_amount=granted)

    assert given.amount_used == 2000
    assert given.issued_on_receipt_amount == Decimal(issued)
    assert given.excess_amount == Decimal(excess)


def test_cites_the_printed_cell() -> None:
    reason = decide(
        "underwriting.requirements",
        {
            "coverage": "term_life_65",
            "sex": "male",
            "birth_date": born_to_be(61),
            "subscription_date": SUBSCRIBED_ON,
            "requested_amount": "1000000.01",
        },
    ).because[0]

    assert reason.rule == "2/REQ-12"
    assert reason.source == "Guide du conseiller, Tableau 3.1.2, ligne 4, colonne 6"
    assert "rapport du médecin traitant" in reason.text


@pytest.mark.rule("2/AMB-14")
@each(("overhead", "is_warned"), [("3000.00", False), ("6000.00", True)])
def test_warns_when_the_overhead_alone_would_ask_for_more(overhead: str, is_warned: bool) -> None:
    answer = decide(
        "underwriting.requirements",
        {
            "coverage": "disability_sickness",
            "sex": "male",
            "birth_date": born_to_be(30),
            "subscription_date": SUBSCRIBED_ON,
            "requested_amount": "1000.00",
            "overhead_amount": overhead,
        },
    )

    assert answer.outcome.requirements == {"phone_interview"}
    assert ("2/AMB-14" in [reason.rule for reason in answer.because]) == is_warned
