"""Hand a queued message to its provider, once."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avenant.crash_points import crash_point
from avenant.messaging.actions.tell_operators import NOTICE, tell_operators
from avenant.messaging.models import MessageState, OutboundMessage
from avenant.messaging.providers import ProviderError, provider_for

logger = logging.getLogger(__name__)


def send_message(message_id: int) -> None:
    """Send the message if it still waits.

    The provider is given the row's id as its idempotency key, so that a crash between its answer
    and our commit cannot send twice where the provider honours it. Whatever goes wrong is noted on
    the message. What the provider will never take ends in FAILED, where operators see it.

    Raises:
        ProviderError: it did not work now; the job is to be tried again.
    """
    with transaction.atomic():
        message = OutboundMessage.objects.select_for_update().filter(pk=message_id).first()
        if message is None or message.state != MessageState.QUEUED:
            return
        message.attempts += 1
        crash_point("before_mail")
        failure = _hand_over(message)
        crash_point("after_mail")
        if failure is None:
            message.state, message.sent_at = MessageState.SENT, timezone.now()
            message.last_error = ""
            if settings.AVENANT_MAIL_PROVIDER != "outbox":
                # What is sent is in somebody's mailbox: links that open things are not kept here.
                message.text, message.links = "", []
        else:
            message.last_error = failure.code
            if failure.is_permanent:
                message.state, message.failed_at = MessageState.FAILED, timezone.now()
                if message.kind != NOTICE:  # one that does not reach them calls for no other
                    tell_operators(_("Un message n'a pas pu être envoyé"))
        message.save()
    if failure is not None:
        logger.log(
            logging.ERROR if failure.is_permanent else logging.WARNING,
            "message %s (%s) %s: %s",
            message.pk,
            message.kind,
            "failed and stays so until somebody acts" if failure.is_permanent else "was not taken",
            failure.code,
        )
        if not failure.is_permanent:
            raise failure


def _hand_over(message: OutboundMessage) -> ProviderError | None:
    try:
        provider_for(message.channel).send(message)
    except ProviderError as error:
        return error
    except Exception as error:
        return ProviderError(type(error).__name__)
    return None
