"""Changes to a policy in force."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def effective(settings=None, **facts):
    return decide("policy.modification_effective_date", facts, settings=settings)


@pytest.mark.rule("1/ADM-21")
@each(
    ("signed", "expected"),
    [
        (date(2026, 2, 28), date(2026, 3, 1)),
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_changes_a_rapid_issue_coverage_the_day_after_the_signature(signed, expected):
    outcome = effective(
        change="coverage_change",
        issue_class="rapid_issue",
        signed_on=signed,
        risk_accepted_on=date(2020, 1, 1),
    ).outcome

    assert outcome.effective_date == expected


@pytest.mark.rule("1/ADM-21")
@each("accepted", [date(2026, 4, 22), date(2026, 3, 1), None])
def test_changes_an_underwritten_coverage_on_acceptance_or_not_at_all(accepted):
    outcome = effective(
        change="coverage_change",
        issue_class="underwritten",
        signed_on=date(2026, 4, 1),
        risk_accepted_on=accepted,
    ).outcome

    assert outcome.effective_date == accepted


@pytest.mark.rule("1/ADM-30")
@pytest.mark.rule("1/AMB-29")
@each(
    ("days", "reading", "expected"),
    [
        (-3, "later_of_both", 0),
        (0, "later_of_both", 0),
        (1, "later_of_both", 1),
        (None, "later_of_both", 0),
        (-3, "reception", 0),
        (1, "reception", 0),
    ],
)
def test_removes_a_coverage_never_before_the_reception(days, reading, expected):
    received = date(2026, 3, 4)

    outcome = effective(
        {"policy.removal_date": reading},
        change="coverage_removal",
        received_on=received,
        requested_date=None if days is None else received + timedelta(days),
    ).outcome

    assert outcome.effective_date == received + timedelta(expected)


@each(
    ("facts", "missing"),
    [
        ({"change": "coverage_change", "signed_on": date(2026, 1, 1)}, "issue_class"),
        ({"change": "coverage_change", "issue_class": "rapid_issue"}, "signed_on"),
        ({"change": "coverage_removal", "requested_date": date(2026, 1, 1)}, "received_on"),
    ],
)
def test_says_which_fact_a_date_needs(facts, missing):
    assert effective(**facts).unknown == (missing,)


def name_change(signed_by="policyholder", dated=True, certified=True):
    return decide(
        "policy.change_request",
        change="legal_name",
        letter_signed_by=signed_by,
        is_letter_dated=dated,
        has_government_certificate=certified,
    )


@pytest.mark.rule("1/ADM-27")
@each(
    ("signed_by", "dated", "certified", "missing"),
    [
        ("policyholder", True, True, set()),
        ("insured", True, True, {"signed_letter"}),
        ("payer", True, True, {"signed_letter"}),
        ("advisor", True, True, {"signed_letter"}),
        ("policyholder", False, True, {"letter_date"}),
        ("policyholder", True, False, {"name_change_certificate"}),
        ("payer", False, False, {"signed_letter", "letter_date", "name_change_certificate"}),
    ],
)
def test_names_all_that_a_change_of_name_lacks(signed_by, dated, certified, missing):
    outcome = name_change(signed_by, dated, certified).outcome

    assert outcome.missing == missing
    assert outcome.is_accepted is (not missing)
    assert outcome.is_underwriting_required is False
    assert outcome.rating_age_years is None


def test_needs_each_fact_of_a_change_of_name():
    assert name_change(signed_by=None).unknown == ("letter_signed_by",)
    assert name_change(dated=None, certified=None).unknown == (
        "has_government_certificate",
        "is_letter_dated",
    )


def test_refuses_a_change_of_name_on_what_is_known_to_lack():
    outcome = name_change(certified=False, dated=None).outcome

    assert (outcome.is_accepted, outcome.missing) == (False, {"name_change_certificate"})


def levelled(**facts):
    return decide("policy.change_request", {"change": "premium_levelling"} | facts)


@pytest.mark.rule("1/ADM-29")
@each(
    ("premium_type", "expected"),
    [("attained_age", True), ("level", False), ("guaranteed_level", False)],
)
def test_levels_a_premium_that_follows_the_age_at_the_present_age(premium_type, expected):
    outcome = levelled(premium_type=premium_type, issue_age_years=39, current_age_years=44).outcome

    assert outcome.is_accepted is expected
    assert outcome.rating_age_years == (44 if expected else None)
    assert outcome.is_underwriting_required is False
    assert outcome.missing == frozenset()


def test_levels_on_the_policyholders_request_alone():
    outcome = levelled(premium_type="attained_age", letter_signed_by="payer").outcome

    assert (outcome.is_accepted, outcome.missing) == (False, {"signed_letter"})
    signed = levelled(premium_type="attained_age", letter_signed_by="policyholder").outcome
    assert (signed.is_accepted, signed.rating_age_years) == (True, None)
    assert levelled().unknown == ("premium_type",)


@pytest.mark.rule("1/ADM-31")
@each(
    ("comparison", "reading", "must_report", "may_ask"),
    [
        ("better", "possibility", False, True),
        ("better", "duty", True, True),
        ("same", "duty", False, False),
        ("worse", "duty", False, False),
        ("same", "possibility", False, False),
        ("worse", "possibility", False, False),
    ],
)
def test_protects_the_class_and_lets_a_better_one_be_asked(
    comparison, reading, must_report, may_ask
):
    outcome = decide(
        "policy.occupation_change",
        class_comparison=comparison,
        settings={"policy.better_class_reporting": reading},
    ).outcome

    assert outcome.is_notification_required is must_report
    assert outcome.does_class_change is False
    assert outcome.may_request_class_change is may_ask


def non_smoker(last, asked, line="life", amount="100.00", reading="too_early"):
    return decide(
        "policy.non_smoker_change",
        last_tobacco_use_on=last,
        request_date=asked,
        line=line,
        insured_amount=Decimal(amount),
        settings={"policy.tobacco_free_anniversary": reading},
    ).outcome


@pytest.mark.rule("1/ADM-28")
@pytest.mark.rule("1/AMB-30")
@each(
    ("last", "asked", "strict", "inclusive"),
    [
        (date(2025, 5, 1), date(2026, 4, 30), False, False),
        (date(2025, 5, 1), date(2026, 5, 1), False, True),
        (date(2025, 5, 1), date(2026, 5, 2), True, True),
        (date(2024, 2, 29), date(2025, 2, 28), False, True),
        (date(2024, 2, 29), date(2025, 3, 1), True, True),
        (date(2025, 5, 1), date(2025, 4, 1), False, False),
    ],
)
def test_wants_more_than_twelve_months_without_tobacco(last, asked, strict, inclusive):
    assert non_smoker(last, asked).is_time_condition_met is strict
    assert non_smoker(last, asked, reading="long_enough").is_time_condition_met is inclusive


@pytest.mark.rule("1/ADM-28")
@pytest.mark.rule("1/GLO-03")
@each(
    ("line", "amount", "expected"),
    [
        ("disability", "2999.99", False),
        ("disability", "3000.00", False),
        ("disability", "3000.01", True),
        ("life", "3000.01", False),
        ("life", "250000.00", False),
        ("life", "250000.01", True),
    ],
)
def test_tests_each_line_above_its_own_threshold(line, amount, expected):
    outcome = non_smoker(date(2020, 1, 1), date(2026, 1, 1), line, amount)

    assert outcome.is_hiv_urine_test_required is expected
