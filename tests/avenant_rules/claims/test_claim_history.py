"""What the medical history takes away, and when it is checked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

EFFECTIVE = date(2025, 2, 1)


def preexisting(line: str, event: date, *seen: date, **more: Any) -> tuple[bool, bool]:
    settings = more.pop("settings", None)
    facts = {
        "line": line,
        "is_issued_without_medical_evidence": True,
        "effective_date": EFFECTIVE,
        "event_date": event,
        "medical_events": [{"date": day, "is_same_condition": True} for day in seen],
    }
    outcome = decide("claims.preexisting_condition", facts | more, settings=settings).outcome
    return outcome.is_excluded, outcome.is_history_checked


@pytest.mark.rule("3/DIS-39")
@pytest.mark.rule("3/LIF-22")
@each("line", ["disability", "life"])
@each(
    ("event", "expected"),
    [
        (date(2025, 2, 1), (True, True)),
        (date(2026, 1, 31), (True, True)),
        (date(2026, 2, 1), (False, False)),
        (date(2026, 2, 2), (False, False)),
    ],
)
def test_excludes_in_the_first_twelve_months(
    line: str, event: date, expected: tuple[bool, bool]
) -> None:
    assert preexisting(line, event, date(2024, 10, 5)) == expected


@pytest.mark.rule("3/DIS-39")
@pytest.mark.rule("3/LIF-22")
@each("line", ["disability", "life"])
@each(
    ("seen", "is_excluded"),
    [
        (date(2024, 1, 31), False),
        (date(2024, 2, 1), True),
        (date(2025, 1, 31), True),
        (date(2025, 2, 1), False),
    ],
)
def test_looks_back_twelve_months_from_the_effective_date(
    line: str, seen: date, is_excluded: bool
) -> None:
    assert preexisting(line, date(2025, 9, 1), seen) == (is_excluded, True)


@pytest.mark.rule("3/DIS-40")
@pytest.mark.rule("3/LIF-23")
@each("line", ["disability", "life"])
def test_checks_the_history_even_when_nothing_is_excluded(line: str) -> None:
    other = [{"date": date(2024, 10, 5), "is_same_condition": False}]

    assert preexisting(line, date(2025, 9, 1)) == (False, True)
    assert preexisting(line, date(2025, 9, 1), medical_events=other) == (False, True)


@pytest.mark.rule("3/DIS-39")
def test_finds_the_condition_among_others_in_any_order() -> None:
    other = {"date": date(2024, 10, 6), "is_same_condition": False}
    same = {"date": date(2024, 10, 5), "is_same_condition": True}

    assert preexisting("life", date(2025, 9, 1), medical_events=[other, same])[0]
    assert preexisting("life", date(2025, 9, 1), medical_events=[same, other])[0]


@pytest.mark.rule("1/GLO-14")
def test_binds_only_contracts_issued_without_a_medical_exam() -> None:
    found = preexisting(
        "disability", date(2025, 9, 1), date(2024, 10, 5), is_issued_without_medical_evidence=False
    )

    assert found == (False, False)


@pytest.mark.rule("3/DIS-39")
def test_clamps_to_the_end_of_february() -> None:
    leap = {"effective_date": date(2024, 2, 29)}

    assert preexisting("disability", date(2025, 2, 27), date(2023, 2, 28), **leap)[0]
    assert not preexisting("disability", date(2025, 2, 28), date(2023, 2, 28), **leap)[0]
    assert not preexisting("disability", date(2025, 2, 27), date(2023, 2, 27), **leap)[0]


@pytest.mark.rule("3/CAMB-14")
@each(("reading", "is_excluded"), [("lifted", False), ("kept", True)])
def test_ends_the_life_clause_either_way(reading: str, is_excluded: bool) -> None:
    settings = {"claims.preexisting_after_period": reading}
    facts = (date(2026, 2, 1), date(2024, 10, 5))

    assert preexisting("life", *facts, settings=settings) == (is_excluded, False)
    assert preexisting("disability", *facts, settings=settings) == (False, False)


@pytest.mark.rule("3/DIS-41")
@pytest.mark.rule("3/LIF-24")
@pytest.mark.rule("3/GLO-05")
@pytest.mark.rule("1/GLO-30")
@each(
    ("effective", "event", "is_checked"),
    [
        (date(2023, 3, 10), date(2023, 3, 10), True),
        (date(2023, 3, 10), date(2025, 3, 9), True),
        (date(2023, 3, 10), date(2025, 3, 10), False),
        (date(2023, 3, 10), date(2025, 3, 11), False),
        (date(2024, 2, 29), date(2026, 2, 27), True),
        (date(2024, 2, 29), date(2026, 2, 28), False),
    ],
)
def test_checks_the_answers_for_two_years(effective: date, event: date, is_checked: bool) -> None:
    outcome = decide("claims.incontestability", effective_date=effective, event_date=event).outcome

    assert outcome.is_history_checked is is_checked


def layered(decision: str, **more: Any) -> Decimal:
    settings = more.pop("settings", None)
    facts = {
        "programme": "association", "granted_amount": "1500.00", "excess_amount": "500.00",
        "excess_decision": decision, "effective_date": date(2024, 1, 1),
        "event_date": date(2024, 9, 15), "is_for_excluded_condition": False,
        "was_treated_in_prior_12_months": False,
    }  # fmt: skip
    found: Decimal = decide(
        "claims.association_excess", facts | more, settings=settings
    ).outcome.payable_amount
    return found


@pytest.mark.rule("2/ASC-07")
@pytest.mark.rule("2/ASC-08")
@pytest.mark.rule("2/ASC-09")
@pytest.mark.rule("2/ASC-10")
@pytest.mark.rule("2/ASC-13")
@pytest.mark.rule("2/PME-06")
@pytest.mark.rule("3/DIS-57")
@pytest.mark.rule("1/GLO-24")
@each("programme", ["association", "sme"])
@each(
    ("decision", "is_excluded_condition", "was_treated", "first_year", "later"),
    [
        ("standard", False, False, "2000.00", "2000.00"),
        ("standard", True, True, "2000.00", "2000.00"),
        ("exclusion", True, False, "0.00", "1500.00"),
        ("exclusion", True, True, "0.00", "1500.00"),
        ("exclusion", False, True, "2000.00", "2000.00"),
        ("exclusion", False, False, "2000.00", "2000.00"),
        ("surcharge", False, True, "500.00", "2000.00"),
        ("surcharge", True, True, "500.00", "2000.00"),
        ("surcharge", False, False, "2000.00", "2000.00"),
        ("refused", False, True, "0.00", "1500.00"),
        ("refused", True, False, "1500.00", "1500.00"),
    ],
)
def test_pays_each_layer_as_underwriting_decided(
    programme: str,
    decision: str,
    is_excluded_condition: bool,
    was_treated: bool,
    first_year: str,
    later: str,
) -> None:
    facts = {
        "programme": programme,
        "is_for_excluded_condition": is_excluded_condition,
        "was_treated_in_prior_12_months": was_treated,
    }

    assert layered(decision, event_date=date(2024, 12, 31), **facts) == Decimal(first_year)
    assert layered(decision, event_date=date(2025, 1, 1), **facts) == Decimal(later)


@pytest.mark.rule("3/CAMB-36")
@each("decision", ["standard", "exclusion", "surcharge", "refused"])
def test_applies_the_clause_when_no_excess_was_asked_for(decision: str) -> None:
    treated = layered(decision, excess_amount="0.00", was_treated_in_prior_12_months=True)
    untreated = layered(decision, excess_amount="0.00")

    assert (treated, untreated) == (Decimal("0.00"), Decimal("1500.00"))


@pytest.mark.rule("2/AMB-60")
@each(("reading", "amount"), [("clause_applies", "0.00"), ("clause_lifted", "1500.00")])
def test_applies_the_clause_after_a_refusal_either_way(reading: str, amount: str) -> None:
    found = layered(
        "refused",
        was_treated_in_prior_12_months=True,
        settings={"claims.refused_excess": reading},
    )

    assert found == Decimal(amount)


@pytest.mark.rule("3/CAMB-36")
@each(("reading", "amount"), [("lifted", "2000.00"), ("binds_granted_amount", "500.00")])
@each("decision", ["standard", "exclusion"])
def test_checks_a_lifted_clause_either_way(decision: str, reading: str, amount: str) -> None:
    found = layered(
        decision,
        was_treated_in_prior_12_months=True,
        settings={"claims.lifted_clause": reading},
    )

    assert found == Decimal(amount)


@pytest.mark.rule("2/AMB-63")
@each(("reading", "amount"), [("after_the_exclusion", "1500.00"), ("in_the_exclusion", "0.00")])
def test_takes_the_first_anniversary_either_way(reading: str, amount: str) -> None:
    settings = {"claims.first_anniversary": reading}
    facts: dict[str, Any] = {"is_for_excluded_condition": True, "settings": settings}

    assert layered("exclusion", event_date=date(2025, 1, 1), **facts) == Decimal(amount)
    assert layered("exclusion", event_date=date(2025, 1, 2), **facts) == Decimal("1500.00")
