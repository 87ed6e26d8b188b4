"""Who carries a message: the outbox page of this installation, or a real mail provider."""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from avenant.messaging.models import Channel, OutboundMessage

# From this code on, a mail server says no for good (RFC 5321).
_FOR_GOOD = 500


class ProviderError(Exception):
    """The provider did not take the message; `code` says why, without personal data.

    `is_permanent`: it never will take this message as it is.
    """

    def __init__(self, code: str, *, is_permanent: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_permanent = is_permanent


class Provider(Protocol):
    def send(self, message: OutboundMessage) -> None:
        """Hand the message over, or raise `ProviderError`."""


class OutboxOnly:
    """Keeps messages readable here and sends nothing: the demo and the tests."""

    def send(self, message: OutboundMessage) -> None:
        return


class DjangoEmail:
    """Any Django e-mail backend: SMTP, or a service that has one."""

    def send(self, message: OutboundMessage) -> None:
        try:
            mail = EmailMessage(
                subject=message.subject,
                body=message.text,
                to=[message.to],
                headers={"Message-ID": f"<avenant-{message.pk}@avenant>"},
            )
            taken = mail.send()
        except Exception as error:  # each backend has errors of its own
            raise _said(error) from error
        if taken == 0:  # a backend that does nothing says so by this alone
            raise ProviderError("nothing_sent")


def _said(error: Exception) -> ProviderError:
    """What a mail backend's error means for the message."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
            return ProviderError("recipient_refused", is_permanent=min(codes) >= _FOR_GOOD)
        case smtplib.SMTPNotSupportedError():
            return ProviderError("address_unsupported", is_permanent=True)
        case smtplib.SMTPDataError():
            return ProviderError("message_refused", is_permanent=error.smtp_code >= _FOR_GOOD)
        case UnicodeError() | ValueError():  # before anybody was asked: it cannot be written
            return ProviderError("address_invalid", is_permanent=True)
        case _:  # the server is away, or does not let us in: an operator mends it, not the message
            return ProviderError(type(error).__name__)


def provider_for(channel: str) -> Provider:
    """The provider that the settings choose for this channel."""
    if channel == Channel.EMAIL and settings.AVENANT_MAIL_PROVIDER == "email":
        return DjangoEmail()
    return OutboxOnly()
