"""The one kind of refusal that an action raises, and how a page says it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from avenant_rules.plain_text import TextRefused


class RuleError(Exception):
    """Something is missing or the step is not allowed; nothing was saved.

    `code` is stable and names what is wrong; `because` are the reasons of the decision asked;
    `details` are the names of what is missing.
    """

    def __init__(
        self, code: str, *, because: Sequence[Any] = (), details: Sequence[str] = ()
    ) -> None:
        super().__init__(code)
        self.code = code
        self.because = because
        self.details = details


class UnreadableTextError(RuleError):
    """What somebody typed cannot be kept; `refusal` says why and what to do."""

    def __init__(self, refusal: TextRefused) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def explain(error: RuleError) -> str:
    """What to tell the reader: what is wrong and what to do, in the language of the page."""
    if isinstance(error, UnreadableTextError):
        return error.refusal.in_(get_language() or "fr")
    sentence = _sentences().get(error.code)
    if sentence is None:
        return _("Cette étape n'est pas possible maintenant. Rechargez la page et réessayez.")
    if "%(because)s" in sentence:
        return sentence % {"because": " ".join(one.text for one in error.because)}
    return sentence


def show_refusal(request: HttpRequest, error: RuleError) -> None:
    """Say it on the page that follows; a script takes it away again once its cause is gone."""
    messages.error(request, explain(error), extra_tags=error.code)


def _sentences() -> dict[str, str]:
    return {
        "no_client": _(
            "Aucun client n'est dans la séance. Donnez-lui l'adresse et le code d'appel, puis "
            "envoyez de nouveau."
        ),
        "missing_fields": _(
            "Il manque des réponses dans cette section. Complétez les champs marqués, puis "
            "envoyez de nouveau."
        ),
        "stale_content": _(
            "La section a changé depuis qu'elle vous a été montrée. Relisez la nouvelle version."
        ),
        "not_sent": _("Cette section n'attend plus de réponse."),
        "section_locked": _(
            "Le client lit ou a confirmé cette section. Annulez l'envoi ou choisissez « Modifier "
            "la section ci-dessus » avant de changer une réponse."
        ),
        "application_locked": _(
            "Cette proposition est transmise : elle se lit, mais ne se modifie plus."
        ),
        "call_open": _(
            "Une séance précédente est encore ouverte. Reprenez-la ou fermez-la d'abord."
        ),
        "call_closed": _("Cette séance est terminée. Lancez une nouvelle séance."),
        "same_browser": _(
            "Vous êtes connecté comme conseiller dans ce navigateur. Le client doit confirmer et "
            "signer lui-même, dans sa propre fenêtre."
        ),
        "city_required": _("Indiquez la ville où se trouve le signataire."),
        "province_required": _("Indiquez la province où se trouve le signataire."),
        "phone_required": _("Indiquez le numéro de téléphone cellulaire du signataire."),
        "client_required": _(
            "Aucun client n'est dans la séance : la signature ne peut pas lui être envoyée."
        ),
        "sections_not_confirmed": _(
            "Le client doit d'abord confirmer toutes les sections et la soumission."
        ),
        "signature_empty": _(
            "La signature est vide. Dessinez-la dans le rectangle ou écrivez votre nom."
        ),
        "signature_too_long": _(
            "La signature a plus de traits qu'il n'en peut être conservé. Effacez-la, puis signez de "
            "nouveau plus simplement, ou écrivez votre nom."
        ),
        "signature_outside": _(
            "La signature sort du rectangle. Effacez-la, puis dessinez-la à l'intérieur, ou écrivez "
            "votre nom."
        ),
        "signature_not_read": _("Lisez d'abord les avis et les déclarations jusqu'à la fin."),
        "signature_void": _(
            "Le contenu a changé : cette demande de signature n'est plus valable. Votre conseiller "
            "va vous en envoyer une nouvelle."
        ),
        "gate_closed": _(
            "Le PDF ne peut pas encore être créé. La liste à droite dit ce qui manque et y mène."
        ),
        "pdf_not_ready": _(
            "Le PDF est encore en préparation. Attendez qu'il soit scellé, puis soumettez."
        ),
        "pdf_failed": _(
            "Le PDF n'a pas pu être préparé : il n'y a rien à soumettre. La page dit pourquoi et "
            "quoi faire."
        ),
        "nothing_stuck": _("Il n'y a plus rien à reprendre ici : c'est fait ou déjà en cours."),
        "stale_pdf": _(
            "La proposition a changé depuis la création du PDF. Créez-le de nouveau, puis soumettez."
        ),
        "licence_expired": _(
            "Votre permis est échu : la proposition ne peut pas être soumise. Communiquez avec "
            "l'équipe des ententes."
        ),
        "expired": _("Cette proposition n'est plus conservée : son délai est dépassé."),
        "wrong_code": _(
            "Ce code ne correspond à aucune séance ouverte. Vérifiez-le avec votre conseiller."
        ),
        "already_joined": _(
            "Un autre appareil est déjà dans cette séance. Demandez un nouveau code à votre "
            "conseiller."
        ),
        "away_too_long": _(
            "Vous vous êtes absenté plus de 30 minutes. Rechargez la page : votre conseiller vous "
            "enverra de nouveau ce qui est à confirmer."
        ),
        "illustration_not_opened": _("Ouvrez d'abord la soumission, puis dites si c'est la bonne."),
        "numbers_exhausted": _(
            "Il ne reste plus de numéro de proposition. Rien n'est perdu : avertissez l'équipe de "
            "soutien, qui en ouvrira une nouvelle série."
        ),
        "unknown_question": _(
            "Le formulaire a changé depuis que la page est ouverte. Rechargez-la ; ce qui était "
            "enregistré y est toujours."
        ),
        "section_refused": _(
            "Une réponse de cette section refuse ce qui est demandé : elle n'est pas envoyée au "
            "client. Suivez d'abord les étapes indiquées dans la section."
        ),
        "already_corrected": _(
            "La correction de cette proposition est déjà transmise : ouvrez-la dans « Propositions "
            "transmises »."
        ),
        "not_returned": _("Cette proposition n'est pas retournée : il n'y a rien à corriger."),
        "signer_is_minor": _(
            "Cette personne est mineure : elle ne peut pas signer, et la proposition ne peut pas "
            "être faite pour elle ici. Vérifiez sa date de naissance."
        ),
        "illustration_not_as_asked": _(
            "%(because)s Joignez une soumission sans cela, ou corrigez d'abord les réponses de la "
            "proposition."
        ),
        "illustration_missing": _("Joignez d'abord la soumission en PDF."),
        "email_taken": _(
            "Cette adresse a déjà un compte. Cherchez-la dans la liste, ou enrôlez la personne avec "
            "une autre adresse."
        ),
        "own_account": _(
            "Ce compte est le vôtre. Demandez cette opération à une autre personne de "
            "l'administration."
        ),
        "account_inactive": _("Ce compte est désactivé. Réactivez-le d'abord."),
        "account_active": _("Ce compte est déjà actif."),
        "already_has_password": _(
            "Cette personne a déjà choisi son mot de passe. Si elle l'a oublié, elle en choisit un "
            "autre depuis la page de connexion."
        ),
        "invitation_over": _(
            "Cette invitation a déjà servi, ou son délai est passé. Demandez-en une autre à la "
            "personne qui vous a inscrit."
        ),
        "refused_step": _("Cette étape n'est pas possible maintenant. Rechargez la page."),
    }
