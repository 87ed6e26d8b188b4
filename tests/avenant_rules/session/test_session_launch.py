"""Launching a session, with or without a call left open."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("4/COS-01", "4/COS-02", "4/COS-03")
@each(
    ("has_open_call", "choice", "result"),
    [
        (False, None, "new_call"),
        (False, "resume", "new_call"),
        (False, "close_call", "new_call"),
        (True, None, "previous_session_found"),
        (True, "resume", "same_call"),
        (True, "close_call", "landing_menu"),
    ],
)
def test_keeps_one_call_open_at_a_time(
    has_open_call: bool, choice: str | None, result: str
) -> None:
    given = decide("session.launch", has_open_call=has_open_call, choice=choice).outcome

    assert given.result == result
