"""The income of a self-employed person or owner after the uplift."""

from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from tests.support.cases import each

OWN: dict[str, Any] = {
    "employment_status": "registered_business",
    "occupational_class": "A",
    "years_in_field": "2",
    "has_two_years_of_returns_and_statements": True,
    "net_income_by_year": ["30000.00", "36000.00"],
    "gross_income_by_year": ["90000.00", "90000.00"],
}
COMPANY: dict[str, Any] = {
    "employment_status": "incorporated_owner",
    "occupational_class": "A",
    "years_in_field": "2",
    "has_two_years_of_returns_and_statements": True,
    "company_profit_by_year": ["100000.00", "100000.00"],
    "gross_income_by_year": ["900000.00", "900000.00"],
    "share_percent": "50",
    "shareholder_count": 2,
    "employment_income_by_year": ["40000.00", "40000.00"],
}


def _answer(facts: dict[str, Any], settings: dict[str, str] | None = None) -> Answer[Any]:
    return decide("underwriting.income_uplift", facts, settings=settings)


def _amounts(facts: dict[str, Any], settings: dict[str, str] | None = None) -> tuple[str, str, str]:
    outcome = _answer(facts, settings).as_json()["outcome"]
    assert outcome["is_eligible"]
    return outcome["income_before_uplift"], outcome["uplift_amount"], outcome["uplifted_income"]


@pytest.mark.rule("2/FIN-20")
@each(
    ("occupational_class", "net", "gross", "amounts"),
    [
        ("B", ["30000.00", "36000.00"], "90000.00", ("30000.00", "6000.00", "36000.00")),
        ("A", ["36000.00", "30000.00"], "90000.00", ("30000.00", "6000.00", "36000.00")),
        ("2A", ["48000.00", "52000.00"], "90000.00", ("48000.00", "9600.00", "57600.00")),
        ("3A", ["30000.00", "36000.00"], "90000.00", ("33000.00", "6600.00", "39600.00")),
        ("4A", ["240000.00", "280000.00"], "900000.00", ("260000.00", "40000.00", "300000.00")),
        ("A", ["200000.00", "200000.00"], "900000.00", ("200000.00", "40000.00", "240000.00")),
        ("A", ["199999.95", "200000.00"], "900000.00", ("199999.95", "39999.99", "239999.94")),
        ("A", ["200000.05", "200000.05"], "900000.00", ("200000.05", "40000.00", "240000.05")),
        ("A", ["50000.00", "50000.00"], "56000.00", ("50000.00", "6000.00", "56000.00")),
        ("A", ["50000.00", "50000.00"], "60000.00", ("50000.00", "10000.00", "60000.00")),
        ("A", ["50000.00", "50000.00"], "50000.00", ("50000.00", "0.00", "50000.00")),
        ("A", ["0.00", "10000.00"], "90000.00", ("0.00", "0.00", "0.00")),
        ("3A", ["10000.00", "10000.01"], "90000.00", ("10000.01", "2000.00", "12000.01")),
        ("A", ["10000.02", "10000.03"], "90000.00", ("10000.02", "2000.00", "12000.02")),
        ("A", ["10000.03", "10000.03"], "90000.00", ("10000.03", "2000.01", "12000.04")),
    ],
)
def test_adds_a_fifth_to_the_lower_year_or_the_mean_by_class(
    occupational_class: str, net: list[str], gross: str, amounts: tuple[str, str, str]
) -> None:
    facts = OWN | {
        "occupational_class": occupational_class,
        "net_income_by_year": net,
        "gross_income_by_year": [gross, gross],
    }

    assert _amounts(facts) == amounts


