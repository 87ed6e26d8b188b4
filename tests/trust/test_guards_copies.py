"""The guards of « Créer le PDF », of the client's copy, of the page that verifies, and of where files
are kept: each of these fails when its guard is taken out."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avenant import health
from avenant.applications.models import Application
from avenant.applications.standing import Standing
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import copy_views, vault
from avenant.documents.actions import create_pdf as creating
from avenant.documents.actions.copy_link import find_copy_link, new_copy_link, open_copy_link
from avenant.documents.actions.create_pdf import create_pdf
from avenant.documents.deposit import deposit
from avenant.documents.models import CopyLink, Numbering, SealedDocument, VaultFile
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.models import Call
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast
from tests.support.documents import CONTENT, document_of, jobs
from tests.trust.test_guards_acts import locked, transactions
from tests.trust.test_guards_documents import fail

pytestmark = [pytest.mark.promise("G4"), pytest.mark.promise("G16")]


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """An application in an open call."""
    return ApplicationStory(cast.advisor).open()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether everything is there for the PDF: it is."""
    outcome = SimpleNamespace(is_allowed=True, missing=[])
    answer = SimpleNamespace(outcome=outcome, because=[])
    monkeypatch.setattr(Standing, "gate", answer)
    return outcome


def test_it_numbers_the_pdf_records_it_and_has_it_made(
    story: ApplicationStory, gate: SimpleNamespace
) -> None:
    earlier = document_of(story.application)
    Application.objects.update(number=earlier.number)
    sequence = Call.objects.get(pk=story.call.pk).sequence

    with CaptureQueriesContext(connection) as asked_of_database:
        document = create_pdf(story.application, by=story.advisor)

    story.application.refresh_from_db()
    earlier.refresh_from_db()
    assert gate.is_allowed
    assert (story.application.state, story.application.number) == ("pdf_ready", document.number)
    assert earlier.is_superseded
    kinds = Event.objects.filter(kind__startswith="pdf_").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["pdf_superseded", "pdf_created"]
    assert jobs(f"document:{document.pk}") == [("press", True)]
    assert Call.objects.get(pk=story.call.pk).sequence == sequence + 1
    assert locked(asked_of_database) == [
        "live_call", "applications_application", "documents_numbering",
    ]  # fmt: skip
    assert transactions(asked_of_database) == 1
    assert create_pdf(story.application, by=story.advisor).number != document.number


def test_it_creates_no_pdf_of_what_lacks_something(
    story: ApplicationStory, gate: SimpleNamespace
) -> None:
    gate.is_allowed, gate.missing = False, ["signatures"]

    with pytest.raises(RuleError, match="gate_closed"):
        create_pdf(story.application, by=story.advisor)

    assert not SealedDocument.objects.exists()


def test_it_creates_no_pdf_of_what_is_submitted(
    story: ApplicationStory, gate: SimpleNamespace
) -> None:
    Application.objects.update(state="submitted")

    with pytest.raises(RuleError, match="application_locked"):
        create_pdf(story.application, by=story.advisor)

    assert gate.is_allowed


@pytest.mark.usefixtures("gate")
def test_it_creates_a_pdf_whole_or_not_at_all(
    story: ApplicationStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creating, "enqueue_document", fail)

    with pytest.raises(RuntimeError):
        create_pdf(story.application, by=story.advisor)

    story.application.refresh_from_db()
    assert (story.application.state, story.application.number) == ("draft", "")
    assert not SealedDocument.objects.exists()


@pytest.mark.usefixtures("gate")
def test_it_prints_the_language_of_the_signature_that_stands(story: ApplicationStory) -> None:
    for state, language in (("void", "fr"), ("signed", "en")):
        SignatureRequest.objects.create(
            application=story.application, call=story.call, signer="main_insured", city="Laval",
            province="QC", signer_name="A", content_hash="x", notices_version="1",
            requested_at=timezone.now(), state=state, language=language,
        )  # fmt: skip

    assert create_pdf(story.application, by=story.advisor).language == "en"


@pytest.mark.usefixtures("gate")
def test_it_gives_no_number_of_nine_digits(story: ApplicationStory) -> None:
    create_pdf(story.application, by=story.advisor)
    Numbering.objects.update(last=99_999_999)

    with pytest.raises(RuleError, match="numbers_exhausted"):
        create_pdf(story.application, by=story.advisor)


@pytest.fixture
def token(story: ApplicationStory) -> str:
    """What stands in the client's link to the copy."""
    return new_copy_link(document_of(story.application, "submitted", state="deposited"))


def test_it_finds_a_link_by_its_own_token_for_thirty_days_and_once(token: str) -> None:
    link = CopyLink.objects.get()
    ends_in = link.expires_at - timezone.now()

    assert dt.timedelta(days=29, hours=23) < ends_in <= dt.timedelta(days=30)
    assert find_copy_link(token) == link
    assert find_copy_link("another") is None
    CopyLink.objects.update(opened_at=timezone.now())
    assert find_copy_link(token) is None
    CopyLink.objects.update(opened_at=None, expires_at=timezone.now())
    assert find_copy_link(token) is None


