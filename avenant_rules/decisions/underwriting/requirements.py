"""What underwriting asks for before it can look at an application: interviews, tests, reports.

Source: Guide du conseiller, Sélection des risques, section 3.1 and Tableaux 3.1.1 to 3.1.7
(REQ-01 to REQ-18), read with the notes AMB-12 to AMB-25.
"""

from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from avenant_rules.dates import add_months, age_at
from avenant_rules.decision import Bag, Because, Given, Settings, Struct, Tables, decision
from avenant_rules.tables import Age, Row
from avenant_rules.values import Money

type Coverage = Literal[
    "disability_sickness", "overhead_expense", "mortgage_disability", "term_life_65",
    "mortgage_life", "critical_illness", "multiple_protection", "critical_illness_hybrid",
    "loss_of_autonomy_hybrid", "life_hybrid", "disability_hybrid", "facility_care",
    "out_of_facility_care", "hospitalisation_loss_of_autonomy",
]  # fmt: skip
type Requirement = Literal[
    "phone_interview", "personal_interview", "vital_signs", "urine_hiv", "blood_profile",
    "blood_profile_with_psa", "attending_physician_report", "regular_inspection_report",
    "extended_inspection_report", "financial_questionnaire", "lifestyle_questionnaire", "ecg",
    "stress_ecg", "chest_xray", "medical_exam",
]  # fmt: skip

HYBRID = ("critical_illness_hybrid", "loss_of_autonomy_hybrid")
CENT = Decimal("0.01")


class InForce(Struct):
    """Insurance in force with this carrier under the same requirement table."""

    amount: Money
    in_force_since: date


class Request(Struct):
    """A coverage applied for, for one person.

    `granted_amount`: the part granted without evidence under an association or SME offer.
    """

    coverage: Coverage
    sex: Literal["female", "male"]
    birth_date: date
    subscription_date: date
    requested_amount: Money
    overhead_amount: Money | None = None
    in_force_coverage: Bag[InForce] | None = None
    granted_amount: Money | None = None


class Requirements(Struct):
    """What is asked for; `requirements` is None when the printed table offers nothing (refer)."""

    attained_age_years: Given[int]
    amount_used: Money
    is_offered: bool
    requirements: frozenset[Requirement] | None
    additional_documents: Given[frozenset[Literal["business_expenses_questionnaire"]]]
    interview_respondent: Literal["policyholder", "insured"] | None = None
    issued_on_receipt_amount: Money | None = None
    excess_amount: Money | None = None


@decision(
    "underwriting.requirements",
    rules=[
        "2/REQ-01", "2/REQ-02", "2/REQ-04", "2/REQ-06", "2/REQ-07", "2/REQ-09", "2/REQ-10",
        "2/REQ-11", "2/REQ-12", "2/REQ-13", "2/REQ-14", "2/REQ-15", "2/REQ-16", "2/REQ-17",
        "2/REQ-18", "2/OVH-11", "2/ASC-04", "2/ASC-05", "2/PME-03", "2/PME-04",
    ],
)  # fmt: skip
def requirements(
    request: Request, tables: Tables, because: Because, settings: Settings
) -> Requirements:
    """Underwriting requirements for a coverage, age and amount.

    Reads the printed table with the attained age on the subscription date and the total amount;
    an age or amount without a cell offers nothing.
    """
    age = age_at(request.birth_date, request.subscription_date)
    amount = _amount_used(request, tables, because, settings)
    cell = _cell(request, tables, because, settings, age, amount)
    alone = _overhead_alone(request, tables, because, settings, age, cell)
    asked = None
    if not cell.is_outside:
        asked = alone | _resolved(request, cell, amount, tables, because, settings)
    granted, excess = _granted(request, because)
    return Requirements(
        attained_age_years=age.years,
        amount_used=amount.quantize(CENT, ROUND_HALF_UP),
        is_offered=asked is not None,
        requirements=asked,
        additional_documents=_documents(request, because),
        interview_respondent=_respondent(age.years, asked, tables, because),
        issued_on_receipt_amount=granted,
        excess_amount=excess,
    )


def _amount_used(request: Request, tables: Tables, because: Because, settings: Settings) -> Decimal:
    """The requested amount, what came into force lately, and part of the overhead.

    Exact: half a cent over a bound is over the bound.
    """
    amount: Decimal = request.requested_amount
    figures = tables.requirement_figures
    if request.in_force_coverage:
        counts_all = settings("underwriting.amount_basis") == "in_force_lately"
        since = add_months(request.subscription_date, -figures.counted_months)
        for one in request.in_force_coverage:
            if one.in_force_since <= request.subscription_date and (
                counts_all or one.in_force_since >= since
            ):
                amount += one.amount
        because.parameter(figures, "counted_months")
        because.setting("underwriting.amount_basis")
    if request.overhead_amount is not None and request.coverage == "disability_sickness":
        amount += request.overhead_amount * figures.overhead_percent / 100
        because.parameter(figures, "overhead_percent")
    return amount


