"""Subject, copy and attachments of the two e-mails that carry documents to the client.

Source: guide Mes Solutions Plus, « En détail 3/3 », « En cas de signature manuelle » (QUO-26 to QUO-28,
SUB-17).
"""

from typing import Literal

from avenant_rules.decision import Bag, Because, Given, MissingFacts, Struct, Tables, decision
from avenant_rules.tables.rows import Row

type Document = Literal[
    "quote", "insurance_product_information_document", "brochure", "guarantee_table",
    "reimbursement_examples", "general_rules", "application_form", "sepa_mandate",
]  # fmt: skip


class Message(Struct):
    """Which e-mail, and the names it bears. The formula matters when its table is attached."""

    message: Literal["quote", "ink_membership"]
    product_name: str
    formula_name: str | None = None
    firm_name: str


class Attachment(Struct):
    """A document, and the product or formula it is about where it depends on one."""

    document: Document
    about: str | None = None


class ClientMessage(Struct):
    """The e-mail. Its subject is in French, the client's language."""

    subject: Given[str]
    is_seller_copied: bool
    attachments: Bag[Attachment]
    validity_days: int | None = None


@decision(
    "subscription.client_message",
    rules=["4/QUO-26", "4/QUO-27", "4/QUO-28", "4/SUB-17"],
    carrier="smatis",
)
def client_message(message: Message, tables: Tables, because: Because) -> ClientMessage:
    """Subject, copy and attachments of an e-mail to the client.

    The table of guarantees is the one of the formula chosen.
    """
    row = tables.client_messages.match(message=message.message)
    subject = row.subject_pattern.format(product=message.product_name, firm=message.firm_name)
    if row.about_formula and not (message.formula_name or "").strip():
        because.rule("4/QUO-27", "unknown")
        raise MissingFacts(["formula_name"])
    because.row(row)
    days: int | None = None
    if message.message == "quote":
        days = tables.quote_validity.days
        because.rule("4/QUO-28", "announced", days=days)
    return ClientMessage(
        subject=subject,
        is_seller_copied=row.is_seller_copied,
        attachments=[_attachment(document, row, message) for document in row.documents],
        validity_days=days,
    )


def _attachment(document: Document, row: Row, message: Message) -> Attachment:
    if document in row.about_product:
        return Attachment(document=document, about=message.product_name)
    if document in row.about_formula:
        return Attachment(document=document, about=message.formula_name)
    return Attachment(document=document)
