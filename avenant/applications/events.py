"""How the events of an application are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from avenant.applications.content import form_of
from avenant.applications.models import Application
from avenant.carriers.packs import reader_language
from avenant.history.models import Event
from avenant.history.timeline import UNTOLD, Told


def _section(event: Event, application: models.Model) -> str:
    """The title of the section, as the form of the application has it."""
    assert isinstance(application, Application)
    sections = {one.id: one for one in form_of(application).sections}
    found = sections.get(event.facts.get("section", ""))
    return found.title.in_(reader_language()) if found else ""


EVENTS = {
    "application_opened": Told(_("Proposition ouverte")),
    "application_resumed": Told(_("Proposition reprise")),
    "application_saved": UNTOLD,  # each keystroke saves; what was agreed to is told
    "answers_saved": UNTOLD,
    "application_blocked": Told(_("Proposition bloquée par une réponse"), "attention"),
    "application_unblocked": Told(_("Proposition débloquée"), "done"),
    "application_purged": Told(_("Proposition effacée à son échéance")),
    "file_attached": Told(_("Fichier joint")),
    "illustration_sent": Told(_("Soumission envoyée au client")),
    "illustration_opened": Told(_("Soumission ouverte par le client")),
    "illustration_agreed": Told(_("Soumission reconnue par le client"), "done"),
    "illustration_contested": Told(_("Soumission contestée par le client"), "attention"),
    "section_sent": Told(_("Section envoyée au client"), detail=_section),
    "section_withdrawn": Told(_("Section retirée de l'écran du client"), detail=_section),
    "section_confirmed": Told(_("Section confirmée par le client"), "done", _section),
    "section_contested": Told(_("Section contestée par le client"), "attention", _section),
    "section_reopened": Told(_("Section rouverte par le conseiller"), detail=_section),
    "section_superseded": Told(_("Section changée après son envoi"), detail=_section),
    "confirmations_voided": Told(_("Confirmations annulées : à redemander au client")),
    "application_submitted": Told(_("Proposition soumise"), "done"),
    "application_entered": Told(_("Proposition saisie par l'assureur"), "done"),
    "application_returned": Told(_("Proposition retournée pour correction"), "attention"),
    "correction_opened": Told(_("Correction commencée")),
    "numbers_read": Told(_("Numéros masqués lus en entier")),
}
