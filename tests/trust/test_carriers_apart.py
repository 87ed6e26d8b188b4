"""One carrier never sees another's (G7): canaries of each, looked for in whatever the other gets."""

import html
import io
import re
import subprocess
import zipfile
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from avenant.applications import queries
from avenant.applications.exports import CONTENT_TYPE
from avenant.applications.models import Application
from avenant.demo.dossiers import ApplicationStory
from avenant.history.queries import events_of
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.matrix import ROWS, Stage

pytestmark = pytest.mark.promise("G7")

CANARY = "Zyxwvutsrq"  # in the name of the insured, so in every page and file about them
BANK_ACCOUNT = "1234567"
SHARED = {"demo_messages", "demo_messages_json"}  # the demo's outbox is everybody's
SEARCHED = {"drafts", "submitted_applications"}
STREAMS = {"call_events", "client_events"}


@pytest.fixture
def stage(cast: Cast) -> Stage:
    named = {"last_name": CANARY}
    submitted = ApplicationStory(cast.advisor, named).until_submitted()
    draft = ApplicationStory(cast.advisor, named).open().fill().join().agree_illustration()
    return Stage(draft=draft, submitted=submitted)


def pages_with_canary(browser: Client, stage: Stage) -> list[str]:
    """The addresses whose answer, whatever its kind, contains the other carrier's canary."""
    found = []
    for name, row in ROWS.items():
        if name in SHARED | STREAMS:
            continue
        address = reverse(name, kwargs=row.kwargs(stage))
        answers = [browser.get(address)]
        if name in SEARCHED:
            answers.append(browser.post(address, {"q": CANARY[:4]}))
            answers.append(browser.post(address, {"q": CANARY[:4], "export": "xlsx"}))
        if any(CANARY.lower() in readable(answer).lower() for answer in answers):
            found.append(name)
    return found


def readable(answer: HttpResponse) -> str:
    """All the words of an answer, those inside a PDF or a workbook included."""
    content, kind = answer.content, answer.get("Content-Type", "")
    if kind == "application/pdf":
        told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True)
        return told.stdout.decode()
    if kind == CONTENT_TYPE:
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            content = b"".join(workbook.read(name) for name in workbook.namelist())
    return content.decode(errors="replace")


def test_it_shows_nothing_of_one_carrier_to_the_people_of_another(cast: Cast, stage: Stage) -> None:
    assert pages_with_canary(browser_of(cast.other_carrier_admin), stage) == []


def test_it_would_find_a_canary(cast: Cast, stage: Stage) -> None:
    """The check can fail: the carrier's own people do see it."""
    found = pages_with_canary(browser_of(cast.contract_administration), stage)

    assert {"submitted_applications", "submitted_application", "document"} <= set(found)


def test_it_would_show_it_without_the_carrier_in_the_query(
    cast: Cast, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the rule that keeps carriers apart is what keeps the canary away."""
    monkeypatch.setattr(
        "avenant.applications.submitted_views.submitted_visible_to",
        lambda _user: Application.objects.filter(state="submitted"),
    )

    found = pages_with_canary(browser_of(cast.other_carrier_admin), stage)

    assert queries.submitted_visible_to(cast.other_carrier_admin).count() == 0
    assert "submitted_application" in found


@pytest.mark.rule("4/APP-42")
def test_it_names_no_insured_in_a_message(cast: Cast, stage: Stage) -> None:
    messages = OutboundMessage.objects.all()

    assert messages.count() == 3
    assert not [m for m in messages if CANARY in m.text + m.subject + "".join(m.links)]


ADDRESS = re.compile(r'(?:href|src|action|hx-get|hx-post|data-[a-z-]*(?:url|href))="([^"]*)"')


def addresses_in(answer: HttpResponse) -> list[str]:
    """Every address that an answer leads to, as a browser would ask for it."""
    shown = ADDRESS.findall(readable(answer)) if "html" in answer.get("Content-Type", "") else []
    return [unquote(html.unescape(one)).lower() for one in (*shown, answer.get("Location", ""))]


@pytest.mark.promise("G16")
def test_it_puts_no_personal_data_in_an_address(cast: Cast, stage: Stage) -> None:
    browsers = [browser_of(cast.advisor), browser_of(cast.contract_administration)]
    addresses = []
    for browser in (*browsers, window_of_client(stage.draft)):
        for name, row in ROWS.items():
            if name in SHARED | STREAMS:
                continue
            address = reverse(name, kwargs=row.kwargs(stage))
            addresses += addresses_in(browser.get(address))
            if name in SEARCHED:
                addresses += addresses_in(browser.post(address, {"q": CANARY[:4]}))

    assert len(set(addresses)) > 40
    assert not [address for address in addresses if CANARY[:4].lower() in address]


def test_it_would_find_a_name_in_an_address() -> None:
    """Negative control: an address that holds one is found, however it is written."""
    for written in (f"?q={CANARY}", f"?a=1&amp;q={CANARY.upper()}", "?q=%5Ayxwvutsrq"):
        page = HttpResponse(f'<a href="/x{written}">x</a>')

        assert CANARY.lower() in addresses_in(page)[0]


@pytest.mark.promise("G3")
@pytest.mark.rule("4/PAY-02")
def test_it_shows_the_bank_numbers_in_full_to_the_carrier_alone(cast: Cast, stage: Stage) -> None:
    found = {}
    for name in ("contract_administration", "advisor", "mga", "firm_manager", "underwriter"):
        browser = browser_of(getattr(cast, name))
        page = reverse("submitted_application", args=[stage.submitted.application.pk])
        numbers = reverse("read_numbers", args=[stage.submitted.application.pk])
        found[name] = [BANK_ACCOUNT in readable(browser.get(page))]
        found[name].append(BANK_ACCOUNT in readable(browser.post(numbers)))

    assert found.pop("contract_administration") == [False, True]
    assert set(map(tuple, found.values())) == {(False, False)}


@pytest.mark.promise("G10")
@pytest.mark.rule("4/PAY-02")
def test_it_records_each_reading_of_the_full_numbers(cast: Cast, stage: Stage) -> None:
    application = stage.submitted.application
    readings = events_of(application).filter(kind="numbers_read")
    administration = browser_of(cast.contract_administration)
    administration.get(reverse("submitted_application", args=[application.pk]))
    before = readings.count()

    for person in ("contract_administration", "contract_administration", "mga", "underwriter"):
        browser_of(getattr(cast, person)).post(reverse("read_numbers", args=[application.pk]))

    assert before == 0
    assert [(one.actor, one.facts["number"]) for one in readings] == [
        (cast.contract_administration, application.number)
    ] * 2
    assert not [one for one in readings if BANK_ACCOUNT in str(one.facts)]
    page = administration.get(reverse("submitted_application", args=[application.pk]))
    assert readable(page).count("Numéros masqués lus en entier") == 2
