"""The demo's processes run together, come back when they crash, and leave none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from avenant.ops.supervisor import PATIENCE_SECONDS
from tests.support.patience import patient

HARNESS = """
import sys
from avenant.ops.supervisor import Child, Supervisor
children = [Child(f"child {n}", [sys.executable, "-c", code]) for n, code in enumerate(sys.argv[1:])]
supervisor = Supervisor(children, say=lambda text: print(text, flush=True))
sys.exit(supervisor.run(lambda: True, lambda: print("ready", flush=True)))
"""
# Writes its number and that of a child of its own, then waits.
FAMILY = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
pathlib.Path({path!r}).write_text(f"{{os.getpid()}} {{child.pid}}")
time.sleep(120)
"""


type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start(*codes: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HARNESS, *codes], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + patient(20)
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 20 s"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def family(path: Path) -> list[int]:
    wait_for(lambda: path.exists() and len(path.read_text().split()) == 2)
    return [int(pid) for pid in path.read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_leaves_no_process_behind(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    supervisor = start(FAMILY.format(path=str(tmp_path / "family")))
    processes = family(tmp_path / "family")

    supervisor.send_signal(number)

    assert supervisor.wait(patient(20)) == 0
    wait_for(lambda: not any(is_running(pid) for pid in processes))


def test_takes_the_children_along_when_it_is_killed(start: Start, tmp_path: Path) -> None:
    supervisor = start(FAMILY.format(path=str(tmp_path / "family")))
    child, grandchild = family(tmp_path / "family")

    supervisor.kill()
    supervisor.wait()

    wait_for(lambda: not is_running(child))
    os.kill(grandchild, signal.SIGKILL)  # ours to end: a web process ends its own


def test_starts_a_crashed_child_again(start: Start, tmp_path: Path) -> None:
    supervisor = start(FAMILY.format(path=str(tmp_path / "family")))
    first = family(tmp_path / "family")[0]
    (tmp_path / "family").unlink()

    os.kill(first, signal.SIGKILL)
    second = family(tmp_path / "family")[0]
    supervisor.terminate()
    output, _ = supervisor.communicate(timeout=patient(20))

    assert second != first
    assert "child 0 ended (code -9); starting it again in 0.5 s." in output


def test_gives_up_on_a_child_that_keeps_crashing(start: Start) -> None:
    supervisor = start("raise SystemExit(3)")

    output, _ = supervisor.communicate(timeout=patient(60))

    assert supervisor.returncode == 1
    assert output.splitlines()[-1] == "child 0 ended 4 times (code 3); its words are above."


def test_ends_a_child_that_does_not_listen(start: Start, tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + FAMILY.format(
        path=str(tmp_path / "family")
    )
    supervisor = start(deaf)
    processes = family(tmp_path / "family")

    began = time.monotonic()
    while supervisor.poll() is None:  # impatient: Ctrl-C again and again
        supervisor.send_signal(signal.SIGINT)
        time.sleep(0.05)

    assert time.monotonic() - began < patient(PATIENCE_SECONDS)
    wait_for(lambda: not any(is_running(pid) for pid in processes))
