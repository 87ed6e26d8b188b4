"""The state of an online payment after what the payer did so far.

Nothing is charged before « Confirmer », and never twice. Source: payment procedure, « Paiement de votre
facture » (3/PAY-08 to 3/PAY-13, 4/PAY-14 to 4/PAY-18); `machines/payment.toml` (4/11.11).
"""

from typing import Literal, cast

from avenant_rules.decision import Because, Given, Struct, decision
from avenant_rules.errors import StepRefused
from avenant_rules.machines import machine, step

type State = Literal["due", "redirected", "awaiting_confirmation", "captured"]
type Event = Literal[
    "pay", "choose_guest_card", "submit_card", "return_to_portal", "confirm", "leave"
]


class PaymentEvents(Struct):
    """What the payer did, in order."""

    events: list[Event]


class PaymentState(Struct):
    """Where the payment stands. An event that is not offered changed nothing."""

    payment_state: State
    is_invoice_paid: Given[bool]
    capture_count: Given[int]


@decision(
    "portal.payment_state",
    rules=[
        "3/PAY-08", "3/PAY-09", "3/PAY-11", "3/PAY-12", "3/PAY-13", "4/PAY-14", "4/PAY-15",
        "4/PAY-16", "4/PAY-17", "4/PAY-18", "4/11.11",
    ],
    carrier="amisgest",
)  # fmt: skip
def payment_state(payment: PaymentEvents, because: Because) -> PaymentState:
    """State of an online payment after the events so far."""
    attempt = _Attempt()
    for event in payment.events:
        attempt.take(event)
    if attempt.last_rule:
        because.rule(attempt.last_rule, attempt.state)
    if attempt.has_refused:
        because.rule("4/11.11", "payment")
    if not attempt.last_rule:
        because.rule("4/PAY-14", "due")
    is_paid = attempt.state == "captured"
    if is_paid:
        because.rule("4/PAY-18")
    return PaymentState(
        payment_state=attempt.state, is_invoice_paid=is_paid, capture_count=attempt.captures
    )


class _Attempt:
    """One payment as it goes: its state, and what the provider knows while the payer is there."""

    def __init__(self) -> None:
        self.state: State = "due"
        self.captures = 0
        self.last_rule = ""
        self.has_refused = False
        self._is_at_provider = self._is_by_card = self._is_card_accepted = False

    def take(self, event: Event) -> None:
        """One event; refused when it is not offered here."""
        if not self._is_offered(event):
            self.has_refused = True
            return
        try:
            after = step("payment", self.state, event, is_authorised=self._is_authorised())
        except StepRefused:
            self.has_refused = True
            return
        taken = machine("payment").find(self.state, event)
        self.last_rule = taken.rule if taken else ""
        self.state = cast(State, after)
        self._follow(event)

    def _is_offered(self, event: Event) -> bool:
        """Away from the provider there is no card to choose; without choosing one, none to submit."""
        if event == "choose_guest_card":
            return self._is_at_provider
        return event != "submit_card" or (self._is_at_provider and self._is_by_card)

    def _is_authorised(self) -> bool:
        """The card's data were accepted, or the payer pays from a PayPal account and is still there."""
        return self._is_card_accepted or (self._is_at_provider and not self._is_by_card)

    def _follow(self, event: Event) -> None:
        if event == "pay" and not self._is_at_provider:
            self._is_at_provider, self._is_by_card = True, False
        elif event == "choose_guest_card":
            self._is_by_card = True
        elif event == "submit_card":
            self._is_card_accepted = True
        elif event in ("return_to_portal", "leave"):
            self._is_at_provider = False
        elif event == "confirm":
            self.captures += 1
