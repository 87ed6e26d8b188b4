"""Effective dates moved back or ahead."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

REFERENCE = date(2026, 8, 15)


def backdated(requested, *, reference=REFERENCE, settings=None, **more):
    facts = {
        "coverage_family": "life",
        "reference_date": reference,
        "issue_date": date(2026, 8, 20),
        "requested_effective_date": requested,
        "purpose": "preserve_issue_age",
        "is_eligible_at_reference_date": True,
        "has_exceptional_approval": False,
    }
    return decide("policy.backdating", facts | more, settings=settings)


@pytest.mark.rule("1/ADM-45")
@pytest.mark.rule("3/GLO-01")
@each("family", ["life", "disability", "health"])
@each(
    ("requested", "reason"),
    [
        (date(2026, 8, 14), None),
        (date(2026, 5, 16), None),
        (date(2026, 5, 15), None),
        (date(2026, 5, 14), "exceeds_limit"),
    ],
)
def test_goes_back_three_calendar_months(family, requested, reason):
    outcome = backdated(requested, coverage_family=family).outcome

    assert (outcome.is_allowed, outcome.refusal_reason) == (reason is None, reason)
    assert outcome.is_endorsement_required is False
    assert outcome.cancer_moratorium_starts_on is None


@pytest.mark.rule("1/AMB-12")
@each(
    ("reference", "earliest"),
    [
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2028, 5, 31), date(2028, 2, 29)),
        (date(2026, 1, 15), date(2025, 10, 15)),
    ],
)
def test_ends_a_short_month_on_its_last_day(reference, earliest):
    assert backdated(earliest, reference=reference).outcome.is_allowed is True
    assert (
        backdated(earliest - timedelta(1), reference=reference).outcome.refusal_reason
        == "exceeds_limit"
    )


@pytest.mark.rule("1/AMB-12")
@each(("family", "days"), [("life", 90), ("long_term_care", 60)])
def test_counts_30_days_a_month_where_the_carrier_reads_it_so(family, days):
    choice = {"policy.backdating_months": "thirty_day_months"}
    earliest = REFERENCE - timedelta(days)

    assert backdated(earliest, coverage_family=family, settings=choice).outcome.is_allowed
    refused = backdated(earliest - timedelta(1), coverage_family=family, settings=choice)
    assert refused.outcome.refusal_reason == "exceeds_limit"


@pytest.mark.rule("1/AMB-10")
@each(
    ("choice", "requested", "expected"),
    [
        ("own_limit", date(2026, 6, 15), True),
        ("own_limit", date(2026, 6, 14), False),
        ("three_months_for_all", date(2026, 5, 15), True),
        ("three_months_for_all", date(2026, 5, 14), False),
    ],
)
def test_goes_back_two_months_for_long_term_care(choice, requested, expected):
    answer = backdated(
        requested,
        coverage_family="long_term_care",
        settings={"policy.backdating_long_term_care": choice},
    )

    assert answer.outcome.is_allowed is expected


@pytest.mark.rule("1/ADM-46")
@each(
    ("requested", "has_approval", "reason"),
    [
        (date(2026, 5, 15), True, None),
        (date(2026, 5, 15), False, "exceptional_only"),
        (date(2026, 5, 14), True, "exceeds_limit"),
        (date(2026, 5, 14), False, "exceeds_limit"),
    ],
)
def test_backdates_critical_illness_with_approval_and_an_endorsement(
    requested, has_approval, reason
):
    outcome = backdated(
        requested, coverage_family="critical_illness", has_exceptional_approval=has_approval
    ).outcome

    assert outcome.refusal_reason == reason
    assert outcome.is_endorsement_required is (reason is None)
    moratorium = None if reason else date(2026, 8, 20)
    assert outcome.cancer_moratorium_starts_on == moratorium


@pytest.mark.rule("1/GLO-02")
@each(
    ("purpose", "is_eligible", "reason"),
    [
        ("preserve_issue_age", False, "cannot_create_eligibility"),
        ("gain_eligibility", True, "cannot_create_eligibility"),
        ("align_payment_date", True, "purpose_not_permitted"),
        ("align_payment_date", False, "cannot_create_eligibility"),
        ("other", True, "purpose_not_permitted"),
    ],
)
def test_keeps_an_age_and_never_makes_anybody_eligible(purpose, is_eligible, reason):
    outcome = backdated(
        date(2026, 8, 1), purpose=purpose, is_eligible_at_reference_date=is_eligible
    ).outcome

    assert (outcome.is_allowed, outcome.refusal_reason) == (False, reason)


@pytest.mark.rule("1/AMB-13")
@each("purpose", ["align_payment_date", "other"])
def test_permits_convenience_where_the_carrier_does(purpose):
    choice = {"policy.backdating_purpose": "also_convenience"}

    assert backdated(date(2026, 8, 1), purpose=purpose, settings=choice).outcome.is_allowed is True
    refused = backdated(date(2026, 8, 1), purpose="gain_eligibility", settings=choice).outcome
    assert refused.refusal_reason == "cannot_create_eligibility"


def test_says_every_obstacle_the_weightiest_first():
    answer = decide(
        "policy.backdating",
        {
            "coverage_family": "critical_illness",
            "reference_date": REFERENCE,
            "issue_date": REFERENCE,
            "requested_effective_date": date(2025, 1, 1),
            "purpose": "other",
            "is_eligible_at_reference_date": True,
            "has_exceptional_approval": False,
        },
        language="en",
    )

    assert answer.outcome.refusal_reason == "purpose_not_permitted"
    said = [reason.text for reason in answer.because]
    assert "A contract is backdated only to keep the issue age." in said
    assert "The date asked for (January 1, 2025) is before that limit." in said
    assert "The insurer has given no exceptional approval." in said


@each(("days", "expected"), [(0, True), (1, False)])
def test_moves_nothing_back_from_the_reference_date_on(days, expected):
    outcome = backdated(REFERENCE + timedelta(days), coverage_family="critical_illness").outcome

    assert (outcome.is_allowed, outcome.refusal_reason) == (expected, None)
    assert outcome.cancer_moratorium_starts_on is None


ACCEPTED = date(2026, 2, 25)


def redated(signed, named=None, *, reading="before_signature"):
    """Days are counted from the acceptance."""
    days = {"good_health_declaration_signed_on": signed, "requested_effective_date": named}
    return decide(
        "policy.redating",
        {"underwriting_accepted_on": ACCEPTED, "requested_on": ACCEPTED + timedelta(9)}
        | {name: None if n is None else ACCEPTED + timedelta(n) for name, n in days.items()},
        settings={"policy.redating_named_date": reading},
    ).outcome


@pytest.mark.rule("1/ADM-44")
@pytest.mark.rule("1/GLO-37")
@pytest.mark.rule("3/GLO-22")
@each(
    ("signed", "named", "is_allowed", "effective"),
    [
        (None, None, False, 0),
        (None, 3, False, 0),
        (3, None, True, 3),
        (7, None, True, 7),
        (8, None, False, 0),
        (0, None, False, 0),
        (-2, None, False, 0),
        (5, 4, True, 4),
        (5, 5, False, None),
        (5, 6, False, None),
        (9, 7, True, 7),
        (9, 8, False, None),
        (5, -1, False, None),
        (5, 0, False, 0),
    ],
)
def test_moves_ahead_to_the_signature_or_before_it(signed, named, is_allowed, effective):
    outcome = redated(signed, named)

    assert outcome.is_allowed is is_allowed
    assert outcome.effective_date == (
        None if effective is None else ACCEPTED + timedelta(effective)
    )


@pytest.mark.rule("1/AMB-11")
@each(
    ("signed", "named", "is_allowed", "effective"),
    [
        (8, None, True, 8),
        (5, 5, True, 5),
        (5, 12, True, 12),
        (5, 13, False, None),
        (5, -1, False, None),
        (None, 3, False, 0),
    ],
)
def test_may_follow_the_signature_where_the_carrier_reads_it_so(
    signed, named, is_allowed, effective
):
    outcome = redated(signed, named, reading="up_to_7_days_after_it")

    assert outcome.is_allowed is is_allowed
    assert outcome.effective_date == (
        None if effective is None else ACCEPTED + timedelta(effective)
    )
