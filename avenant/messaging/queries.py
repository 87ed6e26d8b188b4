"""Which messages still wait."""

import datetime as dt

from django.db.models import QuerySet

from avenant.messaging.models import MessageState, OutboundMessage


def unsent_messages(before: dt.datetime) -> QuerySet[OutboundMessage]:
    """Messages queued before a moment and not sent."""
    return OutboundMessage.objects.filter(state=MessageState.QUEUED, created_at__lt=before)
