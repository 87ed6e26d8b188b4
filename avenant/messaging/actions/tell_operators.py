"""Tell those who look after the installation that something is stuck."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from avenant.messaging.actions.queue_message import queue_message

NOTICE = "operators_notice"


def tell_operators(subject: str) -> None:
    """Queue a mail to each operator that the settings name; it leads to their page and says no more."""
    link = settings.PUBLIC_URL + reverse("operations")
    for address in settings.AVENANT_OPERATORS:
        with override(settings.LANGUAGE_CODE):
            queue_message(
                to=address,
                kind=NOTICE,
                subject=subject,
                text=_("Bonjour,\n\nLa cause et un bouton pour réessayer sont ici : %(link)s\n")
                % {"link": link},
                links=[link],
            )
