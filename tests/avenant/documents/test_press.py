"""A document that takes for ever holds up nobody, and one that cannot be made says so (G20, G11)."""

import logging
from html import unescape

import pytest
from django.urls import reverse

from avenant.applications.content import printed_content_hash, view_of
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import press, sealing, tasks
from avenant.documents.actions.produce_document import LateError, produce_document
from avenant.documents.actions.retry_document import retry_document
from avenant.documents.models import SealedDocument
from avenant.errors import RuleError
from avenant.guarded import Limits, Stopped
from avenant.history.models import Event
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of
from tests.support.press import asked_with, many_pages, run_lane, waiting

pytestmark = pytest.mark.promise("G20")

# One to four seconds of processor, by the machine, where the first try is given six tenths, the next ten.
HEAVY_PAGES = 900
ENDLESS = Limits(cpu_seconds=600, memory=2 << 30, wall_seconds=600)
NO_PATIENCE = Limits(cpu_seconds=0.3, memory=1 << 30, wall_seconds=60)


def three_heavy_and_an_innocent(cast: Cast) -> tuple[list[SealedDocument], SealedDocument]:
    heavy = many_pages(HEAVY_PAGES)
    documents = [asked_with(ApplicationStory(cast.advisor), heavy) for _ in range(3)]
    return documents, asked_with(ApplicationStory(cast.other_advisor))


def as_they_are(*documents: SealedDocument) -> list[str]:
    for document in documents:
        document.refresh_from_db()
    return [document.state for document in documents]


