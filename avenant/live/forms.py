"""What the client types to join."""

from django import forms
from django.utils.translation import gettext_lazy as _

from avenant.live.codes import LENGTH
from avenant.text import PlainTextField


class JoinForm(forms.Form):
    code = PlainTextField(
        label=_("Code d'appel"),
        max_length=20,
        help_text=_("Huit lettres et chiffres, que votre conseiller vous lit."),
        error_messages={"required": _("Écrivez le code que votre conseiller vous a donné.")},
    )
    code_length = LENGTH
    consent = forms.BooleanField(
        label=_("J'accepte de faire cette démarche par voie électronique et j'ai lu l'avis."),
        error_messages={"required": _("Cochez la case pour continuer par voie électronique.")},
    )
