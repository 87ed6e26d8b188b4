"""How often an act and the page after it ask the database: once for each thing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avenant.applications import models
from avenant.demo.dossiers import ApplicationStory
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.doings import filled, sent_section

type Asked = list[str]
AROUND = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


@pytest.fixture
def cast(db: None, settings: pytest.FixtureRequest) -> Cast:
    settings.AVENANT_DEMO = False  # type: ignore[attr-defined]  # its clock is a question of its own
    return Cast.assemble()


@contextmanager
def asked() -> Iterator[Asked]:
    """What the database is asked; where a transaction begins and ends is no question."""
    said: Asked = []
    with CaptureQueriesContext(connection) as captured:
        yield said
    said += [one["sql"] for one in captured if not one["sql"].startswith(AROUND)]


def type_city(cast: Cast, story: ApplicationStory, text: str) -> Client:
    """A browser that has typed once, as one that is at work has."""
    browser = browser_of(cast.advisor)
    assert browser.post(*save(story, text)).status_code == 200
    return browser


def save(story: ApplicationStory, text: str) -> tuple[str, dict[str, str]]:
    return reverse("save_answers", args=[story.application.pk]), {"city": text}


def test_a_field_that_is_saved_asks_fifteen_times_and_reads_each_answer_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = filled(cast)
    browser = type_city(cast, story, "Lévis")
    read: list[bytes] = []
    kept = models.decrypt_json
    monkeypatch.setattr(
        models, "decrypt_json", lambda secret: read.append(bytes(secret)) or kept(secret)
    )

    with asked() as said:
        answer = browser.post(*save(story, "Laval"))

    assert answer.status_code == 200
    assert len(said) <= 15, said
    assert sum('FROM "applications_answer"' in one for one in said) == 1
    assert len(read) == len(set(read)) == story.application.answers.count()


def test_the_page_that_follows_a_confirmation_asks_twelve_times(cast: Cast) -> None:
    story = filled(cast)
    snapshot = sent_section(story)
    fields = {"snapshot": snapshot.pk, "content_hash": snapshot.content_hash}
    assert window_of_client(story).post(reverse("agree_section"), fields).status_code == 302
    browser = browser_of(cast.advisor)

    with asked() as said:
        page = browser.get(
            reverse("application_state", args=[story.application.pk]), {"section": "insured"}
        )

    assert page.status_code == 200
    assert len(said) <= 12, said
