"""The client's copy: a light message, a link that is opened once, the sealed PDF behind it."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.vault import read
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).until_submitted()


def link_of(story: ApplicationStory) -> str:
    message = OutboundMessage.objects.get(kind="client_copy")
    return urlsplit(message.links[0]).path


@pytest.mark.promise("G16")
def test_it_burns_nothing_when_a_scanner_looks_and_opens_once(story: ApplicationStory) -> None:
    link, scanner, browser = link_of(story), Client(), Client()
    for _ in range(3):
        assert scanner.get(link).status_code == 200

    opened = browser.post(link, follow=True)

    sealed = story.application.documents.get(stage="submitted").file
    assert opened.content == read(sealed)
    assert Client().post(link).status_code == 404
    assert Client().get(link).status_code == 404


@pytest.mark.promise("G3")
def test_it_gives_the_copy_to_the_browser_that_opened_it_alone(story: ApplicationStory) -> None:
    browser = Client()
    browser.post(link_of(story))

    assert browser.get("/copie/document.pdf").status_code == 200
    assert Client().get("/copie/document.pdf").status_code == 404


def test_it_tells_the_client_once_and_names_nobody(story: ApplicationStory) -> None:
    message = OutboundMessage.objects.get(kind="client_copy")

    assert message.to == "odette@exemple.ca"
    assert "Gagnon" not in message.subject + message.text
