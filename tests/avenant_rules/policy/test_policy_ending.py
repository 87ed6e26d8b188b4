"""Cancellation by the client, death, lack of follow-up, applying again."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def request(**facts):
    return decide("policy.termination_request", {"ground": "policyholder_request"} | facts)


@pytest.mark.rule("1/ADM-48")
@each(
    ("channel", "expected"), [("mail", True), ("fax", True), ("email", True), ("telephone", False)]
)
def test_takes_a_signed_request_in_writing(channel, expected):
    outcome = request(signed_by="policyholder", channel=channel).outcome

    assert outcome.is_accepted is expected
    assert outcome.advisor_notification_channel == ("email" if expected else None)


@pytest.mark.rule("1/GLO-28")
@pytest.mark.rule("3/GLO-08")
@each("signed_by", [None, "payer", "insured", "advisor"])
@each("channel", [None, "email"])
def test_takes_nobody_elses_signature(signed_by, channel):
    outcome = request(
        signed_by=signed_by, channel=channel, forwarded_to_advisor_on=date(2026, 5, 4)
    ).outcome

    assert outcome.is_accepted is False
    assert outcome.advisor_notification_channel is None
    assert outcome.advisor_window_ends_on is None


def test_says_both_what_is_wrong_with_the_signature_and_with_the_channel():
    because = request(signed_by="payer", channel="telephone").because

    assert [reason.rule for reason in because] == ["1/GLO-28", "1/ADM-48"]


@pytest.mark.rule("1/AMB-25")
@each(("signed_by", "expected"), [("insured", True), ("payer", False)])
def test_takes_the_insureds_signature_where_the_carrier_does(signed_by, expected):
    outcome = decide(
        "policy.termination_request",
        ground="policyholder_request",
        signed_by=signed_by,
        channel="mail",
        settings={"policy.who_may_cancel": "insured_too"},
    ).outcome

    assert outcome.is_accepted is expected


@pytest.mark.rule("1/ADM-49")
@each(
    ("sent", "last"),
    [(date(2026, 5, 4), date(2026, 5, 14)), (date(2028, 2, 20), date(2028, 3, 1)), (None, None)],
)
def test_leaves_the_advisor_ten_days_from_the_e_mail(sent, last):
    outcome = request(
        signed_by="policyholder", channel="email", forwarded_to_advisor_on=sent
    ).outcome

    assert outcome.advisor_window_ends_on == last


def test_needs_the_channel_of_a_signed_request():
    assert request(signed_by="policyholder").unknown == ("channel",)


@pytest.mark.rule("1/ADM-51")
@each(
    ("document", "expected"),
    [("death_certificate", True), ("death_attestation", True), (None, False)],
)
def test_ends_a_contract_on_a_document_about_the_death(document, expected):
    outcome = decide(
        "policy.termination_request", ground="death", channel="telephone", death_document=document
    ).outcome

    assert outcome.is_accepted is expected
    assert outcome.advisor_notification_channel is None


SENT = date(2028, 1, 20)  # a leap year: day 45 is 5 March


@pytest.mark.rule("1/ADM-50")
@each("subject", ["requested_documents", "incomplete_application"])
@each(
    ("received", "as_of", "expected"),
    [
        (None, 0, False),
        (None, 45, False),
        (None, 46, True),
        (45, 46, False),
        (46, 46, True),
        (46, 100, True),
        (100, 45, False),
        (10, 5, False),
    ],
)
def test_gives_45_days(subject, received, as_of, expected):
    outcome = decide(
        "policy.follow_up_deadline",
        {
            "subject": subject,
            "communication_sent_on": SENT,
            "documents_received_on": None if received is None else SENT + timedelta(received),
            "as_of": SENT + timedelta(as_of),
        },
    ).outcome

    assert outcome.deadline == date(2028, 3, 5)
    assert outcome.is_cancelled is expected
    assert outcome.cancellation_reason == ("no_follow_up" if expected else None)


@pytest.mark.rule("1/ADM-47")
@each(
    ("terminated", "earliest"),
    [
        (date(2024, 9, 10), date(2026, 9, 10)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28)),
    ],
)
def test_makes_a_blue_choice_client_wait_24_months(terminated, earliest):
    for days, expected in ((-1, False), (0, True), (1, True)):
        outcome = decide(
            "policy.reapplication",
            product="blue_choice",
            terminated_on=terminated,
            application_date=earliest + timedelta(days),
        ).outcome

        assert (outcome.is_allowed, outcome.earliest_date) == (expected, earliest)
        assert outcome.is_underwriting_required is True


@pytest.mark.rule("1/AMB-46")
@each(
    ("product", "reading", "expected"),
    [
        ("blue_choice_balance", "blue_choice_only", True),
        ("basic_blue_choice", "blue_choice_only", True),
        ("blue_choice_balance", "blue_choice_family", False),
        ("basic_blue_choice", "blue_choice_family", False),
        ("blue_choice", "blue_choice_family", False),
        ("flex_bleue", "blue_choice_family", True),
        *(
            (product, "blue_choice_family", True)
            for product in ("ami", "blue_vision", "mortgage_plan", "tangible", "travel")
        ),
    ],
)
def test_lets_other_clients_apply_at_once(product, reading, expected):
    outcome = decide(
        "policy.reapplication",
        product=product,
        terminated_on=date(2026, 6, 30),
        application_date=date(2026, 7, 1),
        settings={"policy.reapplication_wait": reading},
    ).outcome

    assert outcome.is_allowed is expected
    assert (outcome.earliest_date is None) is expected
    assert outcome.is_underwriting_required is True
