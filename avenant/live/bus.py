"""The bus between the windows of a call: PostgreSQL NOTIFY in, waiting event streams out.

An action announces inside its own transaction, so the other window hears of it exactly when it is
true. Each web process keeps one LISTEN connection and hands every announcement to the streams
that wait for that call. An announcement only says "look again"; nothing personal passes here.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from avenant.live.models import Call

CHANNEL = "avenant_live"
ROLL = "roll"  # said instead of a number
LONGEST_BACKOFF_SECONDS = 5.0
RAISE_AND_TELL = """
WITH raised AS (
    UPDATE live_call SET sequence = sequence + 1 WHERE id = %s RETURNING id, sequence
)
SELECT sequence, pg_notify(%s, id || ':' || sequence) FROM raised
"""
logger = logging.getLogger(__name__)


def announce(call: Call) -> None:
    """Raise the call's sequence number and tell every window of it when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE_AND_TELL, [call.pk, CHANNEL])
        call.sequence = cursor.fetchone()[0]


def call_the_roll(call_id: UUID) -> None:
    """Ask every window of the call to say that it is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{call_id}:{ROLL}"])


class Subscription:
    """What one event stream hears of its call.

    `sequence` is the highest number announced. An announcement carries it, so that a stream that
    missed nothing need not ask the database.
    """

    def __init__(self) -> None:
        self.sequence = 0
        self._happened = asyncio.Event()
        self._knows_all = True

    async def wait(self, seconds: float) -> bool:
        """Wait for an announcement. False when the time is up, or when the row must be read: something
        may have been missed, or the roll is called."""
        if seconds <= 0:
            return False
        try:
            async with asyncio.timeout(seconds):
                await self._happened.wait()
        except TimeoutError:
            return False
        self._happened.clear()
        knew_all, self._knows_all = self._knows_all, True
        return knew_all

    def hear(self, sequence: int | None) -> None:
        """Take an announcement; None when what was said is not known."""
        if sequence is None:
            self._knows_all = False
        else:
            self.sequence = max(self.sequence, sequence)
        self._happened.set()


class Bus:
    """The subscriptions of one web process, inside one event loop."""

    def __init__(self) -> None:
        self._waiting: defaultdict[UUID, set[Subscription]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None
        self.is_listening = False

    @contextlib.asynccontextmanager
    async def subscription(self, call_id: UUID) -> AsyncIterator[Subscription]:
        """Hear whatever happens in the call."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        subscription = Subscription()
        self._waiting[call_id].add(subscription)
        try:
            yield subscription
        finally:
            self._waiting[call_id].discard(subscription)
            if not self._waiting[call_id]:
                del self._waiting[call_id]

    async def close(self) -> None:
        """Stop listening; nobody hears anything more."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])

    async def _listen(self) -> None:
        backoff = 0.1
        while True:
            try:
                async with await _connect() as link:
                    await link.execute(f"LISTEN {CHANNEL}")
                    backoff, self.is_listening = 0.1, True
                    self._wake_everyone()  # whatever was said while we were not listening
                    async for notice in link.notifies():
                        call_id, _, said = notice.payload.partition(":")
                        self._wake(UUID(call_id), int(said) if said.isdecimal() else None)
            except (psycopg.Error, OSError) as error:
                logger.warning("live bus lost its connection: %s", type(error).__name__)
            finally:
                self.is_listening = False
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, LONGEST_BACKOFF_SECONDS)

    def _wake(self, call_id: UUID, sequence: int | None) -> None:
        for subscription in self._waiting.get(call_id, ()):
            subscription.hear(sequence)

    def _wake_everyone(self) -> None:
        for call_id in list(self._waiting):
            self._wake(call_id, None)


async def _connect() -> psycopg.AsyncConnection:
    database = settings.DATABASES["default"]
    return await psycopg.AsyncConnection.connect(
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        autocommit=True,
        application_name="avenant live bus",
        **{name: value for name, value in database["OPTIONS"].items() if name != "pool"},
    )


_buses: dict[int, Bus] = {}


def bus() -> Bus:
    """The bus of the running event loop."""
    return _buses.setdefault(id(asyncio.get_running_loop()), Bus())
