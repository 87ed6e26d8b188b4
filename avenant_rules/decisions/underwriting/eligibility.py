"""Who may apply: conditions for disability insurance, for its rider, and for newcomers.

Source: Guide du conseiller, Sélection des risques, sections 2.1 and 2.3 (ELIG-02 to ELIG-08, ELIG-12
to ELIG-14), read with the notes AMB-01 to AMB-04, AMB-08 and AMB-09. The facts are those of the person
to be insured (AMB-02).
"""

from datetime import date
from typing import Literal

from avenant_rules.dates import add_years
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import ResidencyStatus
from avenant_rules.values import Money, Quantity

type DisabilityCondition = Literal[
    "permanent_resident", "valid_sin", "provincial_plan", "hospitalised_or_disabled",
    "work_hours", "work_months", "minimum_benefit", "maternity_leave",
]  # fmt: skip
type RiderCondition = Literal["years_in_current_job", "stable_history", "surcharge"]
type NewcomerCondition = Literal[
    "status", "valid_sin", "language", "provincial_plan", "work_hours", "work_months",
    "canadian_income",
]  # fmt: skip
type NewcomerDocument = Literal[
    "paramedical_questionnaire_or_medical_exam", "blood_profile_with_hepatitis_b_and_c",
    "foreign_travel_questionnaire",
]  # fmt: skip


class DisabilityApplicant(Struct):
    """The person to be insured, on the effective date of the contract.

    `is_on_maternity_leave`: not yet back at work full time.
    """

    residency_status: ResidencyStatus
    has_valid_sin: bool
    has_provincial_health_plan: bool
    has_provincial_hospital_plan: bool
    is_hospitalised_on_effective_date: bool
    is_disabled_on_effective_date: bool
    hours_per_week: Quantity
    months_per_year: int
    monthly_benefit: Money
    is_on_maternity_leave: bool


class DisabilityEligibility(Struct):
    """Every condition that is not met, not the first alone."""

    is_eligible: bool
    failed_conditions: frozenset[DisabilityCondition]


class RiderApplicant(Struct):
    """Work behind the rider; no `years_in_same_trade` means no more than in the current job."""

    years_in_current_job: Quantity
    years_in_same_trade: Quantity | None = None
    has_stable_history: bool
    base_decision: Literal["standard", "exclusion", "surcharge", "surcharge_and_exclusion"]


class RiderOffer(Struct):
    """Every condition that is not met."""

    is_offered: bool
    failed_conditions: frozenset[RiderCondition]


class Newcomer(Struct):
    """Somebody who came from abroad, on the day of the application."""

    residency_status: ResidencyStatus
    has_valid_sin: bool
    speaks_french_or_english: bool
    has_provincial_health_plan: bool
    has_provincial_hospital_plan: bool
    hours_per_week: Quantity
    months_per_year: int
    has_canadian_income: bool
    resident_since: date
    landed_on: date
    application_date: date


class NewcomerEligibility(Struct):
    """Every condition that is not met; the extra documents do not depend on them."""

    is_eligible: bool
    failed_conditions: frozenset[NewcomerCondition]
    additional_documents: Given[frozenset[NewcomerDocument]]


@decision(
    "underwriting.disability_eligibility",
    rules=["2/ELIG-02", "2/ELIG-03", "2/ELIG-04", "2/ELIG-05", "2/ELIG-06", "2/ELIG-08"],
)
def disability_eligibility(
    applicant: DisabilityApplicant, tables: Tables, because: Because, settings: Settings
) -> DisabilityEligibility:
    """Whether a person meets the conditions for disability insurance."""
    checked = tables.disability_eligibility.check(
        applicant, is_settled=_is_settled(applicant.residency_status, because, settings)
    )
    because.checks(checked)
    return DisabilityEligibility(is_eligible=not checked.failed, failed_conditions=checked.reasons)


@decision("underwriting.regular_occupation_rider", rules=["2/ELIG-07"])
def regular_occupation_rider(
    applicant: RiderApplicant, tables: Tables, because: Because, settings: Settings
) -> RiderOffer:
    """Whether the regular occupation rider is offered.

    Years count in the trade, whoever the employers were, or in the current job alone: AMB-03.
    """
    years = applicant.years_in_current_job
    if settings("underwriting.regular_occupation_years") == "same_trade":
        years = max(years, applicant.years_in_same_trade or years)
    if applicant.years_in_same_trade is not None:
        because.setting("underwriting.regular_occupation_years")
    checked = tables.regular_occupation_rider.check(applicant, years=years)
    because.checks(checked, years=years)
    return RiderOffer(is_offered=not checked.failed, failed_conditions=checked.reasons)


@decision("underwriting.newcomer_eligibility", rules=["2/ELIG-12", "2/ELIG-13", "2/ELIG-14"])
def newcomer_eligibility(
    person: Newcomer, tables: Tables, because: Because, settings: Settings
) -> NewcomerEligibility:
    """Whether a newcomer is admissible and what extra documents are needed.

    Who landed long ago is a newcomer no more (AMB-08): the status alone is then looked at. The
    conditions on work and income are those of income replacement.
    """
    checked = tables.newcomer_eligibility.check(
        person, is_settled=_is_settled(person.residency_status, because, settings)
    )
    failed = checked.failed
    if _is_newcomer(person, tables, because, settings):
        because.checks(checked)
    else:
        failed = tuple(row for row in failed if row.reason == "status")
        because.rows(failed)
    return NewcomerEligibility(
        is_eligible=not failed,
        failed_conditions=frozenset(row.reason for row in failed),
        additional_documents=_first_year_documents(person, tables, because, settings),
    )


def _is_settled(status: ResidencyStatus, because: Because, settings: Settings) -> bool:
    """Whether the person has settled in Canada for good: AMB-01 for citizens."""
    if status == "citizen":
        because.setting("underwriting.citizens")
        return settings("underwriting.citizens") == "admitted"
    return status == "permanent_resident"


def _is_newcomer(person: Newcomer, tables: Tables, because: Because, settings: Settings) -> bool:
    if settings("underwriting.newcomer") == "any_immigrant":
        return True
    years = tables.newcomer_figures.newcomer_years
    if person.application_date < add_years(person.landed_on, years):
        return True
    because.parameter(tables.newcomer_figures, "newcomer_years")
    because.setting("underwriting.newcomer")
    return False


def _first_year_documents(
    person: Newcomer, tables: Tables, because: Because, settings: Settings
) -> frozenset[NewcomerDocument]:
    """What is asked in the first year; on the anniversary itself nothing more."""
    figures = tables.newcomer_figures
    starts_with_landing = settings("underwriting.newcomer_first_year") == "landing"
    start = person.landed_on if starts_with_landing else person.resident_since
    if person.application_date >= add_years(start, figures.first_years):
        return frozenset()
    because.parameter(figures, "first_years", start=start)
    because.parameter(figures, "first_year_documents")
    if person.landed_on != person.resident_since:
        because.setting("underwriting.newcomer_first_year")
    documents: frozenset[NewcomerDocument] = figures.first_year_documents
    return documents
