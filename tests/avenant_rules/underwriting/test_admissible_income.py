"""Income that counts: sources, split income, dividends."""

from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

ITEMS = [
    "total_income", "income_after_split", "role_of_each_spouse", "spouse_duties_description",
    "business_financial_statements", "spouse_t4",
]  # fmt: skip
DIVIDENDS: dict[str, Any] = {
    "is_self_employed": True,
    "months_in_business": 12,
    "ownership_percent": "100",
    "is_business_profitable": True,
    "dividends": "30000.00",
    "business_net_income_before_tax": "40000.00",
}


@pytest.mark.rule("2/FIN-16")
@each(
    ("kind", "counted"),
    [
        ("salary", "100.01"),
        ("business_income", "100.01"),
        ("rent", "0.00"),
        ("interest", "0.00"),
        ("royalties", "0.00"),
        ("copyright", "0.00"),
        ("pension", "0.00"),
        ("annuity", "0.00"),
        ("profit_sharing_plan", "0.00"),
        ("deferred_compensation", "0.00"),
    ],
)
def test_counts_what_a_service_earned(kind: str, counted: str) -> None:
    answer = decide("underwriting.admissible_income", sources=[{"kind": kind, "amount": "100.01"}])

    assert answer.outcome.admissible_income == Decimal(counted)


def test_counts_nothing_without_sources_and_takes_a_loss_off() -> None:
    none = decide("underwriting.admissible_income", sources=[])
    loss = decide(
        "underwriting.admissible_income",
        sources=[
            {"kind": "salary", "amount": "50000.00"},
            {"kind": "business_income", "amount": "-2000.50"},
        ],
    )

    assert none.outcome.admissible_income == 0
    assert loss.outcome.admissible_income == Decimal("47999.50")


def test_says_each_source_and_the_total() -> None:
    answer = decide(
        "underwriting.admissible_income",
        sources=[{"kind": "salary", "amount": "60000.00"}, {"kind": "rent", "amount": "8000.00"}],
    )

    assert [reason.text for reason in answer.because_in("en")] == [
        "Salary, $60,000.00: counted, since received in return for a service rendered.",
        "Rent, $8,000.00: not counted.",
        "Admissible income: $60,000.00 a year.",
    ]


@pytest.mark.rule("2/FIN-26", "2/FIN-27")
@each("left_out", [None, *ITEMS])
@each("in_writing", [True, False])
def test_counts_the_spouse_only_when_written_and_complete(
    left_out: str | None, in_writing: bool
) -> None:
    outcome = decide(
        "underwriting.income_splitting",
        is_requested_in_writing=in_writing,
        items_provided=[item for item in ITEMS if item != left_out],
        applicant_income="50000.00",
        spouse_split_income="30000.01",
    ).outcome

    may_count = in_writing and left_out is None
    assert outcome.may_count_spouse_portion == may_count
    assert outcome.maximum_countable_income == Decimal("80000.01" if may_count else "50000.00")
    assert outcome.may_spouse_insure_split_income is False


@pytest.mark.rule("2/FIN-28", "2/FIN-29", "2/FIN-30")
@each(
    ("changed", "counted"),
    [
        ({}, "30000.00"),
        ({"is_self_employed": False}, "0.00"),
        ({"months_in_business": 11}, "0.00"),
        ({"ownership_percent": "99.99"}, "0.00"),
        ({"is_business_profitable": False}, "0.00"),
        ({"business_net_income_before_tax": "30000.00"}, "30000.00"),
        ({"business_net_income_before_tax": "29999.99"}, "29999.99"),
        ({"business_net_income_before_tax": "-1.00"}, "0.00"),
    ],
)
def test_counts_dividends_of_a_whole_profitable_business_up_to_its_net(
    changed: dict[str, Any], counted: str
) -> None:
    answer = decide("underwriting.dividend_income", DIVIDENDS | changed)

    assert answer.outcome.counted_dividends == Decimal(counted)


def test_names_every_condition_of_dividends_that_fails() -> None:
    answer = decide(
        "underwriting.dividend_income",
        DIVIDENDS | {"is_self_employed": False, "months_in_business": 0, "ownership_percent": "0"},
    )

    assert [reason.row for reason in answer.because] == [
        "self_employed", "months", "ownership", None,
    ]  # fmt: skip
