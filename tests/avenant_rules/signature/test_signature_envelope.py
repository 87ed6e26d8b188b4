"""Signing the envelope at the trust provider, and what follows."""

from itertools import product
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

BOXES = ("has_read_all_pages", "has_accepted_conditions", "has_confirmed_electronic_signature")
ACCEPTED = dict.fromkeys(BOXES, True)
PROVIDER = ("has_accepted_provider_terms", "has_accepted_provider_privacy")
READY: dict[str, Any] = {"documents": [ACCEPTED, ACCEPTED, ACCEPTED], "is_code_correct": True}
READY |= dict.fromkeys(PROVIDER, True)


def readiness(**changes: Any) -> Any:
    return decide("signature.envelope_readiness", READY | changes)


@pytest.mark.rule("4/SIG-26")
def test_signs_when_all_is_ticked_and_the_code_right() -> None:
    assert readiness().outcome.can_sign is True


@pytest.mark.rule("4/SIG-22")
@each(("place", "box"), list(product(range(3), BOXES)))
def test_needs_the_three_boxes_of_each_document(place: int, box: str) -> None:
    documents = [dict(ACCEPTED) for _ in range(3)]
    documents[place][box] = False

    answer = readiness(documents=documents)

    assert answer.outcome.can_sign is False
    assert answer.because[0].text.endswith(f"n° {place + 1}.")


@pytest.mark.rule("4/SIG-22")
def test_signs_no_empty_envelope() -> None:
    assert readiness(documents=[]).outcome.can_sign is False


@pytest.mark.rule("4/SIG-23", "4/SIG-25")
@each("fact", ["is_code_correct", *PROVIDER])
def test_needs_the_code_and_the_two_boxes_of_the_provider(fact: str) -> None:
    assert readiness(**{fact: False}).outcome.can_sign is False


@pytest.mark.rule("4/SIG-22", "4/SIG-23", "4/SIG-25")
def test_says_everything_that_prevents_it() -> None:
    nothing = dict.fromkeys(BOXES, False)

    answer = readiness(
        documents=[nothing, ACCEPTED, nothing],
        is_code_correct=False,
        **dict.fromkeys(PROVIDER, False),
    )

    assert [reason.rule for reason in answer.because] == ["4/SIG-22", "4/SIG-23", "4/SIG-25"]
    assert answer.because[0].text.endswith("n° 1 et 3.")


@pytest.mark.rule("4/SIG-26", "4/SIG-32", "4/SUB-16", "4/DOC-13")
def test_sends_both_emails_when_signed() -> None:
    given = decide("signature.envelope_outcome", outcome="signed").outcome

    assert given.signature_status == "signed"
    assert given.success_emails == {"signed_documents", "membership"}
    assert given.is_failure_email_sent is False
    assert (given.membership_status, given.recovery) == ("awaiting_documents", None)


@pytest.mark.rule("4/SIG-27", "4/SIG-28", "4/SIG-29", "4/SIG-30", "4/SIG-31", "4/G-15")
@each("outcome", ["refused", "left_before_code"])
def test_stays_in_progress_when_not_signed(outcome: str) -> None:
    given = decide("signature.envelope_outcome", outcome=outcome).outcome

    assert given.signature_status == "in_progress"
    assert given.success_emails == set()
    assert given.is_failure_email_sent is True
    assert (given.membership_status, given.recovery) == ("awaiting_documents", "duplicate_quote")


@pytest.mark.rule("4/G-15", "4/DOC-13")
@each("outcome", ["signed", "refused", "left_before_code"])
def test_leaves_two_readings_to_the_carrier(outcome: str) -> None:
    given = decide(
        "signature.envelope_outcome",
        {"outcome": outcome},
        settings={
            "signature.failure_email": "not_sent",
            "signature.file_without_signature": "none",
        },
    ).outcome

    assert given.is_failure_email_sent is False
    expected = "awaiting_documents" if outcome == "signed" else None
    assert given.membership_status == expected
