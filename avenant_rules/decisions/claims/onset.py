"""When a disability begins, whether it is total, and when the waiting period is over.

Source: Guide du conseiller, Règlements – Assurance Invalidité, sections 6.1 to 6.3 (DIS-33 to
DIS-36), read with CAMB-11 and CAMB-12.
"""

from datetime import date, timedelta
from typing import Annotated, NamedTuple

import msgspec

from avenant_rules.decision import Because, Settings, Struct, Tables, decision

DAY = timedelta(1)


class StopOfWork(Struct):
    """What the insured declares, and the visits to a doctor."""

    last_day_worked: date
    first_full_day_disabled: date
    consultations: frozenset[date]


class DisabilityDate(Struct):
    """The date from which the waiting period and the 90 days count, unless the analyst overrides."""

    disability_date: date


class Period(Struct):
    """Days of total disability, both included; no end while it goes on."""

    start_date: date
    end_date: date | None = None


class WaitingClaim(Struct):
    """The periods of total disability and the waiting period of the contract."""

    periods: list[Period]
    waiting_days: Annotated[int, msgspec.Meta(ge=0)]
    is_cumulative: bool


class WaitingPeriod(Struct):
    """None: there is no such day, or it is not reached."""

    last_waiting_day: date | None
    first_payable_day: date | None


class Capacity(Struct):
    """What the person is able to do. A diagnosis alone is not an incapacity to work."""

    is_in_own_occupation_period: bool
    has_incapacity: bool
    can_do_own_occupation: bool
    can_do_suited_occupation: bool


class TotalDisability(Struct):
    """Whether the definition of total disability is met."""

    is_totally_disabled: bool


class Spell(NamedTuple):
    """Unbroken days of total disability, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@decision("claims.disability_date", rules=["3/DIS-33"])
def disability_date(stop: StopOfWork, because: Because, settings: Settings) -> DisabilityDate:
    """Date of disability.

    The first full day of disability, after the last day worked, moved to the first consultation
    from the last day worked on. A consultation before that day does not count; without any, the
    date is provisional.
    """
    base = max(stop.first_full_day_disabled, stop.last_day_worked + DAY)
    because.rule("3/DIS-33", "first_full_day", day=base)
    seen = min((day for day in stop.consultations if day >= stop.last_day_worked), default=None)
    if seen is None:
        because.rule("3/DIS-33", "provisional")
        return DisabilityDate(disability_date=base)
    if settings("claims.disability_date") == "first_full_day":
        because.setting("claims.disability_date")
        return DisabilityDate(disability_date=base)
    because.rule("3/DIS-33", "consultation", seen=seen)
    because.setting("claims.disability_date")
    return DisabilityDate(disability_date=max(base, seen))


@decision("claims.waiting_period", rules=["3/DIS-34", "3/DIS-35"])
def waiting_period(claim: WaitingClaim, because: Because, settings: Settings) -> WaitingPeriod:
    """End of the waiting period and first payable day.

    The disability date is day 1. One unbroken period, unless the contract lets periods add up;
    periods that touch are one, since nobody went back to work in between.
    """
    spells = _spells(claim.periods)
    if not spells:
        because.rule("3/DIS-34", "no_period")
        return WaitingPeriod(last_waiting_day=None, first_payable_day=None)
    if claim.waiting_days == 0:
        because.rule("3/DIS-34", "no_wait")
        return WaitingPeriod(last_waiting_day=None, first_payable_day=spells[0].start)
    days = claim.waiting_days
    because.rule("3/DIS-35", "cumulative" if claim.is_cumulative else "unbroken")
    because.setting("claims.waiting_day_one")
    if settings("claims.waiting_day_one") == "day_after":
        days += 1
    last, payable = (_added_up if claim.is_cumulative else _unbroken)(spells, days)
    key = "not_reached" if last is None else "recovered" if payable is None else "over"
    because.rule("3/DIS-34", key)
    return WaitingPeriod(last_waiting_day=last, first_payable_day=payable)


def _spells(periods: list[Period]) -> list[Spell]:
    """The periods in order, joined where they touch or overlap; none that ends before it starts."""
    ordered = sorted((one.start_date, one.end_date or date.max) for one in periods)
    spells: list[Spell] = []
    for start, end in ordered:
        if end < start:
            continue
        if spells and (start - spells[-1].end).days <= 1:
            spells[-1] = Spell(spells[-1].start, max(end, spells[-1].end))
        else:
            spells.append(Spell(start, end))
    return spells


def _unbroken(spells: list[Spell], days: int) -> tuple[date | None, date | None]:
    """The first period that outlasts the waiting period; else the one that just completes it."""
    for spell in spells:
        if spell.days > days:
            last = spell.start + timedelta(days - 1)
            return last, last + DAY
    complete = [spell.end for spell in spells if spell.days == days]
    return (complete[0] if complete else None), None


def _added_up(spells: list[Spell], days: int) -> tuple[date | None, date | None]:
    """The day on which the periods together complete the wait, and the disabled day after it."""
    left = days
    for place, spell in enumerate(spells):
        if left > spell.days:
            left -= spell.days
            continue
        last = spell.start + timedelta(left - 1)
        if last < spell.end:
            return last, last + DAY
        later = spells[place + 1 :]
        return last, later[0].start if later else None
    return None, None


@decision("claims.total_disability", rules=["3/DIS-36"])
def total_disability(capacity: Capacity, tables: Tables, because: Because) -> TotalDisability:
    """Whether a person is totally disabled.

    An incapacity, and the demands of the own job while the own-occupation period lasts, then of any
    gainful job that suits training, education and experience.
    """
    row = tables.claims_total_disability.match(
        has_incapacity=capacity.has_incapacity,
        can_do_own_occupation=capacity.can_do_own_occupation,
        is_in_own_occupation_period=capacity.is_in_own_occupation_period,
        can_do_suited_occupation=capacity.can_do_suited_occupation,
    )
    because.row(row)
    return TotalDisability(is_totally_disabled=row.is_totally_disabled)
