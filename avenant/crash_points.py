"""Named places where a test may kill the process, to show that nothing is lost or doubled.

Off unless `AVENANT_CRASH_AT` names one; then the process reaches it, writes the barrier file and
waits there to be killed with signal 9, or to be let go on by the word "go" in that file (when it is
the database that was killed meanwhile).
"""

import os
import signal
import time
from pathlib import Path

NAMES = (
    "before_commit",
    "after_commit",
    "before_render",
    "after_render",
    "before_seal",
    "after_seal",
    "before_deposit",
    "after_deposit",
    "before_mail",
    "after_mail",
)
GO = "go"
LONGEST_WAIT_SECONDS = 60


def crash_point(name: str) -> None:
    """Stop here if the environment asks for it."""
    if os.environ.get("AVENANT_CRASH_AT") != name:
        return
    barrier = Path(os.environ["AVENANT_CRASH_BARRIER"])
    if barrier.exists():
        return  # it already crashed here once; this is the recovery
    barrier.write_text(str(os.getpid()))
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while barrier.read_text() != GO:
        if time.monotonic() > deadline:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.02)
