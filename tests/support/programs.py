"""The product's own processes, started for a test and stopped after it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.support.patience import patient

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_SECONDS = 60
PROGRAM = [sys.executable, "-m", "avenant.cli"]


def environment(port: int, **more: str) -> dict[str, str]:
    """The environment of the processes: the demo, this test's database, one port."""
    return os.environ | {
        "AVENANT_DEMO": "1",
        "PORT": str(port),
        "AVENANT_PUBLIC_URL": f"http://localhost:{port}",
        "AVENANT_WORKER_SILENCE_SECONDS": "1",  # a killed worker's jobs are taken up at once
        **more,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(arguments: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A program that runs until the block ends."""
    with log.open("ab") as output:
        started = subprocess.Popen(
            [*PROGRAM, *arguments], env=env, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(timeout=patient(15))
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


@contextmanager
def running(folder: Path, *, worker: bool = True, **more: str) -> Iterator[str]:
    """Web process (and worker) on the test's database; gives their address."""
    port = free_port()
    env = environment(port, **more)
    subprocess.run([*PROGRAM, "load_demo", "--people"], env=env, cwd=ROOT, check=True)
    with ExitStack() as stack:
        stack.enter_context(process(["serve"], env, folder / "serve.log"))
        if worker:
            stack.enter_context(process(["worker"], env, folder / "worker.log"))
        address = f"http://localhost:{port}"
        wait_until_ready(address, path="/readyz" if worker else "/healthz", folder=folder)
        yield address


def wait_until_ready(address: str, *, path: str, folder: Path) -> None:
    """Poll until the installation says it is ready; its logs are in the failure."""
    deadline = time.monotonic() + patient(READY_WITHIN_SECONDS)
    answer = ""
    while time.monotonic() < deadline:
        try:
            response = httpx.get(address + path, timeout=patient(5))
            answer = response.text
            if response.status_code == 200:
                return
        except httpx.TransportError as error:
            answer = repr(error)
        time.sleep(0.1)
    logs = "\n".join(log.read_text()[-2000:] for log in folder.glob("*.log"))
    raise AssertionError(f"not ready after {READY_WITHIN_SECONDS} s: {answer}\n{logs}")


def wait_until(
    condition: Callable[[], bool], *, seconds: float, words: Callable[[], str] = str
) -> None:
    """Wait for something that happens elsewhere; `words` are those of a failure."""
    began = time.monotonic()
    while not condition():
        # Asked anew each time: the machine may have become busy meanwhile.
        is_over = time.monotonic() - began > patient(seconds)
        assert not is_over, f"it did not happen within {seconds} s\n{words()}"
        time.sleep(0.05)
