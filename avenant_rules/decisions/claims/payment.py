"""When and how disability benefits are paid: first period, issue day, part months, tax.

Source: Guide du conseiller, Règlements – Assurance Invalidité, sections 4.1, 4.2 and 6.4 (DIS-25,
DIS-26, DIS-31, DIS-46, DIS-47); Assurance Vie, section 3 (LIF-20); read with CAMB-09 and CAMB-10.
"""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import (
    Because,
    Settings,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.amounts import NOTHING, share, to_cent
from avenant_rules.decisions.claims.issue_days import issue_day, month_after
from avenant_rules.values import Money, Quantity

DAY = timedelta(1)


class FirstPayable(Struct):
    """The first day for which a benefit is payable, the waiting period being over."""

    first_payable_day: date


class FirstPayment(Struct):
    """The days covered by the first payment, and when it falls due and goes out."""

    period_start: date
    period_end: date
    payable_on: date
    issued_on: date


class IssueMonth(Struct):
    """A month of the calendar."""

    year: int
    month: Annotated[int, msgspec.Meta(ge=1, le=12)]


class IssueDay(Struct):
    """The day on which the month's payments are issued; they are mailed in the week after."""

    issued_on: date
    mailing_week_monday: date


class PartMonth(Struct):
    """Days covered, both included, at a monthly benefit."""

    monthly_benefit: Money
    period_start: date
    period_end: date


class PartMonthBenefit(Struct):
    """What is payable for these days."""

    amount: Money


class Payment(Struct):
    """A monthly benefit about to be paid. The rates are those of the withholding."""

    monthly_benefit: Money
    is_taxable: bool
    federal_rate_percent: Quantity
    provincial_rate_percent: Quantity
    premium_due: Money


class PaymentMade(Struct):
    """What is withheld and what is paid; premiums are never taken off."""

    federal_tax: Money
    provincial_tax: Money
    amount_paid: Money
    has_year_end_slips: bool


class PaidClaim(Struct):
    """A claim about to be paid."""

    claim_kind: Literal["disability_benefit", "premium_waiver", "creditor_loan", "life"]
    is_direct_deposit_requested: bool


class PaymentMethod(Struct):
    """How and to whom; `none`: this claim itself pays nothing out."""

    method: Literal["direct_deposit", "cheque", "to_creditor", "none"]
    payee: Literal["insured", "creditor", "beneficiary"] | None


@decision("claims.benefit_payment", rules=["3/DIS-46", "3/DIS-47"])
def benefit_payment(payment: Payment, because: Because) -> PaymentMade:
    """Tax withheld from a disability payment and amount paid.

    Each tax is rounded to the cent; a premium that is due is never deducted.
    """
    federal = provincial = NOTHING
    if payment.is_taxable:
        federal = to_cent(share(payment.federal_rate_percent, payment.monthly_benefit))
        provincial = to_cent(share(payment.provincial_rate_percent, payment.monthly_benefit))
    because.rule("3/DIS-47", "withheld" if payment.is_taxable else "not_taxable")
    if payment.premium_due > 0:
        because.rule("3/DIS-46", "not_deducted")
    return PaymentMade(
        federal_tax=federal,
        provincial_tax=provincial,
        amount_paid=payment.monthly_benefit - federal - provincial,
        has_year_end_slips=payment.is_taxable,
    )


@decision("claims.first_payment", rules=["3/DIS-25", "3/DIS-26"])
def first_payment(
    claim: FirstPayable, tables: Tables, because: Because, settings: Settings
) -> FirstPayment:
    """First disability payment: period, due day and issue day.

    From the first payable day to the end of its month, payable on that last day, issued on the
    first issue day that follows.
    """
    figures = tables.claims_disability_figures
    start = claim.first_payable_day
    month = (start.year, start.month)
    if settings("claims.first_period") == "to_next_month_end":
        month = month_after(*month)
        because.setting("claims.first_period")
    end = date(*month, monthrange(*month)[1])
    because.rule("3/DIS-25", "first_period")
    if settings("claims.payment_timing") == "in_arrears":
        issued = issue_day(*month_after(*month), figures, because, settings)
    else:
        issued = issue_day(*month, figures, because, settings)
    because.setting("claims.payment_timing")
    return FirstPayment(period_start=start, period_end=end, payable_on=end, issued_on=issued)


@decision("claims.payment_issue_date", rules=["3/DIS-26"])
def payment_issue_date(
    month: IssueMonth, tables: Tables, because: Because, settings: Settings
) -> IssueDay:
    """Day on which disability payments are issued in a month, and week of mailing."""
    figures = tables.claims_disability_figures
    issued = issue_day(month.year, month.month, figures, because, settings)
    monday = issued + timedelta(7 - issued.weekday())
    because.rule("3/DIS-26", "mailed", mailing_week_monday=monday)
    return IssueDay(issued_on=issued, mailing_week_monday=monday)


@decision("claims.partial_month_benefit", rules=["3/DIS-26"])
def partial_month_benefit(
    part: PartMonth, tables: Tables, because: Because, settings: Settings
) -> PartMonthBenefit:
    """Benefit for a period inside one month.

    A thirtieth a day, at most one benefit; a whole calendar month is one benefit, whatever its
    length. A period over several months is taken month by month.
    """
    exact = NOTHING
    has_whole = False
    start = part.period_start
    if part.period_end < start:
        because.rule("3/DIS-26", "no_day")
    while start <= part.period_end:
        length = monthrange(start.year, start.month)[1]
        end = min(part.period_end, date(start.year, start.month, length))
        days = (end - start).days + 1
        if days < length:
            exact += _part(part.monthly_benefit, days, length, tables, because, settings)
        else:
            exact += part.monthly_benefit
            if not has_whole:
                because.rule("3/DIS-26", "whole_month")
            has_whole = True
        if end == part.period_end:
            break
        start = end + DAY
    return PartMonthBenefit(amount=to_cent(exact))


def _part(
    benefit: Decimal,
    days: int,
    length: int,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> Decimal:
    shares: int = tables.claims_disability_figures.month_in_days
    if settings("claims.part_month") == "days_of_the_month":
        shares = length
    counted = min(days, shares)
    amount = benefit * counted / shares
    because.rule(
        "3/DIS-26", "part_month", days=days, counted=counted, shares=shares, part=to_cent(amount)
    )
    because.setting("claims.part_month")
    return amount


@decision("claims.payment_method", rules=["3/DIS-31", "3/LIF-20"])
def payment_method(claim: PaidClaim, tables: Tables, because: Because) -> PaymentMethod:
    """How and to whom a claim is paid.

    Direct deposit is for disability benefits alone, on request.
    """
    row = tables.claims_payment_methods.match(
        claim_kind=claim.claim_kind, is_direct_deposit_requested=claim.is_direct_deposit_requested
    )
    because.row(row)
    return PaymentMethod(method=row.method, payee=row.payee)
