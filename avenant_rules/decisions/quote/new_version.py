"""The quote that results when one is modified and validated again.

Source: guide Mes Solutions Plus, « Réémettre un devis » (QUO-25, QUO-30): the number stays, the version
goes up by one, and the e-mail goes out again. An expired quote is revived in the same way.
"""

from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, Struct, decision


class ExistingQuote(Struct):
    """The quote that was modified."""

    quote_number: str
    version: Annotated[int, msgspec.Meta(ge=1)]


class NewVersion(Struct):
    """The quote that replaces it."""

    quote_number: str
    version: int
    status: Literal["validated", "expired", "subscribed"]
    is_email_sent: bool


@decision("quote.new_version", rules=["4/QUO-25", "4/QUO-30"], carrier="smatis")
def new_version(quote: ExistingQuote, because: Because) -> NewVersion:
    """Quote that results when an existing quote is modified and validated again."""
    because.rule("4/QUO-25", "same_number")
    because.rule("4/QUO-30")
    return NewVersion(
        quote_number=quote.quote_number,
        version=quote.version + 1,
        status="validated",
        is_email_sent=True,
    )
