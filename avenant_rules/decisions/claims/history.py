"""What the medical history may take away: pre-existing conditions, incontestability, two layers.

Source: Guide du conseiller, Règlements: Invalidité, section 6.3 (DIS-39 to DIS-41); Vie, section
5.1 (LIF-22 to LIF-24); Sélection des risques, sections 8 and 9 (DIS-57, 2/ASC-07 to 2/ASC-13,
2/PME-06); Glossaire; read with CAMB-14, CAMB-15, CAMB-36 and 2/AMB-60 to 2/AMB-63.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months, add_years
from avenant_rules.decision import Bag, Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.claims.amounts import NOTHING
from avenant_rules.values import Money


class MedicalEvent(Struct):
    """A consultation, an exam or a prescription."""

    date: date
    is_same_condition: bool


class PreexistingCase(Struct):
    """A disability or a death, and the medical events known. Dates alone matter, not the hour."""

    line: Literal["disability", "life"]
    is_issued_without_medical_evidence: bool
    effective_date: date
    event_date: date
    medical_events: Bag[MedicalEvent]


class PreexistingCondition(Struct):
    """Whether the clause excludes, and whether the history is checked for it."""

    is_excluded: bool
    is_history_checked: bool


class ContractAge(Struct):
    """When the contract took effect and when the disability began or the death occurred."""

    effective_date: date
    event_date: date


class HistoryCheck(Struct):
    """Whether the answers given when applying are checked."""

    is_history_checked: bool


class LayeredClaim(Struct):
    """A claim on an amount granted without full evidence and an underwritten excess, a month."""

    programme: Literal["association", "sme"]
    granted_amount: Money
    excess_amount: Money
    excess_decision: Literal["standard", "exclusion", "surcharge", "refused"]
    effective_date: date
    event_date: date
    is_for_excluded_condition: bool
    was_treated_in_prior_12_months: bool


class LayeredAmount(Struct):
    """The insured amount that is payable."""

    payable_amount: Money


@decision(
    "claims.preexisting_condition",
    rules=["3/DIS-39", "3/DIS-40", "3/LIF-22", "3/LIF-23", "1/GLO-14"],
)
def preexisting_condition(
    case: PreexistingCase, tables: Tables, because: Because, settings: Settings
) -> PreexistingCondition:
    """Whether the pre-existing condition clause excludes a claim, and whether the history is checked for it.

    Only contracts issued without a medical exam. The event counts by its own date, not by the day
    the claim is presented; the day the clause ends is out of it.
    """
    row = tables.claims_preexisting.match(line=case.line)
    if not case.is_issued_without_medical_evidence:
        because.rule(row.clause_rule, "with_evidence")
        return PreexistingCondition(is_excluded=False, is_history_checked=False)
    ends = add_months(case.effective_date, row.exclusion_months)
    since = add_months(case.effective_date, -row.lookback_months)
    is_in_period = case.event_date < ends
    was_treated = any(
        one.is_same_condition and since <= one.date < case.effective_date
        for one in case.medical_events
    )
    if is_in_period:
        because.row(row, ends=ends)
    is_lifted = not is_in_period
    if is_lifted and case.line == "life":
        is_lifted = settings("claims.preexisting_after_period") == "lifted"
        because.setting("claims.preexisting_after_period")
    if is_lifted:
        because.rule(row.clause_rule, "over", ends=ends)
    else:
        key = "excluded" if was_treated else "not_treated"
        because.rule(row.clause_rule, key, ends=ends, since=since)
    return PreexistingCondition(
        is_excluded=was_treated and not is_lifted, is_history_checked=is_in_period
    )


@decision(
    "claims.incontestability",
    rules=["3/DIS-41", "3/LIF-24", "3/GLO-05", "1/GLO-30"],
)
def incontestability(contract: ContractAge, tables: Tables, because: Because) -> HistoryCheck:
    """Whether the history is checked because of the age of the contract.

    By the date of the disability or of the death; on the second anniversary it is too late.
    """
    figures = tables.claims_disability_figures
    ends = add_years(contract.effective_date, figures.contestable_years)
    is_checked = contract.event_date < ends
    because.rule("3/DIS-41", "checked" if is_checked else "not_checked", ends=ends)
    because.parameter(figures, "contestable_years", ends=ends)
    return HistoryCheck(is_history_checked=is_checked)


@decision(
    "claims.association_excess",
    rules=[
        "2/ASC-07", "2/ASC-08", "2/ASC-09", "2/ASC-10", "2/ASC-13", "2/PME-06", "3/DIS-57",
        "1/GLO-24",
    ],
)  # fmt: skip
def association_excess(
    claim: LayeredClaim, tables: Tables, because: Because, settings: Settings
) -> LayeredAmount:
    """Insured amount payable when an association or SME amount carries an underwritten excess.

    The granted amount answers for the pre-existing condition clause where it applies; the excess
    for what underwriting excluded.
    """
    months = tables.claims_disability_figures.first_months
    anniversary = add_months(claim.effective_date, months)
    if settings("claims.first_anniversary") == "in_the_exclusion":
        because.setting("claims.first_anniversary")
        anniversary += timedelta(1)
    decided = claim.excess_decision if claim.excess_amount else "no_excess"
    is_in_first_months = claim.event_date < anniversary
    row = tables.claims_association_layers.match(
        decision=decided,
        is_for_excluded_condition=claim.is_for_excluded_condition,
        is_in_first_months=is_in_first_months,
        was_treated=claim.was_treated_in_prior_12_months,
    )
    pays_granted: bool = row.pays_granted
    because.row(row, months=months, anniversary=anniversary)
    if claim.programme == "sme":
        because.rule("2/PME-06", "same_as_association")
    if is_in_first_months and claim.was_treated_in_prior_12_months:
        pays_granted = _by_setting(decided, because, settings, row_says=pays_granted)
    payable = claim.granted_amount if pays_granted else NOTHING
    if row.pays_excess:
        payable += claim.excess_amount
    because.rule("3/DIS-57", "payable", payable_amount=payable)
    return LayeredAmount(payable_amount=payable)


def _by_setting(decided: str, because: Because, settings: Settings, *, row_says: bool) -> bool:
    """Whether the granted amount is payable for a condition treated before, early in the contract.

    Two readings of the guide are the carrier's: after a refusal, and where the clause is lifted.
    """
    if decided == "refused":
        because.setting("claims.refused_excess")
        return settings("claims.refused_excess") == "clause_lifted"
    if decided in ("standard", "exclusion"):
        because.setting("claims.lifted_clause")
        return row_says and settings("claims.lifted_clause") == "lifted"
    return row_says
