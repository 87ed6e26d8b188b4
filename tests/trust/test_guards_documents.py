"""The guards of a document's way, one by one: from the click until it is with the carrier."""

from contextlib import suppress

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions import produce_document as producing
from avenant.documents.actions import tell_submission as telling
from avenant.documents.actions.produce_document import LateError, produce_document
from avenant.documents.actions.supersede import supersede_documents
from avenant.documents.models import CopyLink, SealedDocument, VaultFile
from avenant.documents.vault import VaultError
from avenant.history.models import Event
from avenant.live.models import Call
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast
from tests.support.documents import NOW_SEALED, document_of, press_at_once
from tests.trust.test_guards_acts import locked

pytestmark = [pytest.mark.promise("G4"), pytest.mark.promise("G5")]
LOCKS = ["live_call", "applications_application", "documents_sealeddocument"]


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """An application in an open call."""
    return ApplicationStory(cast.advisor).open()


def kinds(kind: str = "document_") -> list[str]:
    found = Event.objects.filter(kind__startswith=kind).order_by("pk")
    return list(found.values_list("kind", flat=True))


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("on purpose")


def test_it_keeps_all_that_a_sealing_says_records_it_and_forgets_what_failed(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_at_once(monkeypatch)
    document = document_of(story.application, failure="vault_full", failing_since=timezone.now())
    sequence = Call.objects.get(pk=story.call.pk).sequence

    with CaptureQueriesContext(connection) as asked_of_database:
        produce_document(document.pk)

    document.refresh_from_db()
    assert document.state == "sealed"
    assert document.file is not None
    assert (document.sha256, document.sealed_at) == (NOW_SEALED.sha256, NOW_SEALED.sealed_at)
    assert (document.seal_level, document.seal_lowered) == ("PAdES B-B", "timestamp_unreachable")
    assert (document.failure, document.failing_since, document.attempts) == ("", None, 0)
    assert kinds() == ["document_sealed"]
    assert Call.objects.get(pk=story.call.pk).sequence == sequence + 1
    assert locked(asked_of_database) == LOCKS


def test_it_places_what_is_submitted_and_tells_of_it(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = press_at_once(monkeypatch)
    document = document_of(
        story.application, "submitted", state="sealed", failure="vault_full",
        failing_since=timezone.now(),
    )  # fmt: skip

    with CaptureQueriesContext(connection) as asked_of_database:
        produce_document(document.pk)

    document.refresh_from_db()
    assert done == ["placed"]
    assert document.state == "deposited"
    assert document.deposited_at is not None
    assert (document.failure, document.failing_since) == ("", None)
    assert kinds() == ["document_deposited"]
    assert OutboundMessage.objects.filter(kind="submission_confirmation").count() == 1
    assert locked(asked_of_database) == LOCKS


def test_it_seals_what_is_submitted_whatever_the_answers_have_become(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_at_once(monkeypatch)
    document = document_of(story.application, "submitted", content_hash="of before")

    produce_document(document.pk)

    document.refresh_from_db()
    assert document.state == "deposited"


def test_it_seals_no_created_pdf_of_answers_that_changed(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_at_once(monkeypatch)
    document = document_of(story.application, content_hash="of before")

    produce_document(document.pk)

    document.refresh_from_db()
    assert (document.state, document.failure) == ("failed", "content_changed")


@pytest.mark.parametrize(
    ("stage", "facts"),
    [
        ("created", {"is_superseded": True}),
        ("created", {"state": "sealed"}),
        ("submitted", {"state": "failed"}),
        ("submitted", {"state": "deposited", "is_superseded": True}),
    ],
)
def test_it_makes_nothing_of_what_is_done_superseded_or_failed(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch, stage: str, facts: dict[str, object]
) -> None:
    done = press_at_once(monkeypatch)
    document = document_of(story.application, stage, **facts)

    produce_document(document.pk)

    assert done == []
    assert kinds() == []
    assert not OutboundMessage.objects.exists()


def test_it_places_nothing_again_but_tells_of_it(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = press_at_once(monkeypatch)
    document = document_of(story.application, "submitted", state="deposited")

    produce_document(document.pk)

    assert done == []
    assert OutboundMessage.objects.filter(kind="submission_confirmation").exists()


MEANWHILE = {
    "sealed by another": ("pending", {"state": "sealed", "sha256": "of another"}, "created"),
    "superseded": ("pending", {"is_superseded": True}, "created"),
    "placed by another": ("sealed", {"state": "deposited"}, "submitted"),
}


@pytest.mark.parametrize(("state", "facts", "stage"), MEANWHILE.values(), ids=MEANWHILE.keys())
def test_it_throws_away_what_another_made_meanwhile(
    story: ApplicationStory,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    facts: dict[str, object],
    stage: str,
) -> None:
    press_at_once(monkeypatch, lambda: SealedDocument.objects.update(**facts))
    document = document_of(story.application, stage, state=state)
    files = VaultFile.objects.count()

    produce_document(document.pk)

    document.refresh_from_db()
    assert {name: getattr(document, name) for name in facts} == facts
    assert (document.failure, kinds()) == ("", [])
    assert VaultFile.objects.count() == files


@pytest.mark.parametrize(("state", "stage"), [("pending", "created"), ("sealed", "submitted")])
def test_it_keeps_nothing_of_a_step_that_broke_off(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch, state: str, stage: str
) -> None:
    press_at_once(monkeypatch)
    monkeypatch.setattr(producing, "_record", fail)
    document = document_of(story.application, stage, state=state)
    files = VaultFile.objects.count()

    with suppress(LateError):
        produce_document(document.pk)

    document.refresh_from_db()
    assert (document.state, document.failure) == (state, "unexpected")
    assert VaultFile.objects.count() == files


def test_it_tells_of_a_submission_whole_or_not_at_all(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_tell_client", fail)
    document = document_of(story.application, "submitted", state="deposited")

    with pytest.raises(LateError):
        produce_document(document.pk)

    assert not OutboundMessage.objects.exists()


def test_it_waits_for_a_lost_database_and_calls_it_no_fault_of_the_document(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_document: SealedDocument) -> None:
        raise OperationalError from psycopg.OperationalError("gone")

    monkeypatch.setattr(producing, "assemble", lose)
    document = document_of(story.application)

    with pytest.raises(OperationalError):
        produce_document(document.pk)

    document.refresh_from_db()
    assert (document.failure, document.attempts) == ("", 0)


def test_it_says_that_it_is_to_be_tried_again(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_document: SealedDocument) -> None:
        raise VaultError("vault_full", "full")

    monkeypatch.setattr(producing, "assemble", full)

    with pytest.raises(LateError, match="vault_full") as late:
        produce_document(document_of(story.application).pk)

    assert late.value.code == "vault_full"


def test_it_supersedes_the_created_pdf_once_and_the_submitted_one_never(
    cast: Cast, story: ApplicationStory
) -> None:
    created = document_of(story.application)
    submitted = document_of(story.application, "submitted")

    for _ in range(2):
        supersede_documents(story.application, by=cast.advisor)

    superseded = SealedDocument.objects.filter(is_superseded=True)
    assert list(superseded) == [created]
    assert submitted not in superseded
    assert kinds("pdf_superseded") == ["pdf_superseded"]


@pytest.fixture
def filled(cast: Cast) -> ApplicationStory:
    """An application that has the client's address."""
    return ApplicationStory(cast.advisor).open().fill()


def test_it_tells_of_a_submission_each_once(filled: ApplicationStory) -> None:
    document = document_of(filled.application, "submitted", state="deposited")
    OutboundMessage.objects.create(to="x", text="x", kind="k", once_key="client_copy:CBEX99999999")

    for _ in range(2):
        telling.tell_submission(document)

    told = OutboundMessage.objects.exclude(kind="k").order_by("kind")
    assert list(told.values_list("kind", flat=True)) == [
        "client_copy",
        "new_application_notice",
        "submission_confirmation",
    ]
    assert CopyLink.objects.count() == 1


def test_it_tells_no_client_without_an_address_and_no_agency_that_is_none(
    cast: Cast, story: ApplicationStory
) -> None:
    cast.advisor.affiliation.managing_agency = None
    cast.advisor.affiliation.save()

    telling.tell_submission(document_of(story.application, "submitted", state="deposited"))

    assert OutboundMessage.objects.get().kind == "submission_confirmation"
    assert not CopyLink.objects.exists()
