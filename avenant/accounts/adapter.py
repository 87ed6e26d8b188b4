"""How sign-in differs from allauth's own ways: nobody registers by themselves (4/AUT-01)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from avenant.messaging.actions.queue_message import queue_message


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's messages through the one outbox."""
        message = self.render_mail(template_prefix, email, context)
        queue_message(
            to=email,
            subject=message.subject,
            text=str(message.body),
            kind=template_prefix.rsplit("/", 1)[-1],
        )
