"""Completeness, channels, simultaneous issue and the tracking report of applications."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

FIXED = [
    "mortgage_amount",
    "monthly_payment",
    "loan_term",
    "amortisation_period",
    "underwriting_requirements",
]
OPEN = ["total_available_line", "desired_monthly_payment", "underwriting_requirements"]


def complete(illustration=True, summary=False, loan_type=None, loan_items=None):
    return decide(
        "application.completeness",
        has_signed_dated_illustration=illustration,
        has_signed_dated_coverage_summary=summary,
        loan_type=loan_type,
        loan_items=loan_items,
    )


@pytest.mark.rule("1/ADM-02")
@each(
    ("illustration", "summary", "expected"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_wants_an_illustration_or_a_summary(illustration, summary, expected):
    outcome = complete(illustration, summary).outcome

    assert outcome.is_complete is expected
    assert outcome.missing == (set() if expected else {"illustration_or_coverage_summary"})


@pytest.mark.rule("1/ADM-05")
@pytest.mark.rule("1/ADM-06")
@each(("loan_type", "needed"), [("fixed_term", FIXED), ("open_line_of_credit", OPEN)])
def test_names_the_loan_data_that_are_missing(loan_type, needed):
    for absent in [[], *([one] for one in needed), needed]:
        items = [one for one in needed if one not in absent]

        outcome = complete(loan_type=loan_type, loan_items=items).outcome

        assert outcome.missing == set(absent)
        assert outcome.is_complete is (not absent)


def test_names_the_attachment_and_the_loan_data_together():
    outcome = complete(illustration=False, loan_type="fixed_term", loan_items=FIXED[1:]).outcome

    assert outcome.missing == {"illustration_or_coverage_summary", "mortgage_amount"}


def test_needs_the_kind_of_loan_and_its_data_together():
    assert complete(loan_type="fixed_term").unknown == ("loan_items",)
    assert complete(loan_items=["loan_term"]).unknown == ("loan_type",)
    assert complete(loan_items=[]).outcome.is_complete is True


PDF_OR_FAX = {
    "application_with_illustration",
    "pre_authorised_debit_agreement",
    "endorsement",
    "modification_request",
}
FAX = {"health_declaration", "medical_questionnaire"}
TOLD = {"height_and_weight", "name_correction", "contact_details", "bank_withdrawal_date"}
CHANNELS = ["pdf", "fax", "original", "telephone", "email"]


def sent(item, channel, age=None, **settings):
    return decide(
        "application.submission_channel",
        item=item,
        channel=channel,
        age_days=age,
        settings={f"application_admin.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/ADM-07")
@pytest.mark.rule("1/ADM-10")
@pytest.mark.rule("1/AMB-32")
@each("item", sorted(PDF_OR_FAX | FAX | TOLD | {"birth_date"}))
@each("channel", CHANNELS)
def test_takes_each_item_by_the_channels_of_its_list(item, channel):
    strict = {"fax", "original"}
    strict |= {"pdf"} if item in PDF_OR_FAX else set()
    strict |= {"telephone", "email"} if item in TOLD else set()
    loose = strict | ({"pdf"} if item in FAX else set())
    loose |= {"telephone", "email"} if item == "birth_date" else set()

    assert sent(item, channel, age=500).outcome.is_accepted is (channel in strict)
    assert sent(item, channel, by_fax="illustrative").outcome.is_accepted is (channel in loose)


@pytest.mark.rule("1/ADM-09")
@pytest.mark.rule("1/AMB-31")
@each(
    ("channel", "age", "strict", "inclusive"),
    [
        ("original", 0, True, True),
        ("original", 89, True, True),
        ("original", 90, False, True),
        ("original", 91, False, False),
        ("pdf", 10, False, False),
        ("fax", 10, False, False),
        ("email", None, False, False),
        ("telephone", 200, False, False),
    ],
)
def test_takes_a_fresh_original_medical_authorisation_only(channel, age, strict, inclusive):
    item = "medical_information_authorisation"

    assert sent(item, channel, age).outcome.is_accepted is strict
    accepted = sent(item, channel, age, authorisation_of_90_days="accepted")
    assert accepted.outcome.is_accepted is inclusive
    assert sent(item, channel, age, by_fax="illustrative").outcome.is_accepted is strict


def test_needs_the_age_of_an_original_authorisation():
    assert sent("medical_information_authorisation", "original").unknown == ("age_days",)


def test_says_both_a_wrong_channel_and_a_stale_authorisation():
    texts = [said.text for said in sent("medical_information_authorisation", "fax", 95).because]

    assert any("télécopieur" in text for text in texts)
    assert any("95 jours" in text for text in texts)


@pytest.mark.rule("1/ADM-04")
@pytest.mark.rule("1/AMB-34")
@each(
    ("answer", "reading", "express", "underwritten"),
    [
        (None, "express_waits", "issued", "to_underwriting"),
        ("separately", "express_waits", "issued", "to_underwriting"),
        ("together", "express_waits", "held_until_underwritten", "to_underwriting"),
        (None, "flex_is_hurried", "issued", "to_underwriting"),
        ("separately", "flex_is_hurried", "issued", "to_underwriting"),
        ("together", "flex_is_hurried", "issued", "issued"),
    ],
)
def test_issues_express_and_flex_by_the_answer(answer, reading, express, underwritten):
    outcome = decide(
        "application.simultaneous_issue",
        answer=answer,
        settings={"application_admin.issued_together": reading},
    ).outcome

    assert (outcome.express_coverages, outcome.underwritten_coverages) == (express, underwritten)


@pytest.mark.rule("1/ADM-17")
@each(
    ("state", "outstanding", "listed", "action"),
    [
        ("in_underwriting", None, True, False),
        ("awaiting_underwriting_requirements", None, True, True),
        ("accepted_awaiting_administrative_requirements", None, True, True),
        ("in_force", True, False, False),
        ("declined", None, False, False),
        ("cancelled", None, False, False),
        ("modification_pending", True, True, True),
        ("modification_pending", False, False, False),
    ],
)
def test_lists_what_is_under_way(state, outstanding, listed, action):
    outcome = decide(
        "application.tracking_report", file_state=state, has_outstanding_requirements=outstanding
    ).outcome

    assert (outcome.is_listed, outcome.needs_advisor_action) == (listed, action)
    assert outcome.data_as_of is None


@pytest.mark.rule("1/ADM-19")
@each("days", range(7))
def test_shows_the_data_of_the_last_monday(days):
    outcome = decide(
        "application.tracking_report",
        file_state="in_force",
        consulted_on=date(2026, 12, 28) + timedelta(days),
    ).outcome

    assert outcome.data_as_of == date(2026, 12, 28)
