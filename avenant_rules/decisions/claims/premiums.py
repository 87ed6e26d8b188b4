"""Premiums around a disability claim: automatic increases that stop, and the waiver of premium.

Source: Guide du conseiller, Règlements – Assurance Invalidité, section 6.4 (DIS-42, DIS-45,
DIS-46), read with CAMB-34 and CAMB-35.
"""

from datetime import date
from typing import Literal

from avenant_rules.decision import (
    Bag,
    Because,
    MissingFacts,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.amounts import NOTHING, not_negative
from avenant_rules.values import Money


class ChargedPremium(Struct):
    """A premium charged, and what it would have been without the increase in question."""

    due_on: date
    charged: Money
    without_increase: Money


class IncreaseCase(Struct):
    """The premiums charged around the start of the analysis of the initial claim."""

    analysis_started_on: date
    premiums: Bag[ChargedPremium]


class IncreaseRefund(Struct):
    """What was charged in excess."""

    refund: Money


class WaivedCoverage(Struct):
    """A coverage of the policy. `is_waivable`: it has a waiver clause."""

    name: str
    is_waivable: bool
    monthly_premium: Money


class WaiverCase(Struct):
    """A policy whose premium may be waived. No `accepted_on`: the request is pending."""

    has_disability_coverage: bool
    has_waiver_option: bool
    has_specific_request: bool
    coverages: Bag[WaivedCoverage]
    waiver_from: date | None = None
    accepted_on: date | None = None
    paid_due_dates: frozenset[date]


class Waiver(Struct):
    """How the waiver starts, what is refunded, and what is still billed a month."""

    mode: Literal["automatic", "specific_request", "awaiting_specific_request", "none"]
    refund: Money
    monthly_premium_still_billed: Money


@decision("claims.automatic_increase_refund", rules=["3/DIS-42"])
def automatic_increase_refund(case: IncreaseCase, because: Because) -> IncreaseRefund:
    """Premium refunded when automatic increases stop.

    Of each premium due from the start of the analysis on, what the increase added. Increases
    obtained earlier remain.
    """
    excess = [
        not_negative(one.charged - one.without_increase)
        for one in case.premiums
        if one.due_on >= case.analysis_started_on
    ]
    refund = sum(excess, NOTHING)
    because.rule("3/DIS-42", "stopped")
    if refund:
        because.rule("3/DIS-42", "refund", count=sum(1 for one in excess if one))
        because.setting("claims.increase_refund_to")
    else:
        because.rule("3/DIS-42", "nothing")
    return IncreaseRefund(refund=refund)


@decision("claims.premium_waiver", rules=["3/DIS-45", "3/DIS-46"])
def premium_waiver(case: WaiverCase, tables: Tables, because: Because) -> Waiver:
    """How a waiver of premium starts, what is refunded and what is still billed.

    Premiums stay due while the request is pending. Once accepted, what was paid on or after the
    start of the waiver for coverages with the clause is refunded; the others go on being billed.
    """
    row = tables.claims_premium_waiver.match(
        has_waiver_option=case.has_waiver_option,
        has_disability_coverage=case.has_disability_coverage,
        has_specific_request=case.has_specific_request,
    )
    because.row(row)
    billed = sum((one.monthly_premium for one in case.coverages), NOTHING)
    if case.accepted_on is None or row.mode not in ("automatic", "specific_request"):
        if row.mode != "none":
            because.rule("3/DIS-46", "pending", billed=billed)
        return Waiver(mode=row.mode, refund=NOTHING, monthly_premium_still_billed=billed)
    waived = sum((one.monthly_premium for one in case.coverages if one.is_waivable), NOTHING)
    refund = _refund(case, because) * waived
    because.rule("3/DIS-46", "still_billed", billed=billed - waived)
    return Waiver(mode=row.mode, refund=refund, monthly_premium_still_billed=billed - waived)


def _refund(case: WaiverCase, because: Because) -> int:
    """How many monthly premiums were paid for the waived time."""
    if not case.paid_due_dates or not any(one.is_waivable for one in case.coverages):
        because.rule("3/DIS-46", "nothing_paid")
        return 0
    if case.waiver_from is None:
        because.rule("3/DIS-46", "start_unknown")
        raise MissingFacts(["waiver_from"])
    start = case.waiver_from
    count = sum(1 for due in case.paid_due_dates if due >= start)
    because.rule("3/DIS-46", "refund", count=count, start=start)
    return count
