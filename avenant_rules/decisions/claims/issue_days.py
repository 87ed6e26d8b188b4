"""The day of a month on which disability payments are issued.

Source: Guide du conseiller, Règlements – Assurance Invalidité, section 4.1 (DIS-26, CAMB-09): the
second Friday, « généralement »; a holiday moves it to the business day before.
"""

from collections.abc import Container
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from avenant_rules.because import Because
from avenant_rules.errors import CarrierDataMissingError
from avenant_rules.settings import Settings
from avenant_rules.tables.parameters import Parameters

DAY = timedelta(1)
WEEK = 7
SATURDAY = 5


def issue_day(
    year: int, month: int, figures: Parameters, because: Because, settings: Settings
) -> date:
    """The day on which payments are issued in that month.

    Raises:
        CarrierDataMissingError: the calendar has no such year.
    """
    _check_year(year)
    first = date(year, month, 1)
    weekday = figures.issue_weekday - 1
    printed = first + timedelta(
        (weekday - first.weekday()) % WEEK + WEEK * (figures.issue_ordinal - 1)
    )
    because.rule("3/DIS-26", "issue_day", printed=printed)
    if settings("claims.issue_on_holiday") == "unchanged":
        return printed
    day = printed
    while day.weekday() >= SATURDAY or day in _holidays(figures.issue_calendar, day.year):
        day -= DAY
    if day != printed:
        because.rule("3/DIS-26", "holiday", printed=printed, issued=day)
        because.setting("claims.issue_on_holiday")
    return day


def month_after(year: int, month: int) -> tuple[int, int]:
    """The month that follows.

    Raises:
        CarrierDataMissingError: the calendar ends before it.
    """
    following = (year + month // 12, month % 12 + 1)
    _check_year(following[0])
    return following


def _check_year(year: int) -> None:
    if not MINYEAR <= year <= MAXYEAR:
        raise CarrierDataMissingError(
            {
                "fr": f"Le calendrier n'a pas d'année {year}.",
                "en": f"The calendar has no year {year}.",
            }
        )


@lru_cache(maxsize=64)  # years are asked for by strangers too
def _holidays(calendar: str, year: int) -> Container[date]:
    """The public holidays of a year; `calendar` is a country and a province, `CA-QC`."""
    import holidays

    country, _, province = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=province, years=year))
