"""How sign-in differs from allauth's own ways: nobody registers by themselves (4/AUT-01), its limits
are ours, and what it sends or keeps goes our way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from avenant.accounts.models import User
from avenant.crypto import decrypt, encrypt
from avenant.limits.actions.count_try import count_try, give_back
from avenant.limits.guesses import PASSWORD
from avenant.messaging.actions.queue_message import queue_message


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count the try for the account before the password is compared.

        An address that axes keeps out is not counted: else one address alone could close an
        account to its owner.
        """
        account = str(credentials.get("email", "")).strip().lower()
        is_counted = bool(AxesProxyHandler.is_allowed(request, credentials))
        if is_counted:
            count_try(PASSWORD, account)
        user: User | None = super().authenticate(request, **credentials)
        if user and is_counted:
            give_back(PASSWORD, account)
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        """The password of somebody signed in, who is known already; the form counts the tries."""
        return user.check_password(password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the message, at the site's own address: what a browser says is the host may
        be anything."""
        uid, _dash, secret = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": secret})
        return f"{settings.PUBLIC_URL.rstrip('/')}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's messages through the one outbox, in the language of who gets them."""
        reader = context.get("user")
        with override(getattr(reader, "language", settings.LANGUAGE_CODE)):
            message = self.render_mail(template_prefix, email, context)
        queue_message(
            to=email,
            subject=message.subject,
            text=str(message.body),
            kind=template_prefix.rsplit("/", 1)[-1],
        )

    def format_email_subject(self, subject: str) -> str:
        return subject


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted like health answers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant, puis écrivez-le."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode()).decode()
