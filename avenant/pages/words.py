"""The few sentences that scripts say, handed to them as data: no text lives in a script."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """By the name that the scripts look up; `{x}` is filled in by the script."""
    return {
        "saved_at": _("Enregistré à {time}"),
        "saving": _("Enregistrement…"),
        "not_saved_yet": _("Pas encore enregistré : nous réessayons. Rien n'est perdu."),
        "saving_waits": _("L'enregistrement attend le serveur. Continuez, rien n'est perdu."),
        "server_slow": _("Le serveur tarde à répondre. Nous attendons, rien n'est perdu."),
        "not_accepted": _("Non enregistré : voyez le message du champ."),
        "leave_unsent": _("Des réponses ne sont pas encore enregistrées."),
        "sign_in_again": _(
            "Votre session est terminée. Reconnectez-vous dans un autre onglet, puis revenez ici : "
            "ce que vous avez écrit est encore là."
        ),
        "connection_lost": _("Connexion interrompue. Nous la rétablissons, rien n'est perdu."),
        "connection_back": _("Connexion rétablie."),
        "copied": _("Copié"),
        "copy_failed": _("La copie n'a pas fonctionné. Sélectionnez le texte et copiez-le."),
        "request_failed": _(
            "La page n'a pas pu joindre le serveur. Vérifiez votre connexion et réessayez."
        ),
        "server_failed": _(
            "Le serveur n'a pas pu répondre. Réessayez dans un instant ; si cela continue, "
            "écrivez-nous."
        ),
        "less_than_a_minute": _("moins d'une minute"),
        "minutes": _("{n} min"),
        "hours": _("{h} h {n} min"),
        "read_first": _("Lisez d'abord le texte jusqu'à la fin."),
        "read_done": _("Vous êtes à la fin du texte."),
        "signature_empty": _("Dessinez votre signature dans le rectangle."),
        "signature_dot": _("Un point ne suffit pas : dessinez votre signature en entier."),
        "name_missing": _("Écrivez votre prénom et votre nom."),
        "close": _("Fermer"),
        "file_too_big": _("Ce fichier dépasse {limit} Mo. Choisissez-en un plus léger."),
    }
