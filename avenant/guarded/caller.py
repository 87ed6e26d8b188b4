"""Asks the zygote for a child, hands it the work and waits for its answer."""

import atexit
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

_PROJECT = Path(__file__).resolve().parent.parent.parent
_READ = 256 * 1024

type Cause = Literal["time", "memory", "deadline", "crash"]


class Limits(Struct, frozen=True, kw_only=True):
    """What one piece of work may use.

    `cpu_seconds` of processor time, `memory` bytes beside what the libraries take, and
    `wall_seconds` on the clock, which a machine that has other things to do may need.
    """

    cpu_seconds: float
    memory: int
    wall_seconds: float
    niceness: int = 0


class Use(Struct, frozen=True, kw_only=True):
    """What a piece of work used: seconds of processor time, and bytes of memory at its peak."""

    cpu_seconds: float
    peak_memory: int


class Job(Struct, frozen=True, kw_only=True):
    """What the child is told before the work itself: `task` is "package.module:function"."""

    task: str
    size: int
    limits: Limits


class Outcome(Struct, frozen=True, kw_only=True):
    """How a child ended; `size` bytes of answer stand before it."""

    kind: Literal["done", "refused", "time", "memory", "deadline", "crash"]
    size: int = 0
    detail: str = ""
    use: Use = Use(cpu_seconds=0.0, peak_memory=0)


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """Raised by the work itself: what it was given is not let in. `code` says why."""

    def __init__(self, code: str, use: Use | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.use = use  # once it comes out of a child


class Stopped(Exception):  # noqa: N818 - the work did not end by itself
    """The work was stopped, or died: nothing of it can be trusted.

    `cause`: its processor time or memory was used up ("time", "memory"), it had not ended when
    the clock said so ("deadline"), or it died ("crash", with `detail` for the log: the kind of
    the error, never what it was about).
    """

    def __init__(self, cause: Cause, detail: str = "", use: Use | None = None) -> None:
        super().__init__(f"{cause} {detail}".strip())
        self.cause: Cause = cause
        self.detail = detail
        self.use = use


def run(task: str, work: bytes, limits: Limits) -> tuple[bytes, Use]:
    """What the function named by `task` makes of `work`, and what it used.

    Raises:
        Refusal: the function refused, with its code.
        Stopped: it was stopped or died.
    """
    with _zygote.child() as channel:
        head = msgspec.json.encode(Job(task=task, size=len(work), limits=limits))
        try:
            channel.sendall(len(head).to_bytes(4) + head)
            channel.sendall(work)
        except OSError:
            pass  # it died while it was told; its outcome says of what
        channel.settimeout(limits.wall_seconds + 30)  # the keeper holds the deadline itself
        try:
            said = _all_of(channel)
        except TimeoutError:
            raise Stopped("deadline", "the keeper says nothing") from None
    return _answer(said)


def get_ready() -> None:
    """Start the process that children are forked from, so that the first work need not wait."""
    _zygote.start()


def _all_of(channel: socket.socket) -> bytes:
    parts = []
    while part := channel.recv(_READ):
        parts.append(part)
    return b"".join(parts)


def _answer(said: bytes) -> tuple[bytes, Use]:
    """The keeper writes the answer, then how it ended, then that line's length in four bytes."""
    if len(said) < 4:
        raise Stopped("crash", "no outcome")
    end = len(said) - 4
    start = end - int.from_bytes(said[end:])
    outcome = msgspec.json.decode(said[max(start, 0) : end], type=Outcome)
    if outcome.kind == "refused":
        raise Refusal(outcome.detail, outcome.use)
    if outcome.kind != "done":
        raise Stopped(outcome.kind, outcome.detail, outcome.use)
    return said[: outcome.size], outcome.use


class _Zygote:
    """The process that children are forked from: started when first asked for, and again if it
    died or if this process is itself a fork of the one that started it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def child(self) -> socket.socket:
        """A channel to a new child that waits for its work."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._send(theirs)
            except OSError:  # it died meanwhile: once more, with a new one
                self._forget()
                self._send(theirs)
        return ours

    def start(self) -> None:
        """Start it if it does not run, without waiting until it is ready."""
        with self._lock:
            self._running()

    def _send(self, channel: socket.socket) -> None:
        with self._lock:
            socket.send_fds(self._running(), [b"1"], [channel.fileno()])

    def _running(self) -> socket.socket:
        alive = self._process is not None and self._process.poll() is None
        if self._control is None or not alive or self._owner != os.getpid():
            self._start()
        assert self._control is not None
        return self._control

    def _start(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "avenant.guarded.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=_PROJECT,
                # No secret of this process goes along. One arena: memory is counted by addresses.
                env={"PATH": "", "PYTHONPATH": str(_PROJECT), "MALLOC_ARENA_MAX": "1"},
            )
        self._owner = os.getpid()

    def _forget(self) -> None:
        with self._lock:
            if self._control is not None:
                self._control.close()
            self._control = None

    def stop(self) -> None:
        """End the zygote: it leaves when its line is closed."""
        if self._owner != os.getpid():
            return
        self._forget()
        if self._process is not None:
            self._process.wait()


_zygote = _Zygote()
atexit.register(_zygote.stop)
