"""A new link to the sealed copy, for whoever comes back to one that was used or is out of date."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from avenant.documents.actions.copy_link import LIFE
from avenant.documents.actions.tell_submission import mail_copy
from avenant.documents.models import CopyLink, SealedDocument
from avenant.history.actions.record import Actor, record

PAUSE = dt.timedelta(minutes=10)


@transaction.atomic
def send_copy_again(link: CopyLink) -> None:
    """Mail a new link to the address that the client gave: whoever has the old one alone gets nothing.

    One that was made within ten minutes and not opened is still on its way: nothing is sent then.
    """
    document = SealedDocument.objects.select_for_update().get(pk=link.document_id)
    made_since = timezone.now() + LIFE - PAUSE
    on_their_way = CopyLink.objects.filter(document=document, opened_at=None)
    if on_their_way.filter(expires_at__gt=made_since).exists():
        return
    mail_copy(document)
    facts = {"number": document.number}
    record("copy_sent_again", document.application, by=Actor.CLIENT, facts=facts)