@pytest.mark.rule("2/FIN-19", "2/FIN-22", "2/FIN-23")
@each(
    ("changed", "rows"),
    [
        ({"employment_status": "salaried"}, ["status"]),
        ({"occupational_class": "AO"}, ["class"]),
        ({"years_in_field": "1.99"}, ["years"]),
        ({"has_two_years_of_returns_and_statements": False}, ["papers"]),
        ({"net_income_by_year": ["-0.01", "30000.00"]}, ["no_loss"]),
        (
            {"net_income_by_year": ["30000.00", "-0.01"], "employment_status": "self_employed"},
            ["no_loss"],
        ),
        (
            {
                "employment_status": "salaried",
                "occupational_class": "AO",
                "years_in_field": "0",
                "has_two_years_of_returns_and_statements": False,
                "net_income_by_year": ["-1.00", "-1.00"],
            },
            ["status", "class", "years", "papers", "no_loss"],
        ),
    ],
)
def test_names_every_condition_of_the_uplift_that_fails(
    changed: dict[str, Any], rows: list[str]
) -> None:
    answer = _answer(OWN | changed)

    assert answer.outcome.is_eligible is False
    assert answer.as_json()["outcome"]["uplift_amount"] == "0.00"
    assert answer.outcome.uplifted_income is None
    assert [reason.row for reason in answer.because if reason.row] == rows


@pytest.mark.rule("2/FIN-24")
@each(
    ("changed", "rows"),
    [
        ({"share_percent": "19.99"}, ["share"]),
        ({"shareholder_count": 5}, ["shareholders"]),
        ({"company_profit_by_year": ["-0.01", "1.00"]}, ["no_loss"]),
        (
            {
                "company_profit_by_year": ["1.00", "-1.00"],
                "shareholder_count": 9,
                "share_percent": "1",
            },
            ["no_loss", "shareholders", "share"],
        ),
    ],
)
def test_names_every_condition_of_a_company_that_fails(
    changed: dict[str, Any], rows: list[str]
) -> None:
    answer = _answer(COMPANY | changed)

    assert answer.outcome.is_eligible is False
    assert [reason.row for reason in answer.because] == rows


@pytest.mark.rule("2/FIN-24")
@each(
    ("changed", "amounts"),
    [
        ({}, ("90000.00", "10000.00", "100000.00")),
        ({"share_percent": "20", "shareholder_count": 4}, ("60000.00", "4000.00", "64000.00")),
        ({"company_profit_by_year": ["0.00", "100000.00"]}, ("40000.00", "0.00", "40000.00")),
        (
            {
                "occupational_class": "3A",
                "company_profit_by_year": ["100000.00", "60000.00"],
                "employment_income_by_year": ["40000.00", "50000.00"],
            },
            ("85000.00", "8000.00", "93000.00"),
        ),
        (
            {"share_percent": "33.333", "company_profit_by_year": ["100000.00", "100000.00"]},
            ("73333.00", "6666.60", "79999.60"),
        ),
        (
            {
                "company_profit_by_year": ["100000.00", "80000.00"],
                "employment_income_by_year": ["0.00", "40000.00"],
            },
            ("50000.00", "10000.00", "60000.00"),
        ),
        ({"gross_income_by_year": ["110000.00"] * 2}, ("90000.00", "5000.00", "95000.00")),
    ],
)
def test_uplifts_the_share_of_a_company_and_adds_the_salary(
    changed: dict[str, Any], amounts: tuple[str, str, str]
) -> None:
    assert _amounts(COMPANY | changed) == amounts


@pytest.mark.rule("2/FIN-25")
@each(
    ("changed", "amounts"),
    [
        (
            {"net_income_by_year": None, "business_expenses_by_year": ["60000.00", "50000.00"]},
            ("30000.00", "6000.00", "36000.00"),
        ),
        ({"business_expenses_by_year": ["1.00", "1.00"]}, ("30000.00", "6000.00", "36000.00")),
    ],
)
def test_takes_the_net_or_gross_less_expenses(
    changed: dict[str, Any], amounts: tuple[str, str, str]
) -> None:
    assert _amounts(OWN | changed) == amounts


