"""What is missing degrades and says so; nothing pretends (G11): a full disk, a mail server that is
down. The virus scanner and the timestamp authority are in tests/avenant/documents/.
"""

import errno
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.urls import reverse

from avenant.applications.models import Attachment
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import vault
from avenant.documents.actions.produce_document import LateError, produce_document
from avenant.documents.models import VaultFile
from avenant.history.models import Event
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.send_message import send_message
from avenant.messaging.providers import ProviderError
from tests.avenant.documents.hostile import plain
from tests.support.cast import Cast, browser_of
from tests.trust.test_hostile_uploads import send

pytestmark = pytest.mark.promise("G11")


@contextmanager
def a_full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(vault.default_storage, "save", refuse)
        yield


def test_it_refuses_an_upload_in_words_when_the_disk_is_full(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = ApplicationStory(cast.advisor).open().fill()
    address = reverse("upload_file", args=[story.application.pk])

    with a_full_disk(monkeypatch):
        answer = send(browser_of(cast.advisor), address, "a.pdf", plain(), kind="additional")

    assert answer.status_code == 422
    assert "Le fichier n'a pas pu être conservé" in unescape(answer.content.decode())
    assert (Attachment.objects.count(), VaultFile.objects.count()) == (0, 0)
    assert not Event.objects.filter(kind="file_attached").exists()


def test_it_seals_later_what_it_cannot_keep_now(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = ApplicationStory(cast.advisor).until_signed().create_pdf()

    with a_full_disk(monkeypatch), pytest.raises(LateError, match="vault_full"):
        produce_document(document.pk)
    document.refresh_from_db()
    during = document.state, document.sha256, Event.objects.filter(kind="document_sealed").count()
    produce_document(document.pk)
    document.refresh_from_db()

    assert during == ("pending", "", 0)
    assert document.state == "sealed"
    assert Event.objects.filter(kind="document_sealed").count() == 1


class FullWhileWriting(ContentFile):
    """What the disk has room for the name of, and not for the content."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")


def files() -> set[Path]:
    folder = Path(vault.default_storage.path(""))
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("was_kept_before", [False, True])
def test_it_leaves_nothing_behind_of_what_a_full_disk_cut_off(
    db: None, monkeypatch: pytest.MonkeyPatch, was_kept_before: bool
) -> None:
    if was_kept_before:  # the same content, whose file must stay
        vault.keep(b"the same")
    before = files()
    monkeypatch.setattr(vault, "ContentFile", FullWhileWriting)

    for _ in range(3):
        with pytest.raises(vault.VaultError) as refusal:
            vault.keep(b"the same")

    assert refusal.value.code == "vault_full"
    assert files() == before
    assert VaultFile.objects.count() == int(was_kept_before)


def test_it_leaves_no_half_deposit_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    produce_document(story.create_pdf().pk)
    document = story.submit()
    before = files()
    with monkeypatch.context() as patch:
        patch.setattr("avenant.documents.deposit.write", cut_off)
        for _ in range(2):
            with pytest.raises(LateError, match="vault_full"):
                produce_document(document.pk)
    document.refresh_from_db()
    during = document.state, document.failure, files() - before
    produce_document(document.pk)
    document.refresh_from_db()

    assert during[:2] == ("sealed", "vault_full")
    assert not [path for path in during[2] if "deposit" in path.parts]
    assert (document.state, document.failure) == ("deposited", "")


def cut_off(path: str, content: bytes) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "ContentFile", FullWhileWriting)
        return vault.write(path, content)


@pytest.mark.parametrize(
    "fault",
    [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected()],
    ids=lambda fault: type(fault).__name__,
)
def test_it_keeps_a_message_until_the_mail_server_takes_it(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    settings.AVENANT_MAIL_PROVIDER = "email"  # type: ignore[attr-defined]
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="test", links=["/copie/x"])
    taken: list[str] = []

    def refuse(_mail: EmailMessage) -> int:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        with pytest.raises(ProviderError, match=type(fault).__name__):
            send_message(message.pk)
    message.refresh_from_db()
    during = message.state, message.attempts, message.last_error, message.text
    monkeypatch.setattr(EmailMessage, "send", lambda mail: taken.append(mail.body))
    send_message(message.pk)
    send_message(message.pk)
    message.refresh_from_db()

    assert during == ("queued", 1, type(fault).__name__, "Bonjour")
    assert taken == ["Bonjour"]
    assert (message.state, message.text, message.links) == ("sent", "", [])
