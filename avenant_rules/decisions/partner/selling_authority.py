"""Whether a partner may sell a line of insurance in a province.

Source: Guide du conseiller, Ententes et commissions, sections 2.2 and 6 (AGR-05, AGR-06, AGR-12, AGR-13).
"""

from typing import Literal

from avenant_rules.decision import Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Province


class Seller(Struct):
    """A partner, the certificate held, and the sales intended: where and which line."""

    province: Province
    partner_type: Literal["brokerage_firm", "independent"]
    certificate: Literal["insurance_of_persons", "damage_insurance"]
    certificate_province: Province
    is_certificate_valid: bool
    line: Literal["individual", "travel"]
    has_principal_general_representative: bool


class SellingAuthority(Struct):
    """Whether the sales are allowed."""

    is_allowed: bool


@decision("partner.selling_authority", rules=["1/AGR-05", "1/AGR-06", "1/AGR-12", "1/AGR-13"])
def selling_authority(
    seller: Seller, tables: Tables, because: Because, settings: Settings
) -> SellingAuthority:
    """Whether a partner may sell a line in a province.

    A valid certificate in insurance of persons of that very province; individual insurance goes
    through a principal general representative besides. Every obstacle is said.
    """
    licence = tables.licences.match(province=seller.province, partner_type=seller.partner_type)
    is_licensed: bool = licence.is_accepted
    because.row(licence)
    if licence.row == "firm_elsewhere":
        because.setting("partner.firms_in_other_provinces")
        is_licensed = settings("partner.firms_in_other_provinces") == "as_independent"
    # The language of checks compares a name with a value, not with another name.
    checked = tables.selling_conditions.check(
        seller, is_certificate_of_the_province=seller.certificate_province == seller.province
    )
    because.rows(checked.failed)
    is_allowed = is_licensed and not checked.failed
    if is_allowed:
        because.rule("1/AGR-12" if seller.line == "individual" else "1/AGR-13", "allowed")
    return SellingAuthority(is_allowed=is_allowed)
