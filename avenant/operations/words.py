"""What the operators' page calls things, and what it says of messages and background work."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avenant.documents.models import SealedDocument, Stage
from avenant.jobs import StuckJob
from avenant.messaging.models import MessageState, OutboundMessage


def document(one: SealedDocument) -> str:
    return _("PDF transmis") if one.stage == Stage.SUBMITTED else _("PDF créé")


def message(one: OutboundMessage) -> str:
    return str(_MESSAGES.get(one.kind, gettext_lazy("Message")))


def number_of(one: OutboundMessage) -> str:
    """The number of the application that the message is about, when it is about one."""
    return (one.once_key or "").rpartition(":")[2]


def message_cause(one: OutboundMessage) -> str:
    if one.last_error in _REFUSALS:
        return str(_REFUSALS[one.last_error])
    if one.state == MessageState.FAILED or one.last_error:
        return _("Le fournisseur de courriel ne prend pas le message (%(error)s).") % {
            "error": one.last_error
        }
    return _("Le message attend encore d'être remis au fournisseur de courriel.")


def message_way(one: OutboundMessage) -> str:
    if one.last_error in {"address_invalid", "address_unsupported", "recipient_refused"}:
        return _(
            "Cette adresse ne recevra rien. Pour la copie d'un client, le conseiller le voit dans "
            "son dossier et la remet autrement."
        )
    return _("Vérifiez le serveur de courriel et ses réglages ; la reprise est automatique.")


def task(name: str) -> str:
    return str(_TASKS.get(name, gettext_lazy("Tâche de fond")))


def job_cause(one: StuckJob) -> str:
    if one.is_failed:
        return _("La tâche s'est interrompue sur une erreur.")
    return _("Le programme qui faisait la tâche ne donne plus signe de vie.")


def job_way(one: StuckJob) -> str:
    if one.is_failed:
        return _("Lisez l'erreur dans le journal du programme des tâches, puis réessayez.")
    return _("Vérifiez que le programme des tâches (worker) tourne, puis réessayez.")


def part(name: str) -> str:
    """A part of the installation, as `health.CHECKS` names it."""
    return str(_PARTS.get(name, name))


_MESSAGES: dict[str, str | Promise] = {
    "client_copy": gettext_lazy("Courriel au client : sa copie"),
    "submission_confirmation": gettext_lazy("Courriel au conseiller : proposition transmise"),
    "new_application_notice": gettext_lazy("Courriel à l'agence : nouvelle proposition"),
    "application_returned": gettext_lazy("Courriel au conseiller : proposition retournée"),
    "document_failed": gettext_lazy("Courriel au conseiller : PDF en échec"),
    "operators_notice": gettext_lazy("Courriel à l'exploitation"),
    "password_reset_key": gettext_lazy("Courriel : nouveau mot de passe"),
}
_REFUSALS: dict[str, str | Promise] = {
    "address_invalid": gettext_lazy("L'adresse du destinataire ne peut pas être écrite."),
    "address_unsupported": gettext_lazy(
        "Le serveur de courriel n'accepte pas une adresse avec des accents."
    ),
    "recipient_refused": gettext_lazy("Le serveur de courriel refuse l'adresse du destinataire."),
    "message_refused": gettext_lazy("Le serveur de courriel refuse le message."),
}
_TASKS: dict[str, str | Promise] = {
    "documents.sweep": gettext_lazy("Reprise de ce qui a été oublié"),
    "accounts.prune": gettext_lazy("Effacement des traces de connexion échues"),
    "applications.purge_drafts": gettext_lazy("Effacement des propositions échues"),
    "history.anchor": gettext_lazy("Ancrage de l'historique"),
}
_PARTS: dict[str, str | Promise] = {
    "database": gettext_lazy("Base de données"),
    "migrations": gettext_lazy("Mises à jour de la base"),
    "seal key": gettext_lazy("Clé du sceau"),
    "fonts": gettext_lazy("Polices des documents"),
    "worker": gettext_lazy("Programme des tâches (worker)"),
    "vault": gettext_lazy("Place pour les fichiers"),
    "documents": gettext_lazy("Documents"),
    "messages": gettext_lazy("Messages"),
    "jobs": gettext_lazy("Tâches de fond"),
}
