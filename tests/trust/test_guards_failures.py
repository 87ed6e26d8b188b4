"""The guards of what does not come out: written down, told and tried again, each thing of it."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions import note_failure as noting
from avenant.documents.actions import retry_document as retrying
from avenant.documents.actions.note_failure import note_failure
from avenant.documents.actions.retry_document import retry_document
from avenant.errors import RuleError
from avenant.live.models import Call
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast
from tests.support.documents import document_of, jobs
from tests.trust.test_guards_acts import locked
from tests.trust.test_guards_documents import LOCKS, fail, kinds

pytestmark = [pytest.mark.promise("G4"), pytest.mark.promise("G11")]


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """An application in an open call."""
    return ApplicationStory(cast.advisor).open()


def test_it_notes_a_failure_that_lasts_tells_of_it_and_ends(
    story: ApplicationStory, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AVENANT_OPERATORS = ["exploitation@exemple.test"]  # type: ignore[attr-defined]
    document = document_of(story.application)
    sequence = Call.objects.get(pk=story.call.pk).sequence

    with CaptureQueriesContext(connection) as asked_of_database, caplog.at_level(logging.ERROR):
        assert not note_failure(document.pk, "print_refused")

    document.refresh_from_db()
    assert (document.state, document.failure, document.attempts) == ("failed", "print_refused", 1)
    assert document.failing_since is not None
    assert locked(asked_of_database) == LOCKS
    assert kinds() == ["document_failed"]
    told = OutboundMessage.objects.order_by("kind").values_list("kind", flat=True)
    assert list(told) == ["document_failed", "operators_notice"]
    assert Call.objects.get(pk=story.call.pk).sequence == sequence + 1
    assert any(document.number in line and "print_refused" in line for line in caplog.messages)
    assert jobs(f"document:{document.pk}") == []


def test_it_remembers_since_when_it_fails_and_tells_nobody_of_what_passes(
    story: ApplicationStory,
) -> None:
    document = document_of(story.application)
    assert note_failure(document.pk, "vault_full")
    document.refresh_from_db()
    since = document.failing_since
    assert note_failure(document.pk, "vault_refuses")

    document.refresh_from_db()
    assert (document.state, document.failure) == ("pending", "vault_refuses")
    assert document.failing_since == since is not None
    assert kinds() == []
    assert not OutboundMessage.objects.exists()
    assert jobs(f"document:{document.pk}") == []


def test_it_tries_what_may_be_the_documents_fault_once_more_patiently(
    story: ApplicationStory,
) -> None:
    document = document_of(story.application)
    key = f"document:{document.pk}"

    assert not note_failure(document.pk, "stopped_deadline")
    assert [lane for lane, _now in jobs(key)] == ["press_patient"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert note_failure(document.pk, "stopped_deadline")
    assert jobs(key) == []


def test_it_tries_a_placing_again_by_its_own_job(story: ApplicationStory) -> None:
    document = document_of(story.application, "submitted", state="sealed")

    assert note_failure(document.pk, "unexpected")
    assert jobs(f"document:{document.pk}") == []


@pytest.mark.parametrize(
    "facts", [{"is_superseded": True}, {"state": "failed", "failure": "print_refused"}]
)
def test_it_notes_nothing_more_of_what_is_superseded_or_failed(
    story: ApplicationStory, facts: dict[str, object]
) -> None:
    document = document_of(story.application, **facts)

    assert not note_failure(document.pk, "vault_full")

    document.refresh_from_db()
    assert document.failure == facts.get("failure", "")


def test_it_notes_a_failure_whole_or_not_at_all(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "tell_failure", fail)
    document = document_of(story.application)

    with pytest.raises(RuntimeError):
        note_failure(document.pk, "print_refused")

    document.refresh_from_db()
    assert (document.state, document.failure) == ("pending", "")


@pytest.mark.parametrize(("stage", "is_draft"), [("submitted", False), ("created", True)])
def test_it_leads_the_advisor_to_where_the_document_is(
    story: ApplicationStory, stage: str, is_draft: bool
) -> None:
    note_failure(document_of(story.application, stage).pk, "print_refused")

    (link,) = OutboundMessage.objects.get(kind="document_failed").links
    assert ("?section=transmission" in link) == is_draft


def test_it_has_a_failed_document_made_again_now(cast: Cast, story: ApplicationStory) -> None:
    document = document_of(
        story.application, state="failed", failure="unexpected", failing_since=timezone.now(),
        attempts=2,
    )  # fmt: skip
    key = f"document:{document.pk}"
    sequence = Call.objects.get(pk=story.call.pk).sequence

    with CaptureQueriesContext(connection) as asked_of_database:
        retry_document(document, by=cast.platform_admin)

    document.refresh_from_db()
    assert (document.state, document.failure, document.attempts) == ("pending", "", 1)
    assert document.failing_since is None
    assert locked(asked_of_database) == LOCKS
    assert kinds() == ["document_retried"]
    assert Call.objects.get(pk=story.call.pk).sequence == sequence + 1
    assert jobs(key) == [("press_patient", True)]


def test_it_hastens_what_waits_for_its_next_try(cast: Cast, story: ApplicationStory) -> None:
    document = document_of(story.application)
    retry_document(document, by=cast.platform_admin)
    key = f"document:{document.pk}"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
    assert jobs(key) == [("press", False)]

    retry_document(document, by=cast.platform_admin)

    assert jobs(key) == [("press", True)]
    assert kinds() == []


@pytest.mark.parametrize(
    ("stage", "facts", "is_refused"),
    [
        ("created", {"state": "sealed"}, True),
        ("created", {"is_superseded": True}, True),
        ("submitted", {"state": "deposited"}, True),
        ("submitted", {"state": "deposited", "failure": "unexpected"}, False),
        ("submitted", {"state": "sealed"}, False),
        ("created", {"state": "pending"}, False),
    ],
)
def test_it_tries_nothing_again_that_is_done(
    cast: Cast,
    story: ApplicationStory,
    stage: str,
    facts: dict[str, object],
    is_refused: bool,
) -> None:
    document = document_of(story.application, stage, **facts)
    if not is_refused:
        retry_document(document, by=cast.platform_admin)
        assert len(jobs(f"document:{document.pk}")) == 1
        return

    with pytest.raises(RuleError, match="nothing_stuck"):
        retry_document(document, by=cast.platform_admin)


def test_it_tries_a_document_again_whole_or_not_at_all(
    cast: Cast, story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "enqueue_document", fail)
    document = document_of(story.application, state="failed", failure="unexpected")

    with pytest.raises(RuntimeError):
        retry_document(document, by=cast.platform_admin)

    document.refresh_from_db()
    assert (document.state, kinds()) == ("failed", [])
