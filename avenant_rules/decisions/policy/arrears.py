"""What follows from a premium that stays unpaid: grace, notice, cancellation back to the due date.

Source: Guide du conseiller, Administration des contrats, sections 10 and 13.2, Tableau 10.1
(ADM-37 to ADM-42, ADM-56). The glossary's 45 days of grace lump grace and notice together (AMB-01).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import days_between
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.tables.parameters import Parameters

type Status = Literal["in_force", "grace", "notice", "cancelled", "not_in_force"]
type HealthDeclaration = Literal["none", "short", "full"]


class UnpaidPremium(Struct):
    """A premium, not the first one, that nobody pays; `notice_posted_on` None: as soon as allowed."""

    premium_due_date: date
    notice_posted_on: date | None = None


class LapseTimeline(Struct):
    """The dates in the order they come; the cancellation takes effect on the due date."""

    last_grace_day: Given[date]
    claims_refusable_from: Given[date]
    notice_date: Given[date]
    last_day_to_pay_without_declaration: Given[date]
    cancelled_on: date
    termination_effective_date: date


@decision(
    "policy.lapse_timeline",
    rules=["1/ADM-37", "1/ADM-38", "1/ADM-39", "1/ADM-42", "1/GLO-21", "3/GLO-02"],
)
def lapse_timeline(
    unpaid: UnpaidPremium, tables: Tables, because: Because, settings: Settings
) -> LapseTimeline:
    """Dates that follow from a renewal premium that stays unpaid.

    The due date is day 0 (AMB-06). A notice posted late puts the cancellation off: the days of the notice
    must have run since it was posted (AMB-02).
    """
    figures, day_0 = tables.lapse_figures, day_before_counting(unpaid.premium_due_date, settings)
    first_notice = day_0 + timedelta(figures.grace_days + 1)
    notice = unpaid.notice_posted_on or first_notice
    cancelled_on = max(
        day_0 + timedelta(figures.grace_days + figures.notice_days + 1),
        _cancellable_from(notice, figures.notice_days, settings),
    )
    because.parameter(figures, _grace(settings))
    if _grace(settings) != "grace_days":
        because.setting("policy.grace_period")
    because.parameter(figures, "claims_refusable_from_day")
    because.parameter(figures, "notice_days")
    if notice > first_notice or settings("policy.notice_days_run") != "from_end_of_grace":
        because.setting("policy.notice_days_run")
    say_how_days_count(because, settings)
    because.rule("1/ADM-38", "cancelled_back")
    return LapseTimeline(
        last_grace_day=day_0 + timedelta(getattr(figures, _grace(settings))),
        claims_refusable_from=day_0 + timedelta(figures.claims_refusable_from_day),
        notice_date=notice,
        last_day_to_pay_without_declaration=cancelled_on - timedelta(1),
        cancelled_on=cancelled_on,
        termination_effective_date=unpaid.premium_due_date,
    )


def day_before_counting(due: date, settings: Settings) -> date:
    """Day 0 of a delay that runs from a due date: that date, unless it is itself day 1 (AMB-06)."""
    is_day_1 = settings("policy.due_date_counts_as") == "day_1"
    return due - timedelta(1) if is_day_1 else due


def say_how_days_count(because: Because, settings: Settings) -> None:
    """Say so when the due date is not day 0, as in the printed table."""
    if settings("policy.due_date_counts_as") != "day_0":
        because.setting("policy.due_date_counts_as")


def _grace(settings: Settings) -> str:
    """The figure that says how long the grace lasts."""
    is_lumped = settings("policy.grace_period") == "45_days"
    return "glossary_grace_days" if is_lumped else "grace_days"


def _cancellable_from(notice: date, notice_days: int, settings: Settings) -> date:
    """The first day on which a contract may be cancelled after a notice posted on `notice`."""
    is_inclusive = settings("policy.notice_days_run") == "from_posting"
    return notice + timedelta(notice_days + is_inclusive)


class PremiumDue(Struct):
    """A premium and the day in question; `paid_on`: full payment."""

    premium_due_date: date
    as_of: date
    is_first_premium: bool
    paid_on: date | None = None


class ArrearsStatus(Struct):
    """How the contract stands that day, and what the insurer may do."""

    status: Status
    days_since_premium_due: int
    may_refuse_claims: bool
    was_notice_sent: Given[bool]
    health_declaration: Given[HealthDeclaration]
    grace_days: Given[int]
    termination_effective_date: date | None = None


@decision(
    "policy.arrears_status",
    rules=["1/ADM-37", "1/ADM-38", "1/ADM-39", "1/ADM-56", "3/GLO-02"],
)
def arrears_status(
    premium: PremiumDue, tables: Tables, because: Because, settings: Settings
) -> ArrearsStatus:
    """Status of a contract with a premium due, on a given day (also the day a claim is submitted).

    A payment made after the day in question is not known that day. One made once the contract is
    cancelled does not bring it back by itself: that is a reinstatement.
    """
    day_0 = day_before_counting(premium.premium_due_date, settings)
    days = days_between(day_0, premium.as_of)
    paid = None
    if premium.paid_on is not None and premium.paid_on <= premium.as_of:
        paid = days_between(day_0, premium.paid_on)
    if premium.is_first_premium:
        return _first_premium(days, because, is_paid=paid is not None)
    figures = tables.lapse_figures
    grace_days: int = getattr(figures, _grace(settings))
    status = _status(days, paid, grace_days, _days_to_pay(figures, settings))
    was_notice_sent = (days if paid is None else paid) > figures.grace_days
    may_refuse = status != "in_force" and days >= figures.claims_refusable_from_day
    _say_status(
        status,
        figures,
        because,
        settings,
        last_grace_day=day_0 + timedelta(grace_days),
        is_paid=paid is not None,
        was_notice_sent=was_notice_sent,
    )
    if may_refuse:
        first = day_0 + timedelta(figures.claims_refusable_from_day)
        because.parameter(figures, "claims_refusable_from_day", claims_refusable_from=first)
    return ArrearsStatus(
        status=status,
        days_since_premium_due=days,
        may_refuse_claims=may_refuse,
        was_notice_sent=was_notice_sent,
        health_declaration=_declaration(days if paid is None else paid, tables),
        grace_days=grace_days,
        termination_effective_date=premium.premium_due_date if status == "cancelled" else None,
    )


def _first_premium(days: int, because: Because, *, is_paid: bool) -> ArrearsStatus:
    """The first premium has no grace: without it nothing is in force and nothing is covered."""
    because.rule("1/ADM-37", "first_paid" if is_paid else "first_unpaid")
    return ArrearsStatus(
        status="in_force" if is_paid else "not_in_force",
        days_since_premium_due=days,
        may_refuse_claims=not is_paid,
        was_notice_sent=False,
        health_declaration="none",
        grace_days=0,
    )


def _days_to_pay(figures: Parameters, settings: Settings) -> int:
    """The last day, counted from the due date, on which payment alone keeps the contract."""
    days: int = figures.grace_days + figures.notice_days
    return days + (settings("policy.notice_days_run") == "from_posting")


def _status(days: int, paid: int | None, grace_days: int, days_to_pay: int) -> Status:
    """`paid`: day of the payment, counted from the due date; None when unpaid so far."""
    if days < 0 or (paid is not None and paid <= days_to_pay):
        return "in_force"
    if days <= grace_days:
        return "grace"
    return "notice" if days <= days_to_pay else "cancelled"


def _declaration(days: int, tables: Tables) -> HealthDeclaration:
    if days < 0:
        return "none"
    declaration: HealthDeclaration = tables.reinstatement.match(
        days_since_premium_due=days
    ).health_declaration
    return declaration


def _say_status(
    status: Status,
    figures: Parameters,
    because: Because,
    settings: Settings,
    *,
    last_grace_day: date,
    is_paid: bool,
    was_notice_sent: bool,
) -> None:
    said = {"in_force": "paid_in_time" if is_paid else "not_due"}
    because.rule("1/ADM-56", said.get(status, status))
    if status == "grace":
        because.parameter(figures, _grace(settings), last_grace_day=last_grace_day)
    if was_notice_sent:
        because.rule("1/ADM-38", "notice_posted")
    if status == "cancelled":
        because.rule("1/ADM-38", "cancelled_back")
    say_how_days_count(because, settings)
    if _grace(settings) != "grace_days":
        because.setting("policy.grace_period")
    if settings("policy.notice_days_run") != "from_end_of_grace":
        because.setting("policy.notice_days_run")
