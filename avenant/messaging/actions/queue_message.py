"""Put a message in the outbox, in the transaction of the act it tells of."""

from collections.abc import Sequence

from django.db import transaction

from avenant.jobs import defer
from avenant.messaging.models import Channel, OutboundMessage


@transaction.atomic
def queue_message(
    *,
    to: str,
    text: str,
    kind: str,
    subject: str = "",
    channel: Channel = Channel.EMAIL,
    carrier: str = "",
    links: Sequence[str] = (),
    once_key: str | None = None,
) -> OutboundMessage:
    """Queue one message; a second call with the same `once_key` gives the first one back."""
    fields = {
        "to": to,
        "text": text,
        "kind": kind,
        "subject": subject.strip(),
        "channel": channel,
        "carrier": carrier,
        "links": list(links),
    }
    if once_key is None:
        message, is_new = OutboundMessage.objects.create(**fields), True
    else:
        message, is_new = OutboundMessage.objects.get_or_create(once_key=once_key, defaults=fields)
    if is_new:
        defer("messaging.send_message", message_id=message.pk, once=f"message:{message.pk}")
    return message
