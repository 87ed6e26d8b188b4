"""Every kind of event is told in words, or declared untold (F3)."""

import ast
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from avenant.accounts import events as account_events
from avenant.applications import events as application_events
from avenant.applications.actions import send_section as sections
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.history.timeline import told_events
from avenant.signatures.evidence import GIVEN
from tests.support.cast import Cast, browser_of

ROOT = Path(__file__).resolve().parents[2] / "avenant"
RECORDING = {"record", "_record", "_tell"}


def recorded_kinds() -> set[str]:
    """The kinds written where something is recorded, anywhere in the web application."""
    calls = (
        node
        for path in ROOT.glob("*/**/*.py")
        if "node_modules" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDING
    )
    given = (argument for call in calls for argument in call.args[:2])
    texts = {one.value for one in given if isinstance(one, ast.Constant)}
    return {one for one in texts if isinstance(one, str)} | {GIVEN}


def test_it_tells_of_every_kind_that_is_recorded_and_of_no_other() -> None:
    assert {"client_act_refused", "illustration_contested", GIVEN} <= recorded_kinds()
    assert set(told_events()) == recorded_kinds()


def test_it_tells_in_both_languages() -> None:
    told = [one for one in told_events().values() if one]
    with override("en"):
        english = [str(one.text) for one in told]

    assert len(told) > 30
    assert not {str(one.text) for one in told} & set(english)


def test_it_tells_of_a_kind_in_one_place() -> None:
    assert not account_events.EVENTS.keys() & application_events.EVENTS.keys()


@pytest.mark.promise("G10")
def test_it_shows_what_the_client_contested_and_which_section(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill().join()
    story.stay()
    sent = sections.send_section(story.application, story.call, "insured", by=cast.advisor)
    sections.object_to_section(sent, story.window, comment="non")
    story.agree_illustration().confirm_all().sign()
    produce_document(story.create_pdf().pk)
    story.submit()

    page = browser_of(cast.contract_administration).get(
        reverse("submitted_application", args=[story.application.pk])
    )

    said = unescape(page.content.decode())
    assert "Section contestée par le client" in said
    assert "Personne à assurer" in said
    assert "answers_saved" not in said
