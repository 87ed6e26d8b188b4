"""What a reinstatement takes on each day, and when it goes through."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

DUE = date(2028, 1, 15)  # 29 February lies within the grace period


def asked(days: int):
    return decide(
        "policy.reinstatement_requirements",
        premium_due_date=DUE,
        request_date=DUE + timedelta(days),
    ).outcome


def outcome(
    days: int,
    *,
    paid: str = "100.00",
    declaration: str = "none",
    decided: str | None = None,
    **settings: str,
):
    return decide(
        "policy.reinstatement_outcome",
        premium_due_date=DUE,
        request_date=DUE + timedelta(days),
        sums_due=Decimal("100.00"),
        amount_paid=Decimal(paid),
        declaration_received=declaration,
        underwriting_decision=decided,
        settings={f"policy.{name}": value for name, value in settings.items()},
    ).outcome


@pytest.mark.rule("1/ADM-40")
@each(
    ("days", "period", "declaration"),
    [
        (-1, "grace", "none"),
        (0, "grace", "none"),
        (30, "grace", "none"),
        (31, "notice", "none"),
        (45, "notice", "none"),
        (46, "short_declaration", "short"),
        (90, "short_declaration", "short"),
        (91, "full_declaration", "full"),
        (2000, "full_declaration", "full"),
    ],
)
def test_asks_for_more_the_longer_the_premium_is_late(days, period, declaration):
    needed = asked(days)

    assert needed.days_since_premium_due == days
    assert needed.period == period
    assert needed.is_full_payment_required is True
    assert needed.health_declaration == declaration
    assert needed.is_policy_number_required is (declaration != "none")
    assert needed.is_underwriting_required is (days >= 46)


@pytest.mark.rule("1/ADM-39")
@each(
    ("days", "expected"), [(30, False), (31, True), (45, True), (46, True), (90, True), (91, True)]
)
def test_lets_the_insurer_refuse_claims_from_day_31(days, expected):
    assert asked(days).may_refuse_claims is expected


@pytest.mark.rule("1/ADM-40")
@each(
    ("days", "paid", "declaration", "missing"),
    [
        (0, "99.99", "none", {"payment_of_all_sums_due"}),
        (45, "100.00", "none", set()),
        (46, "100.00", "none", {"short_health_declaration"}),
        (90, "100.00", "short", set()),
        (90, "100.00", "full", set()),
        (91, "100.00", "short", {"full_health_declaration"}),
        (91, "0.00", "none", {"payment_of_all_sums_due", "full_health_declaration"}),
        (91, "100.01", "full", set()),
    ],
)
def test_names_everything_that_is_still_to_supply(days, paid, declaration, missing):
    given = outcome(days, paid=paid, declaration=declaration, decided="accepted")

    assert given.missing == missing
    assert given.is_reinstated is (not missing)


@pytest.mark.rule("1/ADM-41")
@each(
    ("days", "decided", "expected"),
    [
        (45, None, True),
        (46, None, False),
        (46, "declined", False),
        (46, "accepted", True),
        (91, "declined", False),
    ],
)
def test_awaits_underwriting_from_day_46(days, decided, expected):
    given = outcome(days, declaration="full", decided=decided)

    assert (given.is_reinstated, given.missing) == (expected, frozenset())


@pytest.mark.rule("1/AMB-08")
@each(("decided", "expected"), [(None, False), ("declined", False), ("accepted", True)])
def test_awaits_the_insurer_sooner_where_the_carrier_keeps_its_discretion(decided, expected):
    given = outcome(10, decided=decided, payment_within_45_days="insurer_may_refuse")

    assert given.is_reinstated is expected


@pytest.mark.rule("1/AMB-09")
def test_asks_the_pack_for_its_limit_where_the_carrier_has_one():
    assert outcome(3650, declaration="full", decided="accepted").is_reinstated is True
    with pytest.raises(CarrierDataMissingError):
        outcome(3650, declaration="full", reinstatement_limit="carrier_limit")
