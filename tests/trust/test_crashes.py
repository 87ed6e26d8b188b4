"""kill -9 between the click on « Soumettre » and the agency's mail loses and doubles nothing (G4)."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from avenant.applications.actions.submit_application import submit_application
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import DocumentState, SealedDocument
from tests.support import forked
from tests.support.cast import Cast
from tests.support.patience import patient
from tests.support.programs import environment, process
from tests.trust import submit_child
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
MORE_FOR_EACH_SECONDS = 3
# Three kills a point always, twenty in `make trust`.
KILLS = [3, pytest.param(20, marks=[pytest.mark.trust, pytest.mark.timeout(900)])]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None) -> None:
    """Processes are forked from one that has loaded the code in their environment."""
    forked.load(_environment())


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("point", IN_THE_WORKER)
def test_it_finishes_what_killed_workers_began(
    cast: Cast, tmp_path: Path, point: str, kills: int
) -> None:
    stories = []

    for _ in range(kills):
        stories.append(story := _ready_to_submit(cast))
        _submit(story)
        _kill_at(point, forked.program, ["worker"], folder=tmp_path)
    _work_until_told(stories, tmp_path)

    assert [effects(story.application) for story in stories] == [ONCE] * kills


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("point", IN_THE_CLICK)
def test_it_keeps_a_submission_whose_process_was_killed_or_has_none_of_it(
    cast: Cast, tmp_path: Path, point: str, kills: int
) -> None:
    stories = []

    for _ in range(kills):
        stories.append(story := _ready_to_submit(cast))
        _kill_at(point, submit_child.main, str(story.application.pk), folder=tmp_path)
        if point == "before_commit":
            assert effects(story.application)["submissions"] == 0
            _submit(story)
    _work_until_told(stories, tmp_path)

    assert [effects(story.application) for story in stories] == [ONCE] * kills


def test_it_would_lose_the_mails_if_the_queue_were_the_only_memory(
    cast: Cast, tmp_path: Path
) -> None:
    """Negative control: with the sweeper off, what a killed worker held is never finished."""
    story = _ready_to_submit(cast)
    _submit(story)

    _kill_at("after_seal", forked.program, ["worker"], folder=tmp_path)
    with process(["worker"], _environment(AVENANT_SWEEP_AFTER_SECONDS="3600"), tmp_path / "w.log"):
        # By condition, not by waiting: the living worker swept twice, and has nothing left to do.
        first = _last_sweep()
        assert _wait(lambda: _last_sweep() > first, seconds=40)
        second = _last_sweep()
        assert _wait(lambda: _last_sweep() > second and _is_idle(), seconds=40)

    assert told(story.application) != MAILS


def _last_sweep() -> int:
    return _number(
        "SELECT coalesce(max(defer_timestamp), 0) FROM procrastinate_periodic_defers"
        " WHERE task_name = 'documents.sweep'"
    )


def _is_idle() -> bool:
    return not _number("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")


def _number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _ready_to_submit(cast: Cast) -> ApplicationStory:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()
    story.close()
    produce_document(document.pk)
    assert SealedDocument.objects.get(pk=document.pk).state == DocumentState.SEALED
    return story


def _environment(**more: str) -> dict[str, str]:
    return environment(0, **{"AVENANT_SWEEP_AFTER_SECONDS": "0", **more})


def _submit(story: ApplicationStory) -> None:
    submit_application(story.application, ip="198.51.100.7", by=story.advisor)


def _kill_at(point: str, act: Callable[..., object], *args: object, folder: Path) -> None:
    """Start a process, wait until it stands at the crash point, and kill it with signal 9."""
    barrier, log = folder / "barrier", folder / "killed.log"
    barrier.unlink(missing_ok=True)
    env = _environment(AVENANT_CRASH_AT=point, AVENANT_CRASH_BARRIER=str(barrier))
    child = forked.start(act, *args, env=env, log=log)
    try:
        assert _wait(barrier.exists, seconds=40), log.read_text()[-2000:]
    finally:
        child.kill()
        child.join()


def _work_until_told(stories: list[ApplicationStory], folder: Path) -> None:
    def are_told() -> bool:
        return all(told(story.application) == MAILS for story in stories)

    with forked.running(["worker"], _environment(), folder / "worker.log"):
        seconds = RECOVERED_WITHIN_SECONDS + MORE_FOR_EACH_SECONDS * len(stories)
        assert _wait(are_told, seconds=seconds), (folder / "worker.log").read_text()[-2000:]


def _wait(condition: Callable[[], bool], *, seconds: float) -> bool:
    began = time.monotonic()
    while time.monotonic() - began < patient(seconds):
        if condition():
            return True
        time.sleep(0.05)
    return False
