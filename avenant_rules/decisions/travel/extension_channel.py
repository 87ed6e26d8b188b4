"""Where and how a client's existing travel contract is extended.

Source: note on extensions of contracts of the old system, « Aide-mémoire », introduction, FAQ 1 and
2 (TRV-30 to TRV-51).
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.travel.contract_origin import Origin, origin_of
from avenant_rules.tables.rows import Row

type Family = Literal["trip", "annual_new", "annual_existing", "top_up", "visitor"]
type Coverage = Literal[
    "emergency_medical", "reduced_stability", "trip_cancellation", "baggage", "accidental_death"
]
type CoverageClass = Literal["emergency_only", "reduced_stability", "other_coverages"]
type Moment = Literal["before", "after"]
type Channel = Literal[
    "top_up_in_partner_space", "standard_in_partner_space", "extend_on_old_platform",
    "contact_carrier", "ask",
]  # fmt: skip
type SpecialReason = Literal["claim", "claim_unanswered", "not_yet_in_force", "not_in_table"]

# One of these and the contract is no longer one of emergency care, whatever else it holds.
OTHER_COVERAGES: frozenset[Coverage] = frozenset(
    {"trip_cancellation", "baggage", "accidental_death"}
)
ANNUAL: frozenset[Family] = frozenset({"annual_new", "annual_existing"})
THE_ANNUAL_AND_THE_NEW_ONE = 2


class ContractToExtend(Struct):
    """The contract, on the day of the operation; before or after arrival for visitors.

    `claim` is None while the client has not answered.
    """

    as_of: date
    contract_number: str
    family: Family
    coverages: frozenset[Coverage]
    moment: Moment
    claim: Literal["none", "submitted", "planned"] | None
    earlier_extension_count: Annotated[int, msgspec.Meta(ge=0)] | None = None


class ExtensionChannel(Struct):
    """Where to extend it; for an old annual contract, the contracts held afterwards."""

    channel: Channel
    reason: SpecialReason | None = None
    contract_count: int | None = None
    partner_space_contract_count: int | None = None


@decision(
    "travel.extension_channel",
    rules=[
        "4/TRV-01", "4/TRV-02", "4/TRV-03", "4/TRV-30", "4/TRV-31", "4/TRV-32", "4/TRV-33",
        "4/TRV-34", "4/TRV-35", "4/TRV-36", "4/TRV-37", "4/TRV-38", "4/TRV-39", "4/TRV-40",
        "4/TRV-41", "4/TRV-42", "4/TRV-43", "4/TRV-44", "4/TRV-45", "4/TRV-46", "4/TRV-47",
        "4/TRV-48", "4/TRV-49", "4/TRV-50", "4/TRV-51",
    ],
)  # fmt: skip
def extension_channel(
    contract: ContractToExtend, tables: Tables, because: Because, settings: Settings
) -> ExtensionChannel:
    """Where and how an existing travel contract is extended.

    A claim comes before the table; the day from which the table holds comes after it.
    """
    if contract.claim is None:
        because.rule("4/TRV-03", "unanswered")
        return ExtensionChannel(channel="ask", reason="claim_unanswered")
    if contract.claim != "none":
        because.rule("4/TRV-03")
        return ExtensionChannel(channel="contact_carrier", reason="claim")
    if not contract.contract_number.strip() or not contract.coverages:
        because.rule("4/TRV-30", "ask")
        return ExtensionChannel(channel="ask")
    origin = origin_of(contract.contract_number, tables)
    because.parameter(tables.travel_figures, "partner_space_prefix")
    channel, reason = _answer(contract, origin, tables, because, settings)
    if channel == "top_up_in_partner_space":
        starts_on: date = tables.travel_figures.new_process_from
        if contract.as_of < starts_on:
            because.parameter(tables.travel_figures, "new_process_from")
            return ExtensionChannel(channel="contact_carrier", reason="not_yet_in_force")
    return _counted(contract, origin, channel, reason, because)


def _answer(
    contract: ContractToExtend,
    origin: Origin,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> tuple[Channel, SpecialReason | None]:
    """What the cell says, read as the carrier's settings read it."""
    row = tables.travel_router.match(
        family=contract.family,
        coverage_class=coverage_class_of(contract.coverages),
        origin=origin,
        moment=contract.moment,
    )
    _say(row, contract, origin, because)
    if row.is_outside:
        because.setting("travel.out_of_the_table")
        if settings("travel.out_of_the_table") == "contact_carrier":
            return "contact_carrier", "not_in_table"
        return _out_of_the_table(contract, origin, because)
    if row.is_inherited:
        because.setting("travel.blank_cells")
        if settings("travel.blank_cells") == "contact_carrier":
            return "contact_carrier", "not_in_table"
    if contract.family == "visitor" and origin == "old_platform":
        because.setting("travel.old_visitor_contracts")
        if settings("travel.old_visitor_contracts") == "as_the_introduction":
            return "top_up_in_partner_space", None
    channel: Channel = row.channel
    return channel, None


def coverage_class_of(coverages: frozenset[Coverage]) -> CoverageClass:
    """The line of the reminder that a contract with these coverages stands on."""
    if coverages & OTHER_COVERAGES:
        return "other_coverages"
    return "reduced_stability" if "reduced_stability" in coverages else "emergency_only"


def _out_of_the_table(
    contract: ContractToExtend, origin: Origin, because: Because
) -> tuple[Channel, SpecialReason | None]:
    if origin == "old_platform":
        because.rule("4/TRV-49", "old_platform")
        return "contact_carrier", "not_in_table"
    if contract.family == "annual_existing" and contract.moment == "after":
        because.rule("4/TRV-49", "annual_after_departure")
        return "contact_carrier", None
    because.rule("4/TRV-51", "partner_space")
    return "standard_in_partner_space", None


def _say(row: Row, contract: ContractToExtend, origin: Origin, because: Because) -> None:
    """The row in words: visitors arrive, the others depart."""
    event = "arrival" if contract.family == "visitor" else "departure"
    because.row(
        row,
        product=contract.family,
        coverage_class=coverage_class_of(contract.coverages),
        origin=origin,
        when=f"{contract.moment}_{event}",
    )


def _counted(
    contract: ContractToExtend,
    origin: Origin,
    channel: Channel,
    reason: SpecialReason | None,
    because: Because,
) -> ExtensionChannel:
    """The answer with the contracts then held: the old annual, its extensions, the new one."""
    earlier = contract.earlier_extension_count
    is_sold = channel in ("top_up_in_partner_space", "extend_on_old_platform")
    if earlier is None or not is_sold or origin != "old_platform" or contract.family not in ANNUAL:
        return ExtensionChannel(channel=channel, reason=reason)
    because.rule("4/TRV-50")
    return ExtensionChannel(
        channel=channel,
        reason=reason,
        contract_count=earlier + THE_ANNUAL_AND_THE_NEW_ONE,
        partner_space_contract_count=1 if channel == "top_up_in_partner_space" else 0,
    )
