"""The membership file: every state, every event, signed or not."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

STATES = ["awaiting_documents", "file_transmitted", "membership_created"]
UPLOADS = ["client_uploads_document", "seller_uploads_document"]
ANY_DOCUMENT = {"subscription.file_transmitted_by": "any_document"}


def after(
    state: str | None,
    event: str,
    signature: str = "signed",
    *,
    by_post: bool | None = None,
    settings: dict[str, str] | None = None,
) -> tuple[str, str | None]:
    given: Any = decide(
        "subscription.membership_transition",
        {
            "state": state,
            "event": event,
            "signature_status": signature,
            "is_received_by_post": by_post,
        },
        settings=settings,
    ).outcome
    return given.state, given.error


@pytest.mark.rule("4/DOC-13")
@each("signature", ["signed", "ink", "pending"])
def test_opens_a_file_that_awaits_documents(signature: str) -> None:
    assert after(None, "request_confirmed", signature) == ("awaiting_documents", None)


@pytest.mark.rule("4/11.8")
@each("state", STATES)
def test_confirms_a_request_once(state: str) -> None:
    assert after(state, "request_confirmed") == (state, None)


@pytest.mark.rule("4/DOC-07", "4/DOC-14", "4/G-39")
@each("event", UPLOADS)
@each(
    ("signature", "guarded"),
    [
        ("signed", ("file_transmitted", None)),
        ("ink", ("file_transmitted", None)),
        ("pending", ("awaiting_documents", "not_signed")),
    ],
)
def test_transmits_on_the_first_document_of_a_signed_request(
    event: str, signature: str, guarded: tuple[str, str | None]
) -> None:
    assert after("awaiting_documents", event, signature) == guarded
    assert after("awaiting_documents", event, signature, settings=ANY_DOCUMENT) == (
        "file_transmitted",
        None,
    )


@pytest.mark.rule("4/DOC-07", "4/DOC-15")
@each("event", UPLOADS)
@each("signature", ["signed", "ink", "pending"])
@each("state", ["file_transmitted", "membership_created"])
def test_changes_nothing_with_further_documents(state: str, event: str, signature: str) -> None:
    assert after(state, event, signature) == (state, None)


@pytest.mark.rule("4/DOC-15")
@each("by_post", [None, False, True])
def test_registers_a_transmitted_file(by_post: bool | None) -> None:
    given = after("file_transmitted", "back_office_registers", by_post=by_post)

    assert given == ("membership_created", None)
    assert after("membership_created", "back_office_registers") == ("membership_created", None)


@pytest.mark.rule("4/SIG-43")
@each(
    ("signature", "by_post", "expected"),
    [
        ("ink", True, ("membership_created", None)),
        ("signed", True, ("membership_created", None)),
        ("pending", True, ("awaiting_documents", "not_signed")),
        ("ink", False, ("awaiting_documents", "nothing_received")),
        ("signed", False, ("awaiting_documents", "nothing_received")),
        ("pending", False, ("awaiting_documents", "nothing_received")),
    ],
)
def test_registers_a_signed_file_that_came_by_post(
    signature: str, by_post: bool, expected: tuple[str, str | None]
) -> None:
    given = after("awaiting_documents", "back_office_registers", signature, by_post=by_post)

    assert given == expected


@pytest.mark.rule("4/SIG-43")
def test_does_not_guess_whether_the_file_came_by_post() -> None:
    answer = decide(
        "subscription.membership_transition",
        state="awaiting_documents",
        event="back_office_registers",
        signature_status="ink",
    )

    assert answer.unknown == ("is_received_by_post",)


@pytest.mark.rule("4/11.8")
@each("event", [*UPLOADS, "back_office_registers"])
def test_answers_nothing_while_there_is_no_file(event: str) -> None:
    answer = decide(
        "subscription.membership_transition",
        event=event,
        signature_status="signed",
        is_received_by_post=True,
    )

    assert answer.unknown == ("state",)
