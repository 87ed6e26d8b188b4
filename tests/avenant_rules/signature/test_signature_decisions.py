"""A signature request and what becomes of it: every state with every event."""

from itertools import product
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

STATES = ["requested", "displayed", "code_shown", "pad_on_phone", "drawn", "signed", "void"]
WRITTEN = {
    ("displayed", "draw"): "drawn",
    ("pad_on_phone", "draw"): "drawn",
    ("drawn", "accept"): "signed",
    ("code_shown", "enter_code"): "pad_on_phone",
    **{(state, "resume_application"): "void" for state in STATES},
}
REQUEST = {
    "method": "phone",
    "city": "Laval",
    "province": "QC",
    "phone": "514 555-0100",
    "is_client_connected": True,
}


@pytest.mark.rule("4/11.5")
@pytest.mark.rule("4/SIG-05")
@pytest.mark.rule("4/SIG-07")
@pytest.mark.rule("4/SIG-12")
@pytest.mark.rule("4/SIG-16")
@pytest.mark.rule("4/COS-19")
@each(
    ("state", "event"),
    list(product(STATES, ["draw", "accept", "enter_code", "resume_application"])),
)
def test_follows_the_transition_table_and_changes_nothing_else(state: str, event: str) -> None:
    given = decide(
        "signature.transition",
        state=state,
        event=event,
        expected_code="0042",
        typed_code="0042",
    ).outcome

    assert given.state == WRITTEN.get((state, event), state)
    assert given.error is None


@pytest.mark.rule("4/SIG-09")
@pytest.mark.rule("4/SIG-11")
@each(
    ("typed", "error"),
    [
        ("4822", "wrong_code"),
        ("482", "four_digits_required"),
        ("48211", "four_digits_required"),
        ("", "four_digits_required"),
        ("48 1", "four_digits_required"),
        ("4821\n", "four_digits_required"),
        ("٤٨٢١", "four_digits_required"),
    ],
)
def test_refuses_a_code_by_its_form_then_by_its_value(typed: str, error: str) -> None:
    given = decide(
        "signature.transition",
        state="code_shown",
        event="enter_code",
        expected_code="4821",
        typed_code=typed,
    ).outcome

    assert (given.state, given.error) == ("code_shown", error)


def test_looks_at_the_form_even_when_the_expected_code_is_not_known() -> None:
    given = decide(
        "signature.transition", state="code_shown", event="enter_code", typed_code="12"
    ).outcome

    assert given.error == "four_digits_required"


@each(
    ("codes", "missing"),
    [
        ({}, {"expected_code", "typed_code"}),
        ({"typed_code": "4821"}, {"expected_code"}),
        ({"expected_code": "4821"}, {"typed_code"}),
    ],
)
def test_never_lets_a_missing_code_pass(codes: dict[str, str], missing: set[str]) -> None:
    answer = decide("signature.transition", state="code_shown", event="enter_code", **codes)

    assert set(answer.unknown) == missing


@pytest.mark.rule("4/SIG-01")
@pytest.mark.rule("4/SIG-02")
@pytest.mark.rule("4/SIG-03")
@pytest.mark.rule("4/SIG-08")
@each(
    ("change", "errors"),
    [
        ({}, set()),
        ({"city": " "}, {"city_required"}),
        ({"province": ""}, {"province_required"}),
        ({"phone": None}, {"phone_required"}),
        ({"phone": ""}, {"phone_required"}),
        ({"phone": "555-0100"}, {"phone_required"}),
        ({"phone": "call me"}, {"phone_required"}),
        ({"phone": "+1 (514) 555-0100"}, set()),
        ({"phone": "1-514-555-0100"}, set()),
        ({"phone": "+33 6 12 34 56 78"}, set()),
        ({"method": "screen", "phone": None}, set()),
        ({"is_client_connected": False}, {"client_required"}),
        (
            {"city": "", "province": "", "phone": "", "is_client_connected": False},
            {"city_required", "province_required", "phone_required", "client_required"},
        ),
    ],
)
def test_names_everything_that_prevents_a_request(change: dict[str, Any], errors: set[str]) -> None:
    given = decide("signature.request", REQUEST | change).outcome

    assert given.errors == errors
    assert given.is_sent == (not errors)
