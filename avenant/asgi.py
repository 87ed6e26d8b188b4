"""The door uvicorn opens, with a limit on how much anybody may send through it."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")

type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# Above the largest upload: Django itself keeps a whole body before any view can refuse it.
LARGEST_BODY = 21 * 1024 * 1024
_django = get_asgi_application()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Pass the request on; a body over the limit ends it with 413."""
    if scope["type"] != "http":
        return
    if _announced_size(scope) > LARGEST_BODY:
        await _too_large(send)
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


def _announced_size(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else LARGEST_BODY + 1
    return 0


async def _too_large(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"413\n"})
