"""What the client's window gets back when its script sends an act."""

import pytest
from django.test import Client
from django.urls import reverse

from avenant.applications.actions.send_section import send_section
from avenant.applications.content import client_sections, view_of
from avenant.applications.models import Snapshot
from avenant.demo.dossiers import ApplicationStory
from tests.support.cast import Cast, window_of_client

SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open().fill().join()


@pytest.fixture
def sent(story: ApplicationStory) -> Snapshot:
    first = client_sections(view_of(story.application))[0]
    return send_section(story.application, story.call, first.id, by=story.advisor)


@pytest.mark.rule("4/COS-12")
def test_it_draws_what_follows_and_says_how_far_it_is_true(
    story: ApplicationStory, sent: Snapshot
) -> None:
    act = {"snapshot": sent.pk, "content_hash": sent.content_hash}

    answer = window_of_client(story).post(reverse("agree_section"), act, **SCRIPT)

    story.call.refresh_from_db()
    sent.refresh_from_db()
    assert sent.state == "confirmed"
    assert answer.status_code == 200
    assert answer.content.startswith(b'<div id="stage"')
    assert b"stage-act" not in answer.content
    assert answer["Avenant-Sequence"] == str(story.call.sequence)


@pytest.mark.rule("4/COS-12")
def test_it_says_in_the_window_why_an_act_is_refused(
    story: ApplicationStory, sent: Snapshot
) -> None:
    act = {"snapshot": sent.pk, "content_hash": "of another text"}

    answer = window_of_client(story).post(reverse("agree_section"), act, **SCRIPT)

    sent.refresh_from_db()
    assert sent.state == "sent"
    assert answer.status_code == 409
    assert answer.content.startswith(b'<div id="stage"')
    assert b"callout" in answer.content
    assert b"stage-act" in answer.content


def test_it_answers_a_plain_form_with_the_page(story: ApplicationStory, sent: Snapshot) -> None:
    act = {"snapshot": sent.pk, "content_hash": sent.content_hash}

    answer = window_of_client(story).post(reverse("agree_section"), act)

    assert (answer.status_code, answer["Location"]) == (302, reverse("client_window"))


@pytest.mark.usefixtures("db")
def test_it_sends_a_browser_in_no_call_to_where_the_code_is_typed() -> None:
    answer = Client().post(reverse("agree_section"), {}, **SCRIPT)

    assert answer["HX-Redirect"] == reverse("join_call")
