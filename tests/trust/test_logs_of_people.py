"""No e-mail address, number or row about a person reaches a log (G16), whoever writes the line."""

import io
import logging
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.test import Client

from avenant.accounts.models import User
from avenant.logs import DiscreetFormatter, discreet
from avenant.ops.cluster import SETTINGS
from avenant.partners.models import Firm

pytestmark = pytest.mark.promise("G16")

MAIL = "rené.côté+santé@exemple.ca"
# By their names, since a traceback prints the lines of the source.
SIGNS_IN, NAME, PARTS = "odette@exemple.ca", "Odette\n\nGagnon", ("Odette", "Gagnon")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site writes to its log, by the settings' own formatter."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    line = dict(settings.LOGGING["formatters"]["line"])
    line.pop("()")
    handler.setFormatter(DiscreetFormatter(line["format"], style=line["style"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def break_a_constraint() -> None:
    with transaction.atomic():
        for _ in range(2):
            User.objects.create(email=MAIL, name=NAME)


def test_it_logs_no_row_that_postgresql_quotes(db: None, log: io.StringIO) -> None:
    try:
        break_a_constraint()
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error")

    assert "UniqueViolation: duplicate key value violates unique constraint" in log.getvalue()
    assert "DETAIL: …" in log.getvalue()
    assert "The above exception was the direct cause" in log.getvalue()
    assert not [word for word in (MAIL, "exemple", *PARTS) if word in log.getvalue()]


def test_it_would_log_the_row_with_a_plain_formatter(
    db: None, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: PostgreSQL does quote it."""
    monkeypatch.setattr(DiscreetFormatter, "format", logging.Formatter.format)

    with pytest.raises(AssertionError):
        test_it_logs_no_row_that_postgresql_quotes(db, log)

    assert MAIL in log.getvalue()


def test_it_logs_no_row_that_a_check_refuses(db: None, log: io.StringIO) -> None:
    try:
        with transaction.atomic():
            Firm.objects.create(carrier=PARTS[1], name=None)
    except (IntegrityError, DataError):
        logging.getLogger("avenant").exception("it failed")

    assert "null value in column" in log.getvalue()
    assert PARTS[1] not in log.getvalue()


def test_it_logs_no_address_of_whoever_signs_in(db: None, log: io.StringIO) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        Client().post("/connexion/", {"login": SIGNS_IN, "password": "wrong"})

    assert "AXES" in log.getvalue()
    assert "exemple" not in log.getvalue()


def test_its_source_names_nobody_either(
    db: None, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a formatter that hides nothing, what the limiter of sign-ins says is masked at once."""
    monkeypatch.setattr(DiscreetFormatter, "format", logging.Formatter.format)

    test_it_logs_no_address_of_whoever_signs_in(db, log)


@pytest.mark.parametrize(
    "told",
    [
        MAIL,
        "odette@exemple.ca",
        "418 555-0123",
        "(418) 555-0123",
        "+14185550123",
        "1-418-555-0123",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "046 454 286",
        "046-454-286",
        "046454286",
        "2 84 03 76 540 123 45",
    ],
)
def test_it_writes_no_address_and_no_number_of_a_person(told: str) -> None:
    for text in (f"It failed for {told}.", f"{{username: '{told}'}}", f"to=<{told}>: refused"):
        assert told not in discreet(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28 22:48:42,123 WARNING avenant.jobs took 1234 ms at 127.0.0.1:8000",
        "Not Found: /propositions/4f3a1d2e-1111-2222-3333-123456789012/pdf",
        "document NSG00000001 submitted, 232929 bytes, sha256 " + "0123456789abcdef" * 4,
        "    @transaction.atomic",
        "HTTP 404, 12 of 15, version 1.10.2",
    ],
)
def test_it_leaves_what_helps_to_find_a_fault(text: str) -> None:
    assert discreet(text) == text


def test_it_is_as_discreet_when_a_program_ends_badly() -> None:
    words = f"import avenant.logs as l; l.watch_last_words(); raise ValueError('no {MAIL}')"

    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=False
    )

    assert "ValueError: no …@…" in done.stderr
    assert "exemple" not in done.stderr


def test_its_own_postgresql_quotes_nothing_in_its_log() -> None:
    assert (SETTINGS["log_error_verbosity"], SETTINGS["log_min_error_statement"]) == (
        "terse",
        "panic",
    )


@pytest.mark.trust
@pytest.mark.parametrize(
    "text", ["/=", "a@", "a", "(418) ", "DETAIL:\n", "+1 ", "'", 'invalid input syntax for x: "']
)
def test_its_patterns_take_no_longer_than_the_text_is_long(text: str) -> None:
    """Part of a line comes from strangers: twice the text takes about twice the time."""

    def seconds(times: int) -> float:
        line, best = "Not Found: " + text * times, 1e9
        for _ in range(3):
            started = time.process_time()
            discreet(line)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(8000) <= 16 * max(seconds(1000), 0.002)
