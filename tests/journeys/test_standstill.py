"""A database that stands still for a while (L11): what is typed waits, and the page says so calmly."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, expect

from avenant.accounts.models import User
from avenant.applications.content import answers_of
from avenant.applications.queries import section_url
from avenant.demo.dossiers import ApplicationStory
from tests.journeys.people import AdvisorWindow
from tests.support.programs import running

pytestmark = [pytest.mark.browser, pytest.mark.promise("G11"), pytest.mark.timeout(180)]


@pytest.mark.django_db(transaction=True)
def test_it_says_that_saving_waits_and_saves_when_the_database_goes_on(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, worker=False) as site:
        story = ApplicationStory(User.objects.get(email="conseillere@croixbleue.test")).open()
        window = AdvisorWindow.open(browser, site)
        window.sign_in("conseillere@croixbleue.test")
        window.goto(section_url(story.application, "insured"))
        mark = window.page.locator("[data-saved-mark]")
        beside = window.page.locator('[data-saved-for="city"]')

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE applications_answer IN ACCESS EXCLUSIVE MODE")
            window.page.locator('[name="city"]').fill("Laval")
            expect(mark).to_contain_text("attend le serveur")
            expect(beside).to_contain_text("attend le serveur")
            expect(window.page.locator('[name="city"]')).to_have_value("Laval")

        expect(mark).to_contain_text("Enregistré à")
        expect(beside).to_contain_text("Enregistré à")
        window.page.context.close()

    assert answers_of(story.application)["city"] == "Laval"
