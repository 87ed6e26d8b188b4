"""The business days on which commissions are paid.

The holidays are those of Québec's labour standards and national-holiday acts (COM-07, AMB-21), as dated
rows of the pack; the Easter one is the employer's choice.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.decision import Settings, Tables
from avenant_rules.tables import Row

type Easter = Literal["good_friday", "easter_monday"]

A_DAY = timedelta(1)
FRIDAY = 4
SUNDAY = 6


class Calendar:
    """The business days of one employer."""

    def __init__(self, easter: Easter, tables: Tables, settings: Settings) -> None:
        is_extended = settings("commission.holiday_list") == "extended"
        self._holidays = [
            row
            for row in tables.quebec_holidays.rows
            if is_extended
            or not (row.is_extended or (row.easter_days is not None and row.holiday != easter))
        ]

    def holiday(self, day: date) -> Row | None:
        """The holiday that falls on `day`, if any."""
        return next((row for row in self._holidays if _day_of(row, day.year) == day), None)

    def is_business_day(self, day: date) -> bool:
        """Monday to Friday, and no holiday."""
        return day.weekday() <= FRIDAY and self.holiday(day) is None

    def from_day(self, day: date, step: timedelta = A_DAY) -> date:
        """`day` if it is a business day, else the first one in the direction of `step`."""
        while not self.is_business_day(day):
            day += step
        return day


def _day_of(row: Row, year: int) -> date:
    """The day of a holiday in a year: a date, the Monday from a date on, or days around Easter."""
    if row.easter_days is not None:
        # Only this decision needs Easter; the library comes with `holidays`.
        from dateutil.easter import easter  # type: ignore[import-untyped, unused-ignore]

        sunday: date = easter(year)
        return sunday + timedelta(row.easter_days)
    day = date(year, row.month, row.day)
    if row.is_monday:
        return day + timedelta(-day.weekday() % 7)
    if row.moves_from_sunday and day.weekday() == SUNDAY:
        return day + A_DAY
    return day
