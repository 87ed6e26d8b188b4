"""What cannot be kept stays where it was typed, beside its message, and the message leaves with its
cause (D2, D3)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from avenant.accounts.models import User
from avenant.applications.queries import section_url
from avenant.demo.dossiers import ApplicationStory
from avenant.live.codes import shown_code
from tests.journeys.people import AdvisorWindow, ClientWindow
from tests.support.programs import running

pytestmark = [pytest.mark.browser, pytest.mark.promise("G14"), pytest.mark.timeout(180)]
WRONG = {
    "postal_code": ("XX", "G7H 2B2"),
    "mobile": ("123", "514 555-0199"),
    "sin": ("111 111 111", "046 454 286"),
    "birth_date": ("2020-01-01", "1984-03-07"),
}


@pytest.mark.django_db(transaction=True)
def test_it_keeps_what_was_typed_beside_its_message_until_it_is_right(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, worker=False) as site:
        story = ApplicationStory(User.objects.get(email="conseillere@croixbleue.test")).open()
        window = AdvisorWindow.open(browser, site)
        window.sign_in("conseillere@croixbleue.test")
        window.goto(section_url(story.application, "insured"))

        def field(path: str) -> Locator:
            return window.page.locator(f'[name="{path}"]')

        def message(path: str) -> Locator:
            return window.page.locator(f'[data-field="{path}"] .field-error')

        for path, (wrong, _right) in WRONG.items():
            field(path).fill(wrong)
            field(path).blur()
            expect(message(path)).not_to_be_empty()
        for path, (wrong, _right) in WRONG.items():  # those before are not disturbed by the next
            expect(field(path)).to_have_value(wrong)
            expect(field(path)).to_have_attribute("aria-invalid", "true")
            expect(message(path)).to_be_visible()

        for path, (_wrong, right) in WRONG.items():
            field(path).fill(right)
            field(path).blur()
            expect(message(path)).to_have_count(0)
            expect(field(path)).not_to_have_attribute("aria-invalid", "true")
            expect(field(path)).to_have_value(right)
        window.page.context.close()


@pytest.mark.django_db(transaction=True)
def test_it_says_that_the_client_is_missing_until_they_come(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, worker=False) as site:
        story = ApplicationStory(User.objects.get(email="conseillere@croixbleue.test")).open()
        story.fill()
        window = AdvisorWindow.open(browser, site)
        window.sign_in("conseillere@croixbleue.test")
        window.goto(section_url(story.application, "insured"))
        toasts = window.page.locator("#toasts")
        window.button("Envoyer au client").click()
        expect(toasts).to_contain_text("Aucun client n'est dans la séance")

        client = ClientWindow.open(browser, site)
        client.join(shown_code(story.call))

        expect(window.page.locator("#context")).to_contain_text("est dans la séance")
        expect(toasts).not_to_contain_text("Aucun client")
        for one in (window, client):
            one.page.context.close()


@pytest.mark.django_db(transaction=True)
def test_it_says_the_carriers_hour_wherever_the_browser_is(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path, worker=False) as site:
        story = ApplicationStory(User.objects.get(email="conseillere@croixbleue.test")).open()
        window = AdvisorWindow.open(browser, site, timezone_id="Asia/Kathmandu")
        window.sign_in("conseillere@croixbleue.test")
        window.goto(section_url(story.application, "insured"))
        window.page.locator('[name="city"]').fill("Laval")
        beside = window.page.locator('[data-saved-for="city"]')
        expect(beside).to_contain_text("Enregistré à")
        by_script = beside.inner_text()
        window.page.reload()
        by_server = window.page.locator("[data-saved-mark]").inner_text()
        window.page.context.close()

    minutes = [
        60 * int(hour) + int(minute)
        for hour, minute in (re.findall(r"\d+", one) for one in (by_script, by_server))
    ]
    assert abs(minutes[0] - minutes[1]) <= 1