@pytest.mark.rule("2/AMB-41")
@each(
    ("reading", "amounts"),
    [
        ("on_uplift", ("200000.00", "40000.00", "240000.00")),
        ("on_income", ("200000.00", "8000.00", "208000.00")),
        ("on_result", ("200000.00", "0.00", "200000.00")),
    ],
)
def test_holds_with_the_ceiling_what_the_carrier_chose(
    reading: str, amounts: tuple[str, str, str]
) -> None:
    facts = OWN | {
        "net_income_by_year": ["200000.00", "210000.00"],
        "gross_income_by_year": ["900000.00", "900000.00"],
    }

    assert _amounts(facts, {"underwriting.uplift_ceiling": reading}) == amounts


def test_stops_at_the_ceiling_where_it_holds_the_result() -> None:
    found = _amounts(
        OWN | {"net_income_by_year": ["35000.00", "36000.00"]},
        {"underwriting.uplift_ceiling": "on_result"},
    )

    assert found == ("35000.00", "5000.00", "40000.00")


@pytest.mark.rule("2/AMB-42")
@each(
    ("reading", "occupational_class", "gross", "income"),
    [
        ("same_years", "A", ["55000.00", "51000.00"], "55000.00"),
        ("lowest", "A", ["55000.00", "51000.00"], "51000.00"),
        ("mean", "A", ["55000.00", "51000.00"], "53000.00"),
        ("same_years", "3A", ["55000.00", "57000.00"], "56000.00"),
    ],
)
def test_holds_with_the_gross_of_the_year_the_carrier_chose(
    reading: str, occupational_class: str, gross: list[str], income: str
) -> None:
    facts = OWN | {
        "occupational_class": occupational_class,
        "net_income_by_year": ["50000.00", "50000.50"],
        "gross_income_by_year": gross,
    }

    assert _amounts(facts, {"underwriting.uplift_gross_year": reading})[2] == income


@pytest.mark.rule("2/AMB-42")
@each(("reading", "income"), [("share_and_salary", "95000.00"), ("whole_company", "100000.00")])
def test_takes_the_gross_of_a_company_as_the_carrier_chose(reading: str, income: str) -> None:
    facts = COMPANY | {"gross_income_by_year": ["110000.00", "110000.00"]}

    assert _amounts(facts, {"underwriting.uplift_company_gross": reading})[2] == income


@pytest.mark.rule("2/AMB-43")
@each(
    ("reading", "profit", "uplift"),
    [
        ("share_of_profit", "100000.00", "10000.00"),
        ("profit_before_share", "100000.00", "10000.00"),
        ("profit_and_salary", "100000.00", "18000.00"),
        ("share_of_profit", "400000.00", "40000.00"),
        ("profit_before_share", "400000.00", "20000.00"),
    ],
)
def test_bears_on_the_part_of_a_company_the_carrier_chose(
    reading: str, profit: str, uplift: str
) -> None:
    facts = COMPANY | {"company_profit_by_year": [profit, profit]}

    assert _amounts(facts, {"underwriting.uplift_company_base": reading})[1] == uplift


@pytest.mark.rule("2/AMB-43")
@each(
    ("reading", "amounts"),
    [
        ("total", ("50000.00", "10000.00", "60000.00")),
        ("profit", ("80000.00", "8000.00", "88000.00")),
    ],
)
def test_picks_the_lowest_year_of_a_company_as_the_carrier_chose(
    reading: str, amounts: tuple[str, str, str]
) -> None:
    facts = COMPANY | {
        "company_profit_by_year": ["100000.00", "80000.00"],
        "employment_income_by_year": ["0.00", "40000.00"],
    }

    assert _amounts(facts, {"underwriting.uplift_lowest_year": reading}) == amounts


