"""Until when a health quote can be subscribed.

Source: guide Mes Solutions Plus, « En détail 3/3 », screens of section 3 (QUO-28, QUO-33): days, not
a month; the last one counts.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision


class DatedQuote(Struct):
    """The day the quote was made, and the day in question."""

    created_on: date
    as_of: date


class QuoteValidity(Struct):
    """The last day of validity, and where the quote stands on the day in question."""

    expires_on: date
    can_subscribe: bool
    status: Literal["validated", "expired"]


@decision("quote.validity", rules=["4/QUO-28", "4/QUO-33"], carrier="smatis")
def validity(quote: DatedQuote, tables: Tables, because: Because) -> QuoteValidity:
    """Expiry date of a health quote and whether it can still be subscribed.

    Before it is made there is nothing to subscribe, and nothing has expired.
    """
    figures = tables.quote_validity
    expires_on = quote.created_on + timedelta(figures.days)
    is_expired = quote.as_of > expires_on
    because.parameter(figures, "days")
    if is_expired:
        because.rule("4/QUO-33")
    return QuoteValidity(
        expires_on=expires_on,
        can_subscribe=quote.created_on <= quote.as_of <= expires_on,
        status="expired" if is_expired else "validated",
    )
