"""The balance a payer sees after an endorsement, and whether there is anything to pay.

Source: payment procedure, « Paiement de votre facture », related article on a balance of 0 $ (3/PAY-07,
3/PAY-14, 4/PAY-13, 4/PAY-21).
"""

from avenant_rules.decision import Because, Given, Settings, Struct, decision
from avenant_rules.values import Money


class Endorsement(Struct):
    """The balance before, the price of the endorsement, and the grouping's box."""

    balance_before: Money
    endorsement_amount: Money
    is_manual_amount_ticked: bool


class ShownBalance(Struct):
    """What the payer sees, in Canadian dollars."""

    balance: Money
    is_pay_button_shown: Given[bool]


@decision(
    "portal.balance", rules=["3/PAY-07", "3/PAY-14", "4/PAY-13", "4/PAY-21"], carrier="amisgest"
)
def balance(endorsement: Endorsement, because: Because, settings: Settings) -> ShownBalance:
    """Balance shown to a payer after an endorsement.

    Without an invoice the endorsement changes nothing, whatever its price.
    """
    is_always = settings("portal.invoice_of_an_endorsement") == "always"
    is_invoiced = endorsement.is_manual_amount_ticked or is_always
    shown = endorsement.balance_before
    if is_invoiced:
        shown += endorsement.endorsement_amount
        because.rule("3/PAY-14", "invoiced")
    else:
        because.rule("3/PAY-14", "not_invoiced")
    if not endorsement.is_manual_amount_ticked:
        because.setting("portal.invoice_of_an_endorsement")
    is_due = shown > 0
    because.rule("3/PAY-07", "due" if is_due else "nothing_due")
    return ShownBalance(balance=shown, is_pay_button_shown=is_due)
