"""The carrier takes a submitted file in, or returns it with a reason (4/APP-44, settled 5, 15)."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.history.actions.record import record
from avenant.messaging.actions.queue_message import queue_message
from avenant.people import initials
from avenant.rules import check_step


@transaction.atomic
def enter_application(application: Application, *, by: User) -> Application:
    """The file is entered in the carrier's systems; the advisor is told."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.state = check_step("application", application.state, "enter")
    application.save(update_fields=["state"])
    record("application_entered", application, by=by, facts={"number": application.number})
    with override(application.advisor.language):
        _tell_advisor(
            application,
            kind="application_entered",
            subject=_("Proposition %(number)s saisie"),
            text=_("La proposition %(number)s (%(initials)s) est saisie chez l'assureur."),
        )
    return application


@transaction.atomic
def return_application(application: Application, *, reason: str, by: User) -> Application:
    """The file goes back to the advisor; final for this submission, whose number stays used."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.state = check_step("application", application.state, "return_for_correction")
    application.end_reason = reason.strip()
    application.save(update_fields=["state", "end_reason"])
    record("application_returned", application, by=by, facts={"number": application.number})
    with override(application.advisor.language):
        _tell_advisor(
            application,
            kind="application_returned",
            subject=_("Proposition %(number)s retournée"),
            text=_(
                "La proposition %(number)s (%(initials)s) vous est retournée pour correction. "
                "Le motif est dans le dossier."
            ),
        )
    return application


def _tell_advisor(application: Application, *, kind: str, subject: str, text: str) -> None:
    link = settings.PUBLIC_URL + reverse("submitted_application", args=[application.pk])
    facts = {"number": application.number, "initials": initials(application.insured_name)}
    queue_message(
        to=application.advisor.email,
        kind=kind,
        carrier=application.carrier,
        subject=subject % facts,
        text=f"{text % facts}\n{link}\n",
        links=[link],
        once_key=f"{kind}:{application.number}",
    )
