"""Files put with the application, and what the back office says of a file it received."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avenant.fields import MoneyField
from avenant.text import LONGEST_COMMENT, PlainTextField
from avenant_rules.forms import ProductData

LEAST, MOST = Decimal("0.01"), Decimal("99999999.99")


class IllustrationForm(forms.Form):
    """The illustration and the guarantees it contains (settled 13)."""

    file = forms.FileField(
        label=_("Soumission (PDF)"),
        allow_empty_file=True,  # said by the check of the file, as all that is wrong with it
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": _("Choisissez le PDF de la soumission avant de télécharger.")},
    )

    def __init__(
        self, *args: Any, product: ProductData, language: str, chosen: str = "", **kwargs: Any
    ) -> None:
        """`chosen`: the product of the application, whose guarantees alone are offered."""
        super().__init__(*args, **kwargs)
        self.offered = [
            guarantee
            for guarantee in product.guarantees
            if not chosen or guarantee.programme in chosen
        ]
        for guarantee in self.offered:
            label = guarantee.label.in_(language)
            if guarantee.amount == "none":
                self.fields[self._name(guarantee.id)] = forms.BooleanField(
                    label=label, required=False
                )
            else:
                self.fields[self._name(guarantee.id)] = MoneyField(
                    label=label, required=False, least=LEAST, most=MOST
                )

    @staticmethod
    def _name(guarantee_id: str) -> str:
        return f"guarantee_{guarantee_id}"

    def guarantee_groups(self) -> list[tuple[str, list[Any]]]:
        """The guarantees of each programme, under its name."""
        names = {"association": _("Programme Association"), "plan_express": _("Plan Express")}
        groups = [
            (str(name), [self[self._name(g.id)] for g in self.offered if g.programme == programme])
            for programme, name in names.items()
        ]
        return [(name, fields) for name, fields in groups if fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.guarantees():
            raise forms.ValidationError(
                _("Inscrivez au moins une garantie de la soumission, avec son montant.")
            )
        return cleaned

    def guarantees(self) -> list[dict[str, str]]:
        """[{guarantee, amount}], amounts as decimal strings; "0.00" for a ticked one."""
        rows = []
        for guarantee in self.offered:
            value = self.cleaned_data.get(self._name(guarantee.id))
            if value:
                amount = "0.00" if value is True else f"{value:.2f}"
                rows.append({"guarantee": guarantee.id, "amount": amount})
        return rows


class AdditionalFileForm(forms.Form):
    file = forms.FileField(
        label=_("Dossier supplémentaire (PDF)"),
        allow_empty_file=True,  # said by the check of the file, as all that is wrong with it
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": _("Choisissez un PDF avant de télécharger.")},
    )


class ReceiveForm(forms.Form):
    """The contract administration enters a file or returns it with a reason."""

    decision = forms.ChoiceField(choices=[("enter", "enter"), ("return", "return")])
    reason = PlainTextField(
        label=_("Motif du retour"),
        max_length=LONGEST_COMMENT,
        lines=True,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "return" and cleaned.get("reason") == "":
            self.add_error("reason", _("Dites au conseiller ce qu'il faut corriger."))
        return cleaned
