"""The mails that say that a document failed: to the advisor, and to the operators."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from avenant.carriers.packs import pack
from avenant.documents.failure_words import trouble_of
from avenant.documents.models import SealedDocument, Stage
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.tell_operators import tell_operators


def tell_failure(document: SealedDocument) -> None:
    """Queue a mail to the advisor, and one to each operator that the settings name."""
    application = document.application
    advisor = application.advisor
    carrier = pack(application.carrier)
    with override(advisor.language):
        trouble = trouble_of(document)
        assert trouble is not None
        link = settings.PUBLIC_URL + _page_of(document)
        queue_message(
            to=advisor.email,
            kind="document_failed",
            carrier=application.carrier,
            subject=_("Proposition %(number)s : le PDF n'a pas pu être préparé")
            % {"number": document.number},
            text=_("Bonjour,\n\n%(sentence)s\n%(way)s\n\n%(link)s\n")
            % {"sentence": trouble.sentence, "way": trouble.way, "link": link}
            + f"\n{carrier.label}\n{carrier.contacts.support_phone}\n",
            links=[link],
        )
    tell_operators(_("Document bloqué : %(number)s") % {"number": document.number})


def _page_of(document: SealedDocument) -> str:
    application = document.application
    if document.stage == Stage.SUBMITTED:
        return reverse("submitted_application", args=[application.pk])
    return reverse("application", args=[application.pk]) + "?section=transmission"
