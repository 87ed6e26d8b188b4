"""`/healthz` and `/readyz` answer a probe that comes by address, with whatever host name."""

import logging

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from avenant.health import parts

PUBLIC = {
    "ALLOWED_HOSTS": ["avenant.example.org"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": [r"^healthz$", r"^readyz$"],  # as AVENANT_HTTPS=1 sets
}
HOSTS = ["127.0.0.1:8000", "10.0.0.7", "localhost", "a_b", "avenant.example.org", ""]


@pytest.fixture
def public(settings: object) -> None:
    for name, value in PUBLIC.items():
        setattr(settings, name, value)


@pytest.mark.parametrize("host", HOSTS)
def test_it_answers_whatever_the_host_name(
    db: None, public: None, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        alive = Client().get("/healthz", headers={"host": host})
        ready = Client().get("/readyz", headers={"host": host})

    assert (alive.status_code, alive.content) == (200, b"alive\n")
    assert ready.status_code in {200, 503}
    assert b"database" in ready.content
    assert "Invalid HTTP_HOST" not in caplog.text


@pytest.mark.promise("G16")
def test_it_opens_nothing_else_to_a_foreign_host_name(db: None, public: None) -> None:
    browser = Client(raise_request_exception=False)

    answers = [
        browser.get(path, headers={"host": "elsewhere.example.org"}, secure=True).status_code
        for path in ("/", "/verifier", "/healthz/", "//healthz")
    ]

    assert answers == [400] * 4


def test_it_would_refuse_a_probe_without_the_exception(
    db: None, public: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control."""
    from avenant import health

    def passes_on(self: health.ProbeMiddleware, request: HttpRequest) -> object:
        return self.get_response(request)

    monkeypatch.setattr(health.ProbeMiddleware, "__call__", passes_on)

    answer = Client(raise_request_exception=False).get("/healthz", headers={"host": "10.0.0.7"})

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_lets_nobody_keep_or_frame_what_a_probe_is_told(db: None, path: str) -> None:
    answer = Client().get(path)

    assert (answer["Cache-Control"], answer["X-Frame-Options"]) == ("no-store", "SAMEORIGIN")


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "is_heard"), [(85, True), (95, False)])
def test_it_misses_a_worker_that_was_not_heard_of_for_a_minute_and_a_half(
    seconds: int, is_heard: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            [seconds],
        )

    worker = next(part for part in parts() if part.name == "worker")

    assert (worker.level == "ok") == is_heard
