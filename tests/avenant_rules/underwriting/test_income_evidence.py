"""Proof of income at issue: when, which papers, for which years."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

LAST, BEFORE = "last", "second_last"


def _is_complete(
    status: str,
    occupational_class: str,
    *proofs: tuple[str, str],
    settings: dict[str, str] | None = None,
) -> bool:
    answer = decide(
        "underwriting.income_evidence_documents",
        {
            "employment_status": status,
            "occupational_class": occupational_class,
            "provided": [{"document": one, "tax_year": year} for one, year in proofs],
        },
        settings=settings,
    )
    is_complete: bool = answer.outcome.is_complete
    return is_complete


def _both(document: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (document, LAST), (document, BEFORE)


@pytest.mark.rule("2/FIN-13")
@each(
    ("status", "benefit", "by_choice", "uplift", "is_required"),
    [
        ("salaried", "3499.00", False, False, False),
        ("salaried", "3499.99", False, False, False),
        ("salaried", "3500.00", False, False, True),
        ("salaried", "2000.00", True, False, True),
        ("salaried", "2000.00", False, True, False),
        ("self_employed", "3499.99", False, False, False),
        ("self_employed", "2000.00", False, True, True),
        ("self_employed", "2000.00", True, False, True),
        ("registered_business", "2000.00", False, False, False),
        ("registered_business", "2000.00", False, True, True),
        ("incorporated_owner", "2000.00", False, True, True),
        ("incorporated_owner", "3500.00", False, False, True),
    ],
)
def test_asks_for_evidence_as_the_table_prints(
    status: str, benefit: str, by_choice: bool, uplift: bool, is_required: bool
) -> None:
    answer = decide(
        "underwriting.income_evidence",
        employment_status=status,
        monthly_benefit=benefit,
        is_provided_by_choice=by_choice,
        is_income_uplift_used=uplift,
    )

    assert answer.outcome.is_required == is_required


@pytest.mark.rule("2/AMB-37")
@each(
    ("reading", "benefit", "is_required"),
    [
        ("first_column", "3499.01", False),
        ("next_column", "3499.01", True),
        ("next_column", "3499.00", False),
        ("next_column", "3498.99", False),
    ],
)
def test_reads_cents_between_the_columns_as_the_carrier_chose(
    reading: str, benefit: str, is_required: bool
) -> None:
    answer = decide(
        "underwriting.income_evidence",
        {
            "employment_status": "salaried",
            "monthly_benefit": benefit,
            "is_provided_by_choice": False,
            "is_income_uplift_used": False,
        },
        settings={"underwriting.income_evidence_cents": reading},
    )

    assert answer.outcome.is_required == is_required


@pytest.mark.rule("2/FIN-14")
@each(
    ("status", "proofs", "is_complete"),
    [
        ("salaried", [("t4", LAST)], True),
        ("salaried", [("t1_general", LAST)], True),
        ("salaried", [("t4", BEFORE)], False),
        ("salaried", [("t2125", LAST), ("financial_statements", LAST)], False),
        ("salaried", [], False),
        ("self_employed", [*_both("t1_general"), *_both("t2125")], True),
        ("registered_business", [*_both("t1_general"), *_both("financial_statements")], True),
        ("self_employed", [*_both("t1_general"), ("t2125", LAST)], False),
        ("self_employed", [("t1_general", LAST), *_both("t2125")], False),
        (
            "self_employed",
            [*_both("t1_general"), ("t2125", LAST), ("financial_statements", BEFORE)],
            False,
        ),
        ("incorporated_owner", [*_both("financial_statements"), ("t1_general", LAST)], True),
        ("incorporated_owner", [*_both("financial_statements"), ("t1_general", BEFORE)], False),
        ("incorporated_owner", [("financial_statements", LAST), ("t1_general", LAST)], False),
        ("incorporated_owner", [*_both("t2125"), ("t1_general", LAST)], False),
    ],
)
@each("occupational_class", ["A", "2A", "3A", "4A"])
def test_wants_the_papers_of_each_status(
    status: str, occupational_class: str, proofs: list[tuple[str, str]], is_complete: bool
) -> None:
    assert _is_complete(status, occupational_class, *proofs) == is_complete


@pytest.mark.rule("2/FIN-15")
@each(
    ("status", "proofs", "is_complete"),
    [
        ("salaried", [("t4", LAST)], False),
        ("salaried", [*_both("t4")], True),
        ("salaried", [("t4", LAST), ("t1_general", BEFORE)], True),
        ("self_employed", [*_both("t1_general"), *_both("t2125")], True),
        ("self_employed", [*_both("t1_general"), ("t2125", LAST)], False),
        ("incorporated_owner", [*_both("financial_statements"), *_both("t1_general")], True),
        ("incorporated_owner", [*_both("financial_statements"), ("t1_general", LAST)], False),
    ],
)
def test_wants_two_years_in_class_b(
    status: str, proofs: list[tuple[str, str]], is_complete: bool
) -> None:
    assert _is_complete(status, "B", *proofs) == is_complete


@pytest.mark.rule("2/AMB-40")
@each(("reading", "is_complete"), [("all_statuses", False), ("salaried_alone", True)])
def test_reads_the_column_of_class_b_as_the_carrier_chose(reading: str, is_complete: bool) -> None:
    found = _is_complete(
        "incorporated_owner",
        "B",
        *_both("financial_statements"),
        ("t1_general", LAST),
        settings={"underwriting.class_b_column": reading},
    )

    assert found == is_complete


@pytest.mark.rule("2/AMB-39")
@each(
    ("reading", "proofs", "is_complete"),
    [
        ("return_always", [*_both("financial_statements")], False),
        ("statements_instead", [*_both("financial_statements")], True),
        ("statements_instead", [("financial_statements", LAST)], False),
        ("statements_instead", [*_both("t1_general"), *_both("t2125")], True),
        ("statements_instead", [*_both("t2125")], False),
    ],
)
def test_groups_the_papers_of_the_self_employed_as_the_carrier_chose(
    reading: str, proofs: list[tuple[str, str]], is_complete: bool
) -> None:
    found = _is_complete(
        "self_employed", "A", *proofs, settings={"underwriting.self_employed_proofs": reading}
    )

    assert found == is_complete


def test_says_nothing_of_class_ao() -> None:
    with pytest.raises(CarrierDataMissingError):
        _is_complete("salaried", "AO", ("t4", LAST))


def test_names_every_paper_that_is_missing() -> None:
    answer = decide(
        "underwriting.income_evidence_documents",
        employment_status="self_employed",
        occupational_class="A",
        provided=[{"document": "t1_general", "tax_year": "last"}],
    )

    assert answer.because_in("en")[-1].text == (
        "Missing: T1 General of the year before and T2125 or financial statements of the last "
        "two years."
    )


@pytest.mark.rule("2/FIN-17")
@each(
    ("document", "benefit", "is_admissible"),
    [
        *[
            (one, "9000.00", True)
            for one in (
                "t1_general", "t2_general", "t2125", "t2042", "financial_statements", "t4", "t5",
            )
        ],
        ("quebec_notice_of_assessment", "3000.00", True),
        ("quebec_notice_of_assessment", "3000.01", False),
        ("cra_comparative_summary", "3000.00", True),
        ("cra_comparative_summary", "3000.01", False),
    ],
)  # fmt: skip
def test_takes_two_papers_for_small_benefits_alone(
    document: str, benefit: str, is_admissible: bool
) -> None:
    answer = decide("underwriting.income_document", document=document, monthly_benefit=benefit)

    assert answer.outcome.is_admissible == is_admissible


@pytest.mark.rule("2/FIN-18")
@each(
    ("has_insurance", "provided", "is_complete"),
    [
        (True, ["benefit_percentage", "taxable_status"], True),
        (True, ["exact_benefit_amount", "taxable_status"], True),
        (True, ["benefit_percentage", "exact_benefit_amount"], False),
        (True, ["taxable_status"], False),
        (True, [], False),
        (False, [], True),
    ],
)
def test_wants_the_benefit_and_its_tax_status(
    has_insurance: bool, provided: list[str], is_complete: bool
) -> None:
    answer: Any = decide(
        "underwriting.group_disability_information",
        has_group_disability_insurance=has_insurance,
        provided=provided,
    )

    assert answer.outcome.is_complete == is_complete


@pytest.mark.rule("2/AMB-38")
@each(
    ("status", "is_used", "reading", "is_required"),
    [
        ("self_employed", False, "who_uses_it", False),
        ("self_employed", True, "who_uses_it", True),
        ("self_employed", False, "whoever_could_use_it", True),
        ("incorporated_owner", False, "whoever_could_use_it", True),
        ("salaried", True, "whoever_could_use_it", False),
    ],
)
def test_asks_evidence_of_who_uses_the_uplift_or_of_who_could(
    status: str, is_used: bool, reading: str, is_required: bool
) -> None:
    outcome = decide(
        "underwriting.income_evidence",
        {
            "employment_status": status,
            "monthly_benefit": "1500.00",
            "is_provided_by_choice": False,
            "is_income_uplift_used": is_used,
        },
        settings={"underwriting.uplift_evidence": reading},
    ).outcome

    assert outcome.is_required is is_required


@pytest.mark.rule("2/FIN-13")
@each(
    ("status", "lines"),
    [
        ("salaried", "ligne 1, colonne 1"),
        ("self_employed", "lignes 2 et 3, colonne 1"),
        ("registered_business", "lignes 2 et 3, colonne 1"),
        ("incorporated_owner", "lignes 2 et 3, colonne 1"),
    ],
)
def test_cites_the_line_of_who_chooses_to_give_evidence(status: str, lines: str) -> None:
    reason = decide(
        "underwriting.income_evidence",
        employment_status=status,
        monthly_benefit="1500.00",
        is_provided_by_choice=True,
        is_income_uplift_used=False,
    ).because[0]

    assert reason.source.endswith(lines)


@pytest.mark.rule("2/FIN-14", "2/FIN-15")
@each(
    ("status", "row"),
    [
        ("salaried", "salaried"),
        ("self_employed", "self_employed"),
        ("registered_business", "self_employed"),
        ("incorporated_owner", "incorporated"),
    ],
)
@each(
    ("occupational_class", "ending"),
    [("A", ""), ("2A", ""), ("3A", ""), ("4A", ""), ("B", "_b")],
)
def test_reads_the_cell_of_the_status_and_class(
    status: str, row: str, occupational_class: str, ending: str
) -> None:
    answer = decide(
        "underwriting.income_evidence_documents",
        employment_status=status,
        occupational_class=occupational_class,
        provided=[],
    )

    assert f"{row}{ending}" in [reason.row for reason in answer.because]
    assert answer.outcome.is_complete is False
