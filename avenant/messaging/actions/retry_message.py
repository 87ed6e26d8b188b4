"""« Réessayer »: an operator has a message that was not taken sent again, now."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.jobs import defer, hasten
from avenant.messaging.models import MessageState, OutboundMessage


@transaction.atomic
def retry_message(message: OutboundMessage, *, by: User) -> OutboundMessage:
    """Queue it again; a second click finds it queued and changes nothing.

    Raises:
        RuleError: "nothing_stuck". Nothing is saved.
    """
    message = OutboundMessage.objects.select_for_update().get(pk=message.pk)
    if message.state == MessageState.SENT:
        raise RuleError("nothing_stuck")
    if message.state == MessageState.FAILED:
        message.state, message.failed_at = MessageState.QUEUED, None
        message.save(update_fields=["state", "failed_at"])
        record("message_retried", message, by=by, facts={"kind": message.kind})
    key = f"message:{message.pk}"
    defer("messaging.send_message", message_id=message.pk, once=key)
    hasten(key)
    return message