def _cell(
    request: Request,
    tables: Tables,
    because: Because,
    settings: Settings,
    age: Age,
    amount: Decimal,
) -> Row:
    """The printed cell for this age and amount; between two bands, the next one (AMB-16)."""
    name = tables.requirement_tables.match(coverage=request.coverage).table
    figures = tables.requirement_figures
    if request.coverage in ("life_hybrid", "disability_hybrid"):
        bound = getattr(figures, f"lower_band_end_{request.coverage}")
        if amount == bound and settings("underwriting.round_figure") == "upper_band":
            amount += CENT
    dollars = amount.to_integral_value(ROUND_FLOOR)
    has_cents = amount != dollars
    if has_cents and settings("underwriting.cents_between_bands") == "truncated":
        amount = dollars
    cell: Row = tables.get(name).match(age=age, amount=amount)
    because.row(cell)
    if has_cents:
        because.setting("underwriting.cents_between_bands")
    return cell


def _overhead_alone(
    request: Request,
    tables: Tables,
    because: Because,
    settings: Settings,
    age: Age,
    cell: Row,
) -> frozenset[Requirement]:
    """What the overhead alone adds to the list; nothing but a warning where the carrier says so."""
    if not request.overhead_amount or request.coverage != "disability_sickness":
        return frozenset()
    alone = tables.requirements_3_1_1.match(age=age, amount=request.overhead_amount)
    if cell.is_outside or (not alone.is_outside and alone.value <= cell.value):
        return frozenset()
    because.rule("2/AMB-14")
    because.setting("underwriting.overhead_alone")
    if alone.is_outside or settings("underwriting.overhead_alone") == "warned_about":
        return frozenset()
    added: frozenset[Requirement] = alone.value
    return added


def _resolved(
    request: Request,
    cell: Row,
    amount: Decimal,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> frozenset[Requirement]:
    """The cell's list for this person: PSA for men, lifestyle for hybrids, extended inspection."""
    asked = set(cell.value)
    if "blood_profile_with_psa_for_men" in asked:
        asked.remove("blood_profile_with_psa_for_men")
        asked.add("blood_profile_with_psa" if request.sex == "male" else "blood_profile")
    if "lifestyle_questionnaire_for_hybrid" in asked:
        asked.remove("lifestyle_questionnaire_for_hybrid")
        if request.coverage in HYBRID:
            asked.add("lifestyle_questionnaire")
    if "blood_profile_printed_twice" in asked:
        asked.remove("blood_profile_printed_twice")
        if settings("underwriting.blood_profile_printed_twice") != "duplicate":
            asked.add("attending_physician_report")
        because.setting("underwriting.blood_profile_printed_twice")
    _inspect_otherwise(asked, cell, because, settings)
    if "medical_exam" in asked:
        because.setting("underwriting.interview_with_exam")
        if settings("underwriting.interview_with_exam") == "asked":
            asked.add("phone_interview")
    limit = tables.requirement_figures.extended_inspection_from
    if request.coverage == "disability_hybrid" and amount >= limit:
        if settings("underwriting.extended_inspection") == "replaces_regular":
            asked.discard("regular_inspection_report")
        asked.add("extended_inspection_report")
        because.rule("2/REQ-18", limit=limit)
        because.setting("underwriting.extended_inspection")
    return frozenset(asked)


def _inspect_otherwise(
    asked: set[Requirement], cell: Row, because: Because, settings: Settings
) -> None:
    """Where Tableau 3.1.4 prints a regular inspection beside extended ones: misprint or not."""
    if cell.table != "underwriting.requirements_3_1_4" or "regular_inspection_report" not in asked:
        return
    because.setting("underwriting.inspection_of_life_hybrids")
    if settings("underwriting.inspection_of_life_hybrids") == "extended_everywhere":
        asked.remove("regular_inspection_report")
        asked.add("extended_inspection_report")


def _documents(
    request: Request, because: Because
) -> frozenset[Literal["business_expenses_questionnaire"]]:
    if request.coverage == "overhead_expense" or (
        request.coverage == "disability_sickness" and request.overhead_amount
    ):
        because.rule("2/REQ-07")
        return frozenset({"business_expenses_questionnaire"})
    return frozenset()


def _respondent(
    age_years: int, asked: frozenset[Requirement] | None, tables: Tables, because: Because
) -> Literal["policyholder", "insured"] | None:
    if asked is None or "phone_interview" not in asked:
        return None
    if age_years > tables.requirement_figures.policyholder_interviewed_through_age:
        return "insured"
    because.rule(
        "2/REQ-04", through_age=tables.requirement_figures.policyholder_interviewed_through_age
    )
    return "policyholder"


def _granted(request: Request, because: Because) -> tuple[Decimal | None, Decimal | None]:
    """What is issued on receipt and what goes to underwriting; the table reads the total."""
    if request.granted_amount is None:
        return None, None
    because.rule("2/ASC-05")
    issued = min(request.granted_amount, request.requested_amount)
    return issued, request.requested_amount - issued
