"""Whether an application has its compulsory attachment and its compulsory loan data.

Source: Guide du conseiller, Administration des contrats, sections 2 and 2.2 (ADM-02, ADM-05, ADM-06).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, MissingFacts, Struct, Tables, decision

type LoanItem = Literal[
    "mortgage_amount",
    "monthly_payment",
    "loan_term",
    "amortisation_period",
    "total_available_line",
    "desired_monthly_payment",
    "underwriting_requirements",
]
type Missing = Literal[
    "illustration_or_coverage_summary",
    "mortgage_amount",
    "monthly_payment",
    "loan_term",
    "amortisation_period",
    "total_available_line",
    "desired_monthly_payment",
    "underwriting_requirements",
]


class ApplicationPieces(Struct):
    """What is attached; for a mortgage plan, the kind of loan and the data supplied."""

    has_signed_dated_illustration: bool
    has_signed_dated_coverage_summary: bool
    loan_type: Literal["fixed_term", "open_line_of_credit"] | None = None
    loan_items: frozenset[LoanItem] | None = None


class Completeness(Struct):
    """Whether the application is complete on these points, and what is missing."""

    is_complete: bool
    missing: Given[frozenset[Missing]]


@decision("application.completeness", rules=["1/ADM-02", "1/ADM-05", "1/ADM-06"])
def completeness(pieces: ApplicationPieces, tables: Tables, because: Because) -> Completeness:
    """Whether an application has its compulsory attachment and, for a mortgage plan, its compulsory loan data.

    Loan data belong to a mortgage plan: given without the kind of loan, that kind is not known.
    """
    missing: set[Missing] = set()
    if pieces.has_signed_dated_illustration or pieces.has_signed_dated_coverage_summary:
        because.rule("1/ADM-02", "attached")
    else:
        because.rule("1/ADM-02", "not_attached")
        missing.add("illustration_or_coverage_summary")
    missing |= _missing_loan_items(pieces, tables, because)
    return Completeness(is_complete=not missing, missing=frozenset(missing))


def _missing_loan_items(
    pieces: ApplicationPieces, tables: Tables, because: Because
) -> frozenset[LoanItem]:
    if pieces.loan_type is None:
        if pieces.loan_items:
            raise MissingFacts(["loan_type"])
        return frozenset()
    if pieces.loan_items is None:
        raise MissingFacts(["loan_items"])
    row = tables.loan_items.match(loan_type=pieces.loan_type)
    missing: frozenset[LoanItem] = row.items - pieces.loan_items
    because.row(row)
    if missing:
        because.rule(row.rule, "missing_items", items=missing)
    return missing
