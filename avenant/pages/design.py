"""What `/design` shows: every component in every state, with the longest labels we have.

Names, numbers and addresses are invented.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from avenant.carriers.packs import pack_names
from avenant.pages.brand import NEUTRAL, brand
from avenant.pages.items import Check, Event, GridRow, Reason, SectionItem
from avenant.pages.states import STATES

PAGES = {
    "components": "pages/design/components.html",
    "application": "pages/design/application.html",
    "client": "pages/design/client.html",
    "signature": "pages/design/signature.html",
    "plain": "pages/design/plain.html",
}
_NOON = datetime(2026, 4, 15, 18, 32, tzinfo=UTC)


def page_facts(page: str, carrier: str) -> dict[str, Any]:
    """What a page of the design pages shows, under a carrier's colours."""
    brands = [brand(name) for name in (NEUTRAL, *pack_names())]
    return {"brands": brands, "chosen": carrier, "page": page} | _FACTS[page]()


def _components() -> dict[str, Any]:
    form = PersonForm({"email": "marie.tremblay@", "province": "QC"})
    form.is_valid()
    return {
        "states": [{"code": code, "look": look} for code, look in STATES.items()],
        "checks": checks(),
        "events": events(),
        "sections": sections(),
        "long": sections()[4].label,
        "form": form,
        "yes_no": [("yes", _("Oui")), ("no", _("Non"))],
        "exact": [("exact", _("Exact")), ("inexact", _("Inexact"))],
        "provinces": [("QC", _("Québec")), ("ON", _("Ontario"))],
        "amount": Decimal("1382.76"),
        "annual_rate": Decimal("0.075"),
        "day": date(2026, 5, 1),
        "now": _NOON,
        "started": datetime.now(UTC) - timedelta(minutes=12),
        "grid_head": [_("18 à 40 ans"), _("41 à 50 ans"), _("51 à 60 ans"), _("61 ans et plus")],
        "grid_rows": [
            GridRow(_("Jusqu'à 100 000 $"), ["A", "A", "A, B", "A, B, C"]),
            GridRow(_("100 001 $ à 250 000 $"), ["A", "A, B", "A, B, C", "A, B, C, D"]),
            GridRow(_("250 001 $ et plus"), ["A, B", "A, B, C", "A, B, C, D", "A, B, C, D"]),
        ],
        "cell": (1, 2),
        "because": reasons(),
        "rows": rows(),
        "listing": Paginator(range(238), 20).page(4),
        "steps": client_steps(),
    }


def _application() -> dict[str, Any]:
    return _components() | {"current": sections()[3]}


def _client() -> dict[str, Any]:
    return {"steps": client_steps(), "now": _NOON, "trouble_url": "/design/client"}


_FACTS: dict[str, Callable[[], dict[str, Any]]] = {
    "components": _components,
    "application": _application,
    "client": _client,
    "signature": _client,
    "plain": dict,
}


class PersonForm(forms.Form):
    """A Django form, to see `bound` and `form_errors`."""

    email = forms.EmailField(
        label=lambda: _("Courriel"),  # type: ignore[arg-type]
    )
    city = forms.CharField()
    province = forms.ChoiceField(widget=forms.RadioSelect)
    consents = forms.BooleanField()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["email"].label = _("Courriel")
        self.fields["email"].help_text = _("La copie scellée y sera annoncée.")
        self.fields["city"].label = _("Ville où se trouve le signataire")
        self.fields["province"].label = _("Province")
        self.fields["province"].choices = [("QC", _("Québec")), ("ON", _("Ontario"))]  # type: ignore[attr-defined]
        self.fields["consents"].label = _(
            "J'accepte de recevoir mes documents par voie électronique"
        )


def sections() -> list[SectionItem]:
    address = "/design/application"
    return [
        SectionItem(_("Choix du produit"), address, "confirmed", 2, 2),
        SectionItem(_("Personne à assurer"), address, "confirmed", 11, 11),
        SectionItem(_("Emploi et revenu"), address, "sent", 8, 8),
        SectionItem(_("Assurances en vigueur et remplacement"), address, "incomplete", 4, 7, True),
        SectionItem(
            _("6.2 Déclarations – Rente mensuelle en cas de maladie (Plan Express)"),
            address,
            "to_reconfirm",
            6,
            6,
        ),
        SectionItem(_("Bénéficiaires"), address, "empty", 0, 5),
        SectionItem(_("Mode de paiement"), address, "filled", 6, 6),
        SectionItem(_("6.1 Assistance maladies graves"), address, "not_applicable"),
        SectionItem(_("Signature"), address, "blocked", 0, 3),
    ]


def checks() -> list[Check]:
    address = "/design/application"
    return [
        Check(_("Soumission jointe"), True),
        Check(
            _("Soumission envoyée au client"),
            False,
            address,
            _("Le client ne l'a pas encore ouverte."),
            is_warning=True,
        ),
        Check(
            _("Toutes les sections confirmées"),
            False,
            address,
            _("Il en reste 3 : Emploi et revenu, Bénéficiaires, Mode de paiement."),
        ),
        Check(_("Signatures recueillies"), False, address),
        Check(_("Section du représentant remplie"), True),
    ]


def events() -> list[Event]:
    return [
        Event(_NOON, _("Section confirmée par le client"), "Marie Tremblay", _("Personne à assurer"), "done", "circle-check"),
        Event(_NOON - timedelta(minutes=9), _("Section envoyée au client"), "Luc Gagnon", _("Personne à assurer"), "neutral", "send"),
        Event(_NOON - timedelta(minutes=31), _("Le client a rejoint la séance"), "", "", "neutral", "user-check"),
        Event(_NOON - timedelta(days=1), _("Signature annulée : le contenu a changé"), "", "", "attention", "refresh"),
        Event(_NOON - timedelta(days=1, hours=2), _("Brouillon enregistré"), "Luc Gagnon"),
    ]  # fmt: skip


def reasons() -> list[Reason]:
    return [
        Reason(
            _("À 52 ans et pour 200 000 $, l'assureur demande les exigences A, B et C."),
            _("Guide du conseiller, Tableau 3.1.3, ligne 2, colonne 3"),
            "2/REQ-13",
        ),
        Reason(
            _("Le montant déjà en vigueur (50 000 $) s'ajoute au montant demandé."),
            _("Guide du conseiller, section 3.1, point 4"),
            "2/REQ-03",
        ),
    ]


def rows() -> list[dict[str, Any]]:
    return [
        {"name": "Tremblay, Marie", "product": _("Programme Association/Plan Express"), "state": "incomplete", "until": date(2026, 4, 30), "premium": Decimal("128.40")},
        {"name": "Nguyễn-Bélanger, Étienne", "product": _("Plan Express"), "state": "pdf_ready", "until": date(2026, 5, 2), "premium": Decimal("1382.76")},
        {"name": "O'Brien, Siobhán", "product": _("Programme Association"), "state": "submitted", "until": date(2026, 5, 9), "premium": Decimal("64.05")},
    ]  # fmt: skip


def client_steps() -> list[str]:
    return [_("Soumission"), _("Vos réponses"), _("Avis à lire"), _("Signature")]
