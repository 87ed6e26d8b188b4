"""What happens later, by itself: jobs are tried again, night runs are scheduled, what was half written
counts for nothing, what was erased is gone, and what was changed at rest is seen."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.applications.actions import purge_drafts as purging
from avenant.applications.models import Answer, Application
from avenant.crypto import decrypt, encrypt
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.deposit import deposit
from avenant.documents.models import SealedDocument, VaultFile
from avenant.documents.vault import VaultError, check_vault, keep, read
from avenant.history.actions.anchor import anchor_heads
from avenant.history.chain import check_history
from avenant.history.models import Anchor
from avenant.jobs import LONGEST_WAIT_SECONDS, MOST_ATTEMPTS, RETRY
from avenant.live.models import Call
from tests.support.cast import Cast
from tests.trust.doings import put_with

EVERY = {
    "applications.purge_drafts": "15 * * * *",
    "history.anchor": "5 0 * * *",
    "documents.sweep": "* * * * * */5",
    "accounts.prune": "40 * * * *",
}


@pytest.mark.promise("G4")
@pytest.mark.parametrize(("name", "cron"), EVERY.items())
def test_it_runs_by_itself_when_it_is_due_and_never_twice_at_once(name: str, cron: str) -> None:
    found = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}

    assert found[name].cron == cron
    assert found[name].task.queueing_lock == name


class Job:
    """As much of a job as the retry looks at."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts


@pytest.mark.promise("G4")
@pytest.mark.parametrize("name", ["documents.produce", "messaging.send_message"])
def test_it_tries_a_failed_job_again_for_about_a_day(name: str) -> None:
    retry = app.tasks[name].retry_strategy
    assert retry is RETRY
    waits = []
    for attempts in range(MOST_ATTEMPTS):
        decision = retry.get_retry_decision(exception=OSError(), job=Job(attempts))
        assert decision is not None
        waits.append(round((decision.retry_at - timezone.now()).total_seconds()))

    assert waits[0] <= 5
    assert waits == sorted(waits)
    assert max(waits) == LONGEST_WAIT_SECONDS == 600
    assert dt.timedelta(hours=20) < dt.timedelta(seconds=sum(waits)) < dt.timedelta(hours=40)
    assert retry.get_retry_decision(exception=OSError(), job=Job(MOST_ATTEMPTS)) is None


@pytest.mark.promise("G4")
def test_it_writes_a_deposit_anew_that_a_process_died_in(cast: Cast) -> None:
    document = (
        ApplicationStory(cast.advisor)
        .until_submitted()
        .application.documents.get(stage="submitted")
    )
    assert document.file is not None
    content = read(document.file)
    place = f"deposit/{document.carrier}/{document.number}"
    other = encrypt(content + b"a byte more")
    for half in (encrypt(content)[:200], b"", other):
        default_storage.delete(place)
        default_storage.save(place, ContentFile(half))

        assert deposit(document, content) == place

        with default_storage.open(place) as stored:
            assert decrypt(stored.read()) == content


@pytest.mark.promise("G4")
def test_it_leaves_a_whole_deposit_alone(cast: Cast) -> None:
    document = (
        ApplicationStory(cast.advisor)
        .until_submitted()
        .application.documents.get(stage="submitted")
    )
    assert document.file is not None
    place = f"deposit/{document.carrier}/{document.number}"
    with default_storage.open(place) as stored:
        before = stored.read()

    deposit(document, read(document.file))

    with default_storage.open(place) as stored:
        assert stored.read() == before


@pytest.mark.promise("G9")
def test_it_sees_a_file_that_was_changed_or_lost_at_rest(db: None) -> None:
    files = [keep(f"content {number}".encode()) for number in range(3)]
    assert list(check_vault()) == []
    default_storage.delete(files[0].path)
    default_storage.save(files[0].path, ContentFile(encrypt(b"another content")))
    default_storage.delete(files[1].path)

    for file in files[:2]:
        with pytest.raises(VaultError):
            read(file)
    assert len(list(check_vault())) == 2
    assert read(files[2]) == b"content 2"
    assert files[2].sha256 == hashlib.sha256(b"content 2").hexdigest()


