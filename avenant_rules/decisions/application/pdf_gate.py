"""Whether the PDF of an electronic application may be created, and everything that is missing.

Source: guide of the electronic application, « Créer le PDF de la proposition », « Joindre la
soumission » (APP-14, APP-15, APP-18, APP-21, APP-25, APP-35, APP-36, SIG-13).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Struct, decision
from avenant_rules.values import Quantity

type Item = Literal[
    "sections", "client_confirmation", "quote", "quote_sent", "quote_content", "overhead_form",
    "signature", "commission", "plan_express_block",
]  # fmt: skip

WHOLE_PERCENT = 100

# Why each item is missing: the rule, and which of its sentences says so.
BECAUSE: dict[Item, tuple[str, str]] = {
    "sections": ("4/APP-36", "sections"),
    "client_confirmation": ("4/APP-36", "client_confirmation"),
    "quote": ("4/APP-14", "text"),
    "quote_sent": ("4/APP-18", "text"),
    "quote_content": ("4/APP-25", "pdf"),
    "overhead_form": ("4/APP-15", "text"),
    "signature": ("4/SIG-13", "text"),
    "commission": ("4/APP-35", "pdf"),
    "plan_express_block": ("4/APP-21", "pdf"),
}


class ApplicationForPdf(Struct):
    """How complete the application is.

    `is_quote_as_asked`: what `application.illustration_content` answers of the illustration.
    """

    are_sections_filled: bool
    are_client_sections_confirmed: bool
    has_quote: bool
    is_quote_sent: bool
    has_overhead_guarantee: bool
    has_overhead_form: bool
    required_signers: frozenset[str]
    signed_by: frozenset[str]
    commission_total_percent: Quantity
    is_blocked: bool
    is_quote_as_asked: bool = True


class PdfGate(Struct):
    """Whether the PDF may be created; `missing` names everything, `missing_signers` who."""

    is_allowed: bool
    missing: frozenset[Item]
    missing_signers: Given[frozenset[str]]


@decision(
    "application.pdf_gate",
    rules=[
        "4/APP-14", "4/APP-15", "4/APP-18", "4/APP-21", "4/APP-25", "4/APP-35", "4/APP-36",
        "4/SIG-13",
    ],
)  # fmt: skip
def pdf_gate(application: ApplicationForPdf, because: Because) -> PdfGate:
    """Whether the PDF of an electronic application may be created."""
    signers = application.required_signers - application.signed_by
    is_there: dict[Item, bool] = {
        "sections": application.are_sections_filled,
        "client_confirmation": application.are_client_sections_confirmed,
        "quote": application.has_quote,
        "quote_sent": application.is_quote_sent or not application.has_quote,
        "quote_content": application.is_quote_as_asked or not application.has_quote,
        "overhead_form": application.has_overhead_form or not application.has_overhead_guarantee,
        "signature": not signers,
        "commission": application.commission_total_percent == WHOLE_PERCENT,
        "plan_express_block": not application.is_blocked,
    }
    missing = frozenset(item for item, there in is_there.items() if not there)
    for item, (rule, key) in BECAUSE.items():
        if item in missing:
            because.rule(rule, key)
    if not missing:
        because.rule("4/APP-36")
    return PdfGate(is_allowed=not missing, missing=missing, missing_signers=signers)
