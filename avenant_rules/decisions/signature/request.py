"""Whether a signature request can be sent to the client's screen or to the signer's phone.

Source: guide of the electronic application, « Signature » (SIG-01 to SIG-03, SIG-08).
"""

import re
from typing import Literal

from avenant_rules.decision import Because, Struct, decision

type Fault = Literal["city_required", "province_required", "phone_required", "client_required"]

_SEPARATORS = re.compile(r"[\s().\-\u2011\u00a0]")
# Ten digits of North America, with or without the 1, or an international number.
_MOBILE = re.compile(r"(\+?1)?[2-9][0-9]{2}[2-9][0-9]{6}|\+[2-9][0-9]{7,14}")


class SignatureRequest(Struct):
    """How and where the signer will sign. Texts may be empty while they are being typed."""

    method: Literal["screen", "phone"]
    city: str
    province: str
    phone: str | None = None
    is_client_connected: bool


class SignatureRequestAnswer(Struct):
    """Whether the request is sent, and everything that prevents it."""

    is_sent: bool
    errors: frozenset[Fault]


@decision("signature.request", rules=["4/SIG-01", "4/SIG-02", "4/SIG-03", "4/SIG-08"])
def request(asked: SignatureRequest, because: Because) -> SignatureRequestAnswer:
    """Whether a signature request of the live session can be sent."""
    errors: set[Fault] = set()
    if not asked.city.strip():
        errors.add("city_required")
    if not asked.province.strip():
        errors.add("province_required")
    if errors:
        because.rule("4/SIG-02")
    if asked.method == "phone" and not _MOBILE.fullmatch(_SEPARATORS.sub("", asked.phone or "")):
        errors.add("phone_required")
        because.rule("4/SIG-08")
    if not asked.is_client_connected:
        errors.add("client_required")
        because.rule("4/SIG-03")
    if not errors:
        because.rule("4/SIG-01")
    return SignatureRequestAnswer(is_sent=not errors, errors=frozenset(errors))
