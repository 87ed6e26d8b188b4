"""What an initial disability claim comes with: its forms, and the proof of income.

Source: Guide du conseiller, Règlements – Assurance Invalidité, sections 2.1 and 2.2 (DIS-05,
DIS-06, DIS-08 to DIS-16), read with CAMB-25.
"""

from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, Given, Struct, Tables, decision
from avenant_rules.tables import Row
from avenant_rules.values import Money

type Copies = Annotated[int, msgspec.Meta(ge=0)]
type Form = Literal[
    "insured_statement", "authorisation", "physician_statement", "medical_record_copy",
    "employer_statement", "self_employed_statement", "job_description", "income_proof",
    "direct_deposit_request",
]  # fmt: skip
type Province = Literal[
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT",
]  # fmt: skip
type IncomeDocument = Literal[
    "federal_return_pages_1_4", "provincial_return_pages_1_4", "notices_of_assessment", "t2125",
    "company_financial_statements", "schedule_50",
]  # fmt: skip
type Substitute = Literal["government_attestation", "loan_statement"]


class Received(Struct):
    """How many copies came in, by form: signed, and dated where a date is asked."""

    insured_statement: Copies
    authorisation: Copies
    physician_statement: Copies
    medical_record_copy: Copies
    employer_statement: Copies
    self_employed_statement: Copies
    job_description: Copies
    income_proof: Copies
    direct_deposit_request: Copies


class FormSet(Struct):
    """What came in, and what decides which forms are due."""

    employer_count: Annotated[int, msgspec.Meta(ge=0)]
    is_self_employed: bool
    is_sole_shareholder: bool
    has_job_description: bool
    is_income_proof_required: bool
    received: Received


class FormCheck(Struct):
    """Whether everything is there; forms that are missing or too few."""

    is_complete: bool
    missing: frozenset[Form]


class IncomeProofCase(Struct):
    """What may exempt the insured from proving income with the first claim."""

    was_accepted_at_issue: bool
    was_insured_amount_raised: bool
    insured_amount: Money
    is_association_children_based: bool
    is_mortgage_related: bool
    is_only_premium_waiver: bool
    is_only_overhead: bool
    employment_status: Literal["salaried", "self_employed", "shareholder"]
    province: Province


class IncomeProof(Struct):
    """Whether proof is asked, what is due instead, and of what the proof is made."""

    requirement: Literal["yes", "no", "increase_only"]
    substitute_documents: Given[frozenset[Substitute]]
    income_documents: Given[frozenset[IncomeDocument]]


@decision(
    "claims.disability_forms",
    rules=["3/DIS-05", "3/DIS-06", "3/DIS-08", "3/DIS-09", "3/DIS-10", "3/DIS-11"],
)
def disability_forms(forms: FormSet, tables: Tables, because: Because) -> FormCheck:
    """Whether the forms of a disability claim are complete.

    The request for direct deposit is optional and never missing.
    """
    missing: set[Form] = set()
    for row in tables.claims_disability_forms.rows:
        wanted = _wanted(row, forms)
        came = getattr(forms.received, row.row)
        if came < wanted:
            missing.add(row.row)
            because.row(row, wanted=wanted, came=came)
    if not missing:
        because.rule("3/DIS-06", "complete")
    if "physician_statement" in missing:
        because.rule("3/DIS-05", "send_the_rest")
    return FormCheck(is_complete=not missing, missing=frozenset(missing))


def _wanted(row: Row, forms: FormSet) -> int:
    """How many copies of the form of this row are due in this claim."""
    if row.due == "for_each_employer":
        return int(row.copies) * forms.employer_count
    is_due = {
        "always": True,
        "on_own_account": forms.is_self_employed or forms.is_sole_shareholder,
        # The employer attaches it: without an employer nobody can.
        "where_described": forms.has_job_description and forms.employer_count > 0,
        "where_income_is_proven": forms.is_income_proof_required,
        "optional": False,
    }
    return int(row.copies) if is_due[row.due] else 0


@decision(
    "claims.income_proof",
    rules=["3/DIS-13", "3/DIS-14", "3/DIS-15", "3/DIS-16"],
)
def income_proof(case: IncomeProofCase, tables: Tables, because: Because) -> IncomeProof:
    """Proof of income due with an initial disability claim.

    Any one exemption is enough; what is due instead is due whenever its case is met, whatever else
    exempts. Proof accepted at issue leaves later increases of the insured amount to be justified.
    """
    figures = tables.claims_disability_figures
    exemptions = tables.claims_income_proof_exemptions.check(
        case, small_benefit_to=figures.small_benefit_to
    )
    instead: frozenset[Substitute] = frozenset(
        row.reason for row in exemptions.held if row.reason != "nothing_instead"
    )
    if exemptions.held:
        because.rows(
            exemptions.held,
            small_benefit_to=figures.small_benefit_to,
            small_benefit_months=figures.small_benefit_months,
        )
        return IncomeProof(
            requirement="no", substitute_documents=instead, income_documents=frozenset()
        )
    because.rule("3/DIS-13", "increase_only" if case.was_accepted_at_issue else "asked")
    row = tables.claims_income_documents.match(
        employment_status=case.employment_status, lives_in_quebec=case.province == "QC"
    )
    because.row(row)
    return IncomeProof(
        requirement="increase_only" if case.was_accepted_at_issue else "yes",
        substitute_documents=instead,
        income_documents=row.income_documents,
    )
