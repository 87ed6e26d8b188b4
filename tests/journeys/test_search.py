"""Searching a list as one types: the name stays out of the address and of the browser's history."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.demo.dossiers import ApplicationStory
from avenant_rules.folding import search_key
from tests.journeys.people import OfficeWindow
from tests.support.programs import running

pytestmark = [pytest.mark.browser, pytest.mark.promise("G16"), pytest.mark.timeout(180)]


@pytest.mark.django_db(transaction=True)
def test_it_searches_sorts_pages_and_exports_without_a_name_in_the_address(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, worker=False) as site:
        advisor = User.objects.get(email="conseillere@croixbleue.test")
        for number in range(30):
            story = ApplicationStory(advisor).open()
            story.close()
            name = f"Odette Gagnon {number:02}" if number else "Zoé Ouellette"
            Application.objects.filter(pk=story.application.pk).update(
                insured_name=name, insured_key=search_key(name), state="submitted"
            )
        window = OfficeWindow.open(browser, site)
        window.sign_in("administration@croixbleue.test")
        window.goto("/transmises/")
        page = window.page
        before = page.evaluate("history.length")
        field = page.get_by_role("searchbox")
        # Other journeys may have left theirs in the same installation.
        total = page.locator("#rows-count").inner_text().split()[0]

        field.press_sequentially("gagnon", delay=120)
        expect(page.locator("#rows-count")).to_have_text(f"29 sur {total}")
        expect(field).to_be_focused()
        expect(field).to_have_value("gagnon")
        expect(page.locator("#rows")).to_have_count(1)
        page.get_by_label("Trier par").select_option("name")
        expect(page.locator("tbody tr").first).to_contain_text("Odette Gagnon 01")
        page.get_by_role("button", name="Suivante").click()
        expect(page.locator("tbody tr")).to_have_count(4)
        expect(page.locator("tbody tr").first).to_contain_text("Odette Gagnon 26")
        for _ in range(2):
            with page.expect_download() as download:
                page.get_by_role("button", name="Exporter").click()
        address = page.url, page.evaluate("history.length")
        page.context.close()

    assert download.value.suggested_filename == "propositions.xlsx"
    assert address == (f"{site}/transmises/", before)
