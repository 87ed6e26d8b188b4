"""What a claim comes with, and by when."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def deadline(line: str, event: date, received: date, **settings: str) -> Any:
    return decide(
        "claims.submission_deadline",
        line=line,
        event_date=event,
        received_on=received,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome


@pytest.mark.rule("3/DIS-04")
@pytest.mark.rule("3/LIF-03")
@pytest.mark.rule("3/HLT-17")
@pytest.mark.rule("3/DEN-10")
@each(
    ("line", "event", "last", "is_refused"),
    [
        ("disability", date(2025, 3, 1), date(2025, 5, 30), False),
        ("disability", date(2023, 12, 1), date(2024, 2, 29), False),
        ("life", date(2023, 5, 20), date(2026, 5, 20), False),
        ("life", date(2024, 2, 29), date(2027, 2, 28), False),
        ("health", date(2024, 11, 5), date(2025, 11, 5), True),
        ("health", date(2024, 2, 29), date(2025, 2, 28), True),
        ("dental", date(2024, 3, 1), date(2025, 3, 1), True),
    ],
)
def test_counts_the_last_day_in_and_refuses_late_health_claims_alone(
    line: str, event: date, last: date, is_refused: bool
) -> None:
    in_time = deadline(line, event, last)
    late = deadline(line, event, last + timedelta(1))

    assert (in_time.last_day, in_time.is_in_time, in_time.is_refused) == (last, True, False)
    assert (late.last_day, late.is_in_time, late.is_refused) == (last, False, is_refused)
    assert deadline(line, event, last - timedelta(1)).is_in_time


@pytest.mark.rule("3/CAMB-13")
@pytest.mark.rule("3/CAMB-30")
@each(
    ("line", "setting", "reading", "is_refused"),
    [
        ("disability", "late_disability_proof", "person_decides", False),
        ("disability", "late_disability_proof", "refused", True),
        ("life", "late_disability_proof", "refused", False),
        ("life", "late_health_claim", "refused", False),
        ("dental", "late_health_claim", "refused", True),
        ("health", "late_health_claim", "person_decides", False),
    ],
)
def test_treats_lateness_either_way(
    line: str, setting: str, reading: str, is_refused: bool
) -> None:
    late = deadline(line, date(2024, 1, 1), date(2028, 1, 1), **{setting: reading})

    assert late.is_refused is is_refused


@pytest.mark.rule("3/CAMB-44")
@each(
    ("reading", "last"),
    [("anniversary_included", date(2025, 11, 5)), ("anniversary_excluded", date(2025, 11, 4))],
)
def test_takes_the_anniversary_either_way(reading: str, last: date) -> None:
    event = date(2024, 11, 5)

    assert deadline("health", event, event, last_day=reading).last_day == last
    assert deadline("disability", event, event, last_day=reading).last_day == date(2025, 2, 3)


NEEDED = {
    "insured_statement": 1, "authorisation": 6, "physician_statement": 1, "medical_record_copy": 1,
    "employer_statement": 1, "self_employed_statement": 0, "job_description": 0, "income_proof": 0,
    "direct_deposit_request": 0,
}  # fmt: skip


def missing(received: dict[str, int] | None = None, **facts: Any) -> frozenset[str]:
    known = {
        "employer_count": 1, "is_self_employed": False, "is_sole_shareholder": False,
        "has_job_description": False, "is_income_proof_required": False,
        "received": NEEDED | (received or {}),
    }  # fmt: skip
    outcome = decide("claims.disability_forms", known | facts).outcome
    assert outcome.is_complete is not bool(outcome.missing)
    found: frozenset[str] = outcome.missing
    return found


@pytest.mark.rule("3/DIS-06")
def test_is_complete_with_what_is_needed_and_no_direct_deposit_request() -> None:
    assert missing() == frozenset()


@pytest.mark.rule("3/DIS-06")
def test_names_everything_that_is_missing_at_once() -> None:
    nothing = dict.fromkeys(NEEDED, 0)

    everything = missing(
        nothing, is_self_employed=True, has_job_description=True, is_income_proof_required=True
    )

    assert everything == frozenset(NEEDED) - {"direct_deposit_request"}


@pytest.mark.rule("3/DIS-08")
@each(("count", "is_missing"), [(5, True), (6, False), (7, False)])
def test_asks_for_six_authorisations(count: int, is_missing: bool) -> None:
    assert ("authorisation" in missing({"authorisation": count})) is is_missing


@pytest.mark.rule("3/DIS-10")
@each(
    ("employers", "statements", "is_missing"),
    [(0, 0, False), (1, 0, True), (2, 1, True), (2, 2, False), (3, 4, False)],
)
def test_asks_each_employer_for_a_statement(
    employers: int, statements: int, is_missing: bool
) -> None:
    found = missing({"employer_statement": statements}, employer_count=employers)

    assert ("employer_statement" in found) is is_missing


@pytest.mark.rule("3/DIS-10")
@each(("employers", "copies", "is_missing"), [(1, 0, True), (1, 1, False), (0, 0, False)])
def test_asks_the_employer_for_the_job_description_that_exists(
    employers: int, copies: int, is_missing: bool
) -> None:
    found = missing({"job_description": copies}, employer_count=employers, has_job_description=True)

    assert ("job_description" in found) is is_missing


@pytest.mark.rule("3/DIS-11")
@each(("is_self_employed", "is_sole_shareholder"), list(product([True, False], repeat=2)))
def test_asks_who_is_on_their_own_account_for_their_own_statement(
    is_self_employed: bool, is_sole_shareholder: bool
) -> None:
    found = missing(is_self_employed=is_self_employed, is_sole_shareholder=is_sole_shareholder)

    assert ("self_employed_statement" in found) is (is_self_employed or is_sole_shareholder)


@pytest.mark.rule("3/DIS-05")
def test_advises_to_send_the_rest_when_the_physician_is_late() -> None:
    facts = {
        "employer_count": 0, "is_self_employed": False, "is_sole_shareholder": False,
        "has_job_description": False, "is_income_proof_required": False,
        "received": NEEDED | {"physician_statement": 0},
    }  # fmt: skip

    rules = [reason.rule for reason in decide("claims.disability_forms", facts).because]

    assert rules == ["3/DIS-09", "3/DIS-05"]


def proof(**facts: Any) -> Any:
    known = {
        "was_accepted_at_issue": False, "was_insured_amount_raised": False,
        "insured_amount": "2500.00", "is_association_children_based": False,
        "is_mortgage_related": False, "is_only_premium_waiver": False, "is_only_overhead": False,
        "employment_status": "salaried", "province": "ON",
    }  # fmt: skip
    return decide("claims.income_proof", known | facts)


@pytest.mark.rule("3/DIS-13")
@each(("amount", "requirement"), [("1199.99", "no"), ("1200.00", "no"), ("1200.01", "yes")])
def test_asks_for_no_proof_up_to_twelve_hundred_a_month(amount: str, requirement: str) -> None:
    assert proof(insured_amount=amount).outcome.requirement == requirement


@pytest.mark.rule("3/DIS-13")
@each(
    ("accepted", "raised", "requirement"),
    [
        (True, False, "no"),
        (True, True, "increase_only"),
        (False, True, "yes"),
        (False, False, "yes"),
    ],
)
def test_asks_to_justify_an_increase_after_a_proof_at_issue(
    accepted: bool, raised: bool, requirement: str
) -> None:
    outcome = proof(was_accepted_at_issue=accepted, was_insured_amount_raised=raised).outcome

    assert outcome.requirement == requirement
    assert bool(outcome.income_documents) is (requirement != "no")


@pytest.mark.rule("3/DIS-13")
@each(
    ("case", "instead"),
    [
        ("is_association_children_based", {"government_attestation"}),
        ("is_mortgage_related", {"loan_statement"}),
        ("is_only_premium_waiver", set()),
        ("is_only_overhead", set()),
    ],
)
def test_exempts_each_printed_case_even_after_an_increase(case: str, instead: set[str]) -> None:
    outcome = proof(
        was_accepted_at_issue=True, was_insured_amount_raised=True, **{case: True}
    ).outcome

    assert outcome.requirement == "no"
    assert outcome.substitute_documents == instead
    assert outcome.income_documents == frozenset()


@pytest.mark.rule("3/DIS-13")
def test_asks_for_every_substitute_whose_case_is_met_and_says_each_exemption() -> None:
    answer = proof(
        insured_amount="1000.00", is_association_children_based=True, is_mortgage_related=True
    )

    assert answer.outcome.substitute_documents == {"government_attestation", "loan_statement"}
    assert [reason.row for reason in answer.because] == [
        "small_benefit", "children_in_care", "mortgage",
    ]  # fmt: skip


@pytest.mark.rule("3/DIS-14")
@pytest.mark.rule("3/DIS-15")
@pytest.mark.rule("3/DIS-16")
@each(
    ("status", "more"),
    [
        ("salaried", set()),
        ("self_employed", {"t2125"}),
        ("shareholder", {"company_financial_statements", "schedule_50"}),
    ],
)
def test_lists_the_papers_of_each_status_and_the_provincial_return_in_quebec(
    status: str, more: set[str]
) -> None:
    base = {"federal_return_pages_1_4", "notices_of_assessment"} | more

    elsewhere = proof(employment_status=status, province="NB").outcome
    quebec = proof(employment_status=status, province="QC").outcome

    assert elsewhere.income_documents == base
    assert quebec.income_documents == base | {"provincial_return_pages_1_4"}
