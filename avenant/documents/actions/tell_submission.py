"""The mails that follow a submission (4/12.1 M-05, M-06, settled 14). No health data in any."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from avenant.applications.content import view_of
from avenant.carriers.packs import pack
from avenant.documents.actions.copy_link import new_copy_link
from avenant.documents.models import SealedDocument
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.models import OutboundMessage
from avenant.people import initials
from avenant.rules import ask


def tell_submission(document: SealedDocument) -> None:
    """Queue the advisor's confirmation and the agency's notice, each once per number."""
    application = document.application
    advisor = application.advisor
    link = settings.PUBLIC_URL + reverse("submitted_application", args=[application.pk])
    facts = {
        "number": document.number,
        "initials": initials(application.insured_name),
        "advisor": advisor.name,
        "link": link,
    }
    with override(advisor.language):
        queue_message(
            to=advisor.email,
            kind="submission_confirmation",
            carrier=application.carrier,
            subject=_("Proposition %(number)s transmise") % facts,
            text=_(
                "Bonjour,\n\nLa proposition %(number)s (%(initials)s) a bien été transmise.\n"
                "Vous pouvez la relire ici : %(link)s\n"
            )
            % facts
            + _signature(application.carrier),
            links=[link],
            once_key=f"submission_confirmation:{document.number}",
        )
    _tell_client(document)
    agency = getattr(getattr(advisor, "affiliation", None), "managing_agency", None)
    effects = ask(
        "application.event_effects",
        application.carrier,
        event="submit",
        current_number=document.number,
        has_managing_agency=agency is not None,
    ).outcome.effects
    if agency is None or "email_managing_agency" not in effects:
        return
    queue_message(
        to=agency.email,
        kind="new_application_notice",
        carrier=application.carrier,
        subject=_("Nouvelle proposition %(number)s") % facts,
        text=_(
            "Bonjour,\n\n%(advisor)s vient de soumettre la proposition %(number)s "
            "(%(initials)s).\nVous pouvez la consulter ici : %(link)s\n"
        )
        % facts
        + _signature(application.carrier),
        links=[link],
        once_key=f"new_application_notice:{document.number}",
    )


def _tell_client(document: SealedDocument) -> None:
    """A light message with a link to the sealed copy (settled 14)."""
    once_key = f"client_copy:{document.number}"
    if not OutboundMessage.objects.filter(once_key=once_key).exists():
        mail_copy(document, once_key=once_key)


def mail_copy(document: SealedDocument, *, once_key: str | None = None) -> None:
    """Queue the message with a new link to the sealed copy; none where no address was given."""
    application = document.application
    email = view_of(application).role("client_email")
    if not email:
        return
    link = settings.PUBLIC_URL + reverse("open_copy", args=[new_copy_link(document)])
    with override(document.language):
        queue_message(
            to=email,
            kind="client_copy",
            carrier=application.carrier,
            subject=_("Votre copie de la proposition %(number)s") % {"number": document.number},
            text=_(
                "Bonjour,\n\nVotre proposition %(number)s est transmise. Votre copie scellée vous "
                "attend ici ; le lien sert une fois : %(link)s\n"
            )
            % {"number": document.number, "link": link}
            + _signature(application.carrier),
            links=[link],
            once_key=once_key,
        )


def _signature(carrier: str) -> str:
    return f"\n{pack(carrier).label}\n{pack(carrier).contacts.support_phone}\n"
