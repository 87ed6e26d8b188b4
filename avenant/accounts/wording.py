"""What is said of the acts on an account."""

from django.utils.translation import gettext as _

from avenant.accounts.models import User
from avenant.history.queries import events_of
from avenant.pages.items import Event


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


def history_of(person: User) -> list[Event]:
    """What was done to the account, newest first."""
    words = {
        "person_enrolled": _("Compte ouvert"),
        "invitation_sent": _("Invitation envoyée"),
        "invitation_accepted": _("Mot de passe choisi"),
        "person_unlocked": _("Compte déverrouillé"),
        "second_factor_reset": _("Deuxième facteur effacé"),
        "account_closed": _("Compte désactivé"),
        "account_reopened": _("Compte réactivé"),
    }
    return [
        Event(
            at=event.at,
            text=words[event.kind],
            who=event.actor.name if event.actor else _("le système"),
        )
        for event in events_of(person)
        if event.kind in words
    ]
