"""Who receives what, event by event."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

RGP = "principal_general_representative"
INVOICE = {"invoice_or_payment_plan"}


def sent(settings=None, **facts):
    """Recipients and copies, as pairs of a party and its documents."""
    outcome = decide("policy.document_recipients", facts, settings=settings).outcome
    return tuple(
        [(one.party, one.documents) for one in addressees]
        for addressees in (outcome.recipients, outcome.copies)
    )


@pytest.mark.rule("1/ADM-54")
@each("event", ["new_contract", "modification"])
@each("has_rgp", [True, False, None])
def test_sends_rapid_issue_to_the_insured_with_a_copy_of_the_summary(event, has_rgp):
    given = sent(
        event=event, issue_class="rapid_issue", has_principal_general_representative=has_rgp
    )

    assert given == ([("insured", {"summary", "contract"})], [("advisor", {"summary"})])


@pytest.mark.rule("1/ADM-54")
@each(("has_rgp", "party"), [(True, RGP), (False, "advisor")])
@each("event", ["new_contract", "modification"])
def test_sends_underwritten_documents_through_the_network(event, has_rgp, party):
    given = sent(
        event=event, issue_class="underwritten", has_principal_general_representative=has_rgp
    )

    assert given == ([(party, None)], [])


@pytest.mark.rule("1/AMB-26")
@each(("has_rgp", "party"), [(True, RGP), (False, "advisor")])
def test_copies_the_same_party_where_the_carrier_keeps_to_the_print(has_rgp, party):
    given = sent(
        {"policy.copy_to_the_same_party": "as_printed"},
        event="new_contract",
        issue_class="underwritten",
        has_principal_general_representative=has_rgp,
    )

    assert given == ([(party, None)], [(party, None)])


@pytest.mark.rule("1/AMB-26")
@each("issue_class", ["rapid_issue", "underwritten", None])
@each(
    ("has_rgp", "reading", "recipients"),
    [
        (True, "advisor", [(RGP, None)]),
        (True, "nobody", [(RGP, None)]),
        (False, "advisor", [("advisor", None)]),
        (False, "nobody", []),
    ],
)
def test_sends_requirements_through_the_network(issue_class, has_rgp, reading, recipients):
    given = sent(
        {"policy.requirements_without_rgp": reading},
        event="requirements",
        issue_class=issue_class,
        has_principal_general_representative=has_rgp,
    )

    assert given == (recipients, [])


@pytest.mark.rule("1/ADM-54")
@each(
    ("issue_class", "asked", "has_rgp", "party"),
    [
        ("rapid_issue", None, None, "insured"),
        ("rapid_issue", False, True, "insured"),
        ("underwritten", True, None, "insured"),
        ("underwritten", False, True, RGP),
        ("underwritten", False, False, "advisor"),
    ],
)
def test_tells_of_a_cancellation_whom_it_concerns(issue_class, asked, has_rgp, party):
    given = sent(
        event="cancellation",
        issue_class=issue_class,
        is_requested_by_insured=asked,
        has_principal_general_representative=has_rgp,
    )

    assert given == ([(party, None)], [])


@pytest.mark.rule("1/AMB-25")
def test_writes_to_the_policyholder_where_the_carrier_reads_the_insured_so():
    choice = {"policy.insured_as_recipient": "policyholder"}

    assert sent(choice, event="new_contract", issue_class="rapid_issue")[0] == [
        ("policyholder", {"summary", "contract"})
    ]
    assert sent(
        choice, event="cancellation", issue_class="underwritten", is_requested_by_insured=True
    )[0] == [("policyholder", None)]


@pytest.mark.rule("1/ADM-34")
@pytest.mark.rule("1/AMB-23")
@each("issue_class", ["rapid_issue", "underwritten", None])
@each(
    ("has_changed", "is_same", "reading", "expected"),
    [
        (
            True,
            False,
            "nothing",
            (
                [("policyholder", {"renewal_letter", "summary"}), ("payer", INVOICE)],
                [("policyholder", INVOICE)],
            ),
        ),
        (
            True,
            True,
            "nothing",
            ([("policyholder", {"renewal_letter", "summary"} | INVOICE)], []),
        ),
        (False, None, "nothing", ([], [])),
        (False, True, "invoice", ([("policyholder", INVOICE)], [])),
        (False, False, "invoice", ([("payer", INVOICE)], [("policyholder", INVOICE)])),
    ],
)
def test_writes_at_a_renewal_whose_premium_changes(
    issue_class, has_changed, is_same, reading, expected
):
    given = sent(
        {"policy.invoice_at_unchanged_renewal": reading},
        event="renewal",
        issue_class=issue_class,
        has_premium_changed=has_changed,
        is_payer_policyholder=is_same,
    )

    assert given == expected


@pytest.mark.rule("1/ADM-38")
@pytest.mark.rule("1/ADM-43")
@pytest.mark.rule("1/AMB-07")
@each(("reading", "copies"), [("copy", [("advisor", None)]), ("no_copy", [])])
def test_posts_a_non_payment_notice_to_the_policyholder(reading, copies):
    given = sent({"policy.advisor_copy_of_lapse_letters": reading}, event="non_payment_notice")

    assert given == ([("policyholder", None)], copies)


@each(
    ("facts", "missing"),
    [
        ({"event": "renewal"}, {"has_premium_changed", "is_payer_policyholder"}),
        ({"event": "renewal", "has_premium_changed": True}, {"is_payer_policyholder"}),
        ({"event": "requirements"}, {"has_principal_general_representative"}),
        (
            {"event": "cancellation", "issue_class": "underwritten"},
            {"has_principal_general_representative", "is_requested_by_insured"},
        ),
        (
            {"event": "modification", "has_principal_general_representative": True},
            {"issue_class"},
        ),
    ],
)
def test_says_which_facts_it_needs(facts, missing):
    assert set(decide("policy.document_recipients", facts).unknown) == missing


def test_needs_the_payer_for_an_invoice_sent_anyway():
    answer = decide(
        "policy.document_recipients",
        event="renewal",
        has_premium_changed=False,
        settings={"policy.invoice_at_unchanged_renewal": "invoice"},
    )

    assert answer.unknown == ("is_payer_policyholder",)
