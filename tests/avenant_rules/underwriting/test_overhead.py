"""Overhead expense: the highest amount, and the part of an expense that counts."""

from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

PLACE = [
    "rent", "mortgage_payments", "property_tax", "water_tax", "electricity", "heating",
    "landline_phone", "accounting_services", "maintenance_contract", "property_insurance",
]  # fmt: skip
EQUIPMENT = ["vehicle_insurance_premium", "licence_plates", "contract_parking", "equipment_rental"]
RUNNING = [
    "business_tax_and_permits", "postage", "communication_services", "laundry",
    "contractual_advertising", "professional_dues", "liability_insurance",
]  # fmt: skip
LEFT_OUT = [
    "income_tax", "fuel", "maintenance_and_repair", "driving_licence",
    "loan_part_covered_by_other_insurer", "expense_not_owed_before_disability",
    "overdue_invoices", "legal_fees", "moving_costs", "travel_costs", "entertainment",
    "cost_of_goods_sold", "professional_books", "materials_and_supplies",
    "insured_or_replacement_salary",
]  # fmt: skip


def _eligible(item: str, amount: str = "100.01", percent: str = "50", **more: Any) -> Decimal:
    answer = decide(
        "underwriting.overhead_expense",
        item=item,
        monthly_amount=amount,
        business_use_percent=percent,
        **more,
    )
    eligible: Decimal = answer.outcome.eligible_amount
    return eligible


@pytest.mark.rule("2/OVH-02", "2/OVH-03")
@each(
    ("occupational_class", "is_farmer", "amount", "expected"),
    [
        *[
            (one, False, amount, (amount != "6000.01", "6000.00"))
            for one in ("B", "A", "2A", "3A", "4A")
            for amount in ("0.00", "6000.00", "6000.01")
        ],
        ("AO", False, "0.00", (False, None)),
        ("AO", True, "100.00", (False, None)),
        ("B", True, "100.00", (False, None)),
        ("4A", True, "100.00", (False, None)),
    ],
)
def test_limits_overhead_by_class(
    occupational_class: str, is_farmer: bool, amount: str, expected: tuple[bool, str | None]
) -> None:
    outcome = decide(
        "underwriting.overhead_limit",
        occupational_class=occupational_class,
        is_farmer=is_farmer,
        monthly_amount=amount,
    ).outcome

    is_admissible, maximum = expected
    assert outcome.is_admissible is is_admissible
    assert outcome.maximum_monthly_amount == (None if maximum is None else Decimal(maximum))


@pytest.mark.rule("2/AMB-57")
@each(("reading", "is_admissible"), [("never", False), ("by_class", True)])
def test_reads_farmers_as_the_carrier_chose(reading: str, is_admissible: bool) -> None:
    answer = decide(
        "underwriting.overhead_limit",
        {"occupational_class": "A", "is_farmer": True, "monthly_amount": "6000.00"},
        settings={"underwriting.overhead_farmers": reading},
    )

    assert answer.outcome.is_admissible is is_admissible


@pytest.mark.rule("2/OVH-06", "2/OVH-07", "2/OVH-10")
@each("item", [*PLACE, *EQUIPMENT])
@each(
    ("percent", "eligible"),
    [("100", "100.01"), ("50", "50.01"), ("49.99", "49.99"), ("33.333", "33.34"), ("0", "0.00")],
)
def test_counts_place_and_equipment_in_proportion_to_their_use(
    item: str, percent: str, eligible: str
) -> None:
    assert _eligible(item, percent=percent) == Decimal(eligible)


@pytest.mark.rule("2/OVH-08")
@each("item", RUNNING)
def test_counts_running_costs_whole(item: str) -> None:
    assert _eligible(item) == Decimal("100.01")


@pytest.mark.rule("2/OVH-09")
@each("item", LEFT_OUT)
def test_leaves_out_what_the_table_leaves_out(item: str) -> None:
    assert _eligible(item) == 0


@pytest.mark.rule("2/OVH-08")
@each(("count", "eligible"), [(0, "100.01"), (5, "100.01"), (6, "0.00")])
def test_counts_salaries_of_a_small_business(count: int, eligible: str) -> None:
    assert _eligible("employee_salaries", employee_count=count) == Decimal(eligible)


@pytest.mark.rule("2/OVH-07")
@each(
    ("percent", "principal", "eligible"),
    [("100", "650.00", "250.01"), ("60", None, "150.01"), ("50", "0.00", "125.01")],
)
def test_counts_interest_and_depreciation_of_a_purchase(
    percent: str, principal: str | None, eligible: str
) -> None:
    found = _eligible(
        "equipment_purchase",
        amount="900.00",
        percent=percent,
        interest_amount="100.00",
        depreciation_amount="150.01",
        principal_amount=principal,
    )

    assert found == Decimal(eligible)


@each(
    ("item", "more", "unknown"),
    [
        ("employee_salaries", {}, {"employee_count"}),
        ("equipment_purchase", {}, {"interest_amount", "depreciation_amount"}),
        ("equipment_purchase", {"interest_amount": "1.00"}, {"depreciation_amount"}),
        ("equipment_purchase", {"depreciation_amount": "1.00"}, {"interest_amount"}),
    ],
)
def test_asks_for_what_the_expense_needs(
    item: str, more: dict[str, Any], unknown: set[str]
) -> None:
    answer = decide(
        "underwriting.overhead_expense",
        item=item,
        monthly_amount="1.00",
        business_use_percent="100",
        **more,
    )

    assert set(answer.unknown) == unknown


def test_says_the_proportion_and_the_rounding() -> None:
    answer = decide(
        "underwriting.overhead_expense",
        item="rent",
        monthly_amount="100.01",
        business_use_percent="50",
    )

    assert [reason.text for reason in answer.because_in("en")] == [
        "Rent: eligible for overhead expense.",
        "In the proportion used for the business: $100.01 × 50% = $50.01, to the cent.",
    ]
