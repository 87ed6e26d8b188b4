"""What a life claim pays: interest, tax slips, shares, and the suicide clause."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def interest(days: int, benefit: str, rate: str, **settings: str) -> Any:
    death = date(2025, 4, 5)
    return decide(
        "claims.life_interest",
        death_date=death,
        paid_on=death + timedelta(days),
        benefit=benefit,
        annual_rate_percent=rate,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome


@pytest.mark.rule("3/LIF-17")
@each(
    ("days", "is_due", "amount"),
    [(-1, False, "0.00"), (0, False, "0.00"), (29, False, "0.00"), (30, False, "0.00"),
     (31, True, "33.97"), (32, True, "35.07")],
)  # fmt: skip
def test_owes_interest_after_thirty_days_from_the_death_on(
    days: int, is_due: bool, amount: str
) -> None:
    outcome = interest(days, "20000.00", "2")

    assert (outcome.days, outcome.is_interest_due, outcome.interest) == (
        days,
        is_due,
        Decimal(amount),
    )


@pytest.mark.rule("3/LIF-18")
@each(
    ("benefit", "amount", "is_slip"),
    [("4999.49", "49.99", False), ("4999.50", "50.00", True), ("5000.00", "50.00", True)],
)
def test_issues_a_slip_from_fifty_dollars_of_interest(
    benefit: str, amount: str, is_slip: bool
) -> None:
    outcome = interest(365, benefit, "1")

    assert (outcome.interest, outcome.is_tax_slip_issued) == (Decimal(amount), is_slip)


@pytest.mark.rule("3/CAMB-20")
def test_computes_interest_either_way() -> None:
    later = interest(31, "20000.00", "2", interest_from="end_of_free_days")
    compound = interest(730, "10000.00", "2", interest_method="compound")
    simple = interest(730, "10000.00", "2")

    assert (later.interest, later.days) == (Decimal("1.10"), 31)
    assert (compound.interest, simple.interest) == (Decimal("404.00"), Decimal("400.00"))


def slips(total: str, *payees: str, **settings: str) -> list[str]:
    found: list[str] = decide(
        "claims.interest_tax_slips",
        interest_total=total,
        payees=list(payees),
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.slip_payees
    return found


@pytest.mark.rule("3/LIF-18")
@each(
    ("total", "payees", "receive"),
    [
        ("49.99", ["A"], []),
        ("50.00", ["A"], ["A"]),
        ("99.98", ["A", "B"], []),
        ("99.99", ["A", "B"], []),
        ("100.00", ["A", "B"], ["A", "B"]),
        ("149.99", ["A", "B", "C"], []),
        ("150.00", ["C", "B", "A"], ["A", "B", "C"]),
        ("100.00", ["A", "A"], ["A", "A"]),
    ],
)
def test_looks_at_fifty_dollars_share_by_share(
    total: str, payees: list[str], receive: list[str]
) -> None:
    assert slips(total, *payees) == receive


@pytest.mark.rule("3/CAMB-20")
@each(("reading", "receive"), [("per_payee", []), ("per_claim", ["A", "B"])])
def test_looks_at_the_threshold_either_way(reading: str, receive: list[str]) -> None:
    assert slips("60.00", "A", "B", slip_threshold=reading) == receive


def split(amount: str, *shares: str | None, **settings: str) -> Any:
    return decide(
        "claims.beneficiary_split",
        amount=amount,
        beneficiaries=[
            {"name": chr(ord("A") + place), "share_percent": share}
            for place, share in enumerate(shares)
        ],
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome


def parts(outcome: Any) -> list[str]:
    return [f"{one.amount:.2f}" for one in outcome.payments]


@pytest.mark.rule("3/LIF-16")
@each(
    ("amount", "shares", "expected"),
    [
        ("40000.00", [None] * 3, ["13333.34", "13333.33", "13333.33"]),
        ("100.00", [None] * 6, ["16.67"] * 4 + ["16.66"] * 2),
        ("0.01", [None, None], ["0.01", "0.00"]),
        ("40000.00", ["62.5", "37.5"], ["25000.00", "15000.00"]),
        ("100.00", ["33.33", "33.33", "33.34"], ["33.33", "33.33", "33.34"]),
        ("10.00", ["33.33", "33.33", "33.34"], ["3.33", "3.33", "3.34"]),
        ("0.05", ["50", "50"], ["0.03", "0.02"]),
        ("1000.00", ["100"], ["1000.00"]),
    ],
)
def test_adds_up_to_the_cent(amount: str, shares: list[str | None], expected: list[str]) -> None:
    outcome = split(amount, *shares)

    assert parts(outcome) == expected
    assert outcome.error is None


@pytest.mark.rule("3/LIF-16")
def test_adds_up_whatever_the_shares() -> None:
    random = Random("LIF-16")
    for _ in range(200):
        count = random.randint(1, 7)
        cuts = sorted(random.randint(0, 10_000) for _ in range(count - 1))
        shares = [
            str(Decimal(end - start).scaleb(-2))
            for start, end in zip([0, *cuts], [*cuts, 10_000], strict=True)
        ]
        amount = Decimal(random.randrange(10**9)).scaleb(-2)

        outcome = split(f"{amount:.2f}", *shares)

        assert sum(one.amount for one in outcome.payments) == amount


@pytest.mark.rule("3/LIF-16")
@each(
    "shares",
    [["50", "49.99"], ["50", "50.01"], ["50", None], [None, "99"], ["-10", "110"], []],
)
def test_stops_when_shares_do_not_total_a_hundred(shares: list[str | None]) -> None:
    outcome = split("40000.00", *shares)

    assert (outcome.payments, outcome.error) == (None, "shares_do_not_total_100")


@pytest.mark.rule("3/CAMB-21")
@each(
    ("reading", "expected"),
    [
        ("largest_fraction", ["33.00", "67.01"]),
        ("first_designated", ["33.01", "67.00"]),
    ],
)
def test_places_spare_cents_either_way(reading: str, expected: list[str]) -> None:
    assert parts(split("100.01", "33", "67", spare_cents=reading)) == expected


def suicide(effective: date, death: date, months: int | None, **settings: str) -> str:
    found: str = decide(
        "claims.suicide_exclusion",
        effective_date=effective,
        death_date=death,
        clause_months=months,
        was_of_sound_mind=False,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.decision
    return found


@pytest.mark.rule("3/LIF-26")
@each(
    ("months", "death", "expected"),
    [
        (24, date(2024, 3, 1), "excluded"),
        (24, date(2026, 2, 28), "excluded"),
        (24, date(2026, 3, 1), "not_excluded"),
        (12, date(2025, 2, 28), "excluded"),
        (12, date(2025, 3, 1), "not_excluded"),
        (None, date(2024, 3, 1), "manual_review"),
        (None, date(2044, 3, 1), "manual_review"),
    ],
)
def test_excludes_suicide_in_the_months_of_the_product(
    months: int | None, death: date, expected: str
) -> None:
    assert suicide(date(2024, 3, 1), death, months) == expected


@pytest.mark.rule("3/LIF-26")
def test_clamps_the_clause_to_the_end_of_february() -> None:
    assert suicide(date(2024, 2, 29), date(2025, 2, 27), 12) == "excluded"
    assert suicide(date(2024, 2, 29), date(2025, 2, 28), 12) == "not_excluded"


@pytest.mark.rule("3/LIF-26")
def test_does_not_look_at_the_state_of_mind() -> None:
    facts = {
        "effective_date": date(2024, 3, 1), "death_date": date(2024, 4, 1), "clause_months": 12,
    }  # fmt: skip

    for of_sound_mind in (True, False):
        outcome = decide(
            "claims.suicide_exclusion", facts | {"was_of_sound_mind": of_sound_mind}
        ).outcome
        assert outcome.decision == "excluded"


@pytest.mark.rule("3/CAMB-16")
@each(("reading", "expected"), [("manual_review", "manual_review"), ("longest", "excluded")])
def test_treats_a_missing_length_either_way(reading: str, expected: str) -> None:
    found = suicide(date(2024, 3, 1), date(2026, 2, 28), None, suicide_clause_missing=reading)

    assert found == expected


@pytest.mark.rule("3/LIF-16")
@each("amount", ["-0.01", "-100.01", "0.00", "0.01"])
def test_adds_up_an_amount_taken_back_too(amount: str) -> None:
    outcome = split(amount, None, None, None)

    assert sum(one.amount for one in outcome.payments) == Decimal(amount)
