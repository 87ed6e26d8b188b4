"""The sweeper takes up what was forgotten, and leaves alone what somebody is doing."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from avenant.demo.dossiers import ApplicationStory
from avenant.documents import tasks
from avenant.documents.models import SealedDocument
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G4")
AN_HOUR_AGO = dt.timedelta(hours=1)


@pytest.fixture
def document(cast: Cast) -> SealedDocument:
    """A PDF asked for an hour ago that nobody made; its job is waiting."""
    document = ApplicationStory(cast.advisor).until_signed().create_pdf()
    document.requested_at = timezone.now() - AN_HOUR_AGO
    document.save()
    return document


def jobs(status: str, key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = %s AND queueing_lock = %s",
            [status, key],
        )
        return int(cursor.fetchone()[0])


def take_up(key: str, *, heard_of: str) -> None:
    """A worker, last heard of then, is doing the job of this key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"
            " RETURNING id",
            [heard_of],
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s"
            " WHERE queueing_lock = %s AND status = 'todo'",
            [cursor.fetchone()[0], key],
        )


def test_it_enqueues_once_what_waits_however_often_it_looks(document: SealedDocument) -> None:
    for _ in range(3):
        tasks.sweep(0)

    assert jobs("todo", f"document:{document.pk}") == 1


def test_it_leaves_alone_what_a_living_worker_is_doing(document: SealedDocument) -> None:
    key = f"document:{document.pk}"
    take_up(key, heard_of="1 second")

    for _ in range(3):
        tasks.sweep(0)

    assert (jobs("doing", key), jobs("todo", key)) == (1, 0)


def test_it_would_enqueue_it_again_if_it_did_not_look_at_who_is_doing_it(
    document: SealedDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a key is only held while its job waits."""
    key = f"document:{document.pk}"
    take_up(key, heard_of="1 second")
    monkeypatch.setattr(tasks, "under_way", set)

    tasks.sweep(0)

    assert (jobs("doing", key), jobs("todo", key)) == (1, 1)


def test_it_takes_up_what_a_dead_worker_was_doing(document: SealedDocument) -> None:
    key = f"document:{document.pk}"
    take_up(key, heard_of="1 minute")

    tasks.sweep(0)

    assert (jobs("doing", key), jobs("todo", key)) == (1, 1)


def test_it_leaves_alone_a_message_that_is_being_sent(db: None) -> None:
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="test")
    OutboundMessage.objects.update(created_at=timezone.now() - AN_HOUR_AGO)
    key = f"message:{message.pk}"
    take_up(key, heard_of="1 second")

    tasks.sweep(0)

    assert (jobs("doing", key), jobs("todo", key)) == (1, 0)
