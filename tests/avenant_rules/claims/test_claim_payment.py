"""When and how disability benefits are paid."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each


@pytest.mark.rule("3/DIS-47")
@each(
    ("federal", "withheld"), [("0", "0.00"), ("0.5", "0.51"), ("0.494", "0.50"), ("12.5", "12.63")]
)
def test_rounds_each_tax_half_up(federal: str, withheld: str) -> None:
    outcome = decide(
        "claims.benefit_payment",
        monthly_benefit="101.00",
        is_taxable=True,
        federal_rate_percent=federal,
        provincial_rate_percent="10",
        premium_due="0.00",
    ).outcome

    assert outcome.federal_tax == Decimal(withheld)
    assert outcome.amount_paid == Decimal("101.00") - Decimal(withheld) - Decimal("10.10")
    assert outcome.has_year_end_slips


@pytest.mark.rule("3/DIS-46")
@pytest.mark.rule("3/DIS-47")
def test_withholds_nothing_and_deducts_no_premium_when_not_taxable() -> None:
    outcome = decide(
        "claims.benefit_payment",
        monthly_benefit="1500.00",
        is_taxable=False,
        federal_rate_percent="12",
        provincial_rate_percent="10",
        premium_due="1600.00",
    ).outcome

    assert (outcome.federal_tax, outcome.provincial_tax, outcome.amount_paid) == (
        Decimal("0.00"),
        Decimal("0.00"),
        Decimal("1500.00"),
    )
    assert not outcome.has_year_end_slips


@pytest.mark.rule("3/DIS-25")
@each(
    ("first", "end", "issued"),
    [
        (date(2025, 4, 1), date(2025, 4, 30), date(2025, 5, 9)),
        (date(2025, 4, 30), date(2025, 4, 30), date(2025, 5, 9)),
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 8)),
        (date(2025, 2, 1), date(2025, 2, 28), date(2025, 3, 14)),
        (date(2025, 12, 5), date(2025, 12, 31), date(2026, 1, 9)),
    ],
)
def test_pays_the_first_month_short_and_in_arrears(first: date, end: date, issued: date) -> None:
    outcome = decide("claims.first_payment", first_payable_day=first).outcome

    assert outcome.period_start == first
    assert (outcome.period_end, outcome.payable_on, outcome.issued_on) == (end, end, issued)


@pytest.mark.rule("3/CAMB-09")
def test_reads_the_first_period_and_the_friday_either_way() -> None:
    long = {"claims.first_period": "to_next_month_end"}
    at_once = {"claims.payment_timing": "in_the_month"}
    first = date(2025, 4, 16)

    longer = decide("claims.first_payment", first_payable_day=first, settings=long).outcome
    sooner = decide("claims.first_payment", first_payable_day=first, settings=at_once).outcome

    assert (longer.period_end, longer.issued_on) == (date(2025, 5, 31), date(2025, 6, 13))
    assert (sooner.period_end, sooner.issued_on) == (date(2025, 4, 30), date(2025, 4, 11))


@pytest.mark.rule("3/DIS-26")
def test_issues_on_a_second_friday_in_every_month() -> None:
    for year in range(2000, 2041):
        for month in range(1, 13):
            outcome = decide(
                "claims.payment_issue_date",
                {"year": year, "month": month},
                settings={"claims.issue_on_holiday": "unchanged"},
            ).outcome

            assert 8 <= outcome.issued_on.day <= 14
            assert outcome.issued_on.weekday() == 4
            assert (outcome.mailing_week_monday - outcome.issued_on).days == 3


@pytest.mark.rule("3/CAMB-09")
@each(
    ("year", "issued"),
    [(2009, date(2009, 4, 9)), (2020, date(2020, 4, 9)), (2031, date(2031, 4, 10)),
     (2025, date(2025, 4, 11)), (2026, date(2026, 4, 10))],
)  # fmt: skip
def test_moves_good_friday_to_the_day_before(year: int, issued: date) -> None:
    outcome = decide("claims.payment_issue_date", year=year, month=4).outcome

    assert outcome.issued_on == issued
    assert outcome.mailing_week_monday.weekday() == 0
    assert 0 < (outcome.mailing_week_monday - issued).days <= 7


@pytest.mark.rule("3/DIS-26")
@each("year", [0, -1, 10_000])
def test_knows_no_year_out_of_the_calendar(year: int) -> None:
    with pytest.raises(CarrierDataMissingError):
        decide("claims.payment_issue_date", year=year, month=4)


def part(start: date, end: date, amount: str = "1800.00", **settings: str) -> Decimal:
    found: Decimal = decide(
        "claims.partial_month_benefit",
        monthly_benefit=amount,
        period_start=start,
        period_end=end,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.amount
    return found


@pytest.mark.rule("3/CAMB-10")
@each(
    ("start", "end", "amount"),
    [
        (date(2025, 4, 1), date(2025, 4, 30), "1800.00"),
        (date(2025, 4, 2), date(2025, 4, 30), "1740.00"),
        (date(2025, 4, 30), date(2025, 4, 30), "60.00"),
        (date(2025, 3, 1), date(2025, 3, 31), "1800.00"),
        (date(2025, 3, 2), date(2025, 3, 31), "1800.00"),
        (date(2025, 3, 3), date(2025, 3, 31), "1740.00"),
        (date(2025, 2, 1), date(2025, 2, 28), "1800.00"),
        (date(2024, 2, 1), date(2024, 2, 28), "1680.00"),
        (date(2024, 2, 1), date(2024, 2, 29), "1800.00"),
        (date(2025, 4, 30), date(2025, 4, 29), "0.00"),
    ],
)
def test_pays_a_thirtieth_a_day_and_a_whole_month_whole(
    start: date, end: date, amount: str
) -> None:
    assert part(start, end) == Decimal(amount)


@pytest.mark.rule("3/CAMB-10")
def test_pays_by_the_days_of_the_month_where_the_carrier_says_so() -> None:
    shared = part(date(2025, 2, 1), date(2025, 2, 14), "1800.00", part_month="days_of_the_month")

    assert shared == Decimal("900.00")
    assert part(date(2025, 2, 1), date(2025, 2, 14)) == Decimal("840.00")


@pytest.mark.rule("3/DIS-26")
def test_says_once_that_whole_months_are_paid_whole() -> None:
    answer = decide(
        "claims.partial_month_benefit",
        monthly_benefit="100.00",
        period_start=date(2025, 4, 30),
        period_end=date(2026, 4, 30),
    )

    assert answer.outcome.amount == Decimal("1203.33")
    assert sum("whole" in reason.text for reason in answer.because_in("en")) == 1


@pytest.mark.rule("3/DIS-26")
def test_takes_a_period_over_two_months_month_by_month() -> None:
    assert part(date(2025, 4, 16), date(2025, 5, 31)) == Decimal("2700.00")


@pytest.mark.rule("3/DIS-26")
@each(("amount", "day"), [("1000.15", "33.34"), ("1000.14", "33.34"), ("999.90", "33.33")])
def test_rounds_a_part_month_half_up(amount: str, day: str) -> None:
    assert part(date(2025, 4, 30), date(2025, 4, 30), amount) == Decimal(day)


def indexed(disability: str, on: str, rates: list[tuple[int, str]], **settings: str) -> Any:
    facts = {
        "has_indexation_option": True,
        "disability_date": disability,
        "monthly_benefit": "1000.00",
        "rates": [{"year": year, "rate_percent": rate} for year, rate in rates],
        "as_of": on,
    }
    chosen = {f"claims.{name}": value for name, value in settings.items()}
    return decide("claims.indexation", facts, settings=chosen)


@pytest.mark.rule("3/DIS-28")
@each(
    ("disability", "first"),
    [
        ("2024-12-31", date(2026, 1, 1)),
        ("2025-01-01", date(2026, 1, 1)),
        ("2025-01-02", date(2027, 1, 1)),
        ("2024-07-20", date(2026, 1, 1)),
        ("2024-02-29", date(2026, 1, 1)),
    ],
)
def test_starts_in_the_january_after_the_first_twelve_months(disability: str, first: date) -> None:
    assert indexed(disability, "2025-06-01", []).outcome.first_indexation_date == first


@pytest.mark.rule("1/GLO-39")
@pytest.mark.rule("3/GLO-04")
@pytest.mark.rule("3/DIS-29")
@each(
    ("on", "benefit"),
    [("2025-12-31", "1000.00"), ("2026-01-01", "1023.46"), ("2026-12-31", "1023.46"),
     ("2027-01-01", "1036.10")],
)  # fmt: skip
def test_compounds_each_january_rounded_to_the_cent(on: str, benefit: str) -> None:
    rates = [(2026, "2.3456"), (2027, "1.235"), (2030, "50")]

    assert indexed("2024-07-20", on, rates).outcome.benefit_as_of == Decimal(benefit)


@pytest.mark.rule("3/DIS-29")
@each("rates", [[], [(2025, "2")], [(2026, "2"), (2026, "3")]])
def test_assumes_no_rate(rates: list[tuple[int, str]]) -> None:
    answer = indexed("2024-07-20", "2026-01-01", rates)

    assert answer.unknown == ("rates",)


@pytest.mark.rule("3/DIS-28")
def test_never_indexes_without_the_option_nor_asks_for_rates() -> None:
    outcome = decide(
        "claims.indexation",
        {
            "has_indexation_option": False,
            "disability_date": "2020-01-01",
            "monthly_benefit": "1000.00",
            "rates": [],
            "as_of": "2026-01-01",
        },
    ).outcome

    assert (outcome.first_indexation_date, outcome.benefit_as_of) == (None, Decimal("1000.00"))


@pytest.mark.rule("3/CAMB-08")
def test_reads_the_twelve_months_and_the_frequency_either_way() -> None:
    rates = [(2026, "2"), (2027, "3")]

    once = indexed("2024-06-01", "2027-01-01", rates, indexation_repeats="once")
    later = indexed("2025-01-01", "2026-06-01", rates, twelve_months_end="anniversary")

    assert once.outcome.benefit_as_of == Decimal("1020.00")
    assert later.outcome.first_indexation_date == date(2027, 1, 1)


@pytest.mark.rule("3/DIS-31")
@pytest.mark.rule("3/LIF-20")
@each(
    ("kind", "is_requested", "method", "payee"),
    [
        ("disability_benefit", True, "direct_deposit", "insured"),
        ("disability_benefit", False, "cheque", "insured"),
        ("premium_waiver", True, "none", None),
        ("premium_waiver", False, "none", None),
        ("creditor_loan", True, "to_creditor", "creditor"),
        ("creditor_loan", False, "to_creditor", "creditor"),
        ("life", True, "cheque", "beneficiary"),
        ("life", False, "cheque", "beneficiary"),
    ],
)
def test_deposits_disability_benefits_alone(
    kind: str, is_requested: bool, method: str, payee: str | None
) -> None:
    outcome = decide(
        "claims.payment_method", claim_kind=kind, is_direct_deposit_requested=is_requested
    ).outcome

    assert (outcome.method, outcome.payee) == (method, payee)


@pytest.mark.rule("3/DIS-26")
@each(("year", "month", "issued"), [(1, 1, date(1, 1, 12)), (9999, 12, date(9999, 12, 10))])
def test_knows_the_first_and_last_months_of_the_calendar(
    year: int, month: int, issued: date
) -> None:
    outcome = decide("claims.payment_issue_date", year=year, month=month).outcome

    assert outcome.issued_on == issued


@pytest.mark.rule("3/DIS-26")
@each(("language", "says"), [("fr", "pas d'année 10000"), ("en", "no year 10000")])
def test_says_where_the_calendar_ends(language: str, says: str) -> None:
    with pytest.raises(CarrierDataMissingError) as refused:
        decide("claims.first_payment", first_payable_day=date(9999, 12, 15))

    assert says in refused.value.message(language)


@pytest.mark.rule("3/CAMB-40")
@each(("reading", "benefit"), [("each_year", "1022.23"), ("at_the_end", "1022.22")])
def test_rounds_an_indexed_benefit_each_year_or_at_the_end(reading: str, benefit: str) -> None:
    rates = [(2026, "1.0005"), (2027, "1.2095")]

    answer = indexed("2024-07-20", "2027-01-01", rates, indexation_rounding=reading)

    assert answer.outcome.benefit_as_of == Decimal(benefit)


@pytest.mark.rule("3/DIS-52")
def test_lets_indexation_go_above_the_insured_amount() -> None:
    answer = indexed("2024-07-20", "2026-01-01", [(2026, "2.5")])

    assert answer.outcome.benefit_as_of == Decimal("1025.00")
    assert "3/DIS-52" in [reason.rule for reason in answer.because]