@pytest.mark.promise("G15")
@pytest.mark.rule("4/APP-09")
def test_it_erases_a_draft_with_its_files_and_addresses(
    cast: Cast, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    produce_document(story.create_pdf().pk)
    kept = ApplicationStory(cast.other_advisor).open().fill()
    paths = list(VaultFile.objects.values_list("path", flat=True))
    assert len(paths) >= 2
    put_with(kept)
    others = list(VaultFile.objects.exclude(path__in=paths))
    Application.objects.filter(pk=story.application.pk).update(expires_on=dt.date(2020, 1, 1))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        purged = purging.purge_drafts("croix_bleue")

    assert purged == 1
    assert list(Application.objects.all()) == [kept.application]
    assert not Answer.objects.exclude(application=kept.application).exists()
    assert list(VaultFile.objects.order_by("pk")) == others
    assert all(map(read, others))
    assert not any(default_storage.exists(path) for path in paths)
    call = Call.objects.get(pk=story.call.pk)
    assert (call.client_ip, call.client_user_agent) == (None, "")
    assert (call.advisor_ip, call.advisor_user_agent) == (None, "")
    assert Call.objects.get(pk=kept.call.pk).advisor_ip is not None
    assert list(check_history()) == []


@pytest.mark.promise("G15")
@pytest.mark.rule("4/APP-09")
def test_it_erases_nothing_submitted_nor_saved_meanwhile_nor_of_another_carrier(cast: Cast) -> None:
    submitted = ApplicationStory(cast.advisor).until_submitted().application
    draft = ApplicationStory(cast.advisor).open().application
    Application.objects.update(expires_on=dt.date(2020, 1, 1))

    assert not purging.purge_application(submitted.pk)
    assert purging.purge_drafts("smatis") == 0
    Application.objects.filter(pk=draft.pk).update(expires_on=dt.date(2120, 1, 1))
    assert not purging.purge_application(draft.pk)
    assert Application.objects.count() == 2


def as_superuser(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_anchor DISABLE TRIGGER history_anchor_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE history_anchor ENABLE TRIGGER history_anchor_append_only")


@pytest.mark.promise("G10")
@pytest.mark.parametrize(
    "edit",
    [
        'heads = jsonb_set(heads, \'{nobody:1}\', \'{"length": 0, "hash": "0"}\')',
        "heads = '{}'::jsonb",
    ],
)
def test_it_sees_an_anchor_that_was_edited(cast: Cast, edit: str) -> None:
    ApplicationStory(cast.advisor).open()
    anchor_heads(dt.date(2026, 1, 1))
    assert list(check_history()) == []

    as_superuser(f"UPDATE history_anchor SET {edit}")

    assert any("2026-01-01" in fault for fault in check_history())


@pytest.mark.promise("G10")
@pytest.mark.parametrize(
    "statement", ["UPDATE history_anchor SET hash = 'x'", "DELETE FROM history_anchor"]
)
def test_it_lets_nobody_change_an_anchor(cast: Cast, statement: str) -> None:
    from django.db import IntegrityError, transaction

    ApplicationStory(cast.advisor).open()
    first = anchor_heads(dt.date(2026, 1, 1))
    assert anchor_heads(dt.date(2026, 1, 1)) == first

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Anchor.objects.count() == 1


@pytest.mark.promise("G4")
def test_it_seals_nothing_of_answers_that_changed_meanwhile(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()
    SealedDocument.objects.filter(pk=document.pk).update(content_hash="of the answers before")

    produce_document(document.pk)

    document.refresh_from_db()
    assert document.file is None
    assert document.state not in {"sealed", "deposited"}


@pytest.mark.promise("G4")
def test_it_seals_nothing_superseded_and_seals_once(cast: Cast) -> None:
    document = ApplicationStory(cast.advisor).until_signed().create_pdf()
    SealedDocument.objects.filter(pk=document.pk).update(is_superseded=True)
    produce_document(document.pk)
    document.refresh_from_db()
    assert document.state == "pending"

    SealedDocument.objects.filter(pk=document.pk).update(is_superseded=False)
    produce_document(document.pk)
    first = SealedDocument.objects.get(pk=document.pk)
    kept = VaultFile.objects.count()
    produce_document(document.pk)
    second = SealedDocument.objects.get(pk=document.pk)

    assert first.state == "sealed"
    assert first.sha256 == second.sha256
    assert VaultFile.objects.count() == kept
