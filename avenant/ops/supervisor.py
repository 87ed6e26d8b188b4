"""Keeping a few programs running together, and none behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
TICK_SECONDS = 0.1
PATIENCE_SECONDS = 15
STABLE_AFTER_SECONDS = 20
MOST_CRASHES = 4


@dataclass
class Child:
    """A program that is started again when it ends by itself."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    crashes: int = 0
    restart_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own programs)
            self.command,
            stdin=subprocess.DEVNULL,
            # Its own session: Ctrl-C reaches us alone, and we stop the children in order.
            start_new_session=True,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_all(self, number: signal.Signals) -> None:
        """Signal the program and all it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


@dataclass
class Supervisor:
    """Runs the children until a signal; starts a crashed one again, ever more slowly."""

    children: list[Child]
    say: Callable[[str], None]
    # What else has to be there for them, looked after every tick.
    look_after: Callable[[], None] = lambda: None
    _signals: int = field(default=0, init=False)

    def run(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Run until Ctrl-C or a signal to end (0), or until a child crashes over and over (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._on_signal)
        announced = False
        try:
            for child in self.children:
                child.start()
            while not self._signals:
                self.look_after()
                for child in self.children:
                    if not self._keep(child):
                        return 1
                if not announced and is_ready():
                    announced = True
                    when_ready()
                time.sleep(TICK_SECONDS)
            return 0
        finally:
            self._stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1

    def _keep(self, child: Child) -> bool:
        """Start a child that ended; whether it is worth going on."""
        now = time.monotonic()
        if child.is_running():
            if now - child.started_at > STABLE_AFTER_SECONDS:
                child.crashes = 0
            return True
        if child.restart_at == 0.0:
            child.crashes += 1
            child.signal_all(signal.SIGKILL)  # what it started goes with it
            code = child.process.returncode if child.process else None
            if child.crashes >= MOST_CRASHES:
                self.say(
                    f"{child.name} ended {child.crashes} times (code {code}); its words are above."
                )
                return False
            wait = 0.25 * 2**child.crashes
            self.say(f"{child.name} ended (code {code}); starting it again in {wait:g} s.")
            child.restart_at = now + wait
        if now >= child.restart_at:
            child.restart_at = 0.0
            child.start()
        return True

    def _stop(self) -> None:
        running = [child for child in self.children if child.is_running()]
        for child in running:
            assert child.process is not None
            child.process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        asked = self._signals
        while any(child.is_running() for child in running):
            # A second Ctrl-C means now.
            if time.monotonic() > deadline or self._signals > asked:
                break
            time.sleep(TICK_SECONDS)
        for child in self.children:
            child.signal_all(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def die_with_parent() -> None:
    """In the child: be told to end when the parent is killed without a chance to say so."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
