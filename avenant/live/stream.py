"""Server-sent events: one long answer that says "look again" with the call's sequence number."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from avenant.live.actions.note_presence import note_departure, note_presence
from avenant.live.bus import bus, call_the_roll
from avenant.live.models import Call
from avenant.live.queries import is_window_of

HEARTBEAT_SECONDS = 10.0
# How long a client's window that closed its stream may take to open another.
GRACE_SECONDS = 2.0


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
    async with bus().subscription(call_id) as news:
        try:
            yield "retry: 1000\n\n"
            is_told = False  # by an announcement, so that the row need not be read
            time = asyncio.get_running_loop().time
            while True:
                if is_told:
                    sequence: int | None = news.sequence
                    is_still_in = token is None or await _briefly(is_window_of)(call_id, token)
                else:
                    # A lively call must not keep its streams from saying that they are there.
                    next_beat = time() + HEARTBEAT_SECONDS
                    is_still_in = token is None or await _briefly(note_presence)(call_id, token)
                    sequence = await _briefly(_sequence)(call_id)
                if sequence is None or not is_still_in:
                    yield "event: ended\ndata: {}\n\n"  # another browser joined, or it is over
                    return
                if sequence > last_seen:
                    last_seen = sequence
                    yield f"id: {sequence}\nevent: look\ndata: {sequence}\n\n"
                else:
                    yield ": still here\n\n"
                is_told = await news.wait(next_beat - time())
        finally:
            if token is not None:
                _later(_say_it_left(call_id, token, timezone.now()))


async def _say_it_left(call_id: UUID, token: str, left_at: datetime) -> None:
    """The client's window is gone, unless it speaks up: a page turned, or a second tab."""
    await _briefly(call_the_roll)(call_id)
    await _grace()
    await _briefly(note_departure)(call_id, token, left_at)


async def _grace() -> None:
    await asyncio.sleep(GRACE_SECONDS)


_departures: set[asyncio.Task[None]] = set()


def _later(work: Coroutine[Any, Any, None]) -> None:
    """Finish work after the stream it comes from; the loop itself holds tasks only weakly."""
    task = asyncio.get_running_loop().create_task(work)
    _departures.add(task)
    task.add_done_callback(_departures.discard)


def _sequence(call_id: UUID) -> int | None:
    return Call.objects.filter(pk=call_id).values_list("sequence", flat=True).first()


def last_seen(request: HttpRequest) -> int:
    """The sequence number a reconnecting browser saw last; 0 at first."""
    claimed = request.headers.get("Last-Event-ID") or request.GET.get("since") or "0"
    return int(claimed) if claimed.isdecimal() and len(claimed) < 12 else 0
