"""The signer sees the sealed file soon (G17): five seconds after the click, and a hundred files asked
for at once are there within three minutes.
"""

import time
from pathlib import Path

import pytest

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.models import SealedDocument
from tests.support.cast import Cast
from tests.support.programs import environment, process, wait_until

pytestmark = [
    pytest.mark.promise("G17"),
    pytest.mark.trust,
    pytest.mark.timeout(3600),
    pytest.mark.django_db(transaction=True),
]

ONE_BY_ONE, AT_ONCE = 20, 100
SOON_SECONDS, DRAINED_SECONDS, SLACK = 5, 180, 3


def ready_to_create(cast: Cast) -> ApplicationStory:
    story = ApplicationStory(cast.advisor).until_signed()
    story.close()
    return story


def test_it_seals_within_five_seconds_and_a_hundred_within_three_minutes(
    cast: Cast, tmp_path: Path
) -> None:
    stories = [ready_to_create(cast) for _ in range(ONE_BY_ONE + AT_ONCE)]
    took = []

    with process(["worker"], environment(0), tmp_path / "worker.log"):
        for story in stories[:ONE_BY_ONE]:
            started = time.monotonic()
            document = story.create_pdf()
            wait_until(lambda pk=document.pk: is_sealed(pk), seconds=60)
            took.append(time.monotonic() - started)
        started = time.monotonic()
        for story in stories[ONE_BY_ONE:]:
            story.create_pdf()
        wait_until(
            lambda: SealedDocument.objects.filter(state="sealed").count() == len(stories),
            seconds=DRAINED_SECONDS * SLACK,
        )
        drained = time.monotonic() - started

    p95 = sorted(took[1:])[round((len(took) - 1) * 0.95) - 1]  # the first waits for the worker
    print(f"sealed p95 {p95:.1f} s; {AT_ONCE} at once in {drained:.0f} s")  # noqa: T201
    assert p95 <= SOON_SECONDS * SLACK
    assert drained <= DRAINED_SECONDS * SLACK


def is_sealed(pk: int) -> bool:
    return SealedDocument.objects.filter(pk=pk, state="sealed").exists()
