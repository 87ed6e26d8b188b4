"""The forms of signing in, worded as the carriers' advisors know them (4/AUT-05), and what somebody
might guess in them counted before it is compared (4/AUT-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from avenant.limits.actions.count_try import count_try, give_back
from avenant.limits.guesses import PASSWORD_AGAIN, PASSWORD_LINK, SECOND_FACTOR, SPENT_CODE
from avenant.limits.limit import LimitReachedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise as StrPromise

    from avenant.accounts.models import User


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", _("Identifiant"), _("Votre adresse courriel professionnelle"))
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autofocus": True})
        _word(self, "password", _("Mot de passe"))
        self.fields.pop("remember", None)


class PasswordAgainForm(ReauthenticateForm):
    """The password, of somebody who is signed in already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Mot de passe"))

    def clean_password(self) -> str:
        count_try(PASSWORD_AGAIN, str(self.user.pk))
        password: str = super().clean_password()
        give_back(PASSWORD_AGAIN, str(self.user.pk))
        return password


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Mot de passe actuel"))
        _word(self, "password1", _("Nouveau mot de passe"))
        _word(self, "password2", _("Nouveau mot de passe, une seconde fois"))

    def clean_oldpassword(self) -> str:
        count_try(PASSWORD_AGAIN, str(self.user.pk))
        password: str = super().clean_oldpassword()
        give_back(PASSWORD_AGAIN, str(self.user.pk))
        return password


class FirstPasswordForm(ResetPasswordKeyForm):
    """The new password, behind the link of a message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("Nouveau mot de passe"))
        _word(self, "password2", _("Nouveau mot de passe, une seconde fois"))


class PasswordLinkForm(ResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link. Counted whether or not the account exists: the answer says nothing."""
        count_try(PASSWORD_LINK, self.cleaned_data["email"].strip().lower())
        email: str = super().save(request, **kwargs)
        return email


class SecondFactorForm(second_factor.AuthenticateForm):
    """A code, at signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("Les six chiffres de votre application, ou un code de secours."))

    def clean_code(self) -> str:
        return _compared(self.user, super().clean_code)


class SecondFactorAgainForm(second_factor.ReauthenticateForm):
    """A code, of somebody who is signed in already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("Les six chiffres de votre application, ou un code de secours."))

    def clean_code(self) -> str:
        return _compared(self.user, super().clean_code)


class SetUpForm(ActivateTOTPForm):
    """The first code of a new application."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, _("Les six chiffres que l'application montre."))

    def clean_code(self) -> str:
        return _compared(self.user, super().clean_code)


def _compared(user: User, compare: Callable[[], str]) -> str:
    """The code if it is right: counted before it is compared, and good once."""
    account = str(user.pk)
    count_try(SECOND_FACTOR, account)
    code = compare()
    try:
        # In the database: allauth's own note of it is kept by each process for itself.
        count_try(SPENT_CODE, f"{account} {normalize_user_code(code)}")
    except LimitReachedError:
        raise get_adapter().validation_error("incorrect_code") from None
    give_back(SECOND_FACTOR, account)
    return code


def _word_code(form: forms.Form, help_text: StrPromise) -> None:
    _word(form, "code", _("Code"), help_text)
    form.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True})


def _word(form: forms.Form, name: str, label: StrPromise, help_text: StrPromise | str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs["placeholder"] = ""
