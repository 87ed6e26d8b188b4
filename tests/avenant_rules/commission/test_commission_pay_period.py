"""Cycles, periods and pay dates, holidays included."""

from datetime import date, timedelta

import holidays
import pytest

from avenant_rules.decision import decide
from avenant_rules.decisions.commission.calendar import Calendar
from avenant_rules.settings import Settings
from avenant_rules.tables import tables_for
from tests.support.cases import each


def pay(day, sells=("individual_health",), easter="good_friday", **settings):
    return decide(
        "commission.pay_period",
        sells=list(sells),
        activity_date=day,
        holiday_calendar={"jurisdiction": "QC", "easter_holiday": easter},
        settings={f"commission.{name}": value for name, value in settings.items()},
    )


def monday_after(day):
    """The activity whose pay Monday is `day`."""
    return day - timedelta(4)


@pytest.mark.rule("1/COM-06")
@each(
    ("sells", "cycle"),
    [
        (("individual_health",), "weekly"),
        (("individual_health", "travel"), "weekly"),
        (("travel",), "monthly"),
    ],
)
def test_pays_weekly_who_sells_health_products(sells, cycle):
    assert pay(date(2026, 3, 12), sells).outcome.cycle == cycle


@pytest.mark.rule("1/COM-07")
@each("days", range(7))
def test_counts_the_week_from_sunday_to_saturday(days):
    outcome = pay(date(2026, 3, 8) + timedelta(days)).outcome

    assert (outcome.period_start, outcome.period_end) == (date(2026, 3, 8), date(2026, 3, 14))
    assert outcome.pay_date == date(2026, 3, 16)


def test_begins_a_new_week_on_the_sunday():
    assert pay(date(2026, 3, 7)).outcome.period_end == date(2026, 3, 7)
    assert pay(date(2026, 3, 15)).outcome.period_start == date(2026, 3, 15)


@pytest.mark.rule("1/COM-07")
@each(
    ("holiday", "easter", "paid"),
    [
        (date(2029, 1, 1), "good_friday", date(2029, 1, 2)),
        (date(2026, 4, 6), "good_friday", date(2026, 4, 6)),
        (date(2026, 4, 6), "easter_monday", date(2026, 4, 7)),
        (date(2026, 5, 18), "good_friday", date(2026, 5, 19)),
        (date(2026, 5, 25), "good_friday", date(2026, 5, 25)),
        (date(2027, 5, 24), "good_friday", date(2027, 5, 25)),
        (date(2030, 6, 24), "good_friday", date(2030, 6, 25)),
        (date(2028, 6, 26), "good_friday", date(2028, 6, 26)),
        (date(2035, 6, 25), "good_friday", date(2035, 6, 26)),
        (date(2024, 7, 1), "good_friday", date(2024, 7, 2)),
        (date(2029, 7, 2), "good_friday", date(2029, 7, 3)),
        (date(2026, 9, 7), "good_friday", date(2026, 9, 8)),
        (date(2026, 10, 12), "good_friday", date(2026, 10, 13)),
        (date(2028, 12, 25), "good_friday", date(2028, 12, 26)),
        (date(2027, 12, 27), "good_friday", date(2027, 12, 27)),
    ],
)
def test_pays_the_next_business_day_after_a_holiday_monday(holiday, easter, paid):
    assert holiday.weekday() == 0

    assert pay(monday_after(holiday), easter=easter).outcome.pay_date == paid


@pytest.mark.rule("1/AMB-20")
@each(
    ("holiday", "paid"),
    [
        (date(2026, 9, 7), date(2026, 9, 4)),
        (date(2028, 12, 25), date(2028, 12, 22)),
        (date(2026, 3, 16), date(2026, 3, 16)),
    ],
)
def test_pays_before_a_holiday_monday_where_the_carrier_does(holiday, paid):
    answer = pay(monday_after(holiday), holiday_monday="previous_business_day")

    assert answer.outcome.pay_date == paid


@pytest.mark.rule("1/AMB-21")
@each(
    ("holiday", "easter", "paid"),
    [
        (date(2029, 1, 1), "good_friday", date(2029, 1, 3)),
        (date(2026, 4, 6), "good_friday", date(2026, 4, 7)),
        (date(2028, 12, 25), "good_friday", date(2028, 12, 27)),
        (date(2026, 9, 7), "easter_monday", date(2026, 9, 8)),
    ],
)
def test_keeps_the_longer_list_where_the_carrier_does(holiday, easter, paid):
    answer = pay(monday_after(holiday), easter=easter, holiday_list="extended")

    assert answer.outcome.pay_date == paid


