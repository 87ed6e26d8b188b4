"""Renewal notices and the monthly report."""

from datetime import date

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("1/ADM-34")
@each(
    ("renewal", "sent"),
    [
        (date(2026, 10, 1), date(2026, 8, 27)),
        (date(2028, 4, 4), date(2028, 2, 29)),
        (date(2027, 4, 4), date(2027, 2, 28)),
        (date(2026, 1, 31), date(2025, 12, 27)),
    ],
)
def test_goes_out_35_days_before_a_new_premium(renewal, sent):
    outcome = decide(
        "policy.renewal_notice",
        product="blue_choice",
        renewal_date=renewal,
        has_premium_changed=True,
    ).outcome

    assert (outcome.is_notice_sent, outcome.send_on) == (True, sent)
    assert outcome.recipient == "policyholder"


@pytest.mark.rule("1/ADM-34")
def test_sends_nothing_when_the_premium_stays_even_without_a_date():
    outcome = decide("policy.renewal_notice", product="ami", has_premium_changed=False).outcome

    assert (outcome.is_notice_sent, outcome.send_on, outcome.recipient) == (False, None, None)


@each(
    ("facts", "missing"),
    [
        ({"product": "ami", "renewal_date": date(2026, 1, 1)}, "has_premium_changed"),
        ({"product": "ami", "has_premium_changed": True}, "renewal_date"),
        ({"product": "mortgage_plan", "has_premium_changed": False}, "loan_term_end"),
    ],
)
def test_says_which_fact_it_needs(facts, missing):
    assert decide("policy.renewal_notice", facts).unknown == (missing,)


@pytest.mark.rule("1/ADM-35")
@each("has_changed", [True, False, None])
def test_tells_the_borrower_90_days_before_the_end_of_the_term(has_changed):
    outcome = decide(
        "policy.renewal_notice",
        product="mortgage_plan",
        has_premium_changed=has_changed,
        loan_term_end=date(2028, 5, 29),
    ).outcome

    assert (outcome.is_notice_sent, outcome.send_on) == (True, date(2028, 2, 29))
    assert outcome.recipient == "borrower"


@pytest.mark.rule("1/ADM-35")
@each(("has_changed", "sent"), [(True, True), (False, False), (None, None)])
def test_waits_for_a_change_where_the_carrier_reads_it_so(has_changed, sent):
    answer = decide(
        "policy.renewal_notice",
        product="mortgage_plan",
        has_premium_changed=has_changed,
        loan_term_end=date(2026, 12, 31),
        settings={"policy.mortgage_renewal_notice": "when_premium_changes"},
    )

    if sent is None:
        assert answer.unknown == ("has_premium_changed",)
    else:
        assert answer.outcome.is_notice_sent is sent


@pytest.mark.rule("1/ADM-36")
@each(
    ("month", "first", "last"),
    [
        ("2026-04", date(2026, 5, 1), date(2026, 5, 31)),
        ("2028-01", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2027, 1, 1), date(2027, 1, 31)),
        ("2026-11", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_lists_the_month_after_the_report_from_its_first_day_to_its_last(month, first, last):
    days = {
        "before": date.fromordinal(first.toordinal() - 1),
        "first": first,
        "last": last,
        "after": date.fromordinal(last.toordinal() + 1),
        "next year": first.replace(year=first.year + 1),
    }

    outcome = decide(
        "policy.renewals_report",
        report_month=month,
        contracts=[
            {"number": name, "renewal_date": day, "status": "in_force"}
            for name, day in days.items()
        ],
    ).outcome

    assert outcome.contract_numbers == {"first", "last"}


@each("month", ["2026-00", "2026-13"])
def test_does_not_know_a_month_that_does_not_exist(month):
    assert decide("policy.renewals_report", report_month=month, contracts=[]).unknown == (
        "report_month",
    )
