"""Another frequency, the day of the debits, the receipt for premiums."""

from datetime import date

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

ACCEPTED = {
    ("pre_authorised_debit", "monthly"),
    ("credit_card", "monthly"),
    ("credit_card", "annual"),
    ("cheque", "annual"),
}


def frequency(mode, requested, signed_by="payer", dated=True, **settings):
    return decide(
        "billing.frequency_change",
        mode=mode,
        current_frequency="monthly",
        requested_frequency=requested,
        letter_signed_by=signed_by,
        is_letter_dated=dated,
        settings={f"billing.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/ADM-11")
@each("mode", ["pre_authorised_debit", "credit_card", "cheque"])
@each("requested", ["monthly", "quarterly", "annual"])
def test_offers_the_frequencies_of_the_mode(mode, requested):
    outcome = frequency(mode, requested).outcome

    assert outcome.is_accepted is ((mode, requested) in ACCEPTED)
    assert outcome.refusal_reason == (
        None if outcome.is_accepted else "frequency_not_offered_for_mode"
    )


@pytest.mark.rule("1/AMB-14")
@each("mode", ["pre_authorised_debit", "credit_card", "cheque"])
def test_offers_a_quarterly_premium_where_the_carrier_does(mode):
    assert frequency(mode, "quarterly", quarterly_premium="offered").outcome.is_accepted is True
    other = frequency("cheque", "monthly", quarterly_premium="offered").outcome
    assert other.is_accepted is False


@pytest.mark.rule("1/ADM-26")
@each(
    ("signed_by", "dated", "requested", "reason", "rules"),
    [
        ("policyholder", True, "monthly", "payer_signature_required", ["1/ADM-26", "1/ADM-11"]),
        ("insured", True, "monthly", "payer_signature_required", ["1/ADM-26", "1/ADM-11"]),
        ("payer", False, "monthly", "letter_date_required", ["1/ADM-26", "1/ADM-11"]),
        (
            "advisor",
            False,
            "annual",
            "payer_signature_required",
            ["1/ADM-26", "1/ADM-26", "1/ADM-11"],
        ),
    ],
)
def test_wants_the_payers_dated_letter(signed_by, dated, requested, reason, rules):
    answer = frequency("pre_authorised_debit", requested, signed_by, dated)

    assert (answer.outcome.is_accepted, answer.outcome.refusal_reason) == (False, reason)
    assert [said.rule for said in answer.because] == rules


def debits(day, effective, consents=True, **settings):
    return decide(
        "billing.debit_schedule",
        requested_debit_day=day,
        effective_date=effective,
        has_consented_to_early_debit=consents,
        settings={f"billing.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("4/PAY-03")
@each(("consents", "first"), [(True, "application_entered"), (False, "after_acceptance")])
def test_debits_first_when_the_client_consents_or_after_acceptance(consents, first):
    assert debits(None, date(2026, 5, 12), consents).outcome.first_debit == first


@pytest.mark.rule("4/PAY-04")
@each(
    ("day", "reading", "expected"),
    [
        (None, "as_asked", 12),
        (1, "as_asked", 1),
        (28, "on_28", 28),
        (29, "on_28", 28),
        (31, "on_28", 28),
        (29, "as_asked", 29),
        (31, "as_asked", 31),
    ],
)
def test_debits_on_the_day_asked_or_on_that_of_the_effective_date(day, reading, expected):
    outcome = debits(day, date(2026, 5, 12), debit_day_after_28=reading).outcome

    assert outcome.debit_day == expected


@pytest.mark.rule("4/PAY-04")
@each(
    ("day", "effective", "second"),
    [
        (11, date(2026, 5, 12), None),
        (12, date(2026, 5, 12), None),
        (13, date(2026, 5, 12), "May 13, 2026"),
        (31, date(2026, 2, 12), "February 28, 2026"),
        (None, date(2026, 5, 12), None),
    ],
)
def test_warns_of_two_debits_in_the_first_month(day, effective, second):
    answer = decide(
        "billing.debit_schedule",
        requested_debit_day=day,
        effective_date=effective,
        has_consented_to_early_debit=True,
        language="en",
    )

    warned = [said.text for said in answer.because if said.text.startswith("Note")]
    assert bool(warned) is (second is not None)
    if second:
        assert warned[0].endswith(f"as early as {second}.")


@pytest.mark.rule("1/ADM-52")
@each(("year", "due"), [(2025, date(2026, 2, 28)), (2027, date(2028, 2, 28))])
def test_sends_a_receipt_by_28_february(year, due):
    outcome = decide(
        "billing.tax_receipt", policy_kind="accident_and_sickness", premium_year=year
    ).outcome

    assert (outcome.is_issued, outcome.is_automatic, outcome.due_on) == (True, True, due)


@pytest.mark.rule("1/AMB-22")
@each(("year", "due"), [(2026, date(2027, 2, 28)), (2027, date(2028, 2, 29))])
def test_sends_it_by_the_end_of_february_where_the_carrier_reads_it_so(year, due):
    outcome = decide(
        "billing.tax_receipt",
        policy_kind="accident_and_sickness",
        premium_year=year,
        settings={"billing.receipt_deadline": "end_of_february"},
    ).outcome

    assert outcome.due_on == due


def test_issues_no_receipt_for_life_alone_whatever_the_year():
    outcome = decide("billing.tax_receipt", policy_kind="life_only", premium_year=-5).outcome

    assert (outcome.is_issued, outcome.is_automatic, outcome.due_on) == (False, None, None)


@each("year", [-1, 0, 9999])
def test_does_not_know_a_year_out_of_the_calendar(year):
    answer = decide("billing.tax_receipt", policy_kind="accident_and_sickness", premium_year=year)

    assert answer.unknown == ("premium_year",)


@each(("year", "due"), [(1, date(2, 2, 28)), (9998, date(9999, 2, 28))])
def test_knows_the_first_and_last_years_of_the_calendar(year, due):
    answer = decide("billing.tax_receipt", policy_kind="accident_and_sickness", premium_year=year)

    assert answer.outcome.due_on == due
