"""kill -9 between the click on « Soumettre » and the agency's mail loses and doubles nothing (G4)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import DocumentState, SealedDocument
from tests.support.cast import Cast
from tests.support.programs import PROGRAM, ROOT, environment, process
from tests.trust.effects import MAILS, ONCE, effects, told

pytestmark = [
    pytest.mark.promise("G4"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
]

IN_THE_CLICK = ("before_commit", "after_commit")
IN_THE_WORKER = (
    "before_render",
    "after_render",
    "before_seal",
    "after_seal",
    "before_deposit",
    "after_deposit",
    "before_mail",
    "after_mail",
)
RECOVERED_WITHIN_SECONDS = 60
# Three kills a point always, twenty in `make trust`.
TIMES = [*range(3), *(pytest.param(n, marks=pytest.mark.trust) for n in range(3, 20))]


@pytest.fixture(autouse=True)
def empty_queue(transactional_db: None) -> None:
    """Jobs of earlier tests are not this test's: the queue's tables are not Django's to flush."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
            " procrastinate_workers RESTART IDENTITY CASCADE"
        )


@pytest.mark.parametrize("time_number", TIMES)
@pytest.mark.parametrize("point", IN_THE_WORKER)
def test_it_finishes_what_a_killed_worker_began(
    cast: Cast, tmp_path: Path, point: str, time_number: int
) -> None:
    story = _ready_to_submit(cast)
    _submit(story, _environment())

    _kill_at(point, ["worker"], tmp_path)
    _work_until_told(story, tmp_path)

    assert effects(story.application) == ONCE


@pytest.mark.parametrize("time_number", TIMES)
@pytest.mark.parametrize("point", IN_THE_CLICK)
def test_it_keeps_a_submission_whose_process_was_killed_or_has_none_of_it(
    cast: Cast, tmp_path: Path, point: str, time_number: int
) -> None:
    story = _ready_to_submit(cast)

    _kill_at(point, [], tmp_path, program=_submitting(story))
    if point == "before_commit":
        assert effects(story.application)["submissions"] == 0
        _submit(story, _environment())
    _work_until_told(story, tmp_path)

    assert effects(story.application) == ONCE


def test_it_would_lose_the_mails_if_the_queue_were_the_only_memory(
    cast: Cast, tmp_path: Path
) -> None:
    """Negative control: with the sweeper off, what a killed worker held is never finished."""
    story = _ready_to_submit(cast)
    _submit(story, _environment())

    _kill_at("after_seal", ["worker"], tmp_path)
    with process(["worker"], _environment(AVENANT_SWEEP_AFTER_SECONDS="3600"), tmp_path / "w.log"):
        is_told = _wait(lambda: told(story.application) == MAILS, seconds=8)

    assert not is_told


def _ready_to_submit(cast: Cast) -> ApplicationStory:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()
    produce_document(document.pk)
    assert SealedDocument.objects.get(pk=document.pk).state == DocumentState.SEALED
    return story


def _environment(**more: str) -> dict[str, str]:
    return environment(0, **{"AVENANT_SWEEP_AFTER_SECONDS": "0", **more})


def _submitting(story: ApplicationStory) -> list[str]:
    return [sys.executable, "-m", "tests.trust.submit_child", str(story.application.pk)]


def _submit(story: ApplicationStory, env: dict[str, str]) -> None:
    subprocess.run(_submitting(story), env=env, cwd=ROOT, check=True)


def _kill_at(
    point: str, arguments: list[str], folder: Path, *, program: list[str] | None = None
) -> None:
    """Start a process, wait until it stands at the crash point, and kill it with signal 9."""
    barrier = folder / "barrier"
    env = _environment(AVENANT_CRASH_AT=point, AVENANT_CRASH_BARRIER=str(barrier))
    with (folder / "killed.log").open("ab") as log:
        child = subprocess.Popen(
            program or [*PROGRAM, *arguments],
            env=env,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        assert _wait(barrier.exists, seconds=40), (folder / "killed.log").read_text()[-2000:]
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _work_until_told(story: ApplicationStory, folder: Path) -> None:
    with process(["worker"], _environment(), folder / "worker.log"):
        assert _wait(lambda: told(story.application) == MAILS, seconds=RECOVERED_WITHIN_SECONDS), (
            folder / "worker.log"
        ).read_text()[-2000:]


def _wait(condition: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False
