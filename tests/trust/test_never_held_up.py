"""One document never holds up another (G20): a real worker, twenty documents that take for ever asked
for at once, and behind them one like any other, and a mail. The small form is in
tests/avenant/documents/test_press.py.
"""

import time
from pathlib import Path

import pytest

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast
from tests.support.press import many_pages, ready
from tests.support.programs import environment, process, wait_until

pytestmark = [
    pytest.mark.promise("G20"),
    pytest.mark.trust,
    pytest.mark.timeout(1800),
    pytest.mark.django_db(transaction=True),
]

ENDLESS, AT_ONCE = 20, 20
# Half a minute of processor each, where the second and last try is given ten seconds.
PAGES = 8_000
SEALED_WITHIN, SENT_WITHIN, TOLD_WITHIN, SOON_SECONDS, SLACK = 10, 5, 60, 5, 3


def test_it_seals_an_innocent_document_behind_twenty_endless_ones(
    cast: Cast, tmp_path: Path
) -> None:
    endless = many_pages(PAGES)
    stories = [ready(ApplicationStory(cast.advisor), endless) for _ in range(ENDLESS)]
    last = ready(ApplicationStory(cast.advisor))

    with process(["worker"], environment(0), tmp_path / "worker.log"):
        first = ready(ApplicationStory(cast.advisor))
        pk = first.create_pdf().pk
        wait_until(lambda: state(pk) == "sealed", seconds=60)  # the worker is there
        for story in stories:
            story.create_pdf()
        started = time.monotonic()
        innocent = last.create_pdf().pk
        message = queue_message(to="a@exemple.test", text="Bonjour", kind="test")
        wait_until(lambda: is_sent(message.pk), seconds=SENT_WITHIN * SLACK)
        sent = time.monotonic() - started
        wait_until(lambda: state(innocent) == "sealed", seconds=SEALED_WITHIN * SLACK)
        sealed = time.monotonic() - started
        wait_until(
            lambda: SealedDocument.objects.filter(state="failed").exists(),
            seconds=TOLD_WITHIN * SLACK,
        )
        told = time.monotonic() - started

    print(  # noqa: T201
        f"behind {ENDLESS} endless documents: sealed in {sealed:.1f} s, mail in {sent:.1f} s;"
        f" the first of them given up in {told:.0f} s"
    )
    failed = SealedDocument.objects.filter(state="failed").first()
    assert failed.failure == "stopped_time"
    assert not SealedDocument.objects.filter(state="sealed").exclude(pk__in=[pk, innocent]).exists()


def test_it_seals_twenty_at_once_soon(cast: Cast, tmp_path: Path) -> None:
    stories = [ready(ApplicationStory(cast.advisor)) for _ in range(AT_ONCE + 1)]
    asked: dict[int, float] = {}
    took: dict[int, float] = {}

    def all_are_sealed() -> bool:
        for pk in SealedDocument.objects.filter(state="sealed").values_list("pk", flat=True):
            if pk in asked:
                took.setdefault(pk, time.monotonic() - asked[pk])
        return len(took) == AT_ONCE

    with process(["worker"], environment(0), tmp_path / "worker.log"):
        pk = stories.pop().create_pdf().pk
        wait_until(lambda: state(pk) == "sealed", seconds=60)
        for story in stories:
            asked[story.create_pdf().pk] = time.monotonic()
        wait_until(all_are_sealed, seconds=SOON_SECONDS * SLACK * 4)

    p95 = sorted(took.values())[round(AT_ONCE * 0.95) - 1]
    print(f"{AT_ONCE} at once: sealed p95 {p95:.1f} s")  # noqa: T201
    assert p95 <= SOON_SECONDS * SLACK


def state(pk: int) -> str:
    return SealedDocument.objects.get(pk=pk).state


def is_sent(pk: int) -> bool:
    return OutboundMessage.objects.filter(pk=pk, state="sent").exists()
