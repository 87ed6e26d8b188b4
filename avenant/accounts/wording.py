"""What is said of the acts on an account."""

from django.utils.translation import gettext as _


def done_words(act: str) -> str:
    """What the administrator reads once it is done."""
    return {
        "inviter": _("L'invitation est partie. Le lien sert une fois, pendant 7 jours."),
        "deverrouiller": _("Le compte est déverrouillé."),
        "deuxieme-facteur": _(
            "Le deuxième facteur est effacé et les sessions sont terminées. La personne en "
            "choisira un autre en se connectant."
        ),
        "desactiver": _("Le compte est désactivé et ses sessions sont terminées."),
        "reactiver": _("Le compte est réactivé et une invitation est partie."),
    }[act]
