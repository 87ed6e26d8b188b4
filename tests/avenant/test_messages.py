"""Whatever a provider answers is noted on the message, and seen by somebody (G11)."""

import logging
import smtplib
from html import unescape

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.urls import reverse

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.tasks import sweep
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.send_message import send_message
from avenant.messaging.models import OutboundMessage
from avenant.messaging.providers import ProviderError
from tests.support.cast import Cast, browser_of
from tests.support.press import waiting

pytestmark = [pytest.mark.promise("G11"), pytest.mark.django_db]
FOR_GOOD = {
    "recipient_refused": smtplib.SMTPRecipientsRefused({"a@exemple.test": (550, b"no such")}),
    "message_refused": smtplib.SMTPDataError(554, b"no"),
    "address_unsupported": smtplib.SMTPNotSupportedError("SMTPUTF8"),
}
FOR_NOW = {
    "recipient_refused": smtplib.SMTPRecipientsRefused({"a@exemple.test": (451, b"later")}),
    "message_refused": smtplib.SMTPDataError(451, b"later"),
    "SMTPAuthenticationError": smtplib.SMTPAuthenticationError(535, b"wrong"),
    "SMTPSenderRefused": smtplib.SMTPSenderRefused(553, b"not you", "from"),
    "ConnectionRefusedError": ConnectionRefusedError(),
    "KeyError": KeyError("whatever a provider's own library raises"),
}


def answer_with(error: Exception, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.AVENANT_MAIL_PROVIDER = "email"  # type: ignore[attr-defined]

    def refuse(_mail: EmailMessage) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)


@pytest.mark.parametrize("code", FOR_GOOD)
def test_it_notes_what_will_never_be_taken_and_tries_no_more(
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    code: str,
) -> None:
    answer_with(FOR_GOOD[code], monkeypatch, settings)
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="client_copy")

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error, message.attempts) == ("failed", code, 1)
    assert message.failed_at is not None
    (line,) = caplog.messages
    assert code in line
    assert "exemple.test" not in line


@pytest.mark.parametrize("code", FOR_NOW)
def test_it_notes_what_is_not_taken_now_and_keeps_it(
    settings: object, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    answer_with(FOR_NOW[code], monkeypatch, settings)
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="client_copy")

    with pytest.raises(ProviderError, match=code):
        send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error, message.text) == ("queued", code, "Bonjour")


def connected(backend: EmailBackend) -> bool:
    """As if a server had answered; not a connection to be closed."""
    backend.connection = object()
    return False


def test_it_notes_an_address_that_cannot_be_written(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django's own backend refuses the address before it asks a server."""
    settings.AVENANT_MAIL_PROVIDER = "email"  # type: ignore[attr-defined]
    smtp = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "localhost"},
    }
    settings.MAILERS = {"default": smtp}  # type: ignore[attr-defined]
    monkeypatch.setattr(EmailBackend, "open", connected)
    message = queue_message(to="rené@exemple.ca", text="Bonjour", kind="client_copy")

    send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", "address_invalid")


def test_it_does_not_call_sent_what_its_backend_left_undone(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AVENANT_MAIL_PROVIDER = "email"  # type: ignore[attr-defined]
    monkeypatch.setattr(EmailMessage, "send", lambda _mail: 0)
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="client_copy")

    with pytest.raises(ProviderError, match="nothing_sent"):
        send_message(message.pk)


def test_it_tells_the_operators_once(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that does not reach them calls for no other notice."""
    settings.AVENANT_OPERATORS = ["exploitation@exemple.test"]  # type: ignore[attr-defined]
    answer_with(FOR_GOOD["recipient_refused"], monkeypatch, settings)
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="client_copy")

    send_message(message.pk)
    notice = OutboundMessage.objects.get(kind="operators_notice")
    send_message(notice.pk)

    assert OutboundMessage.objects.filter(kind="operators_notice").count() == 1
    assert "/exploitation" in notice.text


def test_it_shows_the_advisor_that_the_clients_link_did_not_go_out(
    cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = ApplicationStory(cast.advisor).until_submitted()
    page = reverse("submitted_application", args=[story.application.pk])
    before = unescape(browser_of(cast.advisor).get(page).content.decode())
    answer_with(FOR_GOOD["recipient_refused"], monkeypatch, settings)

    send_message(OutboundMessage.objects.get(kind="client_copy").pk)
    after = unescape(browser_of(cast.advisor).get(page).content.decode())
    elsewhere = unescape(browser_of(cast.contract_administration).get(page).content.decode())

    assert "La copie du client n'est pas partie" not in before
    assert "La copie du client n'est pas partie" in after
    assert "remettez-le-lui autrement" in after
    assert "La copie du client n'est pas partie" not in elsewhere


def test_it_is_not_taken_up_again_by_itself(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(FOR_GOOD["recipient_refused"], monkeypatch, settings)
    message = queue_message(to="a@exemple.test", text="Bonjour", kind="client_copy")
    send_message(message.pk)
    OutboundMessage.objects.update(created_at="2026-01-01T00:00Z")

    sweep(0)

    assert len(waiting("post")) == 1  # the job that was queued with it
