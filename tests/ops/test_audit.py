"""The dependency audit names what is weak, and never says "none" when it could not find out (G18)."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from avenant.ops.paths import CLONE

pytestmark = pytest.mark.promise("G18")

type Reply = tuple[int, bytes]

LOCK = """
[[package]]
name = "sound"
version = "1.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "weak"
version = "2.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "avenant"
version = "0.1.0"
source = { editable = "." }
"""
NOWHERE = "http://127.0.0.1:9"


@contextmanager
def source(answer: Callable[[str, bytes], Reply]) -> Iterator[str]:
    """A server of this machine that answers by `answer(path, body)`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, body: bytes) -> None:
            status, content = answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def audit(tmp_path: Path, *, osv: str = NOWHERE, index: str = NOWHERE) -> tuple[int, str]:
    lock = tmp_path / "uv.lock"
    lock.write_text(LOCK)
    done = subprocess.run(
        [sys.executable, "scripts/audit", "--lock", lock, "--osv", osv, "--index", index],
        cwd=CLONE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


def osv(weak: str) -> Callable[[str, bytes], Reply]:
    def answer(path: str, body: bytes) -> Reply:
        assert path == "/v1/querybatch"
        names = [query["package"]["name"] for query in json.loads(body)["queries"]]
        known = {weak: {"vulns": [{"id": "PYSEC-2026-1"}]}}
        return 200, json.dumps({"results": [known.get(name, {}) for name in names]}).encode()

    return answer


def index(weak: str, missing: str = "") -> Callable[[str, bytes], Reply]:
    def answer(path: str, _body: bytes) -> Reply:
        name = path.split("/")[2]
        if name == missing:
            return 404, b"no such page"
        found = [
            {"id": "PYSEC-2026-1", "fixed_in": ["2.1"], "withdrawn": None},
            {"id": "PYSEC-2025-9", "fixed_in": [], "withdrawn": "2025-01-01"},
        ]
        told = found if name == weak else found[1:]
        return 200, json.dumps({"info": {}, "vulnerabilities": told}).encode()

    return answer


def test_it_names_what_osv_knows(tmp_path: Path) -> None:
    with source(osv("weak")) as base:
        code, says = audit(tmp_path, osv=base)

    assert code == 1
    assert "weak 2.0: PYSEC-2026-1\n" in says
    assert "2 of 2 packages asked" in says
    assert "sound 1.0" not in says


def test_it_says_none_when_all_were_asked(tmp_path: Path) -> None:
    with source(osv("another")) as base:
        code, says = audit(tmp_path, osv=base)

    assert code == 0
    assert "2 of 2 packages asked" in says
    assert "0 with a known weakness" in says


def test_it_asks_the_index_when_osv_is_away(tmp_path: Path) -> None:
    with source(index("weak")) as base:
        code, says = audit(tmp_path, index=base)

    assert code == 1
    assert f"could not reach {NOWHERE}" in says
    assert "weak 2.0: PYSEC-2026-1 (mended in 2.1)\n" in says


def test_it_never_says_none_when_a_package_was_not_answered(tmp_path: Path) -> None:
    with source(index("another", missing="weak")) as base:
        code, says = audit(tmp_path, index=base)

    assert code == 3
    assert "weak 2.0:" in says
    assert "did not answer" in says


@pytest.mark.parametrize(
    "reply", [(404, b"no such page"), (200, b"<html>"), (200, b"[]"), (500, b"{}")]
)
def test_it_says_that_it_could_not_find_out(tmp_path: Path, reply: Reply) -> None:
    with source(lambda _path, _body: reply) as base:
        code, says = audit(tmp_path, osv=base, index=base)

    assert code == 3
    assert says.count("could not reach") == 2
    assert "could not be found out" in says


def test_it_reads_the_lock_of_this_project() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/audit", "--osv", NOWHERE, "--index", NOWHERE],
        cwd=CLONE, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 3
    assert "packages are sound" in done.stdout
    assert "the 0 packages" not in done.stdout
