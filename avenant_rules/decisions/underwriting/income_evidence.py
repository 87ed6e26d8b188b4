"""Proof of income at issue: whether it is needed, what makes it complete, which papers count.

Source: Guide du conseiller, Sélection des risques, section 5.2, Tableaux 5.2.1 and 5.2.2 (FIN-13 to
FIN-15, FIN-17, FIN-18), read with the notes AMB-37 to AMB-40.
"""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from avenant_rules.decision import Bag, Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import EmploymentStatus, OccupationalClass
from avenant_rules.tables import Row
from avenant_rules.values import Money

type Proof = Literal["t4", "t1_general", "t2125", "financial_statements"]
type TaxYear = Literal["last", "second_last"]
type Paper = Literal[
    "t1_general", "t2_general", "t2125", "t2042", "financial_statements", "t4", "t5",
    "quebec_notice_of_assessment", "cra_comparative_summary",
]  # fmt: skip
type GroupItem = Literal["benefit_percentage", "exact_benefit_amount", "taxable_status"]

YEARS: tuple[TaxYear, TaxYear] = ("last", "second_last")
DOLLAR = Decimal(1)


class EvidenceQuestion(Struct):
    """A request, and the two things that call for proof below the threshold."""

    employment_status: EmploymentStatus
    monthly_benefit: Money
    is_provided_by_choice: bool
    is_income_uplift_used: bool


class EvidenceAnswer(Struct):
    """Whether proof of income goes with the application."""

    is_required: bool


class ProvidedProof(Struct):
    """A paper for one tax year; `last` is the last completed one."""

    document: Proof
    tax_year: TaxYear


class ProvidedProofs(Struct):
    """What was provided, by whom."""

    employment_status: EmploymentStatus
    occupational_class: OccupationalClass
    provided: Bag[ProvidedProof]


class Completeness(Struct):
    """Whether nothing is missing."""

    is_complete: bool


class IncomePaper(Struct):
    """A kind of paper, for a benefit."""

    document: Paper
    monthly_benefit: Money


class PaperAnswer(Struct):
    """Whether it counts as proof of income."""

    is_admissible: bool


class GroupDisability(Struct):
    """Group disability insurance, and what was said about it."""

    has_group_disability_insurance: bool
    provided: frozenset[GroupItem]


@decision("underwriting.income_evidence", rules=["2/FIN-13"])
def income_evidence(
    question: EvidenceQuestion, tables: Tables, because: Because, settings: Settings
) -> EvidenceAnswer:
    """Whether evidence of income is required at issue.

    `monthly_benefit` is the cumulated amount; cents between the two printed columns stay in the
    first (AMB-37).
    """
    amount = question.monthly_benefit
    if amount != amount.to_integral_value():
        ceiling = amount.quantize(DOLLAR, ROUND_CEILING)
        if settings("underwriting.income_evidence_cents") == "next_column":
            amount = ceiling
        if ceiling == tables.income_evidence_figures.next_column_from:
            because.setting("underwriting.income_evidence_cents")
    row = tables.income_evidence.match(
        employment_status=question.employment_status,
        monthly_benefit=amount,
        is_provided_by_choice=question.is_provided_by_choice,
        is_income_uplift_used=_counts_as_uplift(question, settings),
    )
    because.row(row)
    if row.is_uplift_read and not question.is_income_uplift_used:
        because.setting("underwriting.uplift_evidence")
    return EvidenceAnswer(is_required=row.is_required)


@decision("underwriting.income_evidence_documents", rules=["2/FIN-14", "2/FIN-15"])
def income_evidence_documents(
    proofs: ProvidedProofs, tables: Tables, because: Because, settings: Settings
) -> Completeness:
    """Whether the documents provided make complete evidence of income.

    Class B asks every document for two years, whatever the status (AMB-40). The table says nothing
    of class AO.

    Raises:
        CarrierDataMissingError: the class is in no column of the table.
    """
    occupational_class = proofs.occupational_class
    if occupational_class == "B" and proofs.employment_status != "salaried":
        because.setting("underwriting.class_b_column")
        if settings("underwriting.class_b_column") == "salaried_alone":
            occupational_class = "A"
    row = tables.income_evidence_documents.match(
        employment_status=proofs.employment_status, occupational_class=occupational_class
    )
    because.row(row)
    missing = _missing_proofs(proofs, row, because, settings)
    if missing:
        because.rule("2/FIN-14", "missing", missing_proofs=missing)
    else:
        because.rule("2/FIN-14", "complete")
    return Completeness(is_complete=not missing)


@decision("underwriting.income_document", rules=["2/FIN-17"])
def income_document(paper: IncomePaper, tables: Tables, because: Because) -> PaperAnswer:
    """Whether a kind of document is admissible as evidence of income."""
    row = tables.income_papers.match(document=paper.document, monthly_benefit=paper.monthly_benefit)
    because.row(row)
    return PaperAnswer(is_admissible=row.is_admissible)


@decision("underwriting.group_disability_information", rules=["2/FIN-18"])
def group_disability_information(facts: GroupDisability, because: Because) -> Completeness:
    """Whether the information on group disability insurance is complete.

    The percentage or the exact benefit, and in any case whether the benefit is taxable.
    """
    if not facts.has_group_disability_insurance:
        because.rule("2/FIN-18", "none")
        return Completeness(is_complete=True)
    missing = []
    if not facts.provided & {"benefit_percentage", "exact_benefit_amount"}:
        missing.append("benefit_percentage_or_amount")
    if "taxable_status" not in facts.provided:
        missing.append("taxable_status")
    because.rule("2/FIN-18", "missing" if missing else "complete", missing_items=missing)
    return Completeness(is_complete=not missing)


def _counts_as_uplift(question: EvidenceQuestion, settings: Settings) -> bool:
    """Who is “eligible for the uplift”: who uses it, or whoever could (AMB-38)."""
    could_use_it = settings("underwriting.uplift_evidence") == "whoever_could_use_it"
    return question.is_income_uplift_used or could_use_it


def _missing_proofs(
    proofs: ProvidedProofs, row: Row, because: Because, settings: Settings
) -> list[str]:
    """What is still needed, in the order of the table: the paper, and its year where it matters."""
    provided = {(one.document, one.tax_year) for one in proofs.provided}

    def has(document: Proof, years: Iterable[TaxYear]) -> bool:
        return all((document, year) in provided for year in years)

    missing = [
        f"t4_or_t1_{year}"
        for year in YEARS[: row.pay_years]
        if not has("t4", [year]) and not has("t1_general", [year])
    ]
    missing += [f"t1_{year}" for year in YEARS[: row.return_years] if not has("t1_general", [year])]
    activity_years = YEARS[: row.activity_years]
    has_statements = has("financial_statements", activity_years)
    if not has("t2125", activity_years) and not has_statements:
        missing.append("t2125_or_statements")
    missing += [
        f"statements_{year}"
        for year in YEARS[: row.statement_years]
        if not has("financial_statements", [year])
    ]
    if missing and activity_years and has_statements:
        because.setting("underwriting.self_employed_proofs")
        if settings("underwriting.self_employed_proofs") == "statements_instead":
            return []
    return missing
