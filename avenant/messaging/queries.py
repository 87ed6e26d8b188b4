"""Which messages still wait, and which were not taken."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from avenant.messaging.models import MessageState, OutboundMessage

# A message that waits longer than this is late.
LATE_AFTER = dt.timedelta(minutes=1)


def unsent_messages(before: dt.datetime) -> QuerySet[OutboundMessage]:
    """Messages queued before a moment and not sent."""
    return OutboundMessage.objects.filter(state=MessageState.QUEUED, created_at__lt=before)


def stuck_messages() -> QuerySet[OutboundMessage]:
    """Messages that no provider will take, and those that wait for too long: the oldest first."""
    late = Q(state=MessageState.QUEUED, created_at__lt=timezone.now() - LATE_AFTER)
    return OutboundMessage.objects.filter(Q(state=MessageState.FAILED) | late).order_by("id")


def client_copy_failure(number: str) -> OutboundMessage | None:
    """The message with the client's link to the copy of this application, when it did not go out."""
    return stuck_messages().filter(once_key=f"client_copy:{number}").first()
