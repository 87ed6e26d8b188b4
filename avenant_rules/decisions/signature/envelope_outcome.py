"""What follows from the end of the electronic signature path at the trust provider.

Source: guide Mes Solutions Plus, « En cas de signature électronique 1/5 » to « 4/5 » (SIG-26 to SIG-32,
SUB-16, DOC-13).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Settings, Struct, decision

type SuccessEmail = Literal["signed_documents", "membership"]


class PathEnd(Struct):
    """How the path ended."""

    outcome: Literal["signed", "refused", "left_before_code"]


class EnvelopeOutcome(Struct):
    """The contract's signature field, the e-mails, the membership file, the way to start again."""

    signature_status: Given[Literal["signed", "in_progress"]]
    success_emails: frozenset[SuccessEmail]
    is_failure_email_sent: Given[bool]
    membership_status: Literal["awaiting_documents"] | None = None
    recovery: Literal["duplicate_quote"] | None = None


@decision(
    "signature.envelope_outcome",
    rules=[
        "4/SIG-26", "4/SIG-27", "4/SIG-28", "4/SIG-29", "4/SIG-30", "4/SIG-31", "4/SIG-32",
        "4/SUB-16", "4/DOC-13",
    ],
    carrier="smatis",
)  # fmt: skip
def envelope_outcome(end: PathEnd, because: Because, settings: Settings) -> EnvelopeOutcome:
    """What follows from the end of the electronic signature path.

    The contract exists since « Signer le contrat »: its file waits for documents, signed or not.
    """
    if end.outcome == "signed":
        for rule in ("4/SIG-26", "4/SIG-32", "4/SUB-16", "4/DOC-13"):
            because.rule(rule, "signed")
        return EnvelopeOutcome(
            signature_status="signed",
            success_emails=frozenset({"signed_documents", "membership"}),
            is_failure_email_sent=False,
            membership_status="awaiting_documents",
        )
    because.rule("4/SIG-27" if end.outcome == "refused" else "4/SIG-28")
    because.rule("4/SIG-31")
    is_told = settings("signature.failure_email") == "sent"
    because.rule("4/SIG-30", "sent" if is_told else "not_sent")
    because.setting("signature.failure_email")
    because.rule("4/SIG-29")
    because.setting("signature.file_without_signature")
    is_waiting = settings("signature.file_without_signature") == "awaiting_documents"
    return EnvelopeOutcome(
        signature_status="in_progress",
        success_emails=frozenset(),
        is_failure_email_sent=is_told,
        membership_status="awaiting_documents" if is_waiting else None,
        recovery="duplicate_quote",
    )
