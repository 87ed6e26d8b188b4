"""Renewals: the notice that goes out before one, and the monthly list for the advisor.

Source: Guide du conseiller, Administration des contrats, section 9 (ADM-34 to ADM-36).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.decision import Bag, Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Product
from avenant_rules.values import YearMonth

MONTHS_A_YEAR = 12


class Renewal(Struct):
    """A renewal that comes up; `loan_term_end` for a mortgage plan, the two others for the rest."""

    product: Product
    renewal_date: date | None = None
    has_premium_changed: bool | None = None
    loan_term_end: date | None = None


class RenewalNotice(Struct):
    """Whether a notice goes out, the day, and to whom; None when none does."""

    is_notice_sent: bool
    send_on: date | None
    recipient: Literal["policyholder", "borrower"] | None = None


@decision("policy.renewal_notice", rules=["1/ADM-34", "1/ADM-35"])
def renewal_notice(
    renewal: Renewal, tables: Tables, because: Because, settings: Settings
) -> RenewalNotice:
    """Whether, when and to whom a renewal notice is sent."""
    if renewal.product == "mortgage_plan":
        return _mortgage_notice(renewal, tables, because, settings)
    if renewal.has_premium_changed is None:
        raise MissingFacts(["has_premium_changed"])
    if not renewal.has_premium_changed:
        because.rule("1/ADM-34", "unchanged")
        return RenewalNotice(is_notice_sent=False, send_on=None)
    if renewal.renewal_date is None:
        raise MissingFacts(["renewal_date"])
    because.parameter(tables.renewal_figures, "notice_days_before")
    return RenewalNotice(
        is_notice_sent=True,
        send_on=renewal.renewal_date - timedelta(tables.renewal_figures.notice_days_before),
        recipient="policyholder",
    )


def _mortgage_notice(
    renewal: Renewal, tables: Tables, because: Because, settings: Settings
) -> RenewalNotice:
    """Counted from the end of the loan term; sent whether or not the premium changes (ADM-35)."""
    if settings("policy.mortgage_renewal_notice") == "when_premium_changes":
        because.setting("policy.mortgage_renewal_notice")
        if renewal.has_premium_changed is None:
            raise MissingFacts(["has_premium_changed"])
        if not renewal.has_premium_changed:
            because.rule("1/ADM-34", "unchanged")
            return RenewalNotice(is_notice_sent=False, send_on=None)
    if renewal.loan_term_end is None:
        raise MissingFacts(["loan_term_end"])
    because.parameter(tables.renewal_figures, "mortgage_notice_days_before")
    return RenewalNotice(
        is_notice_sent=True,
        send_on=renewal.loan_term_end
        - timedelta(tables.renewal_figures.mortgage_notice_days_before),
        recipient="borrower",
    )


class Contract(Struct):
    """A contract and the day it renews."""

    number: str
    renewal_date: date
    status: Literal["in_force", "cancelled", "lapsed", "ended"]


class MonthlyReport(Struct):
    """The month of the report, and the contracts to choose from."""

    report_month: YearMonth
    contracts: Bag[Contract]


class RenewalsListed(Struct):
    """The numbers of the contracts listed."""

    contract_numbers: frozenset[str]


@decision("policy.renewals_report", rules=["1/ADM-36"])
def renewals_report(report: MonthlyReport, because: Because) -> RenewalsListed:
    """Contracts listed in a monthly renewals report.

    Those still in force that renew in the calendar month after the report's.
    """
    year, month = (int(part) for part in report.report_month.split("-"))
    if not 1 <= month <= MONTHS_A_YEAR:
        raise MissingFacts(["report_month"])
    next_month = (year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1)
    listed = frozenset(
        contract.number
        for contract in report.contracts
        if contract.status == "in_force"
        and (contract.renewal_date.year, contract.renewal_date.month) == next_month
    )
    because.rule("1/ADM-36", "listed" if listed else "nothing_listed", count=len(listed))
    return RenewalsListed(contract_numbers=listed)
