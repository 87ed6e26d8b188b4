"""The file of a submitted application: what underwriting asks, and what happened to it."""

from typing import Any

from django.utils.translation import gettext as _

from avenant.applications.models import Application
from avenant.carriers.packs import PACKS_FOLDER, reader_language
from avenant.history.queries import events_of
from avenant.pages.items import Event
from avenant_rules import forms
from avenant_rules.texts import label


def requirement_rows(application: Application) -> list[dict[str, Any]]:
    """One row a guarantee: its amount, its requirements in words, and the guide's reasons."""
    product = forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)
    language = reader_language()
    return [
        {
            "guarantee": product.guarantee(entry.coverage).label.in_(language),
            "amount": entry.amount,
            "is_offered": entry.outcome["is_offered"],
            "requirements": [
                label(code, language, "underwriting")
                for code in entry.outcome["requirements"] or []
            ],
            "because": entry.because,
        }
        for entry in application.requirement_lists.all()
    ]


def history_of(application: Application) -> list[Event]:
    """The dossier's events, newest first, in words."""
    return [
        Event(
            at=event.at,
            text=_words().get(event.kind, event.kind),
            who=event.actor.name if event.actor else _actor_words()[event.actor_kind],
        )
        for event in events_of(application)
        if event.kind in _words()
    ]


def _actor_words() -> dict[str, str]:
    return {"client": _("le client"), "system": _("le système"), "user": ""}


def _words() -> dict[str, str]:
    return {
        "application_opened": _("Proposition ouverte"),
        "application_resumed": _("Proposition reprise"),
        "file_attached": _("Fichier joint"),
        "illustration_sent": _("Soumission envoyée au client"),
        "illustration_agreed": _("Soumission reconnue par le client"),
        "section_confirmed": _("Section confirmée par le client"),
        "signature_given": _("Signature donnée"),
        "signature_voided": _("Signature annulée"),
        "pdf_created": _("PDF créé"),
        "application_submitted": _("Proposition soumise"),
        "document_sealed": _("Document scellé"),
        "document_deposited": _("Document déposé chez l'assureur"),
        "application_entered": _("Proposition saisie par l'assureur"),
        "application_returned": _("Proposition retournée pour correction"),
    }
