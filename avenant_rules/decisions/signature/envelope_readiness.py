"""Whether the client can sign the envelope at the trust provider, and all that prevents it.

Whether the typed code is the one sent is compared by the caller: a live code never comes here. Source:
guide Mes Solutions Plus, « En cas de signature électronique 1/5 » (SIG-22, SIG-23, SIG-25, SIG-26).
"""

from avenant_rules.decision import Because, Struct, decision


class EnvelopeDocument(Struct):
    """A document of the envelope, with its three boxes."""

    has_read_all_pages: bool
    has_accepted_conditions: bool
    has_confirmed_electronic_signature: bool


class Envelope(Struct):
    """The documents, the code, and the provider's two boxes."""

    documents: list[EnvelopeDocument]
    is_code_correct: bool
    has_accepted_provider_terms: bool
    has_accepted_provider_privacy: bool


class EnvelopeReadiness(Struct):
    """Whether signing is possible."""

    can_sign: bool


@decision(
    "signature.envelope_readiness",
    rules=["4/SIG-22", "4/SIG-23", "4/SIG-25", "4/SIG-26"],
    carrier="smatis",
)
def envelope_readiness(envelope: Envelope, because: Because) -> EnvelopeReadiness:
    """Whether the client can sign the envelope at the trust provider.

    An envelope without documents has nothing to sign.
    """
    waiting = [
        number
        for number, document in enumerate(envelope.documents, 1)
        if not _is_accepted(document)
    ]
    can_sign = True
    if not envelope.documents:
        because.rule("4/SIG-22", "empty")
        can_sign = False
    if waiting:
        because.rule("4/SIG-22", "boxes", numbers=waiting)
        can_sign = False
    if not envelope.is_code_correct:
        because.rule("4/SIG-23")
        can_sign = False
    if not (envelope.has_accepted_provider_terms and envelope.has_accepted_provider_privacy):
        because.rule("4/SIG-25")
        can_sign = False
    if can_sign:
        because.rule("4/SIG-26")
    return EnvelopeReadiness(can_sign=can_sign)


def _is_accepted(document: EnvelopeDocument) -> bool:
    return (
        document.has_read_all_pages
        and document.has_accepted_conditions
        and document.has_confirmed_electronic_signature
    )