def test_it_seals_an_innocent_document_behind_heavy_ones(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(press.PATIENT, "print_document", NO_PATIENCE)
    heavy, innocent = three_heavy_and_an_innocent(cast)

    run_lane("press")
    meanwhile = as_they_are(*heavy, innocent)
    aside = waiting("press_patient")
    run_lane("press_patient")

    assert meanwhile == ["pending", "pending", "pending", "sealed"]
    assert aside == [one.pk for one in heavy]
    assert as_they_are(*heavy) == ["failed"] * 3
    assert {one.failure for one in heavy} == {"stopped_time"}


def test_it_would_be_held_up_if_nothing_was_limited(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: without limits the innocent document waits for all that stands before."""
    monkeypatch.setattr(press, "BRIEF", dict.fromkeys(press.BRIEF, ENDLESS))
    heavy, innocent = three_heavy_and_an_innocent(cast)

    run_lane("press")

    assert as_they_are(*heavy, innocent) == ["sealed"] * 4
    assert all(one.sealed_at < innocent.sealed_at for one in heavy)


def test_it_makes_what_only_took_long_in_the_patient_lane(cast: Cast) -> None:
    document = asked_with(ApplicationStory(cast.advisor), many_pages(HEAVY_PAGES))

    run_lane("press")
    first = as_they_are(document), document.failure, document.attempts
    run_lane("press_patient")

    assert first == (["pending"], "stopped_time", 1)
    assert as_they_are(document) == ["sealed"]
    assert (document.failure, document.failing_since, document.attempts) == ("", None, 0)


def test_it_tries_what_dies_twice_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def die(task: str, _work: bytes, _limits: Limits) -> None:
        tries.append(task)
        raise Stopped("crash", "TypeError")

    monkeypatch.setattr(press, "run", die)
    document = asked_with(ApplicationStory(cast.advisor))

    for _ in range(5):
        run_lane("press")
        run_lane("press_patient")
        tasks.sweep(0)

    assert as_they_are(document) == ["failed"]
    assert document.failure == "stopped_crash"
    assert len(tries) == 2
    assert waiting("press") == waiting("press_patient") == []


@pytest.fixture
def failed(cast: Cast, caplog: pytest.LogCaptureFixture, settings: object) -> SealedDocument:
    """A PDF that was asked for and cannot be made: its illustration is none."""
    settings.AVENANT_OPERATORS = ["exploitation@exemple.test"]  # type: ignore[attr-defined]
    document = asked_with(cast_story(cast), b"%PDF-1.7 and nothing else")
    with caplog.at_level(logging.INFO):
        run_lane("press")
    document.refresh_from_db()
    return document


def cast_story(cast: Cast) -> ApplicationStory:
    cast.story = ApplicationStory(cast.advisor)
    return cast.story


def mend(document: SealedDocument, cast: Cast) -> None:
    """Give it the illustration of somebody else's application, which can be printed."""
    other = ApplicationStory(cast.other_advisor).until_signed()
    good = other.application.attachments.get(kind="quote")
    document.application.attachments.filter(kind="quote").update(printable=good.printable)


@pytest.mark.promise("G11")
def test_it_says_at_once_what_no_wait_mends(failed: SealedDocument) -> None:
    event = Event.objects.get(kind="document_failed")

    assert (failed.state, failed.failure) == ("failed", "illustration_unreadable")
    assert event.facts == {
        "number": failed.number,
        "stage": "created",
        "failure": "illustration_unreadable",
    }


@pytest.mark.promise("G11")
def test_it_tells_the_advisor_and_the_operators(failed: SealedDocument) -> None:
    told = {one.kind: one for one in OutboundMessage.objects.all()}
    advisor, operators = told["document_failed"], told["operators_notice"]

    assert advisor.to == failed.application.advisor.email
    assert failed.number in advisor.subject
    assert "ne peut pas être imprimée" in advisor.text
    assert "joignez ce nouveau fichier" in advisor.text
    assert operators.to == "exploitation@exemple.test"
    assert "/exploitation" in operators.text
    for message in (advisor, operators):
        assert failed.application.insured_name not in message.subject + message.text


@pytest.mark.promise("G16")
def test_it_writes_a_line_in_the_log_without_anything_personal(
    failed: SealedDocument, caplog: pytest.LogCaptureFixture
) -> None:
    (line,) = [one for one in caplog.get_records("setup") if one.levelno == logging.ERROR]

    assert failed.number in line.getMessage()
    assert "illustration_unreadable" in line.getMessage()
    assert failed.application.insured_name not in line.getMessage()
    assert line.exc_info is None


@pytest.mark.promise("G11")
def test_it_tells_on_the_page_what_failed_and_what_to_do(
    cast: Cast, failed: SealedDocument
) -> None:
    address = reverse("application", args=[failed.application_id]) + "?section=transmission"

    page = unescape(browser_of(cast.advisor).get(address).content.decode())

    assert "La soumission jointe ne peut pas être imprimée." in page
    assert "joignez ce nouveau fichier" in page
    assert "est en préparation" not in page
    assert "Créer de nouveau le PDF" in page


def test_it_refuses_to_submit_what_failed(cast: Cast, failed: SealedDocument) -> None:
    with pytest.raises(RuleError, match="pdf_failed"):
        cast.story.submit()

    assert not failed.application.documents.filter(stage="submitted").exists()


def test_it_goes_on_with_another_pdf_once_the_cause_is_mended(
    cast: Cast, failed: SealedDocument
) -> None:
    mend(failed, cast)

    another = cast.story.create_pdf()
    produce_document(another.pk)

    assert as_they_are(another, failed) == ["sealed", "failed"]
    assert failed.is_superseded


def test_it_is_not_taken_up_again_by_itself(failed: SealedDocument) -> None:
    SealedDocument.objects.update(requested_at=failed.requested_at - tasks.GRACE * 9)

    tasks.sweep(0)

    assert waiting("press") == waiting("press_patient") == []


def test_it_is_made_when_an_operator_tries_again(cast: Cast, failed: SealedDocument) -> None:
    mend(failed, cast)
    SealedDocument.objects.filter(pk=failed.pk).update(
        content_hash=printed_content_hash(failed.application, view_of(failed.application))
    )

    retry_document(failed, by=cast.platform_admin)
    retry_document(failed, by=cast.platform_admin)
    queued = waiting("press_patient")
    run_lane("press_patient")

    assert queued == [failed.pk]
    assert as_they_are(failed) == ["sealed"]
    (event,) = Event.objects.filter(kind="document_retried")
    assert event.actor == cast.platform_admin
    with pytest.raises(RuleError, match="nothing_stuck"):
        retry_document(failed, by=cast.platform_admin)


def test_it_fails_again_in_words_when_nothing_was_mended(
    cast: Cast, failed: SealedDocument
) -> None:
    retry_document(failed, by=cast.platform_admin)
    run_lane("press_patient")

    assert as_they_are(failed) == ["failed"]
    assert Event.objects.filter(kind="document_failed").count() == 2


@pytest.mark.promise("G11")
def test_it_seals_without_a_timestamp_when_the_authority_is_away(
    cast: Cast, settings: object
) -> None:
    settings.AVENANT_TIMESTAMP_URL = "http://127.0.0.1:9/tsa"  # type: ignore[attr-defined]
    document = asked_with(ApplicationStory(cast.advisor))

    produce_document(document.pk)

    assert as_they_are(document) == ["sealed"]
    assert (document.seal_level, document.seal_lowered) == ("PAdES B-B", "timestamp_unreachable")


@pytest.mark.promise("G11")
def test_it_waits_for_the_sealing_key(cast: Cast, settings: object, tmp_path: object) -> None:
    settings.AVENANT_SEAL_KEY = f"{tmp_path}/missing.p12"  # type: ignore[attr-defined]
    sealing.seal_key.cache_clear()
    document = asked_with(ApplicationStory(cast.advisor))

    with pytest.raises(LateError, match="seal_key_missing"):
        produce_document(document.pk)
    during = as_they_are(document), document.failure, document.attempts
    settings.AVENANT_SEAL_KEY = ""  # type: ignore[attr-defined]
    produce_document(document.pk)

    assert during == (["pending"], "seal_key_missing", 0)
    assert as_they_are(document) == ["sealed"]
