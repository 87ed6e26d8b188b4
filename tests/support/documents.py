"""Documents in whatever state a test needs, without the minutes of work that lead there."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from avenant.applications.models import Application
from avenant.documents.actions import produce_document as producing
from avenant.documents.models import SealedDocument
from avenant.documents.seal import Sealed
from avenant.documents.vault import keep

CONTENT = b"%PDF-1.7 sealed"
SEALED_AT = dt.datetime(2026, 4, 13, 19, 6, 1, tzinfo=dt.UTC)
NOW_SEALED = Sealed(
    pdf=CONTENT,
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    level="PAdES B-B",
    lowered="timestamp_unreachable",
    sealed_at=SEALED_AT,
)


def document_of(application: Application, stage: str = "created", **facts: Any) -> SealedDocument:
    """A document of the application; sealed or placed, it has its file."""
    number = f"CBEX{SealedDocument.objects.count() + 1:08}"
    state = facts.get("state", "pending")
    if state in {"sealed", "deposited"} and "file" not in facts:
        facts |= {"file": keep(CONTENT), "sha256": NOW_SEALED.sha256, "sealed_at": SEALED_AT}
    given = {"number": number, "language": "fr", "content_hash": "as asked"} | facts
    return SealedDocument.objects.create(
        application=application,
        carrier=application.carrier,
        stage=stage,
        **({"requested_at": timezone.now()} | given),
    )


def press_at_once(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object] = lambda: None
) -> list[str]:
    """Have documents printed, sealed and placed at once; `meanwhile` happens before each is kept.

    Returns what is done, as it is done.
    """
    done: list[str] = []

    def seal(*_: object) -> Sealed:
        done.append("sealed")
        meanwhile()
        return NOW_SEALED

    def deposit(*_: object) -> None:
        done.append("placed")
        meanwhile()

    monkeypatch.setattr(producing, "assemble", lambda _document: None)
    monkeypatch.setattr(producing, "printed", lambda *_: b"printed")
    monkeypatch.setattr(producing, "seal_document", seal)
    monkeypatch.setattr(producing, "deposit", deposit)
    monkeypatch.setattr(producing, "printed_content_hash", lambda *_: "as asked")
    return done


def jobs(key: str) -> list[tuple[str, bool]]:
    """The lane of each job that waits under this key, and whether it is to be done now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, scheduled_at IS NULL FROM procrastinate_jobs"
            " WHERE status = 'todo' AND queueing_lock = %s ORDER BY id",
            [key],
        )
        return list(cursor.fetchall())
