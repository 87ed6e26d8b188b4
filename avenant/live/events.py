"""How the events of a call are told."""

from django.utils.translation import gettext_lazy as _

from avenant.history.timeline import Told

EVENTS = {
    "call_opened": Told(_("Appel ouvert")),
    "call_code_renewed": Told(_("Nouveau code d'appel")),
    "call_closed": Told(_("Appel fermé")),
    "client_joined": Told(_("Client arrivé dans la séance"), "done"),
    "client_act_refused": Told(
        _("Acte du client refusé : il venait d'un poste où quelqu'un est connecté"), "attention"
    ),
}
