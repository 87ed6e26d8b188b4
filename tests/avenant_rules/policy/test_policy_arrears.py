"""A premium that stays unpaid: its dates, and the state of the contract on any day."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

DUE = date(2026, 4, 1)


def status(days: int, *, paid: int | None = None, is_first: bool = False, **settings: str):
    """The answer on day `days`, with a payment on day `paid`."""
    return decide(
        "policy.arrears_status",
        {
            "premium_due_date": DUE,
            "as_of": DUE + timedelta(days),
            "is_first_premium": is_first,
            "paid_on": None if paid is None else DUE + timedelta(paid),
        },
        settings={f"policy.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/ADM-56")
@pytest.mark.rule("3/GLO-02")
@each(
    ("days", "expected", "may_refuse", "notice", "declaration"),
    [
        (-1, "in_force", False, False, "none"),
        (0, "grace", False, False, "none"),
        (30, "grace", False, False, "none"),
        (31, "notice", True, True, "none"),
        (45, "notice", True, True, "none"),
        (46, "cancelled", True, True, "short"),
        (90, "cancelled", True, True, "short"),
        (91, "cancelled", True, True, "full"),
    ],
)
def test_goes_from_grace_to_notice_to_cancelled(days, expected, may_refuse, notice, declaration):
    outcome = status(days).outcome

    assert outcome.status == expected
    assert outcome.days_since_premium_due == days
    assert outcome.may_refuse_claims is may_refuse
    assert outcome.was_notice_sent is notice
    assert outcome.health_declaration == declaration
    assert outcome.grace_days == 30
    assert outcome.termination_effective_date == (DUE if expected == "cancelled" else None)


@pytest.mark.rule("1/ADM-38")
@each(
    ("paid", "expected", "notice", "declaration"),
    [
        (-5, "in_force", False, "none"),
        (30, "in_force", False, "none"),
        (31, "in_force", True, "none"),
        (38, "in_force", True, "none"),
        (45, "in_force", True, "none"),
        (46, "cancelled", True, "short"),
        (91, "cancelled", True, "full"),
    ],
)
def test_keeps_the_contract_when_all_is_paid_before_the_notice_ends(
    paid, expected, notice, declaration
):
    outcome = status(100, paid=paid).outcome

    assert outcome.status == expected
    assert outcome.was_notice_sent is notice
    assert outcome.health_declaration == declaration
    assert outcome.may_refuse_claims is (expected == "cancelled")


def test_does_not_know_on_a_day_of_a_payment_made_later():
    outcome = status(40, paid=44).outcome

    assert (outcome.status, outcome.may_refuse_claims) == ("notice", True)


@pytest.mark.rule("1/ADM-37")
@each("days", [-1, 0, 1, 30, 60])
def test_gives_the_first_premium_no_grace(days):
    outcome = status(days, is_first=True).outcome

    assert (outcome.status, outcome.grace_days) == ("not_in_force", 0)
    assert (outcome.was_notice_sent, outcome.health_declaration) == (False, "none")
    assert outcome.may_refuse_claims is True
    assert outcome.termination_effective_date is None


def test_is_in_force_once_the_first_premium_is_paid():
    assert status(3, paid=2, is_first=True).outcome.status == "in_force"
    assert status(3, paid=4, is_first=True).outcome.status == "not_in_force"
    assert status(3, paid=3, is_first=True).outcome.may_refuse_claims is False


@pytest.mark.rule("1/GLO-21")
@pytest.mark.rule("1/AMB-01")
@each(("days", "expected"), [(30, "grace"), (31, "grace"), (45, "grace"), (46, "cancelled")])
def test_calls_all_45_days_grace_where_the_carrier_reads_the_glossary(days, expected):
    answer = status(days, grace_period="45_days")

    assert answer.outcome.status == expected
    assert answer.outcome.grace_days == 45
    assert answer.outcome.may_refuse_claims is (days >= 31)
    assert any(reason.resolution == "policy.grace_period=45_days" for reason in answer.because)


@pytest.mark.rule("1/AMB-02")
@each(("days", "expected"), [(45, "notice"), (46, "notice"), (47, "cancelled")])
def test_counts_the_notice_from_its_posting_where_the_carrier_reads_it_so(days, expected):
    assert status(days, notice_days_run="from_posting").outcome.status == expected


@pytest.mark.rule("1/ADM-42")
@each(
    ("posted", "last_day", "cancelled"),
    [
        (None, 45, 46),
        (20, 45, 46),
        (31, 45, 46),
        (32, 46, 47),
        (60, 74, 75),
    ],
)
def test_never_cancels_before_the_notice_has_run(posted, last_day, cancelled):
    outcome = decide(
        "policy.lapse_timeline",
        premium_due_date=DUE,
        notice_posted_on=None if posted is None else DUE + timedelta(posted),
    ).outcome

    assert outcome.notice_date == DUE + timedelta(31 if posted is None else posted)
    assert outcome.last_grace_day == DUE + timedelta(30)
    assert outcome.claims_refusable_from == DUE + timedelta(31)
    assert outcome.last_day_to_pay_without_declaration == DUE + timedelta(last_day)
    assert outcome.cancelled_on == DUE + timedelta(cancelled)
    assert outcome.termination_effective_date == DUE


@pytest.mark.rule("1/AMB-02")
@each(("posted", "cancelled"), [(None, 47), (31, 47), (40, 56)])
def test_gives_15_whole_days_from_posting_where_the_carrier_reads_it_so(posted, cancelled):
    outcome = decide(
        "policy.lapse_timeline",
        premium_due_date=DUE,
        notice_posted_on=None if posted is None else DUE + timedelta(posted),
        settings={"policy.notice_days_run": "from_posting"},
    ).outcome

    assert outcome.cancelled_on == DUE + timedelta(cancelled)


@pytest.mark.rule("1/ADM-56")
@each("days", range(-1, 100))
def test_agrees_with_the_timeline_day_by_day(days):
    timeline = decide("policy.lapse_timeline", premium_due_date=DUE).outcome
    outcome = status(days).outcome
    day = DUE + timedelta(days)

    assert (outcome.status == "cancelled") is (day >= timeline.cancelled_on)
    assert outcome.may_refuse_claims is (day >= timeline.claims_refusable_from)
    assert outcome.was_notice_sent is (day >= timeline.notice_date)


@pytest.mark.rule("1/AMB-06")
@each("days", [-1, 0, 29, 30, 31, 44, 45, 46, 89, 90, 91])
@each("paid", [None, -1, 0, 44, 45, 46])
def test_is_a_day_further_where_the_due_date_is_day_1(days, paid):
    day_1 = status(days, paid=paid, due_date_counts_as="day_1").outcome

    later = status(days + 1, paid=None if paid is None else paid + 1).outcome
    for field in ("status", "days_since_premium_due", "may_refuse_claims", "health_declaration"):
        assert getattr(day_1, field) == getattr(later, field), field
    assert day_1.termination_effective_date == later.termination_effective_date
