"""Changes to a policy in force: when they take effect, what they ask for, what a new job means.

Source: Guide du conseiller, Administration des contrats, sections 8.1 and 8.2 (ADM-21, ADM-27 to ADM-31).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.values import Money


class Modification(Struct):
    """A change or a removal of a coverage; `risk_accepted_on` None: underwriting has not accepted."""

    change: Literal["coverage_change", "coverage_removal"]
    issue_class: Literal["rapid_issue", "underwritten"] | None = None
    signed_on: date | None = None
    received_on: date | None = None
    risk_accepted_on: date | None = None
    requested_date: date | None = None


class ModificationEffective(Struct):
    """The effective date; None while the modification has no effect."""

    effective_date: date | None


@decision("policy.modification_effective_date", rules=["1/ADM-21", "1/ADM-30"])
def modification_effective_date(
    modification: Modification, tables: Tables, because: Because, settings: Settings
) -> ModificationEffective:
    """Date from which a change or a removal of a coverage takes effect."""
    if modification.change == "coverage_removal":
        return ModificationEffective(effective_date=_removal(modification, because, settings))
    row = tables.modification_effective.match(issue_class=modification.issue_class)
    if row.counts_from == "signature":
        if modification.signed_on is None:
            raise MissingFacts(["signed_on"])
        because.row(row)
        return ModificationEffective(
            effective_date=modification.signed_on + timedelta(row.days_after)
        )
    if modification.risk_accepted_on is None:
        because.rule("1/ADM-21", "not_accepted")
    else:
        because.row(row)
    return ModificationEffective(effective_date=modification.risk_accepted_on)


def _removal(modification: Modification, because: Because, settings: Settings) -> date:
    """The later of the date asked for and the reception; never before the reception (AMB-29)."""
    received, requested = modification.received_on, modification.requested_date
    if received is None:
        raise MissingFacts(["received_on"])
    if requested is None or requested <= received:
        because.rule("1/ADM-30", "earlier" if requested and requested < received else "received")
        return received
    because.setting("policy.removal_date")
    if settings("policy.removal_date") == "reception":
        because.rule("1/ADM-30", "received")
        return received
    because.rule("1/ADM-30", "later")
    return requested


class ChangeRequest(Struct):
    """A change of name, with its letter; or of premium type, with the ages."""

    change: Literal["legal_name", "premium_levelling"]
    letter_signed_by: Literal["policyholder", "insured", "payer", "advisor"] | None = None
    is_letter_dated: bool | None = None
    has_government_certificate: bool | None = None
    premium_type: Literal["attained_age", "level", "guaranteed_level"] | None = None
    issue_age_years: int | None = None
    current_age_years: int | None = None


class ChangeAnswer(Struct):
    """Whether the change may be made on this request, and what is missing."""

    is_accepted: bool
    missing: Given[frozenset[Literal["signed_letter", "letter_date", "name_change_certificate"]]]
    is_underwriting_required: Given[bool]
    rating_age_years: int | None = None


@decision("policy.change_request", rules=["1/ADM-27", "1/ADM-29"])
def change_request(request: ChangeRequest, tables: Tables, because: Because) -> ChangeAnswer:
    """Whether a request to change the name or the premium type is admissible and complete.

    Neither goes to underwriting. Levelled premiums are those of the present age.
    """
    if request.change == "premium_levelling":
        return _levelling(request, tables, because)
    checked = tables.name_change.check(request)
    if checked.missing and not checked.failed:
        raise MissingFacts(sorted(checked.missing))
    because.rows(checked.failed)
    if not checked.failed:
        because.rule("1/ADM-27", "complete")
    return ChangeAnswer(
        is_accepted=not checked.failed, missing=checked.reasons, is_underwriting_required=False
    )


def _levelling(request: ChangeRequest, tables: Tables, because: Because) -> ChangeAnswer:
    row = tables.premium_levelling.match(premium_type=request.premium_type)
    because.row(row)
    # Asked for by the policyholder; the guide wants no letter, so none given is no obstacle.
    is_from_policyholder = request.letter_signed_by in (None, "policyholder")
    if not is_from_policyholder:
        because.rule("1/ADM-29", "other_signature")
    is_accepted = row.may_be_levelled and is_from_policyholder
    if is_accepted and request.current_age_years is not None:
        because.rule("1/ADM-29", "present_age")
    return ChangeAnswer(
        is_accepted=is_accepted,
        missing=frozenset() if is_from_policyholder else frozenset({"signed_letter"}),
        is_underwriting_required=False,
        rating_age_years=request.current_age_years if is_accepted else None,
    )


class NewJob(Struct):
    """The occupational class of the new job against that of the policy."""

    class_comparison: Literal["better", "same", "worse"]


class NewJobAnswer(Struct):
    """Whether the insured must report it, whether it changes the class, whether it may be asked."""

    is_notification_required: bool
    does_class_change: bool
    may_request_class_change: Given[bool]


@decision("policy.occupation_change", rules=["1/ADM-31"])
def occupation_change(
    job: NewJob, tables: Tables, because: Because, settings: Settings
) -> NewJobAnswer:
    """What a change of job means for a policy in force.

    The class is protected once the policy is in force; a better one may be asked for.
    """
    row = tables.occupation_change.match(class_comparison=job.class_comparison)
    because.row(row)
    is_duty = False
    if row.may_request_class_change:
        because.setting("policy.better_class_reporting")
        is_duty = settings("policy.better_class_reporting") == "duty"
    return NewJobAnswer(
        is_notification_required=is_duty,
        does_class_change=row.does_class_change,
        may_request_class_change=row.may_request_class_change,
    )


class NonSmokerRequest(Struct):
    """An insured issued at smoker rates who has stopped. The amount is monthly for disability."""

    last_tobacco_use_on: date
    request_date: date
    line: Literal["disability", "life"]
    insured_amount: Money


class NonSmokerAnswer(Struct):
    """Whether enough time has passed, and whether a urine HIV test is needed."""

    is_time_condition_met: bool
    is_hiv_urine_test_required: Given[bool]


@decision("policy.non_smoker_change", rules=["1/ADM-28", "1/GLO-03"])
def non_smoker_change(
    request: NonSmokerRequest, tables: Tables, because: Because, settings: Settings
) -> NonSmokerAnswer:
    """Whether an insured issued at smoker rates meets the time condition for non-smoker rates, and the test needed.

    More than the months, so the anniversary itself is too early (AMB-30). Each line is tested
    against its own threshold (AMB-49).
    """
    figures = tables.non_smoker_figures
    anniversary = add_months(request.last_tobacco_use_on, figures.tobacco_free_months)
    is_met = request.request_date > anniversary
    because.parameter(figures, "tobacco_free_months", anniversary=anniversary)
    if request.request_date == anniversary:
        because.setting("policy.tobacco_free_anniversary")
        is_met = settings("policy.tobacco_free_anniversary") == "long_enough"
    because.rule("1/ADM-28", "time_met" if is_met else "time_not_met")
    threshold = tables.non_smoker_tests.match(line=request.line)
    is_tested = request.insured_amount > threshold.amount_above
    because.row(threshold)
    because.rule("1/ADM-28", "tested" if is_tested else "not_tested")
    return NonSmokerAnswer(is_time_condition_met=is_met, is_hiv_urine_test_required=is_tested)
