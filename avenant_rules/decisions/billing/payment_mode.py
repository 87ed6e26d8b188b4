"""Whether a way of paying is accepted with an application, and what must come with it.

Source: Guide du conseiller, Administration des contrats, sections 5.1 to 5.3 (ADM-11 to ADM-15);
guide of the electronic application, « Paiement » (4/PAY-01): pre-authorised debit alone; read with
AMB-14.
"""

from datetime import date
from typing import Literal

from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision

type Mode = Literal["pre_authorised_debit", "credit_card", "cheque"]
type Item = Literal[
    "payment_mode_section", "pre_authorised_debit_section", "void_cheque", "annual_premium_cheque"
]
type Refusal = Literal[
    "mode_not_offered", "frequency_not_offered_for_mode", "not_collectable_on_receipt"
]


class Payment(Struct):
    """How the client wants to pay. The two dates matter for a cheque alone."""

    mode: Mode
    frequency: Literal["monthly", "quarterly", "annual"]
    application_channel: Literal["paper", "electronic"]
    application_received_on: date | None = None
    cheque_date: date | None = None


class PaymentAnswer(Struct):
    """Whether the arrangement is accepted; what must come with it when the mode is offered."""

    is_accepted: bool
    refusal_reason: Refusal | None = None
    required_items: Given[frozenset[Item]]


@decision(
    "billing.payment_mode",
    rules=["1/ADM-11", "1/ADM-12", "1/ADM-13", "1/ADM-14", "1/ADM-15", "4/APP-26", "4/PAY-01"],
)
def payment_mode(
    payment: Payment, tables: Tables, because: Because, settings: Settings
) -> PaymentAnswer:
    """Whether a payment mode and frequency are accepted with an application, and what to attach.

    The first premium must be collectable on the day the application is received: a cheque that
    bears a later date is not.
    """
    refusal = _refusal_of_mode(payment, tables, because, settings)
    if refusal is not None:
        return PaymentAnswer(is_accepted=False, refusal_reason=refusal, required_items=frozenset())
    if payment.mode == "cheque" and _is_post_dated(payment):
        refusal = "not_collectable_on_receipt"
        because.rule("1/ADM-15")
    items = tables.payment_items.match(mode=payment.mode)
    because.row(items)
    return PaymentAnswer(
        is_accepted=refusal is None, refusal_reason=refusal, required_items=items.required_items
    )


def _refusal_of_mode(
    payment: Payment, tables: Tables, because: Because, settings: Settings
) -> Refusal | None:
    """The mode and its frequency against the printed ones; the glossary also has quarters."""
    row = tables.payment_modes.match(
        channel=payment.application_channel, mode=payment.mode, frequency=payment.frequency
    )
    refusal: Refusal | None = row.refusal_reason
    if payment.frequency == "quarterly" and refusal == "frequency_not_offered_for_mode":
        because.setting("billing.quarterly_premium")
        if settings("billing.quarterly_premium") == "offered":
            return None
    because.row(row)
    return refusal


def _is_post_dated(payment: Payment) -> bool:
    received, written = payment.application_received_on, payment.cheque_date
    if received is None or written is None:
        names = {"application_received_on": received, "cheque_date": written}
        raise MissingFacts(name for name, known in names.items() if known is None)
    return written > received
