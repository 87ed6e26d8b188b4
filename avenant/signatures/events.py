"""How the events of signatures are told."""

from django.utils.translation import gettext_lazy as _

from avenant.history.timeline import Told

EVENTS = {
    "signature_requested": Told(_("Signature demandée")),
    "signature_given": Told(_("Signature donnée"), "done"),
    "signature_voided": Told(_("Signature annulée"), "attention"),
}