@pytest.mark.rule("1/COM-08")
@each(
    ("activity", "start", "end", "paid", "easter"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 2), "good_friday"),
        (date(2026, 1, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 2), "good_friday"),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 1), "good_friday"),
        (date(2026, 6, 15), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 2), "good_friday"),
        (date(2026, 8, 15), date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 1), "good_friday"),
        (date(2025, 8, 15), date(2025, 8, 1), date(2025, 8, 31), date(2025, 9, 2), "good_friday"),
        (date(2026, 12, 5), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 4), "good_friday"),
        (date(2024, 12, 5), date(2024, 12, 1), date(2024, 12, 31), date(2025, 1, 2), "good_friday"),
        (date(2018, 3, 5), date(2018, 3, 1), date(2018, 3, 31), date(2018, 4, 2), "good_friday"),
        (date(2018, 3, 5), date(2018, 3, 1), date(2018, 3, 31), date(2018, 4, 3), "easter_monday"),
    ],
)
def test_pays_travel_on_the_first_business_day_of_the_next_month(
    activity, start, end, paid, easter
):
    outcome = pay(activity, ("travel",), easter).outcome

    assert (outcome.period_start, outcome.period_end) == (start, end)
    assert outcome.pay_date == paid


@pytest.mark.rule("1/COM-07")
@each("year", range(2012, 2060))
def test_knows_the_holidays_that_an_independent_calendar_knows(year):
    known = holidays.country_holidays("CA", subdiv="QC", years=year)
    # The library also moves New Year's Day and Christmas from a weekend; the list of COM-07 does not.
    expected = {
        day for day, name in known.items() if not name.startswith(("New Year", "Christmas"))
    } | {date(year, 1, 1), date(year, 12, 25)}
    mondays = {day for day in expected if day.weekday() == 0}

    days = (date(year, 1, 1) + timedelta(number) for number in range(365))
    moved = {
        day for day in days if day.weekday() == 0 and pay(monday_after(day)).outcome.pay_date != day
    }

    assert moved == mondays


def test_does_not_know_a_partner_who_sells_nothing():
    assert pay(date(2026, 3, 12), ()).unknown == ("sells",)


def test_names_the_holiday_in_the_way():
    texts = [said.text for said in pay(date(2026, 9, 2)).because]

    assert any("la fête du Travail" in text and "8 septembre 2026" in text for text in texts)


SUNDAYS = {
    2022: {"second_january": date(2022, 1, 2), "christmas": date(2022, 12, 25)},
    2023: {"new_year": date(2023, 1, 1)},
    2027: {"boxing_day": date(2027, 12, 26)},
    2029: {"national_holiday": date(2029, 6, 25), "canada_day": date(2029, 7, 2)},
}
IN_2029 = {
    "new_year": date(2029, 1, 1),
    "good_friday": date(2029, 3, 30),
    "easter_monday": date(2029, 4, 2),
    "patriots_day": date(2029, 5, 21),
    "national_holiday": date(2029, 6, 25),
    "canada_day": date(2029, 7, 2),
    "labour_day": date(2029, 9, 3),
    "thanksgiving": date(2029, 10, 8),
    "christmas": date(2029, 12, 25),
    "second_january": date(2029, 1, 2),
    "boxing_day": date(2029, 12, 26),
}
LONGER_LIST = {"second_january", "boxing_day"}


def holidays_of(year, easter, holiday_list):
    """The holidays of a year, by their code, as the pay dates see them."""
    calendar = Calendar(
        easter,
        tables_for("croix_bleue", date(2026, 1, 1)),
        Settings("croix_bleue", {"commission.holiday_list": holiday_list}),
    )
    days = (date(year, 1, 1) + timedelta(number) for number in range(365))
    return {row.holiday: day for day in days if (row := calendar.holiday(day))}


@pytest.mark.rule("1/COM-07")
@pytest.mark.rule("1/AMB-21")
def test_has_these_holidays_in_a_year():
    fewer = {code: day for code, day in IN_2029.items() if code not in LONGER_LIST}

    assert holidays_of(2029, "good_friday", "extended") == IN_2029
    for easter, other in (("good_friday", "easter_monday"), ("easter_monday", "good_friday")):
        expected = {code: day for code, day in fewer.items() if code != other}
        assert holidays_of(2029, easter, "labour_standards") == expected


@pytest.mark.rule("1/COM-07")
@each("year", list(SUNDAYS))
def test_moves_from_a_sunday_the_two_holidays_that_the_acts_move(year):
    found = holidays_of(year, "good_friday", "extended")

    assert {code: found[code] for code in SUNDAYS[year]} == SUNDAYS[year]
