"""The application as it is served, with the bare peer beside it in the same process.

Only benchmarks/live_session.py starts it, on a throw-away database. Under /benchmark/ nothing of the
site runs: no session, no sign-in, no middleware, no template. Every request is timed from the
outside, so that the time of a click can be followed.
"""

import os
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
# ruff: noqa: E402 - models can only be imported once the site is set up

import msgspec
import psycopg
from asgiref.sync import sync_to_async
from django.core.asgi import get_asgi_application

site = get_asgi_application()

from django.db import close_old_connections

from avenant.applications.actions.send_section import confirm_section
from avenant.applications.models import Snapshot
from avenant.live.bus import CHANNEL, _connect, bus
from avenant.live.window import ClientWindow

ECHO = UUID(int=1)
PAGE = b"""<!doctype html><title>echo</title><button>send</button><p></p><script>
const now = () => performance.timeOrigin + performance.now();
new EventSource("/benchmark/events").onmessage = (event) => {
  document.querySelector("p").textContent = event.data;
  window.took = now() - window.clicked;
};
document.querySelector("button").onclick = () => {
  window.took = null; window.clicked = now(); fetch("/benchmark/echo", { method: "POST" });
};</script>"""

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

requests: list[tuple[str, str, float, float]] = []
_notifier: psycopg.AsyncConnection | None = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The site, and /benchmark/ apart."""
    if scope["type"] != "http":
        await site(scope, receive, send)
        return
    path = scope["path"]
    handler = HANDLERS.get(path, site)
    started = time.time()
    await handler(scope, receive, send)
    if not path.startswith("/static/") and "flux" not in path and path != "/benchmark/events":
        requests.append((scope["method"], path, started, time.time()))


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, PAGE, "text/html")


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Say something on the bus, nothing else."""
    global _notifier
    _notifier = _notifier or await _connect()
    await _notifier.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{ECHO}:1"])
    await answer(send, b"", status=204)


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """A bare event stream: one event for each time something was said."""
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    async with bus().subscription(ECHO) as happened:
        while True:
            await send({"type": "http.response.body", "body": b"data: look\n\n", "more_body": True})
            await happened.wait(3600)


async def write(scope: Scope, receive: Receive, send: Send) -> None:
    """The write that « Je suis d'accord » commits, and nothing around it."""
    body = (await receive()).get("body", b"")
    fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    work = sync_to_async(WRITES[scope["path"]])
    await work(int(fields["snapshot"]), fields["content_hash"])
    await answer(send, b"", status=204)


def by_the_action(snapshot_id: int, content_hash: str) -> None:
    close_old_connections()
    snapshot = Snapshot.objects.select_related("call", "application").get(pk=snapshot_id)
    window = ClientWindow(call=snapshot.call, ip="203.0.113.24", user_agent="benchmark")
    confirm_section(snapshot, window, content_hash=content_hash)


async def times(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, msgspec.json.encode(requests), "application/json")


async def answer(send: Send, body: bytes, kind: str = "text/plain", status: int = 200) -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


WRITES = {"/benchmark/write": by_the_action}
HANDLERS = {
    "/benchmark/": page,
    "/benchmark/echo": echo,
    "/benchmark/events": events,
    "/benchmark/write": write,
    "/benchmark/times": times,
}
