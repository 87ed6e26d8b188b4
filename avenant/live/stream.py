"""Server-sent events: one long answer that says "look again" with the call's sequence number."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse

from avenant.live.actions.note_presence import note_departure, note_presence
from avenant.live.bus import bus
from avenant.live.models import Call

HEARTBEAT_SECONDS = 10.0


def _briefly[**P, R](function: Callable[P, R]) -> Callable[P, Any]:
    """Run a query and give the connection back to the pool at once: a stream lives for an hour."""

    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        finally:
            for connection in connections.all(initialized_only=True):
                if not connection.in_atomic_block:
                    connection.close()

    return sync_to_async(run)


def event_stream(call: Call, *, last_seen: int, is_client: bool) -> StreamingHttpResponse:
    """The answer to an EventSource; a reconnect that missed something is told at once."""
    response = StreamingHttpResponse(
        _events(
            call.pk, last_seen=last_seen, token=call.client_token_digest if is_client else None
        ),
        content_type="text/event-stream",
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _events(call_id: UUID, *, last_seen: int, token: str | None) -> AsyncIterator[str]:
    sequence_of = _briefly(_sequence)
    async with bus().subscription(call_id) as happened:
        try:
            yield "retry: 1000\n\n"
            while True:
                if token is not None and not await _briefly(note_presence)(call_id, token):
                    yield "event: ended\ndata: {}\n\n"  # another browser joined, or it is over
                    return
                happened.clear()
                sequence = await sequence_of(call_id)
                if sequence is None:
                    yield "event: ended\ndata: {}\n\n"
                    return
                if sequence > last_seen:
                    last_seen = sequence
                    yield f"id: {sequence}\nevent: look\ndata: {sequence}\n\n"
                else:
                    yield ": still here\n\n"
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await happened.wait()
                except TimeoutError:
                    continue
        finally:
            if token is not None:
                # The browser went away: finish telling so even while this task is cancelled.
                await asyncio.shield(_briefly(note_departure)(call_id, token))


def _sequence(call_id: UUID) -> int | None:
    return Call.objects.filter(pk=call_id).values_list("sequence", flat=True).first()


def last_seen(request: HttpRequest) -> int:
    """The sequence number a reconnecting browser saw last; 0 at first."""
    claimed = request.headers.get("Last-Event-ID") or request.GET.get("since") or "0"
    return int(claimed) if claimed.isdecimal() and len(claimed) < 12 else 0