def test_it_opens_a_link_once_records_it_and_knows_no_other(token: str) -> None:
    assert open_copy_link("another") is None

    with CaptureQueriesContext(connection) as asked_of_database:
        assert open_copy_link(token)

    assert open_copy_link(token) is None
    link = CopyLink.objects.get()
    assert None not in (link.opened_at, link.window_digest)
    assert Event.objects.filter(kind="copy_opened").count() == 1
    assert locked(asked_of_database) == ["documents_copylink"]
    assert transactions(asked_of_database) == 1


def test_it_opens_no_link_that_is_over(token: str) -> None:
    CopyLink.objects.update(expires_at=timezone.now())

    assert open_copy_link(token) is None


def test_it_shows_the_copy_by_post_alone_and_to_its_browser(token: str) -> None:
    url, browser, other = reverse("open_copy", args=[token]), Client(), Client()
    assert browser.put(url).status_code == 405
    assert browser.get(url).status_code == 200
    assert browser.get(reverse("open_copy", args=["another"])).status_code == 404

    assert browser.post(url).status_code == 302

    shown = reverse("copy")
    assert browser.get(shown).content == CONTENT
    assert browser.post(shown).status_code == 405
    assert other.get(shown).status_code == 404
    other.cookies["avenant_copie"] = "another"
    assert other.get(shown).status_code == 404


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 404)])
def test_it_shows_the_copy_for_an_hour_after_it_was_opened(
    token: str, minutes: int, status: int
) -> None:
    browser = Client()
    opened = browser.post(reverse("open_copy", args=[token]), secure=True)
    cookie = opened.cookies["avenant_copie"]
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (3600, "/copie", "Lax")
    assert cookie["httponly"]
    assert cookie["secure"]
    CopyLink.objects.update(opened_at=timezone.now() - dt.timedelta(minutes=minutes))

    assert browser.get(reverse("copy"), secure=True).status_code == status


def test_it_shows_nothing_of_a_copy_whose_file_is_not_there(token: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.post(reverse("open_copy", args=[token]))
    SealedDocument.objects.update(file=None)

    assert browser.get(reverse("copy")).status_code == 404


def test_it_gives_no_copy_to_the_second_of_two_clicks(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both were shown the button; the first used the link up."""
    monkeypatch.setattr(copy_views, "open_copy_link", lambda _token: None)

    answer = Client(raise_request_exception=False).post(reverse("open_copy", args=[token]))

    assert answer.status_code == 410
    assert "avenant_copie" not in answer.cookies


@pytest.mark.parametrize("field", ["token_digest", "window_digest"])
def test_it_has_the_database_refuse_two_links_of_one_secret(token: str, field: str) -> None:
    assert open_copy_link(token)
    first = CopyLink.objects.get()
    other = CopyLink(document=first.document, token_digest="x" * 64, expires_at=timezone.now())
    setattr(other, field, getattr(first, field))

    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        other.save()


def test_it_has_the_database_refuse_two_documents_of_one_number_and_stage(token: str) -> None:
    first = SealedDocument.objects.get()
    assert find_copy_link(token)
    document_of(first.application, number=first.number)

    with pytest.raises(IntegrityError, match="one_document_per_stage"), transaction.atomic():
        document_of(first.application, "submitted", number=first.number)


def test_it_has_the_database_refuse_two_files_of_one_path(db: None) -> None:
    first = vault.keep(b"one")

    with pytest.raises(IntegrityError, match="path"), transaction.atomic():
        VaultFile.objects.create(sha256="b", size=1, path=first.path)


@pytest.mark.parametrize("place", ["the vault", "the carrier"])
def test_it_lets_one_process_at_a_time_write_under_a_name(
    story: ApplicationStory, place: str
) -> None:
    """The lock of the database lasts as long as the transaction around the writing."""
    document = document_of(story.application, "submitted", state="sealed")

    with CaptureQueriesContext(connection) as asked_of_database:
        if place == "the vault":
            vault.keep(b"another")
        else:
            deposit(document, CONTENT)

    said = [str(one["sql"]).split("(")[0] for one in asked_of_database.captured_queries]
    at = said.index("SELECT pg_advisory_xact_lock")
    assert said[at - 1].startswith("SAVEPOINT")
    assert said[at + 1].startswith("RELEASE SAVEPOINT")


@pytest.mark.parametrize(
    ("left", "level"), [(199 << 20, "degraded"), (200 << 20, "ok"), (None, "ok")]
)
def test_it_warns_under_200_mebibytes_of_room(
    db: None, monkeypatch: pytest.MonkeyPatch, left: int | None, level: str
) -> None:
    monkeypatch.setattr(vault, "room", lambda: left)

    assert {part.name: part.level for part in health.parts()}["vault"] == level


def test_it_says_what_is_wrong_with_what_was_dropped_to_be_verified(
    db: None, settings: object
) -> None:
    settings.AVENANT_UPLOAD_LIMIT = 10  # type: ignore[attr-defined]
    url = reverse("verify")

    assert Client().put(url).status_code == 405
    nothing = Client().post(url)
    small = Client().post(url, {"file": SimpleUploadedFile("a.pdf", b"a" * 20)})
    large = Client().post(url, {"file": SimpleUploadedFile("a.pdf", b"a" * 21)})

    assert (nothing.status_code, small.status_code, large.status_code) == (422, 200, 422)
    assert "Choisissez le PDF" in nothing.content.decode()
    assert "trop gros" in large.content.decode()
