"""Who carries a message: the outbox page of this installation, or a real mail provider."""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from avenant.messaging.models import Channel, OutboundMessage


class ProviderError(Exception):
    """The provider did not take the message; `code` says why, without personal data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Provider(Protocol):
    def send(self, message: OutboundMessage) -> None:
        """Hand the message over, or raise `ProviderError`."""


class OutboxOnly:
    """Keeps messages readable here and sends nothing: the demo and the tests."""

    def send(self, message: OutboundMessage) -> None:
        return


class DjangoEmail:
    """Any Django e-mail backend: SMTP, or a service through anymail."""

    def send(self, message: OutboundMessage) -> None:
        mail = EmailMessage(
            subject=message.subject,
            body=message.text,
            to=[message.to],
            headers={"Message-ID": f"<avenant-{message.pk}@avenant>"},
        )
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as error:
            raise ProviderError(type(error).__name__) from error


def provider_for(channel: str) -> Provider:
    """The provider that the settings choose for this channel."""
    if channel == Channel.EMAIL and settings.AVENANT_MAIL_PROVIDER == "email":
        return DjangoEmail()
    return OutboxOnly()
