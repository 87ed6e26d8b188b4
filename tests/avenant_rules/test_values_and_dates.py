"""Amounts, numbers and dates: what is let in, what is written, what is read aloud."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.dates import add_months, add_years, age_at, days_between
from avenant_rules.tables import Age
from avenant_rules.texts import label, said
from avenant_rules.values import (
    Hundredths,
    Money,
    OneDecimal,
    Quantity,
    YearMonth,
    read_value,
    written,
)
from tests.support.cases import each


@each(
    ("kind", "text"),
    [
        (Money, "1500.00"),
        (Money, "-0.01"),
        (Quantity, "12"),
        (Quantity, "12.125"),
        (OneDecimal, "24.9"),
        (Hundredths, "100.00"),
    ],
)
def test_reads_and_writes_the_same(kind: type, text: str) -> None:
    value = read_value(kind, text)

    assert isinstance(value, Decimal)
    assert written(kind, value) == text


@each(
    ("kind", "value"),
    [
        (Money, "NaN"),
        (Money, "1E+3"),
        (Money, "Infinity"),
        (Money, "1500"),
        (Money, "1500.0"),
        (Money, "1500.00\n"),
        (Money, " 1500.00"),
        (Money, "+1500.00"),
        (Money, "١٥.٠٠"),
        (Money, 1500),
        (Money, 1500.5),
        (Money, True),
        (Money, Decimal("0.001")),
        (Quantity, "1."),
        (Quantity, ".5"),
        (Quantity, "1e2"),
        (OneDecimal, "-1.0"),
        (YearMonth, "2026-3"),
        (Money, "9" * 38 + ".00"),
        (Quantity, Decimal("NaN")),
    ],
)
def test_lets_in_nothing_else(kind: type, value: Any) -> None:
    with pytest.raises(ValueError, match="written as|more than"):
        read_value(kind, value)


def test_never_loses_a_fraction_of_a_cent_in_silence() -> None:
    with pytest.raises(ValueError, match="more than 2 digits"):
        written(Money, Decimal("10.005"))


def test_writes_large_amounts_without_an_exponent() -> None:
    assert written(Money, Decimal("1E+6")) == "1000000.00"


@each(
    ("value", "fr", "en"),
    [
        (date(2026, 3, 1), "1er mars 2026", "March 1, 2026"),
        (Decimal("1234567.50"), "1\u202f234\u202f567,50", "1,234,567.50"),
        (True, "oui", "yes"),
        (None, "aucun", "none"),
        (15, "15", "15"),
        (frozenset(), "rien", "nothing"),
        (frozenset({"monthly"}), "mensuelle", "monthly"),
        (("monthly", "annual", "no_such_code"), "mensuelle, annuelle et no_such_code",
         "monthly, annual and no_such_code"),
    ],
)  # fmt: skip
def test_says_values_in_both_languages(value: Any, fr: str, en: str) -> None:
    assert said(value, "fr") == fr
    assert said(value, "en") == en


def test_says_a_code_in_its_familys_words() -> None:
    assert label("general", "en", "application").startswith("6.3")
    assert label("general", "en") == "general"


@each(
    ("start", "months", "end"),
    [
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_adds_months_and_stops_at_the_end_of_a_short_one(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


@each(("start", "months"), [(date(9999, 6, 1), 12), (date(1, 6, 1), -12)])
def test_says_where_the_calendar_ends(start: date, months: int) -> None:
    with pytest.raises(OverflowError):
        add_months(start, months)


def test_adds_years_to_a_29_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@each(
    ("birth", "on", "years"),
    [
        (date(1974, 6, 15), date(2025, 6, 14), 50),
        (date(1974, 6, 15), date(2025, 6, 15), 51),
        (date(2004, 2, 29), date(2025, 2, 27), 20),
        (date(2004, 2, 29), date(2025, 2, 28), 21),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2025, 6, 16), date(2025, 6, 15), -1),
    ],
)
def test_counts_completed_years(birth: date, on: date, years: int) -> None:
    assert age_at(birth, on) == Age(years, days_between(birth, on))
