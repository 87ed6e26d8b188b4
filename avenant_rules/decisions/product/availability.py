"""Whether a product may be offered to a person in a province.

Source: Guide du conseiller, Aperçu des produits, sections 1 to 6 (PROD-01, PROD-02). Two provinces are
not printed (AMB-40): AMI tops up Québec's public plan; where travel insurance is sold is the carrier's.
"""

from typing import Annotated

import msgspec

from avenant_rules.decision import Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Product, Province


class Offer(Struct):
    """A product and a person; `age_years` None: the age is not in question."""

    product: Product
    province: Province
    age_years: Annotated[int, msgspec.Meta(ge=0)] | None = None


class Availability(Struct):
    """Whether the product may be offered."""

    is_available: bool


@decision("product.availability", rules=["1/PROD-01", "1/PROD-02"])
def availability(
    offer: Offer, tables: Tables, because: Because, settings: Settings
) -> Availability:
    """Whether a product may be offered to a person in a province.

    Every obstacle is said. A maximum age is given for no product.

    Raises:
        CarrierDataMissingError: the provinces in which travel insurance is sold are not in the pack.
    """
    is_available = _is_sold_in(offer, tables, because, settings)
    if offer.product == "ami" and offer.age_years is not None:
        because.parameter(tables.product_figures, "ami_age_from")
        if offer.age_years < tables.product_figures.ami_age_from:
            because.rule("1/PROD-02", "too_young")
            is_available = False
    return Availability(is_available=is_available)


def _is_sold_in(offer: Offer, tables: Tables, because: Because, settings: Settings) -> bool:
    if offer.product == "travel":
        is_where_at_home = settings("product.travel_provinces") == "where_the_carrier_operates"
        because.setting("product.travel_provinces")
        table = tables.travel_provinces if is_where_at_home else tables.product_provinces
        row = table.match(product=offer.product, province=offer.province)
    else:
        row = tables.product_provinces.match(product=offer.product, province=offer.province)
    is_sold: bool = row.is_offered
    because.row(row)
    if offer.product == "ami" and offer.province != "QC":
        because.setting("product.ami_provinces")
        is_sold = settings("product.ami_provinces") == "everywhere"
    return is_sold
