"""How a state looks, the same everywhere: a word, an icon and a tone (never colour alone).

The words are feminine, as proposition, section, signature, séance and soumission are; a page about
a masculine noun passes its own word.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StateLook:
    word: str | Promise
    icon: str
    tone: str  # muted | neutral | progress | done | attention | stop


STATES: dict[str, StateLook] = {
    # a section
    "empty": StateLook(_("Vide"), "circle-dashed", "muted"),
    "incomplete": StateLook(_("À compléter"), "circle-half-2", "attention"),
    "filled": StateLook(_("Remplie"), "circle-dot", "neutral"),
    "sent": StateLook(_("Envoyée"), "send", "progress"),
    "confirmed": StateLook(_("Confirmée"), "circle-check-filled", "done"),
    "contested": StateLook(_("Contestée"), "message-report", "attention"),
    "to_reconfirm": StateLook(_("À reconfirmer"), "rotate-clockwise", "attention"),
    "not_applicable": StateLook(_("Sans objet"), "circle-minus", "muted"),
    # an application
    "draft": StateLook(_("Brouillon"), "pencil", "neutral"),
    "blocked": StateLook(_("Bloquée"), "lock", "stop"),
    "blocked_plan_express": StateLook(_("Bloquée"), "lock", "stop"),
    "blocked_guarantee": StateLook(_("Bloquée"), "lock", "stop"),
    "ready": StateLook(_("Prête"), "checks", "progress"),
    "pdf_ready": StateLook(_("PDF créé, à soumettre"), "file-check", "attention"),
    "submitting": StateLook(_("Transmission en cours"), "cloud-upload", "progress"),
    "submitted": StateLook(_("Transmise"), "cloud-check", "done"),
    "entered": StateLook(_("Saisie par l'assureur"), "circle-check-filled", "done"),
    "returned": StateLook(_("Retournée"), "arrow-back-up", "attention"),
    "abandoned": StateLook(_("Abandonnée"), "archive", "muted"),
    "purged": StateLook(_("Effacée"), "eraser", "muted"),
    "expired": StateLook(_("Expirée"), "clock-exclamation", "stop"),
    # an illustration or another file
    "uploaded": StateLook(_("Téléversée"), "paperclip", "neutral"),
    "opened": StateLook(_("Ouverte par le client"), "eye", "progress"),
    "agreed": StateLook(_("Reconnue par le client"), "circle-check-filled", "done"),
    "stale": StateLook(_("À refaire"), "refresh", "attention"),
    # a signature
    "not_signed": StateLook(_("Non signée"), "circle-dashed", "muted"),
    "requested": StateLook(_("Demandée"), "send", "progress"),
    "displayed": StateLook(_("À l'écran du client"), "device-tablet", "progress"),
    "code_shown": StateLook(_("Code affiché"), "key", "progress"),
    "pad_on_phone": StateLook(_("Sur le téléphone"), "device-mobile", "progress"),
    "drawn": StateLook(_("Dessinée"), "writing-sign", "progress"),
    "signed": StateLook(_("Signée"), "signature", "done"),
    "refused": StateLook(_("Refusée"), "circle-x", "stop"),
    "void": StateLook(_("Annulée"), "ban", "stop"),
    # a session and who is in it
    "open": StateLook(_("Ouverte"), "phone", "neutral"),
    "live": StateLook(_("En cours"), "phone-call", "progress"),
    "closed": StateLook(_("Terminée"), "phone-off", "muted"),
    "present": StateLook(_("Client présent"), "user-check", "done"),
    "absent": StateLook(_("Client absent"), "user-off", "muted"),
    "offline": StateLook(_("Connexion perdue"), "wifi-off", "attention"),
    # anything
    "waiting": StateLook(_("En attente"), "hourglass", "progress"),
    "due": StateLook(_("À faire"), "flag", "attention"),
    "late": StateLook(_("En retard"), "clock-exclamation", "stop"),
    "failed": StateLook(_("Échec"), "alert-triangle", "stop"),
    "genuine": StateLook(_("Authentique"), "shield-check", "done"),
    "altered": StateLook(_("Modifié"), "shield-x", "stop"),
    "unknown": StateLook(_("Indéterminée"), "help-circle", "attention"),
}


def look_of(state: str) -> StateLook:
    """The look of a state, by its code in any case. Raises `LookupError` for an unknown one."""
    try:
        return STATES[str(state).lower()]
    except KeyError:
        raise LookupError(
            f"no look for the state {state!r}: add it to avenant/pages/states.py"
        ) from None
