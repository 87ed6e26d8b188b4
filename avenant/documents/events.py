"""How the events of documents are told."""

from django.utils.translation import gettext_lazy as _

from avenant.history.timeline import Told

EVENTS = {
    "pdf_created": Told(_("PDF créé")),
    "pdf_superseded": Told(_("PDF remplacé : son contenu a changé")),
    "document_sealed": Told(_("Document scellé"), "done"),
    "document_deposited": Told(_("Document déposé chez l'assureur"), "done"),
    "document_failed": Told(_("Préparation du document en échec"), "attention"),
    "document_retried": Told(_("Préparation du document reprise par l'exploitation")),
    "copy_sent_again": Told(_("Nouveau lien vers la copie, demandé par le client")),
    "copy_opened": Told(_("Copie ouverte par le client")),
}
