"""The day of the monthly debits, and what triggers the first one.

Source: guide of the electronic application, « Prélèvements préautorisés » (4/PAY-03, 4/PAY-04).
"""

from calendar import monthrange
from datetime import date
from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision


class DebitRequest(Struct):
    """The day asked for (None: left blank), the effective date, and the client's consent."""

    requested_debit_day: Annotated[int, msgspec.Meta(ge=1, le=31)] | None = None
    effective_date: date
    has_consented_to_early_debit: bool


class DebitSchedule(Struct):
    """The day of the month of the debits, and the event that triggers the first."""

    debit_day: Given[int]
    first_debit: Given[Literal["application_entered", "after_acceptance"]]


@decision("billing.debit_schedule", rules=["4/PAY-03", "4/PAY-04"])
def debit_schedule(
    request: DebitRequest, tables: Tables, because: Because, settings: Settings
) -> DebitSchedule:
    """Monthly debit day and moment of the first debit.

    A day left blank is that of the effective date. In a month that is too short, a day from 29 on
    falls on the last one.
    """
    return DebitSchedule(
        debit_day=_debit_day(request, tables, because, settings),
        first_debit=_first_debit(request, because),
    )


def _debit_day(request: DebitRequest, tables: Tables, because: Because, settings: Settings) -> int:
    effective = request.effective_date
    if request.requested_debit_day is None:
        because.rule("4/PAY-04", "blank")
        return effective.day
    day = _within_limit(request.requested_debit_day, tables, because, settings)
    if day == request.requested_debit_day:
        because.rule("4/PAY-04", "asked")
    if day > effective.day:
        because.rule("4/PAY-04", "twice_in_a_month", second=_in_month(effective, day))
    return day


def _within_limit(day: int, tables: Tables, because: Because, settings: Settings) -> int:
    last: int = tables.debit_figures.last_day
    if day <= last:
        return day
    because.setting("billing.debit_day_after_28")
    if settings("billing.debit_day_after_28") == "as_asked":
        return day
    because.parameter(tables.debit_figures, "last_day")
    return last


def _in_month(effective: date, day: int) -> date:
    last = monthrange(effective.year, effective.month)[1]
    return effective.replace(day=min(day, last))


def _first_debit(
    request: DebitRequest, because: Because
) -> Literal["application_entered", "after_acceptance"]:
    if request.has_consented_to_early_debit:
        because.rule("4/PAY-03", "consented")
        return "application_entered"
    because.rule("4/PAY-03", "not_consented")
    return "after_acceptance"
