"""Moving the effective date of a contract: back, to keep the issue age, or a few days later.

Source: Guide du conseiller, Administration des contrats, sections 11.1 and 11.2 (ADM-44 to ADM-46);
Glossaire, « Antidater un contrat » and « Redater un contrat ».
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.tables import Row

type Refusal = Literal[
    "exceeds_limit", "exceptional_only", "cannot_create_eligibility", "purpose_not_permitted"
]


class Backdating(Struct):
    """A date asked for, before `reference_date`: the day on which cover would otherwise start."""

    coverage_family: Literal["life", "disability", "health", "critical_illness", "long_term_care"]
    reference_date: date
    issue_date: date
    requested_effective_date: date
    purpose: Literal["preserve_issue_age", "gain_eligibility", "align_payment_date", "other"]
    is_eligible_at_reference_date: bool
    has_exceptional_approval: bool


class BackdatingAnswer(Struct):
    """Whether the date is granted; of several obstacles, `refusal_reason` is the weightiest."""

    is_allowed: bool
    refusal_reason: Refusal | None = None
    is_endorsement_required: Given[bool]
    cancer_moratorium_starts_on: date | None = None


@decision("policy.backdating", rules=["1/ADM-45", "1/ADM-46", "1/GLO-02", "3/GLO-01"])
def backdating(
    asked: Backdating, tables: Tables, because: Because, settings: Settings
) -> BackdatingAnswer:
    """Whether the effective date of a contract may be moved back.

    The limit counts calendar months back from the reference date, that day included. Creating
    eligibility weighs most, then a purpose that is not permitted, the limit, the missing approval.
    """
    if asked.requested_effective_date >= asked.reference_date:
        return _not_back(asked, because)
    row = tables.backdating_limits.match(coverage_family=asked.coverage_family)
    refusals = [
        *_refusals_of_purpose(asked, because, settings),
        *_refusals_of_date(asked, row, tables, because, settings),
    ]
    if refusals:
        return BackdatingAnswer(
            is_allowed=False, refusal_reason=refusals[0], is_endorsement_required=False
        )
    because.rule("1/GLO-02", "granted")
    if row.is_endorsement_required:
        because.rule("1/ADM-46")
    return BackdatingAnswer(
        is_allowed=True,
        is_endorsement_required=row.is_endorsement_required,
        cancer_moratorium_starts_on=asked.issue_date if row.is_endorsement_required else None,
    )


def _not_back(asked: Backdating, because: Because) -> BackdatingAnswer:
    """The same day moves nothing; a later one is a redating, with its own conditions."""
    is_same = asked.requested_effective_date == asked.reference_date
    because.rule("1/GLO-02", "same_day" if is_same else "later_day")
    return BackdatingAnswer(is_allowed=is_same, is_endorsement_required=False)


def _refusals_of_purpose(asked: Backdating, because: Because, settings: Settings) -> list[Refusal]:
    if asked.purpose == "gain_eligibility" or not asked.is_eligible_at_reference_date:
        because.rule("1/GLO-02", "no_eligibility")
        return ["cannot_create_eligibility"]
    if asked.purpose == "preserve_issue_age":
        return []
    because.setting("policy.backdating_purpose")
    if settings("policy.backdating_purpose") == "also_convenience":
        return []
    because.rule("1/GLO-02", "age_only")
    return ["purpose_not_permitted"]


def _refusals_of_date(
    asked: Backdating, row: Row, tables: Tables, because: Because, settings: Settings
) -> list[Refusal]:
    refusals: list[Refusal] = []
    limit = row
    if asked.coverage_family == "long_term_care":
        because.setting("policy.backdating_long_term_care")
        if settings("policy.backdating_long_term_care") == "three_months_for_all":
            limit = tables.backdating_glossary
    if settings("policy.backdating_months") == "calendar_months":
        earliest = add_months(asked.reference_date, -limit.months)
    else:
        earliest = asked.reference_date - timedelta(limit.days)
        because.setting("policy.backdating_months")
    because.row(row, months=limit.months, earliest=earliest)
    if asked.requested_effective_date < earliest:
        refusals.append("exceeds_limit")
        because.rule("1/ADM-45", "too_far", earliest=earliest)
    if row.is_exceptional and not asked.has_exceptional_approval:
        refusals.append("exceptional_only")
        because.rule("1/ADM-45", "exceptional")
    return refusals


class Redating(Struct):
    """A contract accepted by underwriting, and what came with the request to date it later."""

    underwriting_accepted_on: date
    requested_on: date
    good_health_declaration_signed_on: date | None = None
    requested_effective_date: date | None = None


class RedatingAnswer(Struct):
    """Whether the date changes, and the date; None when the date named is refused."""

    is_allowed: bool
    effective_date: date | None


@decision("policy.redating", rules=["1/ADM-44", "1/GLO-37", "3/GLO-22"])
def redating(
    asked: Redating, tables: Tables, because: Because, settings: Settings
) -> RedatingAnswer:
    """Effective date when a contract accepted by underwriting is moved to a later date.

    The date of signature of the declaration of good health, or an earlier date that is named; a
    few days after the acceptance at most (AMB-11). Without the declaration nothing moves.
    """
    accepted, signed = asked.underwriting_accepted_on, asked.good_health_declaration_signed_on
    if signed is None:
        because.rule("1/ADM-44", "no_declaration")
        return RedatingAnswer(is_allowed=False, effective_date=accepted)
    named = asked.requested_effective_date
    date_wanted = signed if named is None else named
    is_literal = settings("policy.redating_named_date") == "before_signature"
    days = tables.redating_figures.days_ahead
    latest = (accepted if is_literal else signed) + timedelta(days)
    if date_wanted == accepted:
        because.rule("1/ADM-44", "nothing_moves")
        return RedatingAnswer(is_allowed=False, effective_date=accepted)
    refusals = _redating_refusals(date_wanted, asked, latest, is_literal=is_literal)
    for refusal in refusals:
        because.rule("1/ADM-44", refusal, wanted=date_wanted)
    if not refusals:
        because.rule("1/ADM-44", "signature_date" if named is None else "named_date")
    because.parameter(tables.redating_figures, "days_ahead", latest=latest)
    because.setting("policy.redating_named_date")
    if refusals:
        return RedatingAnswer(is_allowed=False, effective_date=accepted if named is None else None)
    return RedatingAnswer(is_allowed=True, effective_date=date_wanted)


def _redating_refusals(
    wanted: date, asked: Redating, latest: date, *, is_literal: bool
) -> list[str]:
    """Every reason against the date wanted, each a sentence of ADM-44."""
    refusals: list[str] = []
    signed, named = asked.good_health_declaration_signed_on, asked.requested_effective_date
    if wanted < asked.underwriting_accepted_on:
        refusals.append("earlier_than_acceptance")
    if is_literal and named is not None and signed is not None and named >= signed:
        refusals.append("not_before_signature")
    if wanted > latest:
        refusals.append("too_late")
    return refusals
