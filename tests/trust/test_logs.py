"""Nothing secret or personal of an address reaches a log (G16): one-time links open files."""

import io
import logging
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from avenant.logs import DiscreetFormatter, discreet
from tests.support.programs import environment, free_port, process, wait_until_ready

pytestmark = pytest.mark.promise("G16")

CANARY = "Zyxwvutsrq0123456789"
SECRET_PARTS = {"token", "key", "code", "secret", "uidb36"}
NO_SECRET = {"section_act"}  # its key is the name of a section


def secret_links(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Every address of the site whose path holds a secret, made with the canary."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from secret_links(pattern.url_patterns)
            continue
        parts = pattern.pattern.regex.groupindex
        parts = {**parts, **pattern.pattern.converters}
        if SECRET_PARTS & parts.keys() and pattern.name not in NO_SECRET:
            values = {name: "1" if name == "uidb36" else CANARY for name in parts}
            yield reverse(pattern.name, kwargs=values)


LINKS = list(secret_links(get_resolver().url_patterns))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site writes to its log, by the settings' own formatter."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    line = dict(settings.LOGGING["formatters"]["line"])
    assert line.pop("()") == "avenant.logs.DiscreetFormatter"
    handler.setFormatter(DiscreetFormatter(line["format"], style=line["style"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_it_knows_the_addresses_that_hold_a_secret() -> None:
    assert [
        f"/mot-de-passe/nouveau/1-{CANARY}/",
        f"/invitation/{CANARY}/",
        f"/copie/{CANARY}",
    ] == LINKS


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_it_writes_no_secret_link_to_the_log(
    db: None, log: io.StringIO, link: str, method: str
) -> None:
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)

    getattr(browser, method)(link, {"q": CANARY}, HTTP_REFERER=f"http://testserver{link}")
    logging.getLogger("django.request").error("Internal Server Error: %s", f"{link}?x={CANARY}")

    assert "Internal Server Error: " in log.getvalue()
    assert CANARY not in log.getvalue()


def test_it_writes_no_secret_of_a_traceback(log: io.StringIO) -> None:
    try:
        raise ValueError(f"nothing at https://avenant.test{LINKS[0]}?next={CANARY}")
    except ValueError:
        logging.getLogger("avenant").exception("it failed")

    assert "ValueError: nothing at https://avenant.test/mot-de-passe/nouveau/…" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_it_would_write_the_secret_with_a_plain_formatter(
    log: io.StringIO, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the site's own lines do name the address."""
    monkeypatch.setattr(DiscreetFormatter, "format", logging.Formatter.format)

    Client().get(f"/copie/{CANARY}")

    assert CANARY in log.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /copie/document.pdf",
        "GET /mot-de-passe/nouveau/fait/ 200",
        "What is asked? Nothing of an address.",
        "took 12/13 s",
    ],
)
def test_it_leaves_other_lines_as_they_are(text: str) -> None:
    assert discreet(text) == text


@pytest.mark.trust
@pytest.mark.parametrize(
    "path", ["=/" * 30_000, "/" * 60_000, "a" * 60_000, "?" * 60_000, "/?" * 30_000]
)
def test_it_takes_no_longer_for_a_line_than_reading_it(path: str) -> None:
    """Twice the address takes about twice the time; it was four times, and minutes of it."""

    def cost(text: str) -> float:
        started = time.process_time()
        for _ in range(5):
            discreet(f"Not Found: /{text}")
        return time.process_time() - started

    assert cost(path) <= 0.005 + 4 * min(cost(path[:30_000]) for _ in range(3))


@pytest.mark.trust
def test_it_writes_no_secret_link_where_it_is_served(db: None, tmp_path: Path) -> None:
    port = free_port()
    with process(["serve"], environment(port), tmp_path / "serve.log"):
        wait_until_ready(f"http://localhost:{port}", path="/healthz", folder=tmp_path)
        for link in LINKS:
            for method in ("GET", "POST", "PUT"):
                httpx.request(method, f"http://localhost:{port}{link}?q={CANARY}")
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(f"GET /copie/{CANARY} NONSENSE\r\n\r\n".encode())
            line.recv(100)

    written = (tmp_path / "serve.log").read_text()
    assert re.search("Not Found: /copie/…", written)
    assert CANARY not in written
