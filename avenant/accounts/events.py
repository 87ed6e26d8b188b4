"""How the events of an account are told."""

from django.utils.translation import gettext_lazy as _

from avenant.history.timeline import Told

EVENTS = {
    "person_enrolled": Told(_("Compte ouvert"), "done"),
    "invitation_sent": Told(_("Invitation envoyée")),
    "invitation_accepted": Told(_("Mot de passe choisi"), "done"),
    "person_unlocked": Told(_("Compte déverrouillé")),
    "second_factor_reset": Told(_("Deuxième facteur effacé")),
    "account_closed": Told(_("Compte désactivé"), "attention"),
    "account_reopened": Told(_("Compte réactivé"), "done"),
}