@pytest.mark.rule("2/AMB-44")
@each(("reading", "is_eligible"), [("every_status", False), ("businesses_alone", True)])
def test_reads_a_loss_without_a_registered_business_as_the_carrier_chose(
    reading: str, is_eligible: bool
) -> None:
    facts = OWN | {"employment_status": "self_employed", "occupational_class": "3A",
                   "net_income_by_year": ["-5000.00", "30000.00"]}  # fmt: skip

    found = _answer(facts, {"underwriting.uplift_losses": reading}).outcome

    assert found.is_eligible is is_eligible
    assert found.uplifted_income == (Decimal("15000.00") if is_eligible else None)


@each(
    ("facts", "unknown"),
    [
        (OWN | {"net_income_by_year": None}, {"net_income_by_year"}),
        (OWN | {"gross_income_by_year": None}, {"gross_income_by_year"}),
        (
            OWN | {"net_income_by_year": None, "gross_income_by_year": None},
            {"net_income_by_year", "gross_income_by_year"},
        ),
        (COMPANY | {"company_profit_by_year": None}, {"company_profit_by_year"}),
        (
            COMPANY | {"share_percent": None, "shareholder_count": None},
            {"share_percent", "shareholder_count"},
        ),
        (COMPANY | {"employment_income_by_year": None}, {"employment_income_by_year"}),
        (COMPANY | {"gross_income_by_year": None}, {"gross_income_by_year"}),
    ],
)
def test_asks_for_the_amounts_it_needs(facts: dict[str, Any], unknown: set[str]) -> None:
    assert set(_answer(facts).unknown) == unknown


def test_asks_for_nothing_when_a_condition_fails() -> None:
    facts = COMPANY | {"share_percent": "10", "company_profit_by_year": None}

    assert _answer(facts).outcome.is_eligible is False


def test_says_the_steps_with_their_amounts() -> None:
    answer = _answer(
        OWN
        | {"occupational_class": "4A", "net_income_by_year": ["240000.00", "280000.00"],
           "gross_income_by_year": ["290000.00", "290000.00"]}
    )  # fmt: skip

    steps = [
        reason.text for reason in answer.because_in("en") if reason.rule in ("2/FIN-20", "3/GLO-10")
    ]
    assert steps == [
        "Base: the mean of $240,000.00 and $280,000.00, $260,000.00 to the cent.",
        "Uplift: 20% of $260,000.00 = $52,000.00.",
        "The uplift is held down by the ceiling of $40,000.00: $40,000.00.",
        "Income after the uplift: $260,000.00 + $40,000.00 = $300,000.00.",
        "The income after the uplift does not exceed gross income: $290,000.00, so an uplift of "
        "$30,000.00.",
    ]


@pytest.mark.rule("3/GLO-10")
@pytest.mark.rule("2/AMB-42")
@each("gross", [["90000.00", "56000.00"], ["56000.00", "90000.00"]])
def test_holds_two_equal_years_with_the_lower_gross(gross: list[str]) -> None:
    facts = OWN | {"net_income_by_year": ["50000.00", "50000.00"], "gross_income_by_year": gross}

    assert _amounts(facts)[2] == "56000.00"


@pytest.mark.rule("2/AMB-41")
@pytest.mark.rule("2/AMB-43")
def test_holds_the_income_of_a_company_before_the_share_too() -> None:
    settings = {
        "underwriting.uplift_company_base": "profit_before_share",
        "underwriting.uplift_ceiling": "on_income",
    }

    assert _amounts(COMPANY, settings)[1] == "4000.00"


@pytest.mark.rule("2/AMB-44")
@each(
    ("net", "is_said"),
    [
        (["-0.01", "30000.00"], True),
        (["30000.00", "-0.01"], True),
        (["0.00", "30000.00"], False),
        (["0.50", "30000.00"], False),
    ],
)
def test_names_the_reading_of_losses_where_there_is_one(net: list[str], is_said: bool) -> None:
    facts = OWN | {"employment_status": "self_employed", "net_income_by_year": net}

    assert ("2/AMB-44" in [reason.rule for reason in _answer(facts).because]) is is_said
