"""What a travel sale starts with: the consents to obtain, and the flow to follow.

Source: note on extensions of contracts of the old system, « Comment procéder », steps 4 and 5
(TRV-10 to TRV-13).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision

type Province = Literal[
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"
]
type Consent = Literal["personal_information", "distribution_without_representative"]
type Flow = Literal["resident", "visitor", "contact_carrier"]


class TravelSale(Struct):
    """Who sells, where the client lives, and the two answers about the persons to insure."""

    province: Province
    seller_kind: Literal["advisor", "travel_agent"]
    are_all_residents: bool
    have_all_public_plan: bool


class SaleIntake(Struct):
    """The consents without which the sale does not go on, and the flow."""

    required_consents: Given[frozenset[Consent]]
    flow: Given[Flow]


@decision("travel.sale_intake", rules=["4/TRV-10", "4/TRV-11", "4/TRV-12", "4/TRV-13"])
def sale_intake(
    sale: TravelSale, tables: Tables, because: Because, settings: Settings
) -> SaleIntake:
    """Consents to obtain and flow to follow when a travel sale starts."""
    consents = tables.travel_consents.match(province=sale.province, seller_kind=sale.seller_kind)
    because.row(consents)
    row = tables.travel_flows.match(
        are_all_residents=sale.are_all_residents, have_all_public_plan=sale.have_all_public_plan
    )
    flow: Flow = row.flow
    if flow == "visitor":
        because.setting("travel.non_residents")
        if settings("travel.non_residents") == "contact_carrier":
            return SaleIntake(required_consents=consents.required_consents, flow="contact_carrier")
    because.row(row)
    return SaleIntake(required_consents=consents.required_consents, flow=flow)
