"""The door uvicorn opens, with a limit on how much anybody may send through it, and how often."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.asgi import get_asgi_application

from avenant.http import BODY_TOO_LARGE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")

type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# Above the largest upload: Django itself keeps a whole body before any view can refuse it.
LARGEST_BODY = 21 * 1024 * 1024
# What is read of a larger one and thrown away: a browser shows the answer once its file is sent.
MOST_READ_IN_VAIN = 256 * 1024 * 1024
_django = get_asgi_application()

from avenant.limits.doors import REFUSED  # noqa: E402 - Django first
from avenant.limits.early import BUSY_SECONDS, Gate, Turn, count_early, door_of  # noqa: E402

_gate = Gate()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Count whom a limit concerns, then pass the request on, the costly ones few at a time."""
    if scope["type"] != "http":
        return
    door = door_of(scope)
    if door is None:
        await _limited_body(scope, receive, send)
        return
    scope = await count_early(scope, door)
    if not door.is_costly:
        await _limited_body(scope, receive, send)
    elif _gate.is_full:
        await _without_body(scope | {REFUSED: BUSY_SECONDS}, receive, send)
    else:
        await _in_turn(scope, receive, send)


async def _in_turn(scope: Message, receive: Receive, send: Send) -> None:
    turn = Turn(_gate)

    async def received() -> Message:
        message = await receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            await turn.come()
        return message

    async def answered(message: Mapping[str, Any]) -> None:
        turn.end()
        await send(message)

    try:
        if REFUSED in scope:  # nothing of its body is kept
            await turn.come()
            await _without_body(scope, receive, answered)
        else:
            await _limited_body(scope, received, answered)
    finally:
        turn.end()


async def _limited_body(scope: Message, receive: Receive, send: Send) -> None:
    """Pass the request on; a body over the limit is not kept, and the page says so with 413."""
    if _announced_size(scope) > LARGEST_BODY:
        await _refuse(scope, receive, send)
        return
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    await _django(scope, counted, send)
    if received > LARGEST_BODY:  # nothing was answered to a request that broke off
        await _refuse(scope, receive, send)


def _announced_size(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 20 else LARGEST_BODY + 1
    return 0


async def _refuse(scope: Message, receive: Receive, send: Send) -> None:
    read = 0
    while read < MOST_READ_IN_VAIN:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    await _without_body({**scope, BODY_TOO_LARGE: True}, receive, send)


async def _without_body(scope: Message, receive: Receive, send: Send) -> None:
    """Let the site answer as if nothing had been sent; the server throws away what still comes."""
    is_told = False

    async def an_empty_body() -> Message:
        nonlocal is_told
        if not is_told:
            is_told = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return message

    headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    await _django({**scope, "headers": headers}, an_empty_body, send)
