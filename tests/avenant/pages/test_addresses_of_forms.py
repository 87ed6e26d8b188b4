"""A page that answers a form in place never leaves somebody at an address that opens nothing."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from avenant.demo.dossiers import ApplicationStory
from tests.support.cast import Cast, browser_of, window_of_client

HERE = "http://testserver"


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open().fill()


def test_it_names_the_page_of_the_form_when_it_refuses_an_upload(
    cast: Cast, story: ApplicationStory
) -> None:
    browser = browser_of(cast.advisor)
    page = reverse("application", args=[story.application.pk]) + "?section=soumission"

    answer = browser.post(
        reverse("upload_file", args=[story.application.pk]),
        {"kind": "quote"},
        headers={"Referer": HERE + page},
    )

    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'data-address="{page}"' in said
    assert f'name="next" value="{page}"' in said  # where another language leads


@pytest.mark.parametrize("referer", ["", "https://elsewhere.test/x", "http://[", "javascript:1"])
def test_it_leads_home_from_a_form_that_came_from_elsewhere(
    cast: Cast, story: ApplicationStory, referer: str
) -> None:
    answer = browser_of(cast.advisor).post(
        reverse("upload_file", args=[story.application.pk]),
        {"kind": "quote"},
        headers={"Referer": referer},
    )

    assert 'data-address="/"' in answer.content.decode()


@pytest.mark.parametrize("name", ["upload_file", "submit_application", "create_pdf"])
def test_it_says_in_words_that_an_address_only_takes_a_form(
    cast: Cast, story: ApplicationStory, name: str
) -> None:
    address = reverse(name, args=[story.application.pk])

    answer = browser_of(cast.advisor).get(address, headers={"Accept": "text/html"})

    said = unescape(answer.content.decode())
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Cette adresse ne s'ouvre pas seule" in said
    assert f'href="{reverse("application", args=[story.application.pk])}"' in said


def test_it_leads_a_client_back_to_their_window(cast: Cast, story: ApplicationStory) -> None:
    answer = window_of_client(story.join()).get(
        reverse("agree_section"), headers={"Accept": "text/html"}
    )

    said = unescape(answer.content.decode())
    assert answer.status_code == 405
    assert f'href="{reverse("client_window")}"' in said


@pytest.mark.parametrize("path", ["/appel/nulle-part", "/nulle-part"])
def test_it_sends_a_stranger_to_their_advisor_for_help(db: None, path: str) -> None:
    said = unescape(Client().get(path).content.decode())

    assert "votre conseiller peut vous aider" in said
    assert "administre la plateforme" not in said


def test_it_gives_a_client_whose_form_is_refused_the_phone_of_the_carrier(
    cast: Cast, story: ApplicationStory
) -> None:
    window = window_of_client(story.join())

    answer = window.post(reverse("client_trouble"), {"comment": "x\0"})
    lost = window.get(reverse("client_illustration"))

    assert answer.status_code == 422
    assert lost.status_code == 404
    assert 'href="tel:' in lost.content.decode()
