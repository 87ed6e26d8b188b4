"""When commissions are paid: the cycle of the partner, the period of an activity, the pay date.

Source: Guide du conseiller, Ententes et commissions, section 4.4 (COM-06 to COM-08).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.commission.calendar import A_DAY, Calendar, Easter

WEEK = 7


class HolidayCalendar(Struct):
    """Whose holidays, and which of the two Easter days the employer observes."""

    jurisdiction: Literal["QC"]
    easter_holiday: Easter


class Activity(Struct):
    """A commissionable activity, and what its partner sells."""

    sells: frozenset[Literal["individual_health", "travel"]]
    activity_date: date
    holiday_calendar: HolidayCalendar


class PayPeriod(Struct):
    """The cycle, the first and last day of the period, the pay date."""

    cycle: Literal["weekly", "monthly"]
    period_start: date
    period_end: date
    pay_date: date


@decision("commission.pay_period", rules=["1/COM-06", "1/COM-07", "1/COM-08"])
def pay_period(
    activity: Activity, tables: Tables, because: Because, settings: Settings
) -> PayPeriod:
    """Commission cycle, period and pay date of an activity.

    A partner who sells individual health products is paid weekly for everything; travel alone is
    paid monthly. Both ends of the period are in it.
    """
    if not activity.sells:
        raise MissingFacts(["sells"])
    row = tables.commission_cycles.match(sells_individual="individual_health" in activity.sells)
    because.row(row)
    calendar = Calendar(activity.holiday_calendar.easter_holiday, tables, settings)
    if row.cycle == "weekly":
        return _weekly(activity.activity_date, calendar, because, settings)
    return _monthly(activity.activity_date, calendar, because, settings)


def _weekly(day: date, calendar: Calendar, because: Because, settings: Settings) -> PayPeriod:
    """Sunday to Saturday; paid on the Monday after, or beside it when that is a holiday (AMB-20)."""
    start = day - timedelta((day.weekday() + 1) % WEEK)
    end = start + timedelta(WEEK - 1)
    monday = end + 2 * A_DAY
    because.rule("1/COM-07", "period")
    step = A_DAY if settings("commission.holiday_monday") == "next_business_day" else -A_DAY
    pay_date = calendar.from_day(monday, step)
    _say_holiday(monday, pay_date, calendar, because, settings)
    if pay_date != monday:
        because.setting("commission.holiday_monday")
    return PayPeriod(cycle="weekly", period_start=start, period_end=end, pay_date=pay_date)


def _monthly(day: date, calendar: Calendar, because: Because, settings: Settings) -> PayPeriod:
    """First to last day of the month; paid on the first business day of the next."""
    start = day.replace(day=1)
    next_month = add_months(start, 1)
    because.rule("1/COM-08", "period")
    pay_date = calendar.from_day(next_month)
    _say_holiday(next_month, pay_date, calendar, because, settings)
    return PayPeriod(
        cycle="monthly", period_start=start, period_end=next_month - A_DAY, pay_date=pay_date
    )


def _say_holiday(
    day: date, pay_date: date, calendar: Calendar, because: Because, settings: Settings
) -> None:
    """Which holiday stood in the way of paying on `day`, if one did."""
    holiday = calendar.holiday(day)
    if holiday is None or day == pay_date:
        return
    because.row(holiday, on=day, pay_date=pay_date)
    if settings("commission.holiday_list") != "labour_standards":
        because.setting("commission.holiday_list")
