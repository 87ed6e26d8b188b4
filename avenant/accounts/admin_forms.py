"""Enrolling somebody, and choosing the first password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from avenant.accounts.actions.enrol_person import Post
from avenant.accounts.models import Role, User
from avenant.carriers.packs import pack, pack_names
from avenant.partners.models import ManagingAgency

NEED_FIRM = (Role.ADVISOR, Role.FIRM_MANAGER)


class EnrolForm(forms.Form):
    """Who, as what and for whom. A firm or agency that is not there yet is made by its name."""

    email = forms.EmailField(label=_("Adresse courriel"), max_length=254)
    name = forms.CharField(label=_("Prénom et nom"), max_length=120)
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    carrier = forms.ChoiceField(
        label=_("Assureur"),
        required=False,
        help_text=_("Laissez vide pour l'administration de la plateforme."),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=[("fr", "français"), ("en", "English")])
    firm = forms.CharField(
        label=_("Cabinet"),
        max_length=120,
        required=False,
        help_text=_("Pour un conseiller ou un gérant."),
        widget=forms.TextInput(attrs={"list": "known-firms"}),
    )
    agency = forms.CharField(
        label=_("Agence générale"),
        max_length=120,
        required=False,
        help_text=_("Elle lit ce que ses conseillers transmettent."),
        widget=forms.TextInput(attrs={"list": "known-agencies"}),
    )
    agency_email = forms.EmailField(
        label=_("Adresse courriel de l'agence"),
        required=False,
        help_text=_("Pour une agence qui n'est pas encore connue ; ses avis y sont envoyés."),
    )
    distributor_code = forms.CharField(
        label=_("Code de distributeur"), max_length=20, required=False
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    licence_ends_on = forms.DateField(
        label=_("Fin du permis"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, pack(name).label) for name in pack_names()]
        self.fields["carrier"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, carrier = cleaned.get("role"), cleaned.get("carrier")
        if role == Role.PLATFORM_ADMIN:
            if carrier:
                self.add_error("carrier", _("Cette administration n'est d'aucun assureur."))
        elif not carrier:
            self.add_error("carrier", _("Choisissez l'assureur pour qui cette personne travaille."))
        if role in NEED_FIRM and not cleaned.get("firm"):
            self.add_error("firm", _("Inscrivez le cabinet de cette personne."))
        if role == Role.MANAGING_AGENCY and not cleaned.get("agency"):
            self.add_error("agency", _("Inscrivez l'agence de cette personne."))
        if cleaned.get("agency") and not cleaned.get("agency_email"):
            self._ask_for_agency_email(str(carrier), cleaned["agency"])
        return cleaned

    def _ask_for_agency_email(self, carrier: str, agency: str) -> None:
        if not ManagingAgency.objects.filter(carrier=carrier, name=agency).exists():
            self.add_error(
                "agency_email",
                _("Cette agence n'est pas encore connue : inscrivez l'adresse de ses avis."),
            )

    def post(self) -> Post:
        names = ("role", "carrier", "firm", "agency", "agency_email", "distributor_code", "phone")
        texts = {name: self.cleaned_data[name] for name in names}
        return Post(**texts, licence_ends_on=self.cleaned_data["licence_ends_on"])


class ChoosePasswordForm(forms.Form):
    """A password of one's own, typed twice, held against the policy."""

    password1 = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Le même, encore une fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Les deux mots de passe sont différents."))
        return cleaned
