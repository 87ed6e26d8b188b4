"""Facts for the decisions that are measured: made up, different each time, as JSON gives them.

Amounts are mostly round, as people ask for them, and some are not; one person in ten is granted a part.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.zen_models import REQUIREMENTS, UPLIFT, tables_by_coverage

type Facts = dict[str, Any]

MONTHLY = (
    "disability_sickness", "overhead_expense", "mortgage_disability", "disability_hybrid",
    "facility_care", "out_of_facility_care",
)  # fmt: skip
COVERAGES = [coverage for _, coverages in tables_by_coverage() for coverage in coverages]
NUMBERS = (
    "requested_amount", "overhead_amount", "granted_amount", "amount", "years_in_field",
    "share_percent", "net_income_by_year", "gross_income_by_year", "business_expenses_by_year",
    "company_profit_by_year", "employment_income_by_year",
)  # fmt: skip


def facts_for(decision: str, count: int, seed: int) -> list[Facts]:
    """`count` cases of a decision; the same for the same seed."""
    chance = Random(seed)
    make = {REQUIREMENTS: applicant, UPLIFT: earner}[decision]
    return [make(chance) for _ in range(count)]


def applicant(chance: Random) -> Facts:
    """Somebody who applies for a coverage at an age between a day and 79 years."""
    coverage = chance.choice(COVERAGES)
    most = 12_000 if coverage in MONTHLY else 1_200_000
    subscribed = date(2025, 1, 1) + timedelta(chance.randrange(365))
    facts = {
        "coverage": coverage,
        "sex": chance.choice(("female", "male")),
        "birth_date": (subscribed - timedelta(chance.randrange(1, 80 * 365))).isoformat(),
        "subscription_date": subscribed.isoformat(),
        "requested_amount": amount(chance, most),
    }
    if chance.random() < 0.5:
        facts["in_force_coverage"] = [
            {
                "amount": amount(chance, most // 4),
                "in_force_since": (subscribed - timedelta(chance.randrange(800))).isoformat(),
            }
            for _ in range(chance.choice((1, 1, 2)))
        ]
    if coverage == "disability_sickness" and chance.random() < 0.3:
        facts["overhead_amount"] = amount(chance, 3_000)
    if chance.random() < 0.1:
        facts["granted_amount"] = amount(chance, most)
    return facts


def earner(chance: Random) -> Facts:
    """Somebody with a business of any kind, whose two years are known; few have no uplift."""
    status = chance.choices(
        ("self_employed", "registered_business", "incorporated_owner", "salaried"), (6, 6, 12, 1)
    )[0]
    facts = {
        "employment_status": status,
        "occupational_class": chance.choices(("B", "A", "2A", "3A", "4A", "AO"), (6,) * 5 + (1,))[
            0
        ],
        "years_in_field": str(chance.randint(1, 20)),
        "has_two_years_of_returns_and_statements": chance.random() < 0.95,
        "gross_income_by_year": two_years(chance, 60_000, 300_000),
    }
    if status == "incorporated_owner":
        facts["company_profit_by_year"] = two_years(chance, -2_000, 200_000)
        facts["share_percent"] = str(chance.choice((15, 20, 25, 50, 100)))
        facts["shareholder_count"] = chance.randint(1, 5)
        facts["employment_income_by_year"] = two_years(chance, 0, 80_000)
    elif chance.random() < 0.5:
        facts["business_expenses_by_year"] = two_years(chance, 0, 59_000)
    else:
        facts["net_income_by_year"] = two_years(chance, -1_000, 150_000)
    return facts


def amount(chance: Random, most: int) -> str:
    """A round amount, or one to the cent."""
    if chance.random() < 0.3:
        return f"{chance.randint(50_000, most * 100) / 100:.2f}"
    return f"{chance.randrange(500, most, most // 200)}.00"


def two_years(chance: Random, least: int, most: int) -> list[str]:
    """An amount to the cent for each of two years."""
    return [f"{chance.randint(least * 100, most * 100) / 100:.2f}" for _ in range(2)]


def with_numbers(facts: Facts) -> Facts:
    """The same facts with amounts as numbers, as zen takes them."""
    return {name: _number(value) if name in NUMBERS else _inside(value)
            for name, value in facts.items()}  # fmt: skip


def _number(value: Any) -> Any:
    return [float(one) for one in value] if isinstance(value, list) else float(value)


def _inside(value: Any) -> Any:
    return [with_numbers(one) for one in value] if isinstance(value, list) else value
