"""The door uvicorn opens, with a limit on how much anybody may send through it."""

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


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Pass the request on; a body over the limit is not kept, and the page says so with 413."""
    if scope["type"] != "http":
        return
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
            return int(value) if value.isdigit() else LARGEST_BODY + 1
    return 0


async def _refuse(scope: Message, receive: Receive, send: Send) -> None:
    read = 0
    while read < MOST_READ_IN_VAIN:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            break

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
    await _django({**scope, "headers": headers, BODY_TOO_LARGE: True}, an_empty_body, send)
