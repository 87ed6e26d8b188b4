"""Civil dates: ages, months that clamp to the end of the month, days between.

"N days" counts from the day after the starting date. Business days need a calendar and are elsewhere.
"""

from calendar import isleap
from datetime import MAXYEAR, MINYEAR, date

from avenant_rules.tables.positions import Age

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST_MONTH = 28
_FEBRUARY = 2


def days_between(start: date, end: date) -> int:
    """Days from `start` (day 0) to `end`; negative when `end` is earlier."""
    return (end - start).days


def add_months(start: date, months: int) -> date:
    """`start` moved by calendar months; the last day of a month that is too short.

    Raises:
        OverflowError: the calendar ends before it, as `date + timedelta` says it.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, day = start.year + years, start.day
    if day > _SHORTEST_MONTH:
        last = 29 if month == 1 and isleap(year) else _MONTH_DAYS[month]
        day = min(day, last)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return date(year, month + 1, day)


def add_years(start: date, years: int) -> date:
    """`start` moved by calendar years; 29 February becomes 28 in a common year."""
    return add_months(start, 12 * years)


def age_at(birth: date, on: date) -> Age:
    """The age attained on `on`: completed years, and the days lived. Negative before birth.

    Somebody born on 29 February completes a year on 28 February of a common year.
    """
    years, birthday = on.year - birth.year, birth.day
    if birthday > _SHORTEST_MONTH and birth.month == _FEBRUARY and not isleap(on.year):
        birthday = _SHORTEST_MONTH
    if on.month < birth.month or (on.month == birth.month and on.day < birthday):
        years -= 1
    return Age(years, (on - birth).days)
