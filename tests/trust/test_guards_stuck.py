"""Which documents, messages and jobs are unfinished, late or stuck, and the operator's buttons: a row
for each condition, which fails without it."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from avenant import jobs as queue
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import tasks
from avenant.documents.models import SealedDocument
from avenant.documents.queries import (
    recorded_seals,
    stuck_documents,
    unfinished_documents,
    untold_documents,
)
from avenant.history.actions.record import Actor, record
from avenant.history.models import Chain
from avenant.jobs import defer, retry_task
from avenant.messaging.models import OutboundMessage
from avenant.messaging.queries import client_copy_failure, stuck_messages, unsent_messages
from avenant.operations import queries as operations
from tests.support.cast import Cast, browser_of
from tests.support.documents import NOW_SEALED, document_of, jobs

pytestmark = [pytest.mark.promise("G4"), pytest.mark.promise("G11")]
AN_HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """An application in an open call."""
    return ApplicationStory(cast.advisor).open()


# Of what was asked for an hour ago: is it unfinished, stuck, finished, late?
STATES: dict[str, tuple[str, dict[str, Any], tuple[bool, bool, bool, bool]]] = {
    "not sealed": ("created", {}, (True, True, False, True)),
    "sealed": ("created", {"state": "sealed"}, (False, False, True, False)),
    "placed by mistake": ("created", {"state": "deposited"}, (False, False, False, True)),
    "superseded": ("created", {"is_superseded": True}, (False, False, True, False)),
    "failed": ("created", {"state": "failed"}, (False, True, False, False)),
    "failed and superseded": (
        "created", {"state": "failed", "is_superseded": True}, (False, False, True, False),
    ),
    "not placed": ("submitted", {"state": "sealed"}, (True, True, False, True)),
    "placed and told": (
        "submitted", {"state": "deposited", "is_told": True}, (False, False, True, False),
    ),
    "placed and not told": ("submitted", {"state": "deposited"}, (True, True, True, False)),
    "failed before it was told": ("submitted", {"state": "failed"}, (False, True, False, False)),
    "sealed, and its mails failed": (
        "submitted", {"state": "deposited", "is_told": True, "failure": "unexpected"},
        (False, True, True, False),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("stage", "facts", "answers"), STATES.values(), ids=STATES.keys())
def test_it_knows_what_is_unfinished_stuck_finished_and_late(
    story: ApplicationStory,
    stage: str,
    facts: dict[str, Any],
    answers: tuple[bool, bool, bool, bool],
) -> None:
    now = timezone.now()
    told = facts.get("is_told", False)
    kept = {name: value for name, value in facts.items() if name != "is_told"}
    document = document_of(story.application, stage, requested_at=now - AN_HOUR, **kept)
    number = document.number if told else "CBEX99999999"
    OutboundMessage.objects.create(
        to="a", text="a", kind="a", once_key=f"submission_confirmation:{number}"
    )

    found = (
        document in unfinished_documents(now),
        document in stuck_documents(),
        document.is_finished,
        document.is_late,
    )

    assert found == answers


@pytest.mark.parametrize(
    ("seconds", "failure", "is_late", "is_stuck"),
    [(50, "", False, False), (70, "", True, True), (50, "vault_full", True, True)],
)
def test_it_calls_late_what_takes_a_minute_or_does_not_come_out(
    story: ApplicationStory, seconds: int, failure: str, is_late: bool, is_stuck: bool
) -> None:
    asked = timezone.now() - dt.timedelta(seconds=seconds)
    document = document_of(story.application, requested_at=asked, failure=failure)

    assert document.is_late == is_late
    assert (document in stuck_documents()) == is_stuck
    assert document not in unfinished_documents(asked)


def test_it_finds_the_seals_of_a_file_or_of_a_number_and_no_others(story: ApplicationStory) -> None:
    one = document_of(story.application, state="sealed", sha256="1" * 64, file=None)
    SealedDocument.objects.update(sealed_at=timezone.now())
    document_of(story.application, sha256="1" * 64)

    assert [seal.number for seal in recorded_seals("1" * 64, "")] == [one.number]
    assert [seal.number for seal in recorded_seals("", one.number)] == [one.number]
    assert recorded_seals("2" * 64, "CBEX99999999") == []
    assert recorded_seals("", "") == []


def test_it_says_which_file_its_history_does_not_have(cast: Cast, story: ApplicationStory) -> None:
    other = ApplicationStory(cast.other_advisor).open()
    document_of(story.application)
    sealed = document_of(story.application, state="sealed")
    facts = {"number": sealed.number, "stage": "created", "sha256": NOW_SEALED.sha256}
    line = f"document {sealed.number} created: it was changed"

    record("document_sealed", other.application, by=Actor.SYSTEM, facts=facts)
    record("document_deposited", story.application, by=Actor.SYSTEM, facts=facts)
    record("document_sealed", story.application, by=Actor.SYSTEM, facts={"number": "another"})
    assert list(untold_documents()) == [line]

    record("document_sealed", story.application, by=Actor.SYSTEM, facts=facts)
    assert list(untold_documents()) == []


def test_it_says_which_application_has_no_history(story: ApplicationStory) -> None:
    unknown = story.application
    unknown.pk, unknown._state.adding = uuid.uuid4(), True
    unknown.save()
    Chain.objects.create(dossier=f"application:{unknown.pk}")

    assert list(untold_documents()) == [
        f"application:{unknown.pk}: nothing of it is in the history"
    ]


# Of a message: is it unsent since a minute, and stuck?
MESSAGES: dict[str, tuple[str, int, bool, bool]] = {
    "a moment ago": ("queued", 50, False, False),
    "long ago": ("queued", 70, True, True),
    "sent long ago": ("sent", 70, False, False),
    "failed a moment ago": ("failed", 1, False, True),
}


@pytest.mark.parametrize(
    ("state", "seconds", "is_unsent", "is_stuck"), MESSAGES.values(), ids=MESSAGES.keys()
)
def test_it_knows_which_messages_wait_and_which_are_stuck(
    db: None, state: str, seconds: int, is_unsent: bool, is_stuck: bool
) -> None:
    now = timezone.now()
    message = OutboundMessage.objects.create(
        to="a", text="a", kind="a", state=state, once_key="client_copy:CBEX1"
    )
    OutboundMessage.objects.update(created_at=now - dt.timedelta(seconds=seconds))

    assert (message in unsent_messages(now - dt.timedelta(minutes=1))) == is_unsent
    assert (message in stuck_messages()) == is_stuck
    assert (client_copy_failure("CBEX1") == message) == is_stuck
    assert client_copy_failure("CBEX2") is None


@pytest.mark.parametrize(("seconds", "is_taken_up"), [(15, False), (25, True)])
def test_it_takes_up_what_was_forgotten_for_twenty_seconds(
    story: ApplicationStory, seconds: int, is_taken_up: bool
) -> None:
    asked = timezone.now() - dt.timedelta(seconds=seconds)
    document = document_of(story.application, requested_at=asked)
    message = OutboundMessage.objects.create(to="a", text="a", kind="a")
    OutboundMessage.objects.update(created_at=asked)

    tasks.sweep(0)

    assert bool(jobs(f"document:{document.pk}")) == is_taken_up
    assert bool(jobs(f"message:{message.pk}")) == is_taken_up


def test_it_lists_a_hundred_of_a_kind_at_once(db: None) -> None:
    OutboundMessage.objects.bulk_create(
        [OutboundMessage(to="a", text="a", kind="a", state="failed") for _ in range(101)]
    )

    assert len(operations.stuck_things()) == 100


def leave_failed(task: str) -> None:
    defer(task, timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


def test_it_runs_stuck_work_once_more_whole_or_not_at_all(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    leave_failed("applications.purge_drafts")
    assert not retry_task("history.anchor")
    with monkeypatch.context() as patch:
        patch.setattr(queue, "defer", fail)
        with pytest.raises(RuntimeError):
            retry_task("applications.purge_drafts")
    assert len(queue.stuck_jobs()) == 1

    assert retry_task("applications.purge_drafts")

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("applications.purge_drafts", "todo")]


BUTTONS = {
    "retry_document": lambda document, _message: [document.pk],
    "retry_message": lambda _document, message: [message.pk],
    "retry_task": lambda _document, _message: ["applications.purge_drafts"],
}


@pytest.mark.promise("G3")
@pytest.mark.parametrize("name", BUTTONS)
def test_it_gives_the_buttons_to_the_operator_by_post_alone(
    cast: Cast, story: ApplicationStory, name: str
) -> None:
    document = document_of(story.application)
    message = OutboundMessage.objects.create(to="a", text="a", kind="a", state="failed")
    leave_failed("applications.purge_drafts")
    url = reverse(name, args=BUTTONS[name](document, message))

    operator = browser_of(cast.platform_admin)
    assert browser_of(None).post(url)["Location"].startswith(reverse("account_login"))
    assert browser_of(cast.advisor).post(url).status_code == 403
    assert operator.get(url).status_code == 405
    assert operator.post(url)["Location"] == reverse("operations")


@pytest.mark.promise("G3")
def test_it_shows_what_is_stuck_to_the_operator_alone(cast: Cast) -> None:
    url = reverse("operations")

    operator = browser_of(cast.platform_admin)
    assert browser_of(None).get(url)["Location"].startswith(reverse("account_login"))
    assert browser_of(cast.advisor).get(url).status_code == 403
    assert operator.post(url).status_code == 405
    assert operator.get(url).status_code == 200


def test_it_knows_no_background_work_that_is_not_stuck(cast: Cast) -> None:
    url = reverse("retry_task", args=["applications.purge_drafts"])

    assert browser_of(cast.platform_admin).post(url).status_code == 404
