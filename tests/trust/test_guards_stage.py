"""What stands on the client's screen and who is there, one condition at a time: each of these fails when
its guard is taken out."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.applications.actions.illustration import send_illustration
from avenant.applications.models import Attachment, Snapshot
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument
from avenant.live import models as live
from avenant.live import stream
from avenant.live.models import Call
from avenant.live.queries import (
    asked_of,
    calls_of,
    is_window_of,
    lock_open_calls,
    open_call_of,
    open_call_on,
    sealed_document,
    stage_of,
)
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast
from tests.support.documents import document_of
from tests.trust.doings import asked, confirmed, filled, put_with, sent_section

SECOND = dt.timedelta(seconds=1)
NOW = timezone.now


def call(**facts: Any) -> Call:
    known = {
        "state": "live", "client_seen_at": NOW(), "code_digest": "x",
        "code_expires_at": NOW() + 10 * SECOND,
    }  # fmt: skip
    return Call(**(known | facts))


@pytest.mark.rule("4/COS-23")
@pytest.mark.parametrize(
    ("facts", "is_there"),
    [
        ({}, True),
        ({"state": "open"}, False),
        ({"state": "closed"}, False),
        ({"client_seen_at": None}, False),
        ({"client_seen_at": NOW() - 3600 * SECOND}, False),
        ({"client_left_at": NOW() + 3600 * SECOND}, False),
        ({"client_left_at": NOW() - 60 * SECOND}, True),
    ],
)
def test_it_takes_the_client_to_be_there_whose_window_was_just_heard_of(
    facts: dict[str, Any], is_there: bool
) -> None:
    assert call(**facts).is_client_present == is_there


@pytest.mark.rule("4/COS-23")
@pytest.mark.parametrize(("seconds", "is_there"), [(24, True), (26, False)])
def test_it_takes_a_client_for_gone_after_25_seconds(seconds: int, is_there: bool) -> None:
    assert call(client_seen_at=NOW() - seconds * SECOND).is_client_present == is_there


@pytest.mark.rule("4/COS-04")
@pytest.mark.parametrize(
    ("facts", "is_usable"),
    [
        ({}, True),
        ({"code_digest": None}, False),
        ({"code_expires_at": None}, False),
        ({"code_expires_at": NOW() - SECOND}, False),
    ],
)
def test_it_takes_a_code_that_is_there_and_not_over(facts: dict[str, Any], is_usable: bool) -> None:
    assert call(**facts).is_code_usable == is_usable


def test_it_keeps_the_times_that_are_promised() -> None:
    """A code lives an hour, an absence is long from half an hour on; a stream is heard of every ten
    seconds, and may take two to open again."""
    minutes = [one.total_seconds() / 60 for one in (live.CODE_LIFE, live.ABSENCE_LIMIT)]

    assert minutes == [60, 30]
    assert (stream.HEARTBEAT_SECONDS, stream.GRACE_SECONDS) == (10, 2)


def test_it_finds_the_calls_of_the_advisor_and_the_one_that_is_open(cast: Cast) -> None:
    closed = ApplicationStory(cast.advisor).open()
    closed.close()
    mine = ApplicationStory(cast.advisor).open()
    other = ApplicationStory(cast.other_advisor).open()

    assert set(calls_of(cast.advisor)) == {closed.call, mine.call}
    assert open_call_of(cast.advisor) == mine.call
    assert open_call_on(mine.application) == mine.call
    assert open_call_on(other.application) == other.call
    assert open_call_on(closed.application) is None


def test_it_locks_the_open_calls_of_the_one_application(cast: Cast) -> None:
    closed = ApplicationStory(cast.advisor).open()
    closed.close()
    mine = ApplicationStory(cast.advisor).open()
    ApplicationStory(cast.other_advisor).open()
    Call.objects.filter(pk=closed.call.pk).update(application=mine.application)

    with CaptureQueriesContext(connection) as queries:
        assert lock_open_calls(mine.application) == [mine.call]

    assert "FOR UPDATE" in queries[0]["sql"]


def test_it_knows_the_window_of_the_call_while_the_call_goes_on(cast: Cast) -> None:
    story, other = filled(cast), ApplicationStory(cast.other_advisor).open().join()
    digest = story.window.call.client_token_digest or ""

    assert is_window_of(story.call.pk, digest)
    assert not is_window_of(other.call.pk, digest)
    story.close()
    assert not is_window_of(story.call.pk, digest)


def waiting(**change: Any) -> tuple[list[Attachment], list[Snapshot], list[SignatureRequest]]:
    """One of each that waits in the call « here », the first changed."""
    return (
        [Attachment(**({"kind": "quote", "state": "sent", "call_id": HERE.pk} | change))],
        [Snapshot(section="insured", state="sent", call_id=HERE.pk)],
        [SignatureRequest(state="requested", call_id=HERE.pk)],
    )


HERE, ELSEWHERE = Call(), Call()


@pytest.mark.rule("4/COS-10")
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "illustration"),
        ({"state": "opened"}, "illustration"),
        ({"state": "agreed"}, "section"),
        ({"state": "uploaded"}, "section"),
        ({"kind": "additional"}, "section"),
        ({"call_id": ELSEWHERE.pk}, "section"),
    ],
)
def test_it_asks_for_the_illustration_that_waits_here_first(
    change: dict[str, Any], kind: str
) -> None:
    found = asked_of(HERE, *waiting(**change))

    assert found is not None
    assert found.kind == kind


@pytest.mark.rule("4/COS-11")
@pytest.mark.parametrize(
    ("state", "where", "kind"),
    [
        ("sent", HERE, "section"),
        ("confirmed", HERE, "signature"),
        ("sent", ELSEWHERE, "signature"),
    ],
)
def test_it_asks_for_the_section_that_waits_here_next(state: str, where: Call, kind: str) -> None:
    _files, _sections, requests = waiting()

    found = asked_of(HERE, [], [Snapshot(state=state, call_id=where.pk)], requests)

    assert found is not None
    assert found.kind == kind


@pytest.mark.rule("4/SIG-04")
@pytest.mark.parametrize(
    ("state", "where", "is_asked"),
    [("requested", HERE, True), ("signed", HERE, False), ("requested", ELSEWHERE, False)],
)
def test_it_asks_for_the_signature_that_waits_here_last(
    state: str, where: Call, is_asked: bool
) -> None:
    found = asked_of(HERE, [], [], [SignatureRequest(state=state, call_id=where.pk)])

    assert (found is not None) == is_asked


def test_it_waits_before_there_is_an_application_and_says_when_it_is_over(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().join()
    bare = Call.objects.get(pk=story.call.pk)
    bare.application = None
    over = Call.objects.get(pk=story.call.pk)
    over.state = "closed"

    assert (stage_of(bare).kind, stage_of(bare).key) == ("waiting", "waiting")
    assert stage_of(over).kind == "ended"


def illustration_sent(story: ApplicationStory) -> None:
    put_with(story)
    story.stay()
    send_illustration(story.application, story.call, by=story.advisor)


@pytest.mark.parametrize(
    ("send", "kind"),
    [(illustration_sent, "illustration"), (sent_section, "section")],
)
def test_it_shows_what_was_sent_in_this_call_alone(cast: Cast, send: Any, kind: str) -> None:
    story = filled(cast)
    send(story)
    here = Call.objects.get(pk=story.call.pk)
    assert stage_of(here).kind == kind

    there = ApplicationStory(cast.other_advisor).open().call
    for rows in (story.application.attachments, story.application.snapshots):
        rows.update(call=there)

    assert stage_of(here).kind == "waiting"


def test_it_shows_what_was_agreed_and_signed_in_this_call(cast: Cast) -> None:
    story = confirmed(cast)
    asked(story)
    here = Call.objects.get(pk=story.call.pk)
    assert stage_of(here).kind == "signature"
    story.sign()

    stage = stage_of(here)

    assert stage.kind == "waiting"
    assert len(stage.agreed) == story.application.snapshots.count()
    assert stage.signed_at == story.application.signatures.get(state="signed").signed_at
    story.application.snapshots.update(state="superseded")
    story.application.signatures.update(state="void")
    assert (stage_of(here).agreed, stage_of(here).signed_at) == ((), None)
    assert stage_of(here).key != stage.key


def test_it_shows_nothing_of_another_call_as_agreed_or_signed(cast: Cast) -> None:
    story = confirmed(cast).sign()
    here = Call.objects.get(pk=story.call.pk)
    there = ApplicationStory(cast.other_advisor).open().call
    story.application.snapshots.update(call=there)
    story.application.signatures.update(call=there)

    stage = stage_of(here)

    assert (stage.kind, stage.agreed, stage.signed_at) == ("waiting", (), None)


def test_it_gives_the_client_the_sealed_pdf_that_holds_and_no_other(cast: Cast) -> None:
    story = filled(cast)
    document = document_of(story.application, state="sealed")
    assert sealed_document(story.application) is None  # it has no number yet
    story.application.number = document.number
    assert sealed_document(story.application) == document

    SealedDocument.objects.update(is_superseded=True)
    assert sealed_document(story.application) is None
    SealedDocument.objects.update(is_superseded=False, file=None, state="pending")
    assert sealed_document(story.application) is None
