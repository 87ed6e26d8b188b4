"""Whether a means of payment is accepted on the portal, and whether it takes a PayPal account.

Source: payment procedure, « Paiement de votre facture » (3/PAY-08, 3/PAY-09, 4/PAY-15).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision


class Payment(Struct):
    """What the payer wants to pay with."""

    means: Literal["visa", "mastercard", "american_express", "paypal_account", "cheque"]


class MeansAnswer(Struct):
    """Whether it is accepted; the account matters for accepted means alone."""

    is_accepted: bool
    is_paypal_account_needed: bool | None = None


@decision("portal.payment_means", rules=["3/PAY-08", "3/PAY-09", "4/PAY-15"], carrier="amisgest")
def payment_means(payment: Payment, tables: Tables, because: Because) -> MeansAnswer:
    """Whether a means of payment is accepted on the portal."""
    row = tables.payment_means.match(means=payment.means)
    because.row(row)
    return MeansAnswer(
        is_accepted=row.is_accepted,
        is_paypal_account_needed=row.needs_account if row.is_accepted else None,
    )
