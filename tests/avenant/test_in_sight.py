"""What the advisor must not overlook: a refusal, what the client contests, the head of the page."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from avenant.applications.actions.save_answers import save_answers
from avenant.applications.actions.send_section import object_to_section, send_section
from avenant.applications.models import Snapshot
from avenant.demo.dossiers import ApplicationStory
from avenant.errors import RuleError
from tests.support.cast import Cast, browser_of
from tests.trust.doings import filled, sent_section


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return filled(cast)


def page(story: ApplicationStory, section: str, name: str = "application") -> HttpResponse:
    url = reverse(name, args=[story.application.pk])
    return browser_of(story.advisor).get(url, {"section": section})


def menu(story: ApplicationStory) -> dict[str, str]:
    found = page(story, "insured").context["items"]
    return {str(one.label).partition(".")[0]: str(one.state) for one in found}


def refuse(story: ApplicationStory) -> None:
    save_answers(story.application.pk, {"express_6_3.organs": "inexact"}, by=story.advisor)


def contest(story: ApplicationStory, comment: str) -> None:
    object_to_section(sent_section(story), story.window, comment=comment)


@pytest.mark.rule("4/APP-21")
def test_it_says_blocked_in_the_menu_at_the_answer_and_where_one_would_send(
    story: ApplicationStory,
) -> None:
    before = menu(story)["6"]
    refuse(story)

    shown = page(story, "plan_express").content.decode()
    assert (before, menu(story)["6"]) == ("filled", "blocked")
    assert "Voir les étapes pour continuer" in shown
    assert "Envoyer au client – confirmer" not in shown
    assert "Envoyer au client – confirmer" in page(story, "insured").content.decode()


@pytest.mark.rule("4/APP-21")
def test_it_sends_the_client_no_declaration_with_a_refused_answer(story: ApplicationStory) -> None:
    refuse(story)
    story.stay()

    with pytest.raises(RuleError, match="section_refused"):
        send_section(story.application, story.call, "plan_express", by=story.advisor)

    assert not Snapshot.objects.exists()
    save_answers(story.application.pk, {"express_6_3.organs": "exact"}, by=story.advisor)
    assert send_section(story.application, story.call, "plan_express", by=story.advisor)


@pytest.mark.rule("4/APP-21")
def test_it_draws_the_declaration_again_when_an_answer_refuses(story: ApplicationStory) -> None:
    browser = browser_of(story.advisor)
    url = reverse("save_answers", args=[story.application.pk])

    saved = [
        browser.post(
            url, {"express_6_3.organs": answer, "section": "plan_express"}
        ).content.decode()
        for answer in ("inexact", "exact")
    ]

    assert ["Voir les étapes pour continuer" in one for one in saved] == [True, False]
    assert all('id="section-fields"' in one for one in saved)


@pytest.mark.rule("4/COS-17")
def test_it_says_on_every_page_of_the_file_what_the_client_contests(
    story: ApplicationStory,
) -> None:
    contest(story, "Mon nom s'écrit avec deux n.")

    for name in ("application", "application_state"):
        shown = page(story, "work", name).content.decode()
        assert "Mon nom s&#x27;écrit avec deux n." in shown
        assert "section=insured" in shown
    assert menu(story)["2"] == "contested"


@pytest.mark.rule("4/COS-17")
def test_it_says_no_more_of_it_once_the_section_is_sent_again(story: ApplicationStory) -> None:
    contest(story, "Mon nom s'écrit avec deux n.")
    sent_section(story)

    assert menu(story)["2"] == "sent"
    assert "deux n." not in page(story, "work").content.decode()


def test_the_head_of_the_page_follows_what_happens(story: ApplicationStory) -> None:
    refuse(story)
    name = story.application.insured_name

    for shown in (
        page(story, "plan_express", "application_state").content.decode(),
        browser_of(story.advisor)
        .post(reverse("save_answers", args=[story.application.pk]), {"city": "Laval"})
        .content.decode(),
    ):
        head = shown.partition('id="head-name"')[2].partition("</span>")[0]
        lead = shown.partition('id="head-lead"')[2].partition('id="client-band"')[0]
        assert 'hx-swap-oob="true"' in head
        assert name in head
        assert "Bloquée" in lead
