"""One act, one effect: parallel identical acts leave one effect and get the same answer (G5).

Each guard has its negative control: the same test with the lock off must fail.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.models import Model, QuerySet

from avenant.applications.actions import submit_application as submission
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.models import Application
from avenant.demo.dossiers import ADVISOR_IP, STROKES, ApplicationStory
from avenant.documents.actions.create_pdf import next_number
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import SealedDocument
from avenant.history.models import Event
from avenant.live.actions.launch_call import launch_call
from avenant.live.models import Call
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import request_signature
from avenant.signatures.drawing import Drawing
from tests.support.cast import Cast
from tests.support.patience import patient

pytestmark = [pytest.mark.promise("G5"), pytest.mark.django_db(transaction=True)]

AT_ONCE = 100
THREADS = 16


def all_at_once(act: Callable[[], Any], times: int = AT_ONCE, threads: int = THREADS) -> list[Any]:
    """Run `act` many times, the first wave let go together; errors are returned, not raised."""
    start = Barrier(threads)

    def run(number: int) -> Any:
        if number < threads:
            start.wait(timeout=patient(30))
        try:
            return act()
        except Exception as error:  # what a losing act got is part of the result
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(times)))


@contextmanager
def no_lock_on(model: type[Model], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the row lock off one kind of row and leave all others, for a negative control."""
    kept = QuerySet.select_for_update

    def select(queryset: Any, **options: Any) -> Any:
        return queryset.all() if queryset.model is model else kept(queryset, **options)

    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", select)
        yield


def two_that_meet(module: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two acts wait for each other at this call: both have read before either writes. Only for
    a control, where no lock keeps the second away."""
    together, kept = Barrier(2), getattr(module, name)

    def met(*args: Any, **facts: Any) -> Any:
        together.wait(timeout=patient(60))
        return kept(*args, **facts)

    monkeypatch.setattr(module, name, met)


def _ready_to_submit(cast: Cast) -> ApplicationStory:
    story = ApplicationStory(cast.advisor).until_signed()
    produce_document(story.create_pdf().pk)
    return story


def _effects_of_submitting(story: ApplicationStory) -> tuple[int, int, int]:
    events = Event.objects.filter(dossier=f"application:{story.application.pk}")
    return (
        events.filter(kind="application_submitted").count(),
        SealedDocument.objects.filter(stage="submitted").count(),
        story.application.requirement_lists.count(),
    )


@pytest.mark.rule("4/APP-48")
@pytest.mark.parametrize("is_call_open", [True, False])
def test_it_submits_once_however_often_the_button_is_pressed(
    cast: Cast, is_call_open: bool
) -> None:
    story = _ready_to_submit(cast)
    if not is_call_open:
        story.close()

    answers = all_at_once(
        lambda: submit_application(story.application, ip=ADVISOR_IP, by=cast.advisor).state
    )

    assert answers == ["submitted"] * AT_ONCE
    assert _effects_of_submitting(story) == (1, 1, 2)


def test_it_would_submit_twice_without_the_lock_on_the_application(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = _ready_to_submit(cast)
    story.close()  # no open call is there to be locked instead
    two_that_meet(submission, "check_step", monkeypatch)

    with no_lock_on(Application, monkeypatch):
        answers = all_at_once(
            lambda: submit_application(story.application, ip=ADVISOR_IP, by=cast.advisor).state,
            times=2,
            threads=2,
        )

    assert sorted(map(str, answers)) != ["submitted"] * 2


@pytest.mark.rule("4/SIG-07")
def test_it_signs_once_however_often_the_green_button_is_pressed(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration().confirm_all()
    request = request_signature(
        story.application,
        story.call,
        signer="main_insured",
        city="Laval",
        province="QC",
        by=cast.advisor,
    )
    window = story.window

    answers = all_at_once(
        lambda: (
            accept_signature(
                request,
                window,
                Drawing.read(STROKES),
                signed_hash=request.signed_hash,
                has_read_to_end=True,
            ).signed_at
        )
    )

    assert len(set(answers)) == 1
    assert Event.objects.filter(kind="signature_given").count() == 1


@pytest.mark.rule("4/COS-02")
def test_it_opens_one_call_an_advisor(cast: Cast) -> None:
    answers = all_at_once(
        lambda: launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="test").state, times=20
    )

    assert answers.count("open") == 1
    assert Call.objects.count() == 1


@pytest.mark.rule("4/APP-38")
def test_it_never_gives_a_number_twice(db: None) -> None:
    def number() -> str:
        with transaction.atomic():
            return next_number("croix_bleue")

    answers = all_at_once(number, times=64)

    assert len(set(answers)) == 64
