"""Which sales system a travel contract comes from, and what follows from it.

Source: note on extensions of contracts of the old system, « Aide-mémoire » headings, FAQ 2 to 4
(TRV-02, TRV-51 to TRV-53).
"""

import re
from typing import Literal

from avenant_rules.decision import Because, Given, Struct, Tables, decision

type Origin = Literal["old_platform", "partner_space"]


class NumberedContract(Struct):
    """A travel contract by its number, as typed."""

    contract_number: str


class ContractOrigin(Struct):
    """The sales system. A number of another form than expected is a warning, no more."""

    origin: Given[Origin]
    is_format_expected: Given[bool]
    is_top_up_possible: Given[bool]
    is_visible_in_partner_space: Given[bool]
    is_visible_in_client_space: Given[bool]


@decision("travel.contract_origin", rules=["4/TRV-02", "4/TRV-51", "4/TRV-52", "4/TRV-53"])
def contract_origin(contract: NumberedContract, tables: Tables, because: Because) -> ContractOrigin:
    """Sales system of a travel contract and what follows from it.

    The prefix alone decides.
    """
    origin = origin_of(contract.contract_number, tables)
    is_expected = _is_expected(contract.contract_number, origin, tables)
    because.parameter(tables.travel_figures, "partner_space_prefix")
    if not is_expected:
        because.rule("4/TRV-02", "unexpected_format")
    is_partner = origin == "partner_space"
    because.rule("4/TRV-51", "partner_space" if is_partner else "old_platform")
    if not is_partner:
        because.rule("4/TRV-52")
        because.rule("4/TRV-53")
    return ContractOrigin(
        origin=origin,
        is_format_expected=is_expected,
        is_top_up_possible=not is_partner,
        is_visible_in_partner_space=is_partner,
        is_visible_in_client_space=is_partner,
    )


def origin_of(number: str, tables: Tables) -> Origin:
    """The sales system a contract number comes from, however it was typed."""
    prefix: str = tables.travel_figures.partner_space_prefix
    return "partner_space" if number.strip().upper().startswith(prefix) else "old_platform"


def _is_expected(number: str, origin: Origin, tables: Tables) -> bool:
    figures = tables.travel_figures
    if origin == "partner_space":
        pattern = f"{figures.partner_space_prefix}[0-9]{{{figures.partner_space_digits}}}"
    else:
        pattern = f"[A-Z]{{{figures.old_platform_letters}}}[0-9]{{{figures.old_platform_digits}}}"
    return re.fullmatch(pattern, number.strip().upper()) is not None
