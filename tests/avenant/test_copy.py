"""The client's copy: a light message, a link that is opened once, the sealed PDF behind it."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions import send_copy_again as again
from avenant.documents.actions.copy_link import LIFE
from avenant.documents.actions.send_copy_again import PAUSE, send_copy_again
from avenant.documents.copy_views import COOKIE_LIFE
from avenant.documents.models import CopyLink
from avenant.documents.vault import read
from avenant.history.models import Event
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
    assert Client().post(link).status_code == 410
    assert Client().get(link).status_code == 410


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


@pytest.fixture
def used(story: ApplicationStory) -> str:
    link = link_of(story)
    Client().post(link)
    return link


def mails() -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(kind="client_copy").order_by("pk"))


def test_it_says_when_a_link_was_used_and_sends_a_new_one_to_the_clients_own_address(
    used: str,
) -> None:
    page = Client().get(used)
    assert page.status_code == 410
    assert "Ce lien a déjà servi, le" in page.content.decode()

    asked = Client().post(used, {"again": "1"})

    first, second = mails()
    assert asked.status_code == 200
    assert "en route" in asked.content.decode()
    assert second.to not in asked.content.decode()
    assert (second.to, second.links != first.links) == (first.to, True)
    assert Client().get(urlsplit(second.links[0]).path).status_code == 200


def test_it_sends_no_second_link_while_one_is_on_its_way(used: str) -> None:
    for _ in range(3):
        Client().post(used, {"again": "1"})
    assert len(mails()) == 2

    CopyLink.objects.filter(opened_at=None).update(expires_at=timezone.now() + LIFE - PAUSE)
    Client().post(used, {"again": "1"})

    assert len(mails()) == 3
    assert Event.objects.filter(kind="copy_sent_again").count() == 2


def test_it_sends_a_new_link_for_one_that_is_out_of_date(story: ApplicationStory) -> None:
    link = link_of(story)
    CopyLink.objects.update(expires_at=timezone.now() - LIFE)

    assert "Ce lien a pris fin le" in Client().get(link).content.decode()
    Client().post(link, {"again": "1"})

    assert len(mails()) == 2


def test_it_leads_the_browser_that_opened_it_back_to_the_copy(story: ApplicationStory) -> None:
    link, browser = link_of(story), Client()
    browser.post(link)

    assert "Rouvrir ma copie" in browser.get(link).content.decode()
    assert "Rouvrir ma copie" not in Client().get(link).content.decode()
    CopyLink.objects.update(opened_at=timezone.now() - COOKIE_LIFE)
    assert "Rouvrir ma copie" not in browser.get(link).content.decode()


def test_it_sends_nothing_for_a_link_that_nobody_made(used: str) -> None:
    assert Client().post(f"{used}x", {"again": "1"}).status_code == 404
    assert len(mails()) == 1


def test_it_waits_ten_minutes_for_the_one_document_and_holds_it(used: str) -> None:
    link = CopyLink.objects.get()
    other = link.document
    other.pk, other.number = None, "NSG99999999"
    other.save(force_insert=True)
    CopyLink.objects.create(document=other, token_digest="other", expires_at=timezone.now() + LIFE)

    with CaptureQueriesContext(connection) as queries:
        send_copy_again(link)

    held = [one["sql"] for one in queries if "FOR UPDATE" in one["sql"]]
    assert "documents_sealeddocument" in held[0]
    assert len(mails()) == 2  # what is on its way of another document holds nothing back
    assert PAUSE.total_seconds() == 600


@pytest.mark.django_db(transaction=True)
def test_it_mails_a_link_with_its_line_of_history_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = Cast.assemble()
    ApplicationStory(cast.advisor).until_submitted()
    CopyLink.objects.update(opened_at=timezone.now())
    monkeypatch.setattr(again, "record", lambda *_words, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send_copy_again(CopyLink.objects.get())

    assert len(mails()) == 1
