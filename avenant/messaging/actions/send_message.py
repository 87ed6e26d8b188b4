"""Hand a queued message to its provider, once."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from avenant.crash_points import crash_point
from avenant.messaging.models import MessageState, OutboundMessage
from avenant.messaging.providers import ProviderError, provider_for


def send_message(message_id: int) -> None:
    """Send the message if it still waits.

    The provider is given the row's id as its idempotency key, so that a crash between its answer
    and our commit cannot send twice where the provider honours it.
    Raises `ProviderError` after noting it: the job is tried again.
    """
    with transaction.atomic():
        message = OutboundMessage.objects.select_for_update().filter(pk=message_id).first()
        if message is None or message.state == MessageState.SENT:
            return
        message.attempts += 1
        try:
            crash_point("before_mail")
            provider_for(message.channel).send(message)
            crash_point("after_mail")
        except ProviderError as error:
            failure: ProviderError | None = error
            message.last_error = error.code
        else:
            failure = None
            message.state, message.sent_at = MessageState.SENT, timezone.now()
            if settings.AVENANT_MAIL_PROVIDER != "outbox":
                # What is sent is in somebody's mailbox: links that open things are not kept here.
                message.text, message.links = "", []
        message.save()
    if failure is not None:
        raise failure
