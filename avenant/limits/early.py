"""Limits at the front door, before anything of a request's body is kept.

The event loop asks a thread of its own to count, and lets few strangers at a time in to what costs
much: the others wait, without a thread, so that those who work here find the machine free.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.urls import Resolver404, resolve

from avenant.http import address_behind, counted_as
from avenant.limits.actions.count_try import count_try
from avenant.limits.doors import COUNTED, DOORS, REFUSED, Door
from avenant.limits.limit import LimitReachedError

type Scope = dict[str, Any]

LONGEST_PATH = 2_000  # characters; longer ones lead nowhere, and are not looked up here
AT_ONCE = 1  # costly requests that one process does at a time
MOST_WAITING = 300
BUSY_SECONDS = 10

_counting = ThreadPoolExecutor(2, thread_name_prefix="limits")
logger = logging.getLogger(__name__)


def door_of(scope: Scope) -> Door | None:
    """The door that a request knocks at, if it is one that is counted."""
    if scope["method"] != "POST" or len(scope["path"]) > LONGEST_PATH:
        return None
    try:
        return DOORS.get(resolve(scope["path"]).url_name or "")
    except Resolver404:
        return None


async def count_early(scope: Scope, door: Door) -> Scope:
    """The scope with what became of the count. By account it is counted later, when that is known;
    and when the database does not answer, where it can be said in words."""
    if door.by_account:
        return scope
    loop = asyncio.get_running_loop()
    try:
        seconds = await loop.run_in_executor(_counting, _seconds_left, door, address_of(scope))
    except (DatabaseError, InterfaceError):
        logger.warning("a request could not be counted early")
        return scope
    return scope | ({REFUSED: seconds} if seconds else {COUNTED: True})


def address_of(scope: Scope) -> str:
    """The address by which tries are counted (see `throttled_address`)."""
    forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    socket_address = (scope.get("client") or ("", 0))[0]
    return counted_as(address_behind(socket_address, b",".join(forwarded).decode("latin-1")))


def _seconds_left(door: Door, address: str) -> int:
    try:
        count_try(door.limit, address)
    except LimitReachedError as error:
        return error.seconds
    finally:
        connection.close()
    return 0


class Gate:
    """Lets few in at a time, in the order they came; sends away who would wait too long."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.free = asyncio.Semaphore(at_once)
        self.waiting = 0

    @property
    def is_full(self) -> bool:
        return self.waiting >= MOST_WAITING


class Turn:
    """One request's turn at the gate. It comes when the whole body is there and ends when the answer
    is ready: nobody who sends or reads slowly keeps others waiting."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._is_in = gate, False

    async def come(self) -> None:
        """Wait for the turn."""
        self._gate.waiting += 1
        try:
            await self._gate.free.acquire()
        finally:
            self._gate.waiting -= 1
        self._is_in = True

    def end(self) -> None:
        """Let the next one in; a second time does nothing."""
        if self._is_in:
            self._is_in = False
            self._gate.free.release()
