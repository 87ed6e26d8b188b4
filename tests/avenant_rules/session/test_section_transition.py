"""What becomes of a section: every state with every event."""

from itertools import product

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

STATES = ["empty", "incomplete", "filled", "sent", "confirmed", "to_reconfirm", "not_applicable"]

# What the transition table of the specification says, all facts favourable.
WRITTEN = {
    ("filled", "send"): "sent",
    ("to_reconfirm", "send"): "sent",
    ("sent", "agree"): "confirmed",
    ("sent", "cancel"): "filled",
    ("confirmed", "modify"): "filled",
    ("confirmed", "resume"): "to_reconfirm",
    ("sent", "resume"): "filled",
}
REFUSED = {
    ("empty", "send"): "missing_fields",
    ("incomplete", "send"): "missing_fields",
    **{(state, "agree"): "not_sent" for state in STATES if state != "sent"},
    **{(state, "cancel"): "not_sent" for state in STATES if state != "sent"},
}


@pytest.mark.rule("4/11.3")
@pytest.mark.rule("4/COS-11")
@pytest.mark.rule("4/COS-12")
@pytest.mark.rule("4/COS-15")
@pytest.mark.rule("4/COS-16")
@pytest.mark.rule("4/COS-19")
@each(("state", "event"), list(product(STATES, ["send", "agree", "cancel", "modify", "resume"])))
def test_follows_the_transition_table_and_changes_nothing_else(state: str, event: str) -> None:
    given = decide(
        "session.section_transition",
        state=state,
        event=event,
        is_client_connected=True,
        is_content_current=True,
    ).outcome

    assert given.state == WRITTEN.get((state, event), state)
    assert given.error == REFUSED.get((state, event))


@pytest.mark.rule("4/COS-08")
@each("state", ["filled", "to_reconfirm"])
def test_sends_nothing_without_a_client(state: str) -> None:
    given = decide(
        "session.section_transition",
        state=state,
        event="send",
        is_client_connected=False,
        is_content_current=True,
    )

    assert (given.outcome.state, given.outcome.error) == (state, "no_client")
    assert given.because[0].rule == "4/COS-08"


@pytest.mark.rule("4/COS-12")
def test_confirms_nothing_that_has_changed_meanwhile() -> None:
    given = decide(
        "session.section_transition",
        state="sent",
        event="agree",
        is_client_connected=True,
        is_content_current=False,
    ).outcome

    assert (given.state, given.error) == ("sent", "stale_content")
