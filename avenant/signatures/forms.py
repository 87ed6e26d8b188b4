"""Where and by whom the application is signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avenant.text import PlainTextField

PROVINCES = [
    ("QC", _("Québec")),
    ("ON", _("Ontario")),
    ("NB", _("Nouveau-Brunswick")),
    ("NS", _("Nouvelle-Écosse")),
    ("PE", _("Île-du-Prince-Édouard")),
    ("NL", _("Terre-Neuve-et-Labrador")),
    ("MB", _("Manitoba")),
    ("SK", _("Saskatchewan")),
    ("AB", _("Alberta")),
    ("BC", _("Colombie-Britannique")),
    ("YT", _("Yukon")),
    ("NT", _("Territoires du Nord-Ouest")),
    ("NU", _("Nunavut")),
]


class SignatureForm(forms.Form):
    """One signer at a time; the rules say what is missing."""

    city = PlainTextField(
        label=_("Ville où se trouve le signataire"), max_length=80, required=False
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", "—"), *PROVINCES], required=False
    )

    def __init__(self, *args: Any, signers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"] = forms.ChoiceField(
            choices=list(signers.items()), widget=forms.HiddenInput
        )
