"""Whether a partner's request to the agreements department has all its pieces.

Source: Guide du conseiller, Ententes et commissions, sections 2.1 and 5.2 (AGR-04, AGR-11).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision

type Item = Literal[
    "certificate_copy",
    "liability_insurance_copy",
    "specimen_cheque",
    "signed_agreement",
    "independent_representative_sheet",
    "bank_change_form",
    "new_account_specimen_cheque",
    "distributor_number",
]


class PartnerRequest(Struct):
    """What is asked for, and the items received."""

    request: Literal["agreement", "bank_account_change"]
    items: frozenset[Item]


class RequestCompleteness(Struct):
    """Whether nothing is missing, and what is."""

    is_complete: bool
    missing: frozenset[Item]


@decision("partner.request_completeness", rules=["1/AGR-04", "1/AGR-11"])
def request_completeness(
    request: PartnerRequest, tables: Tables, because: Because
) -> RequestCompleteness:
    """Whether a partner's request file is complete."""
    row = tables.partner_request_items.match(request=request.request)
    missing = row.items - request.items
    because.row(row)
    because.rule(row.rule, "incomplete" if missing else "complete", missing=missing)
    return RequestCompleteness(is_complete=not missing, missing=missing)
