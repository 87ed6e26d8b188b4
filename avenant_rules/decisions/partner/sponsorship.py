"""Whether the insurer sponsors a new advisor, and what it needs to know besides.

Source: Guide du conseiller, Ententes et commissions, section 9 (AGR-15 to AGR-20).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Province


class SponsorshipRequest(Struct):
    """A candidate's province, and the type of request."""

    province: Province
    request_type: Literal["new_agent", "transfer", "return_to_industry", "renewal"]


class Sponsorship(Struct):
    """Whether it is offered, and the information that this type alone needs."""

    is_offered: bool
    extra_information: Given[frozenset[Literal["current_sponsorship_end_date"]]]


@decision(
    "partner.sponsorship",
    rules=["1/AGR-15", "1/AGR-16", "1/AGR-17", "1/AGR-20", "3/GLO-11"],
)
def sponsorship(request: SponsorshipRequest, tables: Tables, because: Because) -> Sponsorship:
    """Whether the insurer offers a sponsorship and what extra information it needs.

    Ontario and the Atlantic provinces, each with its own types.
    """
    row = tables.sponsorships.match(province=request.province, request_type=request.request_type)
    because.row(row)
    if row.extra_information:
        because.rule("1/AGR-16", "end_date")
    return Sponsorship(is_offered=row.is_offered, extra_information=row.extra_information)
