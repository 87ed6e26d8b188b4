"""How long an overhead expense claim waits before it is paid.

Source: Guide du conseiller, Sélection des risques, section 7, Tableau 7.1 (2/OVH-04, DIS-58).
"""

from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, Struct, Tables, decision


class OverheadClaim(Struct):
    """The option of the contract and what happened."""

    option: Literal["30", "30M"]
    cause: Literal["accident", "sickness"]
    hospital_hours: Annotated[int, msgspec.Meta(ge=0)]


class OverheadWait(Struct):
    """The days that are not paid."""

    unpaid_days: int


@decision("claims.overhead_waiting_period", rules=["2/OVH-04", "3/DIS-58"])
def overhead_waiting_period(claim: OverheadClaim, tables: Tables, because: Because) -> OverheadWait:
    """Days not paid at the start of an overhead expense claim.

    Option 30M pays from the first day after an accident or a stay in hospital of more than 18 hours.
    """
    row = tables.claims_overhead_wait.match(
        option=claim.option, cause=claim.cause, hospital_hours=claim.hospital_hours
    )
    because.row(row)
    return OverheadWait(unpaid_days=row.unpaid_days)
