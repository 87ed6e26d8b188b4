"""The web process behind a bad line: of the words that an event stream says, a share never arrives
and its connection breaks. `python -m tests.trust.lossy_server PORT SHARE`.
"""

import random
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from avenant.asgi import application as site

type Scope = dict[str, Any]


class LostError(Exception):
    """The line broke."""


class Lossy:
    """The site, whose event streams break off at a share of what they say."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.chance = random.Random(26)  # noqa: S311 - the same losses at each run

    async def __call__(
        self,
        scope: Scope,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        async def breaking(message: Any) -> None:
            if b"event: look" in message.get("body", b"") and self.chance.random() < self.share:
                raise LostError
            await send(message)

        is_stream = scope["type"] == "http" and scope["path"].endswith("/flux")
        await site(scope, receive, breaking if is_stream else send)


if __name__ == "__main__":
    uvicorn.run(
        Lossy(float(sys.argv[2])),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
