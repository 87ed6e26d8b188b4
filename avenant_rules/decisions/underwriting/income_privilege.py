"""The privilege of proving one's income at issue instead of at claim time, and its later review.

Source: Guide du conseiller, Sélection des risques, sections 5.2, 8 and 9 (FIN-08 to FIN-12, FIN-15,
ASC-12, PME-08), read with the notes AMB-36 and AMB-40.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from avenant_rules.dates import add_years
from avenant_rules.decision import Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import (
    BenefitPeriod,
    EmploymentStatus,
    OccupationalClass,
)
from avenant_rules.values import Money, Quantity

type Product = Literal["disability", "monthly_annuity", "express_monthly_annuity"]
type Condition = Literal[
    "product", "requested_at_initial_submission", "evidence_attached", "years_in_field",
    "minimum_benefit", "benefit_period",
]  # fmt: skip


class PrivilegeRequest(Struct):
    """What is applied for, and whether the proofs came with it."""

    product: Product
    is_requested_at_initial_submission: bool
    is_evidence_attached: bool
    employment_status: EmploymentStatus
    years_in_field: Quantity
    monthly_benefit: Money
    benefit_period: BenefitPeriod
    occupational_class: OccupationalClass
    programme: Literal["association", "sme"] | None = None


class Privilege(Struct):
    """Every condition that is not met; the monthly amount covered when all are."""

    is_available: bool
    failed_conditions: frozenset[Condition]
    covered_amount: Money | None = None


class ReviewRequest(Struct):
    """A request to look again, after the privilege was refused at issue."""

    contract_effective_date: date
    review_requested_on: date
    was_filed_at_initial_submission: bool


class ReviewAnswer(Struct):
    """Whether it may be looked at."""

    is_allowed: bool


@decision(
    "underwriting.income_proof_privilege",
    rules=[
        "2/FIN-08", "2/FIN-09", "2/FIN-11", "2/FIN-12", "2/FIN-15", "2/ASC-12", "2/PME-08",
    ],
)  # fmt: skip
def income_proof_privilege(
    request: PrivilegeRequest, tables: Tables, because: Because, settings: Settings
) -> Privilege:
    """Whether the privilege of proving income at issue is available.

    A programme or plan opens it under the same conditions. In class B it covers the first part of
    the benefit; the rest is proved at claim time (AMB-40).
    """
    checked = tables.income_privilege.check(request)
    because.checks(checked)
    if checked.failed:
        return Privilege(is_available=False, failed_conditions=checked.reasons)
    if request.programme is not None:
        because.rule("2/FIN-12")
        because.rule("2/ASC-12" if request.programme == "association" else "2/PME-08")
    return Privilege(
        is_available=True,
        failed_conditions=frozenset(),
        covered_amount=_covered_amount(request, tables, because, settings),
    )


@decision("underwriting.income_proof_privilege_review", rules=["2/FIN-10"])
def income_proof_privilege_review(
    request: ReviewRequest, tables: Tables, because: Because, settings: Settings
) -> ReviewAnswer:
    """Whether the refusal of the privilege at issue may be reviewed.

    From the effective date to its second anniversary, that day included (AMB-36).
    """
    figures = tables.income_privilege_figures
    last_on = add_years(request.contract_effective_date, figures.review_years)
    is_last_day = request.review_requested_on == last_on
    if is_last_day:
        because.setting("underwriting.privilege_review_day")
    is_in_time = request.contract_effective_date <= request.review_requested_on <= last_on and (
        not is_last_day or settings("underwriting.privilege_review_day") == "included"
    )
    if not request.was_filed_at_initial_submission:
        because.rule("2/FIN-10", "not_filed")
    if request.was_filed_at_initial_submission or not is_in_time:
        because.parameter(figures, "review_years", last_on=last_on)
    return ReviewAnswer(is_allowed=is_in_time and request.was_filed_at_initial_submission)


def _covered_amount(
    request: PrivilegeRequest, tables: Tables, because: Because, settings: Settings
) -> Decimal:
    if request.occupational_class != "B":
        return request.monthly_benefit
    if request.employment_status != "salaried":
        because.setting("underwriting.class_b_column")
        if settings("underwriting.class_b_column") == "salaried_alone":
            return request.monthly_benefit
    because.parameter(tables.income_privilege_figures, "class_b_amount")
    first_part: Decimal = tables.income_privilege_figures.class_b_amount
    return min(request.monthly_benefit, first_part)
