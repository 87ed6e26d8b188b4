"""The lists of applications: searched, sorted, paged and exported, with no name in an address."""

import io
import re
import zipfile
from dataclasses import dataclass
from importlib import import_module

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from avenant.applications import lists
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.exports import CONTENT_TYPE
from avenant.applications.models import Application
from avenant.demo.dossiers import ApplicationStory
from avenant_rules.folding import search_key
from tests.support.cast import Cast, browser_of

pytestmark = pytest.mark.django_db
NAMES = ["Éloïse Gagnon", "Bruno Gagné", "Zoé Ouellette"]


@dataclass
class Desk:
    """Somebody's list."""

    browser: Client
    address: str

    def ask(self, **fields: str) -> HttpResponse:
        answer: HttpResponse = self.browser.post(self.address, fields)
        return answer

    def names(self, **fields: str) -> list[str]:
        page = self.ask(**fields).content.decode()
        return [name for name in re.findall("|".join(NAMES), page) if name]


@pytest.fixture
def drafts(cast: Cast) -> Desk:
    for name in NAMES:
        story = ApplicationStory(cast.advisor).open()
        story.close()
        Application.objects.filter(pk=story.application.pk).update(
            insured_name=name, insured_key=search_key(name)
        )
    return Desk(browser_of(cast.advisor), reverse("drafts"))


@pytest.fixture
def submitted(drafts: Desk, cast: Cast) -> Desk:
    Application.objects.update(state="submitted")
    return Desk(browser_of(cast.contract_administration), reverse("submitted_applications"))


@pytest.mark.parametrize("desk", ["drafts", "submitted"])
def test_it_finds_by_a_part_of_the_name_whatever_its_accents(
    desk: str, request: pytest.FixtureRequest
) -> None:
    page: Desk = request.getfixturevalue(desk)

    assert sorted(page.names(q="gagn", sort="name")) == ["Bruno Gagné", "Éloïse Gagnon"]
    assert page.names(q="ELOISE") == ["Éloïse Gagnon"]
    assert page.names(q="nobody") == []


def test_it_finds_a_name_as_people_type_it(cast: Cast) -> None:
    """The name is folded as it is saved, and what is typed in the same way."""
    story = ApplicationStory(cast.advisor).open()
    save_answers(
        story.application.pk, {"first_name": "Maëlle", "last_name": "O’Brien-Œuvrard"},
        by=cast.advisor,
    )  # fmt: skip
    desk = Desk(browser_of(cast.advisor), reverse("drafts"))

    for typed in (
        "o'brien",
        "OBRIEN".replace("B", " B"),
        "oeuvrard",
        "brien œuvrard",
        "maelle o",
        "oeuvrard MAËLLE",
    ):
        assert "Maëlle" in desk.ask(q=typed).content.decode(), typed
    assert "Maëlle" not in desk.ask(q="brienoeuvrard").content.decode()


def test_it_finds_the_names_that_were_saved_before_they_were_folded_so(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    Application.objects.filter(pk=story.application.pk).update(
        insured_name="Anne Œuvrard", insured_key="anne œuvrard"
    )

    import_module("avenant.applications.migrations.0008_search_keys").fold(apps, None)

    assert Application.objects.get(pk=story.application.pk).insured_key == "anne oeuvrard"


@pytest.mark.parametrize("desk", ["drafts", "submitted"])
def test_it_sorts_what_it_found(desk: str, request: pytest.FixtureRequest) -> None:
    page: Desk = request.getfixturevalue(desk)

    assert page.names(sort="name") == ["Bruno Gagné", "Éloïse Gagnon", "Zoé Ouellette"]


@pytest.mark.promise("G16")
@pytest.mark.parametrize("desk", ["drafts", "submitted"])
def test_it_reads_no_name_from_an_address(desk: str, request: pytest.FixtureRequest) -> None:
    page: Desk = request.getfixturevalue(desk)

    shown = page.browser.get(page.address, {"q": "Zoé"}).content.decode()

    assert all(name in shown for name in NAMES)
    assert 'value="Zoé"' not in shown


@pytest.mark.promise("G16")
@pytest.mark.parametrize("desk", ["drafts", "submitted"])
def test_it_puts_no_name_that_is_searched_in_an_address(
    desk: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Desk = request.getfixturevalue(desk)
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)

    shown = page.ask(q="Gagn", sort="name").content.decode()

    addresses = re.findall(r'(?:href|action|hx-get|hx-post|formaction)="([^"]*)"', shown)
    assert page.address in addresses
    assert not [address for address in addresses if "gagn" in address.lower()]
    assert not [address for address in addresses if "q=" in address]


@pytest.mark.parametrize("desk", ["drafts", "submitted"])
def test_it_keeps_search_and_order_from_page_to_page(
    desk: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Desk = request.getfixturevalue(desk)
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)

    shown = page.ask(q="Gagn", sort="name").content.decode()

    assert re.search(
        r'name="q" value="Gagn">.*<button [^>]*name="page" value="2"', shown, re.DOTALL
    )
    assert page.names(q="Gagn", sort="name", page="1") == ["Bruno Gagné"]
    assert page.names(q="Gagn", sort="name", page="2") == ["Éloïse Gagnon"]


def test_it_exports_what_is_shown(submitted: Desk) -> None:
    shown = submitted.ask(q="Gagn", sort="name", state="submitted").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(q|sort|state)" value="([^"]*)">', shown))

    exported = submitted.ask(**fields, export="xlsx")

    assert fields == {"q": "Gagn", "sort": "name", "state": "submitted"}
    assert exported["Content-Type"] == CONTENT_TYPE
    with zipfile.ZipFile(io.BytesIO(exported.content)) as workbook:
        words = workbook.read("xl/sharedStrings.xml").decode()
    assert re.findall("|".join(NAMES), words) == ["Bruno Gagné", "Éloïse Gagnon"]


def test_it_still_exports_all_by_its_address(submitted: Desk) -> None:
    exported = submitted.browser.get(submitted.address, {"export": "xlsx", "sort": "name"})

    with zipfile.ZipFile(io.BytesIO(exported.content)) as workbook:
        words = workbook.read("xl/sharedStrings.xml").decode()
    assert all(name in words for name in NAMES)
