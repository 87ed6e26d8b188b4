"""Whether and by when the receipt for premiums eligible as medical expenses goes out.

Source: Guide du conseiller, Administration des contrats, section 14 (ADM-52).
"""

from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision


class PremiumsPaid(Struct):
    """A policy and the year in which its premiums were paid."""

    policy_kind: Literal["accident_and_sickness", "life_only"]
    premium_year: int


class TaxReceipt(Struct):
    """Whether a receipt is issued; how and by when, where one is."""

    is_issued: bool
    is_automatic: bool | None = None
    due_on: date | None = None


@decision("billing.tax_receipt", rules=["1/ADM-52"])
def tax_receipt(
    paid: PremiumsPaid, tables: Tables, because: Because, settings: Settings
) -> TaxReceipt:
    """Whether and by when a receipt for medical-expense premiums is issued."""
    row = tables.tax_receipts.match(policy_kind=paid.policy_kind)
    because.row(row)
    if not row.is_issued:
        return TaxReceipt(is_issued=False)
    if not MINYEAR <= paid.premium_year < MAXYEAR:
        raise MissingFacts(["premium_year"])
    due_on = date(paid.premium_year + 1, row.due_month, row.due_day)
    if settings("billing.receipt_deadline") == "end_of_february":
        because.setting("billing.receipt_deadline")
        due_on = add_months(date(due_on.year, due_on.month - 1, 31), 1)
    because.rule("1/ADM-52", "due")
    return TaxReceipt(is_issued=True, is_automatic=row.is_automatic, due_on=due_on)
