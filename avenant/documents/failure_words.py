"""What stands in the way of a document, in words: for its advisor, and for an operator."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avenant.documents.failures import FAILURES
from avenant.documents.models import DocumentState, SealedDocument, Stage


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the advisor is told: what is wrong, and what to do about it."""

    is_lasting: bool
    title: str
    sentence: str
    way: str


def trouble_of(document: SealedDocument | None) -> Trouble | None:
    """What is wrong with a document; None when all is well, or not yet late."""
    if document is None or document.is_superseded:
        return None
    is_submitted = document.stage == Stage.SUBMITTED
    if document.state == DocumentState.FAILED:
        title = (
            _("La transmission est arrêtée")
            if is_submitted
            else _("Le PDF n'a pas pu être préparé")
        )
        return Trouble(True, title, cause_of(document), _lasting_way(document))
    if document.is_late:
        title = _("La transmission est retardée") if is_submitted else _("Le PDF est retardé")
        way = _("Vous n'avez rien à refaire : la plateforme réessaie d'elle-même.")
        return Trouble(False, title, cause_of(document), way)
    return None


def cause_of(document: SealedDocument) -> str:
    """The cause in one sentence, without anything of what the document says."""
    return str(_CAUSES.get(document.failure, _CAUSES[""]))


def operator_way(document: SealedDocument) -> str:
    """What an operator does before trying again."""
    known = FAILURES.get(document.failure)
    if known is not None and known.is_of_illustration and document.stage == Stage.SUBMITTED:
        return _(
            "Réessayez si le serveur manquait de moyens ; sinon, l'administration des contrats "
            "retourne la proposition au conseiller, qui joint une autre soumission."
        )
    return str(_OPERATOR_WAYS.get(document.failure, _OPERATOR_WAYS[""]))


def _lasting_way(document: SealedDocument) -> str:
    if document.stage == Stage.SUBMITTED:
        return _(
            "Votre soumission est bien enregistrée et vous n'avez rien à refaire : l'équipe de la "
            "plateforme est avertie et reprendra la transmission."
        )
    if FAILURES[document.failure].is_of_illustration:
        return _(
            "Ouvrez la soumission dans votre lecteur de PDF, imprimez-la dans un nouveau PDF et "
            "joignez ce nouveau fichier. Le client devra le reconnaître et signer de nouveau ; "
            "créez ensuite le PDF."
        )
    if document.failure == "content_changed":
        return _("Créez de nouveau le PDF.")
    return _(
        "L'équipe de la plateforme est avertie. Rien n'est perdu : le PDF paraîtra ici dès que la "
        "cause sera réglée."
    )


_WORK = gettext_lazy(
    "L'impression de la soumission jointe demande plus de travail qu'un fichier n'en a le droit."
)
_CAUSES: dict[str, str | Promise] = {
    "": gettext_lazy("La préparation prend plus de temps que d'habitude."),
    "illustration_unreadable": gettext_lazy("La soumission jointe ne peut pas être imprimée."),
    "stopped_time": _WORK,
    "stopped_memory": _WORK,
    "stopped_deadline": gettext_lazy("L'impression ne s'est pas terminée dans le temps prévu."),
    "stopped_crash": gettext_lazy("L'impression de la soumission jointe s'est interrompue."),
    "print_refused": gettext_lazy("La mise en page de la proposition n'a pas abouti."),
    "seal_refused": gettext_lazy("Le sceau posé sur le PDF ne se relit pas."),
    "evidence_changed": gettext_lazy(
        "Une signature n'est plus telle qu'elle a été enregistrée : rien n'est scellé."
    ),
    "content_changed": gettext_lazy("La proposition a changé depuis que le PDF a été demandé."),
    "vault_altered": gettext_lazy("Un fichier joint n'est plus tel qu'il a été conservé."),
    "unexpected": gettext_lazy("La préparation s'est interrompue pour une cause inconnue."),
    "vault_full": gettext_lazy("Il n'y a plus de place pour conserver les fichiers."),
    "vault_refuses": gettext_lazy("Le lieu où les fichiers sont conservés ne répond pas."),
    "vault_unreadable": gettext_lazy("Un fichier conservé ne peut pas être relu pour l'instant."),
    "fonts_missing": gettext_lazy("Les polices des documents manquent sur le serveur."),
    "seal_key_missing": gettext_lazy("La clé du sceau ne peut pas être lue."),
}
_ILLUSTRATION = gettext_lazy(
    "Le conseiller sait qu'il doit joindre une autre soumission. Réessayez si le serveur manquait "
    "de moyens."
)
_READ_LOG = gettext_lazy("Lisez la ligne du journal qui porte ce numéro, puis réessayez.")
_OPERATOR_WAYS: dict[str, str | Promise] = {
    "": gettext_lazy(
        "Vérifiez que le programme des tâches (worker) tourne et que le serveur n'est pas surchargé."
    ),
    "illustration_unreadable": _ILLUSTRATION,
    "stopped_time": _ILLUSTRATION,
    "stopped_memory": _ILLUSTRATION,
    "stopped_deadline": _ILLUSTRATION,
    "stopped_crash": _ILLUSTRATION,
    "print_refused": _READ_LOG,
    "seal_refused": gettext_lazy("Vérifiez la clé du sceau et son certificat, puis réessayez."),
    "evidence_changed": gettext_lazy(
        "Quelqu'un a changé la base de données : vérifiez l'historique avant tout autre geste."
    ),
    "content_changed": gettext_lazy("Le conseiller peut créer le PDF de nouveau."),
    "vault_altered": gettext_lazy("Rétablissez le fichier depuis une sauvegarde, puis réessayez."),
    "unexpected": _READ_LOG,
    "vault_full": gettext_lazy("Faites de la place ; la reprise est automatique."),
    "vault_refuses": gettext_lazy("Rétablissez l'accès au rangement ; la reprise est automatique."),
    "vault_unreadable": gettext_lazy(
        "Rétablissez l'accès au rangement, ou le fichier depuis une sauvegarde."
    ),
    "fonts_missing": gettext_lazy("Installez de nouveau les polices ; la reprise est automatique."),
    "seal_key_missing": gettext_lazy(
        "Corrigez le fichier de la clé ou sa phrase secrète ; la reprise est automatique."
    ),
}
