"""What it takes to put a contract with an unpaid premium back in order, and whether it goes through.

Source: Guide du conseiller, Administration des contrats, section 10, Tableau 10.1 (ADM-39 to ADM-41).
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from avenant_rules.dates import days_between
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.decisions.policy.arrears import day_before_counting, say_how_days_count
from avenant_rules.tables import Row
from avenant_rules.values import Money

type Period = Literal["grace", "notice", "short_declaration", "full_declaration"]
type HealthDeclaration = Literal["none", "short", "full"]
type Missing = Literal[
    "payment_of_all_sums_due", "short_health_declaration", "full_health_declaration"
]


class Arrears(Struct):
    """An unpaid premium, not the first one, looked at on the day of the request."""

    premium_due_date: date
    request_date: date


class ReinstatementRequirements(Struct):
    """The row of the table for that day, and what it asks for."""

    days_since_premium_due: int
    period: Period
    is_full_payment_required: bool
    health_declaration: HealthDeclaration
    is_policy_number_required: Given[bool]
    is_underwriting_required: Given[bool]
    may_refuse_claims: Given[bool]


@decision("policy.reinstatement_requirements", rules=["1/ADM-40", "1/ADM-39"])
def reinstatement_requirements(
    arrears: Arrears, tables: Tables, because: Because, settings: Settings
) -> ReinstatementRequirements:
    """What is needed to put a contract with an unpaid premium back in order on a given date.

    The due date is day 0; before it, nothing is late. The insurer may still decline (ADM-41).
    """
    day_0 = day_before_counting(arrears.premium_due_date, settings)
    days = days_between(day_0, arrears.request_date)
    row = tables.reinstatement.match(days_since_premium_due=days)
    because.row(row)
    say_how_days_count(because, settings)
    if row.may_refuse_claims:
        because.rule("1/ADM-39")
    return ReinstatementRequirements(
        days_since_premium_due=days,
        period=row.period,
        is_full_payment_required=row.is_full_payment_required,
        health_declaration=row.health_declaration,
        is_policy_number_required=row.is_policy_number_required,
        is_underwriting_required=row.is_underwriting_required,
        may_refuse_claims=row.may_refuse_claims,
    )


class ReinstatementRequest(Struct):
    """What the policyholder has paid and supplied; `underwriting_decision` None: none given yet."""

    premium_due_date: date
    request_date: date
    sums_due: Money
    amount_paid: Money
    declaration_received: HealthDeclaration
    underwriting_decision: Literal["accepted", "declined"] | None = None


class ReinstatementOutcome(Struct):
    """Whether the contract is in force again, and what the policyholder still has to supply."""

    is_reinstated: bool
    missing: frozenset[Missing]


@decision("policy.reinstatement_outcome", rules=["1/ADM-40", "1/ADM-41"])
def reinstatement_outcome(
    request: ReinstatementRequest, tables: Tables, because: Because, settings: Settings
) -> ReinstatementOutcome:
    """Whether a reinstatement goes through and what is still missing.

    A part of the sums due is not enough; a full declaration stands for a short one. While payment
    alone is asked for, payment settles it (AMB-08); after that underwriting decides, and may
    decline a file that is complete.
    """
    day_0 = day_before_counting(request.premium_due_date, settings)
    days = days_between(day_0, request.request_date)
    row = tables.reinstatement.match(days_since_premium_due=days)
    because.row(row, days_since_premium_due=days)
    say_how_days_count(because, settings)
    missing = _missing(request, row, because)
    is_in_time = _is_in_time(days, tables, because, settings)
    is_reinstated = not missing and is_in_time and _is_agreed(request, row, because, settings)
    return ReinstatementOutcome(is_reinstated=is_reinstated, missing=missing)


def _missing(request: ReinstatementRequest, row: Row, because: Because) -> frozenset[Missing]:
    missing: set[Missing] = set()
    unpaid = Decimal(request.sums_due) - request.amount_paid
    if row.is_full_payment_required and unpaid > 0:
        missing.add("payment_of_all_sums_due")
        because.rule("1/ADM-40", "payment_missing", unpaid=unpaid)
    if row.health_declaration == "short" and request.declaration_received == "none":
        missing.add("short_health_declaration")
        because.rule("1/ADM-40", "short_missing")
    if row.health_declaration == "full" and request.declaration_received != "full":
        missing.add("full_health_declaration")
        because.rule("1/ADM-40", "full_missing")
    return frozenset(missing)


def _is_in_time(days: int, tables: Tables, because: Because, settings: Settings) -> bool:
    """No upper limit unless the carrier has one, in days, in its pack (AMB-09)."""
    if settings("policy.reinstatement_limit") == "none":
        return True
    because.setting("policy.reinstatement_limit")
    limit = tables.reinstatement_limit
    because.parameter(limit, "days")
    return bool(days <= limit.days)


def _is_agreed(
    request: ReinstatementRequest, row: Row, because: Because, settings: Settings
) -> bool:
    """Whether who has a say at this point has agreed."""
    if not row.is_underwriting_required:
        because.setting("policy.payment_within_45_days")
        if settings("policy.payment_within_45_days") == "settles":
            return True
    decision_given = request.underwriting_decision
    because.rule("1/ADM-41", decision_given or "awaited")
    return decision_given == "accepted"
