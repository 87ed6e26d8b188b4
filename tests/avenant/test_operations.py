"""« Exploitation »: everything that is stuck, with its cause and a button; and `/readyz` says so."""

import datetime as dt
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avenant import health
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import vault
from avenant.documents.models import SealedDocument
from avenant.history.models import Event
from avenant.jobs import defer, stuck_jobs
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.send_message import send_message
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of
from tests.support.press import asked_with, run_lane, waiting
from tests.trust.test_degrades import a_full_disk

pytestmark = [pytest.mark.promise("G11"), pytest.mark.promise("G20")]

AN_HOUR = dt.timedelta(hours=1)
# The tests run no worker, which /readyz rightly complains of.
WITHOUT_WORKER = {name: check for name, check in health.CHECKS.items() if name != "worker"}


@pytest.fixture
def operator(cast: Cast) -> Client:
    return browser_of(cast.platform_admin)


def page_of(browser: Client) -> str:
    answer = browser.get(reverse("operations"))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def readiness(monkeypatch: pytest.MonkeyPatch) -> tuple[int, set[str]]:
    """The status of /readyz and the names that are degraded."""
    monkeypatch.setattr(health, "CHECKS", WITHOUT_WORKER)
    answer = Client().get(reverse("readyz"))
    lines = answer.content.decode().splitlines()
    return answer.status_code, {
        line.split()[1].rstrip(":") for line in lines if line.startswith("degraded")
    }


def test_it_says_that_nothing_is_stuck(
    cast: Cast, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_with(ApplicationStory(cast.advisor))  # a moment ago: on its way

    assert "Rien n'est bloqué" in page_of(operator)
    assert readiness(monkeypatch) == (200, set())


def test_it_lists_a_document_that_failed_without_telling_whose_it_is(
    cast: Cast, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = asked_with(ApplicationStory(cast.advisor), b"%PDF-1.7 and nothing else")
    run_lane("press")

    page = page_of(operator)

    assert document.number in page
    assert "La soumission jointe ne peut pas être imprimée." in page
    assert reverse("retry_document", args=[document.pk]) in page
    for part in document.application.insured_name.split():
        assert part not in page
    assert readiness(monkeypatch) == (200, {"documents"})


def test_it_lists_a_document_that_nobody_took_up(cast: Cast, operator: Client) -> None:
    document = asked_with(ApplicationStory(cast.advisor))
    SealedDocument.objects.update(requested_at=timezone.now() - AN_HOUR)

    page = page_of(operator)

    assert document.number in page
    assert "plus de temps que d'habitude" in page
    assert "En retard" in page


def test_it_tells_the_advisor_that_a_document_is_late(cast: Cast) -> None:
    document = asked_with(ApplicationStory(cast.advisor))
    SealedDocument.objects.update(requested_at=timezone.now() - AN_HOUR)
    address = reverse("application", args=[document.application_id]) + "?section=transmission"

    page = unescape(browser_of(cast.advisor).get(address).content.decode())

    assert "Le PDF est retardé" in page
    assert "la plateforme réessaie d'elle-même" in page


def test_it_has_a_document_made_again_by_its_button(cast: Cast, operator: Client) -> None:
    document = asked_with(ApplicationStory(cast.advisor), b"%PDF-1.7 and nothing else")
    run_lane("press")

    answer = operator.post(reverse("retry_document", args=[document.pk]))

    document.refresh_from_db()
    assert answer.url == reverse("operations")
    assert document.state == "pending"
    assert waiting("press_patient") == [document.pk]
    assert Event.objects.get(kind="document_retried").actor == cast.platform_admin


def test_it_tells_of_a_full_vault_until_there_is_room(
    cast: Cast, operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = asked_with(ApplicationStory(cast.advisor))
    with a_full_disk(monkeypatch):
        run_lane("press")

    during = page_of(operator), readiness(monkeypatch)
    operator.post(reverse("retry_document", args=[document.pk]))
    run_lane("press")

    assert "Il n'y a plus de place pour conserver les fichiers." in during[0]
    assert during[1] == (200, {"documents"})
    assert "Rien n'est bloqué" in page_of(operator)
    assert readiness(monkeypatch) == (200, set())


def test_it_warns_before_the_vault_is_full(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "room", lambda: vault.LITTLE_ROOM - 1)

    assert readiness(monkeypatch) == (200, {"vault"})


def test_it_lists_a_message_that_cannot_be_sent_and_sends_it_again(
    cast: Cast, operator: Client, monkeypatch: pytest.MonkeyPatch, refused_mail: OutboundMessage
) -> None:
    before = page_of(operator), readiness(monkeypatch)

    operator.post(reverse("retry_message", args=[refused_mail.pk]))
    refused_mail.refresh_from_db()
    queued = refused_mail.state
    send_message(refused_mail.pk)

    assert "L'adresse du destinataire ne peut pas être écrite." in before[0]
    assert refused_mail.to not in before[0]
    assert before[1] == (200, {"messages"})
    assert queued == "queued"
    assert "Rien n'est bloqué" in page_of(operator)


@pytest.fixture
def refused_mail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> OutboundMessage:
    """A message that its provider will never take."""
    from avenant.messaging import providers

    def refuse(_self: object, _message: OutboundMessage) -> None:
        raise providers.ProviderError("address_invalid", is_permanent=True)

    message = queue_message(to="rené@exemple.ca", text="Bonjour", kind="client_copy")
    with monkeypatch.context() as patch:
        patch.setattr(providers.OutboxOnly, "send", refuse)
        send_message(message.pk)
    message.refresh_from_db()
    return message


def leave_job(status: str, *, ago: str = "1 minute") -> None:
    """Background work that ended so, or that a worker which died holds."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute("UPDATE procrastinate_events SET at = now() - %s::interval", [ago])


@pytest.mark.parametrize(
    ("status", "cause"),
    [("failed", "interrompue sur une erreur"), ("doing", "ne donne plus signe de vie")],
)
def test_it_lists_background_work_that_broke_off_and_runs_it_again(
    cast: Cast, operator: Client, monkeypatch: pytest.MonkeyPatch, status: str, cause: str
) -> None:
    defer("applications.purge_drafts", timestamp=0, once="applications.purge_drafts")
    leave_job(status)

    before = page_of(operator), readiness(monkeypatch)
    operator.post(reverse("retry_task", args=["applications.purge_drafts"]))

    assert "Effacement des propositions échues" in before[0]
    assert cause in before[0]
    assert before[1] == (200, {"jobs"})
    assert stuck_jobs() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, args->>'timestamp' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo", "0")]


def test_it_forgets_what_its_timetable_has_run_again_since(cast: Cast) -> None:
    defer("applications.purge_drafts", timestamp=0)
    leave_job("failed", ago="2 days")

    assert stuck_jobs() == []


def test_it_shows_the_way_there_to_the_platform_alone(cast: Cast, operator: Client) -> None:
    link = f'href="{reverse("operations")}"'

    assert link in operator.get(reverse("home"), follow=True).content.decode()
    assert link not in browser_of(cast.advisor).get(reverse("home")).content.decode()
