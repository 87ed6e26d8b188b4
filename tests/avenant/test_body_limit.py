"""How much anybody may send through the door: whatever the site behind it does."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from avenant import asgi
from avenant.http import BODY_TOO_LARGE

MIB = 1024 * 1024
MOST, IN_VAIN = 21 * MIB, 256 * MIB
PIECE = bytes(MIB)

type Message = dict[str, Any]


class Site:
    """What is behind the door: it reads all it gets, and notes how it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Message, int, str]] = []

    async def __call__(self, scope: Message, receive: Callable[[], Any], send: Any) -> None:
        size = 0
        while True:
            message = await receive()
            size += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                break
        self.asked.append((scope, size, message["type"]))


class Sender:
    """Somebody who sends so many pieces of a mebibyte, and then goes."""

    def __init__(self, pieces: int, last: bytes = b"") -> None:
        self.left, self.last, self.taken = pieces, last, 0

    async def receive(self) -> Message:
        if self.left < 0:
            return {"type": "http.disconnect"}
        self.left -= 1
        body = PIECE if self.left >= 0 else self.last
        self.taken += len(body)
        return {"type": "http.request", "body": body, "more_body": self.left >= 0}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr(asgi, "_django", site)
    return site


def send(sender: Sender, length: object = None, kind: str = "http") -> None:
    headers = [(b"host", b"localhost")]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    scope = {"type": kind, "method": "POST", "path": "/nowhere", "headers": headers}

    async def answered(_message: Any) -> None:
        raise AssertionError("the site of this test answers nothing")

    asyncio.run(asgi.application(scope, sender.receive, answered))


def test_it_passes_on_what_is_not_too_large(site: Site) -> None:
    send(Sender(21), MOST)

    [(scope, size, _)] = site.asked
    assert size == MOST
    assert BODY_TOO_LARGE not in scope
    assert (b"content-length", str(MOST).encode()) in scope["headers"]


@pytest.mark.parametrize("length", [MOST + 1, "x", "-1", "9" * 20])
def test_it_keeps_nothing_of_what_says_that_it_is_too_large(site: Site, length: object) -> None:
    sender = Sender(30)

    send(sender, length)

    [(scope, size, _)] = site.asked
    assert scope[BODY_TOO_LARGE]
    assert size == 0
    assert scope["headers"] == [(b"host", b"localhost")]
    assert sender.taken == 30 * MIB  # a browser shows the answer once its file is sent


@pytest.mark.parametrize(("last", "is_taken"), [(b"", True), (b"x", False)])
def test_it_counts_what_does_not_say_how_large_it_is(
    site: Site, last: bytes, is_taken: bool
) -> None:
    send(Sender(21, last))

    first, *again = site.asked
    assert (first[2] == "http.request") == is_taken
    assert [BODY_TOO_LARGE in scope for scope, _, _ in again] == ([] if is_taken else [True])


def test_it_reads_no_more_in_vain_than_it_says(site: Site) -> None:
    sender = Sender(300)

    send(sender, 300 * MIB)

    assert site.asked
    assert IN_VAIN <= sender.taken <= IN_VAIN + MIB


def test_it_tells_of_an_empty_body_once_and_then_waits_until_the_sender_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    met: list[Message] = []

    async def reading_on(_scope: Message, receive: Callable[[], Any], _send: Any) -> None:
        met.extend([await receive(), await receive()])

    monkeypatch.setattr(asgi, "_django", reading_on)
    asyncio.run(asgi._without_body({"headers": []}, Sender(3).receive, None))  # type: ignore[arg-type]

    assert met == [
        {"type": "http.request", "body": b"", "more_body": False},
        {"type": "http.disconnect"},
    ]


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_it_opens_to_nothing_but_http(site: Site, kind: str) -> None:
    send(Sender(0), kind=kind)

    assert site.asked == []
