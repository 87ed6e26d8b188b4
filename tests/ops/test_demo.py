"""`avenant demo` comes up on an empty machine, keeps its data, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from avenant.ops.cluster import Cluster
from avenant.ops.demo import ask
from tests.support.patience import patient

pytestmark = pytest.mark.timeout(600)
type Demo = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster.named(f"demo-test-{os.getpid()}")
    yield cluster
    cluster.reset()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def demo(cluster: Cluster, var: Path) -> Iterator[Demo]:
    started: list[subprocess.Popen[str]] = []
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "PYTEST_VERSION"}
    }

    def demo(*arguments: str, port: int = 0) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "avenant.cli", "demo", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=kept
            | {
                "AVENANT_CLUSTER": cluster.name,
                "AVENANT_VAR": str(var),
                "PORT": str(port or 8000),
            },
        )
        started.append(process)
        return process

    yield demo
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=patient(60))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def read_until(process: subprocess.Popen[str], end: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if end in line:
            return said
    raise AssertionError(f"it ended before it said « {end} »:\n{said}")


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_comes_up_and_stops_without_a_trace(demo: Demo, cluster: Cluster) -> None:
    port = free_port()
    process = demo(port=port)

    said = read_until(process, "Ctrl-C stops it.")
    with urllib.request.urlopen(f"http://localhost:{port}/readyz") as answer:
        ready = answer.read().decode()
    children = children_of(process.pid)
    refused = demo("--reset").communicate(timeout=patient(60))[0]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=patient(60))

    assert f"Avenant is ready:  http://localhost:{port}" in said
    assert "conseillere@croixbleue.test" in said
    assert "FAIL" not in ready
    assert len(children) == 2
    assert refused == "The demo is running: stop it first (Ctrl-C where it runs).\n"
    assert process.returncode == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert not cluster.answers()


def test_keeps_its_people_until_it_is_reset(demo: Demo, cluster: Cluster) -> None:
    process = demo(port=free_port())
    read_until(process, "Ctrl-C stops it.")
    people = "SELECT count(*) FROM accounts_user"
    with psycopg.connect(cluster.url()) as connection:
        before = connection.execute(people).fetchone()
    process.terminate()
    process.communicate(timeout=patient(60))

    again = demo(port=free_port())
    read_until(again, "Ctrl-C stops it.")
    with psycopg.connect(cluster.url()) as connection:
        after = connection.execute(people).fetchone()
    again.terminate()
    again.communicate(timeout=patient(60))
    reset = demo("--reset").communicate(timeout=patient(60))[0]

    assert before == after
    assert before is not None
    assert before[0] >= 12
    assert reset == "The demo's data are gone. `make demo` loads them anew.\n"
    assert not cluster.data.exists()


@pytest.mark.promise("G4")
def test_brings_its_database_back_when_that_is_killed(demo: Demo, cluster: Cluster) -> None:
    port = free_port()
    process = demo(port=port)
    read_until(process, "Ctrl-C stops it.")
    children = children_of(process.pid)

    cluster.kill_nine()
    said = read_until(process, "PostgreSQL ended; starting it again.")
    deadline = time.monotonic() + patient(60)
    while ask(f"http://localhost:{port}/readyz") != "":
        assert time.monotonic() < deadline, said
        time.sleep(0.2)

    assert children_of(process.pid) == children
    assert cluster.answers()
