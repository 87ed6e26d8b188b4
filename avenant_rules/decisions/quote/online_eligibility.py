"""Whether a health quote can go on online, and otherwise the paper way.

Source: guide Mes Solutions Plus, « Naviguer sur les écrans », « En détail 1/3 » and « 2/3 » (QUO-11,
QUO-21, QUO-22).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, decision

type Refusal = Literal["seller_address", "client_email_missing", "different_scheme"]
type Fallback = Literal["paper_form", "paper_application"]

# In the order in which they are looked at: the address is corrected and the quote goes on.
FALLBACKS: dict[Refusal, tuple[Fallback | None, str]] = {
    "seller_address": (None, "4/QUO-21"),
    "client_email_missing": ("paper_form", "4/QUO-22"),
    "different_scheme": ("paper_application", "4/QUO-11"),
}


class QuoteContact(Struct):
    """The two addresses, and whether everybody to cover has the main insured's scheme."""

    client_email: str | None = None
    seller_email: str
    has_same_scheme: bool


class OnlineEligibility(Struct):
    """Whether it goes on online; the first reason why not, and the paper way that goes with it."""

    is_online: bool
    refusal_reason: Refusal | None
    fallback: Fallback | None = None


@decision("quote.online_eligibility", rules=["4/QUO-11", "4/QUO-21", "4/QUO-22"], carrier="smatis")
def online_eligibility(contact: QuoteContact, because: Because) -> OnlineEligibility:
    """Whether a quote can go on online, and otherwise the paper way.

    Every reason is said; the first is the answer's.
    """
    email = (contact.client_email or "").strip().casefold()
    applies: dict[Refusal, bool] = {
        "seller_address": bool(email) and email == contact.seller_email.strip().casefold(),
        "client_email_missing": not email,
        "different_scheme": not contact.has_same_scheme,
    }
    reasons = [reason for reason in FALLBACKS if applies[reason]]
    for reason in reasons:
        because.rule(FALLBACKS[reason][1])
    if not reasons:
        because.rule("4/QUO-21", "online")
        return OnlineEligibility(is_online=True, refusal_reason=None)
    return OnlineEligibility(
        is_online=False, refusal_reason=reasons[0], fallback=FALLBACKS[reasons[0]][0]
    )
