"""The event stream of a call: what is announced arrives, and presence is told truly."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from unittest.mock import patch

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from avenant.demo.dossiers import ApplicationStory
from avenant.live import stream
from avenant.live.bus import announce, bus
from avenant.live.models import Call
from avenant.live.stream import _events
from tests.support.cast import Cast
from tests.support.patience import patient

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call(cast: Cast) -> Call:
    return ApplicationStory(cast.advisor).open().join().call


class Streams:
    """Event streams of a call in one event loop, all of them closed in the end.

    A window that left is given time until `end_of_grace`, however slow the machine is.
    """

    def __init__(self, call: Call) -> None:
        self.call = call
        self.is_grace_over = asyncio.Event()
        self.opened: list[AsyncGenerator[str]] = []

    async def open(self, *, is_client: bool) -> AsyncGenerator[str]:
        """A stream that has said its greeting and what it found at first."""
        token = self.call.client_token_digest if is_client else None
        events = _events(self.call.pk, last_seen=self.call.sequence, token=token)
        self.opened.append(events)
        assert await anext(events) == "retry: 1000\n\n"
        assert await anext(events) == ": still here\n\n"
        return events

    async def grace(self) -> None:
        await self.is_grace_over.wait()

    async def end_of_grace(self) -> None:
        self.is_grace_over.set()
        await asyncio.gather(*stream._departures)

    async def close(self) -> None:
        for events in self.opened:
            await events.aclose()
        await self.end_of_grace()


def played(call: Call, play: Callable[[Streams], Awaitable[Any]]) -> Any:
    """Run `play` in an event loop of its own, whose bus listens before and is closed after."""

    async def whole() -> Any:
        streams = Streams(call)
        async with asyncio.timeout(patient(30)), bus().subscription(call.pk):
            while not bus().is_listening:
                await asyncio.sleep(0.01)
            try:
                with patch.object(stream, "_grace", streams.grace):
                    return await play(streams)
            finally:
                await streams.close()
                await bus().close()
                await sync_to_async(connections.close_all)()

    return asyncio.run(whole())


@sync_to_async
def tell(call: Call) -> None:
    with transaction.atomic():
        announce(call)


def test_it_passes_an_announcement_on_without_reading_the_row(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(streams: Streams) -> tuple[str, int]:
        events = await streams.open(is_client=False)
        reads: list[object] = []
        monkeypatch.setattr(stream, "_sequence", lambda *asked: reads.append(asked))
        await tell(call)
        return await anext(events), len(reads)

    said, reads = played(call, play)

    assert said == f"id: {call.sequence}\nevent: look\ndata: {call.sequence}\n\n"
    assert reads == 0


def test_it_reads_the_row_again_after_it_could_not_listen(call: Call) -> None:
    async def play(streams: Streams) -> str:
        events = await streams.open(is_client=False)
        # Said to nobody: the row alone knows.
        await Call.objects.filter(pk=call.pk).aupdate(sequence=call.sequence + 5)
        bus()._wake_everyone()
        return await anext(events)

    assert f"id: {call.sequence + 5}\n" in played(call, play)


def test_it_ends_the_stream_of_a_window_that_another_browser_replaced(call: Call) -> None:
    async def play(streams: Streams) -> str:
        events = await streams.open(is_client=True)
        await Call.objects.filter(pk=call.pk).aupdate(client_token_digest="of another browser")
        await tell(call)
        return await anext(events)

    assert played(call, play) == "event: ended\ndata: {}\n\n"


@pytest.mark.rule("4/COS-23")
@pytest.mark.parametrize("has_second_tab", [False, True])
def test_it_says_that_the_client_left_only_when_no_tab_is_left(
    call: Call, has_second_tab: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The roll that is called makes the second tab speak up, not its next beat.
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 60.0)

    async def play(streams: Streams) -> bool:
        first = await streams.open(is_client=True)
        if has_second_tab:
            second = await streams.open(is_client=True)
            answers = asyncio.create_task(anext(second))  # a browser always listens
            await first.aclose()
            assert await answers == ": still here\n\n"
        else:
            await first.aclose()
        await streams.end_of_grace()
        row = await Call.objects.aget(pk=call.pk)
        return row.is_client_present

    assert played(call, play) is has_second_tab


def test_it_takes_a_page_that_is_turned_for_no_absence(call: Call) -> None:
    async def play(streams: Streams) -> tuple[bool, int]:
        first = await streams.open(is_client=True)
        await first.aclose()
        await streams.open(is_client=True)
        await streams.end_of_grace()
        row = await Call.objects.aget(pk=call.pk)
        return row.is_client_present, row.sequence

    assert played(call, play) == (True, call.sequence)


@pytest.mark.rule("4/COS-23")
def test_it_keeps_the_client_present_while_much_is_announced(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.2)

    async def play(streams: Streams) -> bool:
        events = await streams.open(is_client=True)
        first = await Call.objects.aget(pk=call.pk)
        async with asyncio.timeout(patient(10)):
            while True:
                await tell(call)
                assert "look" in await anext(events)
                row = await Call.objects.aget(pk=call.pk)
                if row.client_seen_at > first.client_seen_at:
                    return True

    assert played(call, play)
