"""Whether a supporting document is recent enough on the day it is received.

Source: guide Mes Solutions Plus, « En cas de signature électronique 3/5 » (DOC-03, DOC-16): less than
three months old, so one of exactly three months is refused.
"""

from calendar import monthrange
from datetime import date
from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision


class ReceivedDocument(Struct):
    """A document, the date it bears, and the day it was received."""

    document: Literal["proof_of_address", "company_register_extract", "bank_details"]
    document_date: date
    received_on: date


class DocumentAge(Struct):
    """Whether its age is accepted."""

    is_accepted: bool


@decision("subscription.document_age", rules=["4/DOC-03", "4/DOC-16"], carrier="smatis")
def document_age(received: ReceivedDocument, tables: Tables, because: Because) -> DocumentAge:
    """Whether a supporting document is recent enough.

    Its age alone: a date still to come is no age at all and is not looked at here.
    """
    row = tables.document_age.match(document=received.document)
    because.row(row)
    is_accepted = row.months_below is None or not _is_old(
        received.document_date, received.received_on, months=row.months_below
    )
    if row.months_below is not None:
        because.rule("4/DOC-16", "recent" if is_accepted else "old")
    return DocumentAge(is_accepted=is_accepted)


def _is_old(start: date, on: date, *, months: int) -> bool:
    """Whether `months` calendar months have passed from `start` to `on`; short months end early."""
    elapsed = 12 * (on.year - start.year) + on.month - start.month
    if elapsed != months:
        return elapsed > months
    return on.day >= min(start.day, monthrange(on.year, on.month)[1])
