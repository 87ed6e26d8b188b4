"""Who receives the documents of an event in the life of a contract, and who gets a copy.

Source: Guide du conseiller, Administration des contrats, sections 9, 13.2 and 15, Tableau 15.1 (ADM-34,
ADM-38, ADM-43, ADM-54).
"""

from typing import Literal

from avenant_rules.decision import Bag, Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.tables import Row

type Party = Literal[
    "insured", "policyholder", "payer", "principal_general_representative", "advisor"
]
type Document = Literal["summary", "contract", "renewal_letter", "invoice_or_payment_plan"]

INVOICE: frozenset[Document] = frozenset({"invoice_or_payment_plan"})


class Event(Struct):
    """What happened, and the facts of the contract that the table asks about."""

    event: Literal[
        "new_contract",
        "requirements",
        "cancellation",
        "modification",
        "renewal",
        "non_payment_notice",
    ]
    issue_class: Literal["rapid_issue", "underwritten"] | None = None
    has_principal_general_representative: bool | None = None
    is_requested_by_insured: bool | None = None
    has_premium_changed: bool | None = None
    is_payer_policyholder: bool | None = None


class Addressee(Struct):
    """A party, and the documents where the guide names them."""

    party: Party
    documents: frozenset[Document] | None = None


class Addressees(Struct):
    """The main addressees, one entry a person, and those of copies."""

    recipients: Bag[Addressee]
    copies: Bag[Addressee]


@decision("policy.document_recipients", rules=["1/ADM-34", "1/ADM-38", "1/ADM-43", "1/ADM-54"])
def document_recipients(
    event: Event, tables: Tables, because: Because, settings: Settings
) -> Addressees:
    """Who receives the documents of an administrative event, and who gets a copy.

    Read as printed, but a copy never goes to who already has the original (AMB-26).
    """
    row = tables.document_recipients.match(
        event=event.event,
        issue_class=event.issue_class,
        has_principal_general_representative=event.has_principal_general_representative,
        is_requested_by_insured=event.is_requested_by_insured,
        has_premium_changed=event.has_premium_changed,
        is_payer_policyholder=event.is_payer_policyholder,
    )
    because.row(row)
    if row.row == "renewal_unchanged":
        return _unchanged_renewal(event, because, settings)
    recipients = [
        *_recipient(row, because, settings),
        *_addressee(row.second, row.second_documents),
    ]
    copies = _copies(event, row, recipients, because, settings)
    return Addressees(recipients=recipients, copies=copies)


def _addressee(party: Party | None, documents: frozenset[Document]) -> list[Addressee]:
    return [Addressee(party=party, documents=documents or None)] if party else []


def _recipient(row: Row, because: Because, settings: Settings) -> list[Addressee]:
    party = row.recipient
    if row.row == "requirements_no_rgp":
        because.setting("policy.requirements_without_rgp")
        if settings("policy.requirements_without_rgp") == "nobody":
            return []
    if party == "insured" and settings("policy.insured_as_recipient") == "policyholder":
        because.setting("policy.insured_as_recipient")
        party = "policyholder"
    return _addressee(party, row.recipient_documents)


def _copies(
    event: Event,
    row: Row,
    recipients: list[Addressee],
    because: Because,
    settings: Settings,
) -> list[Addressee]:
    copies = _addressee(row.copy, row.copy_documents)
    if event.event == "non_payment_notice":
        because.setting("policy.advisor_copy_of_lapse_letters")
        if settings("policy.advisor_copy_of_lapse_letters") == "no_copy":
            return []
    if copies and copies[0] in recipients:
        because.setting("policy.copy_to_the_same_party")
        if settings("policy.copy_to_the_same_party") == "left_out":
            return []
    return copies


def _unchanged_renewal(event: Event, because: Because, settings: Settings) -> Addressees:
    """Nothing goes out, or the invoice alone where the carrier sends one anyway (AMB-23)."""
    because.setting("policy.invoice_at_unchanged_renewal")
    if settings("policy.invoice_at_unchanged_renewal") == "nothing":
        return Addressees(recipients=[], copies=[])
    if event.is_payer_policyholder is None:
        raise MissingFacts(["is_payer_policyholder"])
    policyholder = _addressee("policyholder", INVOICE)
    if event.is_payer_policyholder:
        return Addressees(recipients=policyholder, copies=[])
    return Addressees(recipients=_addressee("payer", INVOICE), copies=policyholder)
