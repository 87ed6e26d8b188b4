"""Whether the client's window is there (4/COS-23)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from avenant.applications.actions.void_confirmations import void_confirmations
from avenant.history.actions.record import Actor
from avenant.live.bus import announce
from avenant.live.models import ABSENCE_LIMIT, Call, CallState


@transaction.atomic
def note_presence(call_id: UUID, token: str) -> bool:
    """The client's window was heard of; whether it is still the one in the call.

    `token` is the digest of the window's: a browser that another one replaced says nothing more
    of the client's presence. The advisor is told when the client comes back.

    After 30 minutes of absence the person may be another: everything is to be reconfirmed
    (4/COS-19, settled 10).
    """
    now = timezone.now()
    # Hardly ever contended: the heartbeat of one window every ten seconds.
    call = _call_of(call_id, token)
    if call is None:
        return False
    was_present = call.is_client_present
    last_heard = max(filter(None, [call.client_seen_at, call.client_left_at]), default=now)
    call.client_seen_at = now
    call.client_left_at = None
    call.save(update_fields=["client_seen_at", "client_left_at"])
    if now - last_heard > ABSENCE_LIMIT and call.application is not None:
        void_confirmations(call.application, by=Actor.SYSTEM, reason="long_absence")
    if not was_present:
        announce(call)
    return True


@transaction.atomic
def note_departure(call_id: UUID, token: str, left_at: datetime) -> None:
    """The client's window closed its stream then; nothing happens if it was heard of since."""
    call = _call_of(call_id, token)
    if call is None or (call.client_seen_at is not None and call.client_seen_at > left_at):
        return
    call.client_left_at = left_at
    call.save(update_fields=["client_left_at"])
    announce(call)


def _call_of(call_id: UUID, token: str) -> Call | None:
    return (
        Call.objects.select_for_update()
        .filter(pk=call_id, state=CallState.LIVE, client_token_digest=token)
        .first()
    )
