"""The sign-in form, worded as the carriers' advisors know it (4/AUT-05)."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Identifiant")
        self.fields["login"].help_text = _("Votre adresse courriel professionnelle")
        self.fields["login"].widget.attrs.update(
            {"autocomplete": "username", "autofocus": True, "placeholder": ""}
        )
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.update({"placeholder": ""})
        self.fields.pop("remember", None)
