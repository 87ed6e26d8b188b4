"""Every page of the path is usable by everyone (G14): axe-core, French and English, 320 px."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import AdvisorWindow, ClientWindow, OfficeWindow
from tests.support.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.promise("G14"), pytest.mark.timeout(300)]
LANGUAGES = ("fr", "en")
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1440, "height": 900}


def assert_usable(page: Page) -> None:
    """No axe violation, and nothing that makes a narrow screen scroll sideways."""
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0, f"{page.url} is {overflow} px too wide at 320 px"
    assert_accessible(page)
    page.set_viewport_size(WIDE)


def in_both_languages(page: Page) -> Iterator[str]:
    """The page as it is, then in the other language."""
    for language in LANGUAGES:
        if page.locator("html").get_attribute("lang") != language:
            page.locator("[data-language-switch] button").first.click()
            page.locator(f"html[lang={language}]").wait_for(state="attached")
        yield language


def test_public_pages_are_usable(site: str, browser: Browser) -> None:
    window = OfficeWindow.open(browser, site, viewport=WIDE)
    for path in ("/connexion/", "/appel", "/verifier", "/mot-de-passe/oublie/", "/nulle-part"):
        window.goto(path)
        for _language in in_both_languages(window.page):
            assert_usable(window.page)


def test_the_advisors_pages_are_usable(site: str, browser: Browser) -> None:
    advisor = AdvisorWindow.open(browser, site, viewport=WIDE)
    client = ClientWindow.open(browser, site, viewport=WIDE)
    advisor.sign_in("conseiller2@croixbleue.test")
    assert_usable(advisor.page)
    code = advisor.launch()
    assert_usable(advisor.page)
    client.join(code)
    for _language in in_both_languages(client.page):
        assert_usable(client.page)
    advisor.button("PROGRAMME ASSOCIATION").click()
    advisor.answer("product", "association_and_plan_express")
    sections = advisor.page.locator("#section-menu a").evaluate_all("all => all.map(a => a.href)")
    assert len(sections) == 12
    for address in sections:
        advisor.page.goto(address)
        for _language in in_both_languages(advisor.page):
            assert_usable(advisor.page)
    for path in ("/propositions/", "/transmises/"):
        advisor.goto(path)
        assert_usable(advisor.page)


def test_the_other_roles_first_pages_are_usable(site: str, browser: Browser) -> None:
    for person in ("mga", "administration", "reglements", "ententes"):
        window = OfficeWindow.open(browser, site, viewport=WIDE)
        window.sign_in(f"{person}@croixbleue.test")
        assert_usable(window.page)
        window.page.context.close()


@pytest.mark.rule("4/AUT-08")
def test_it_changes_language_without_losing_what_was_typed(site: str, browser: Browser) -> None:
    window = OfficeWindow.open(browser, site)
    window.goto("/connexion/")
    window.page.get_by_label("Identifiant").fill("quelqu.un@exemple.test")

    list(in_both_languages(window.page))

    expect(window.page.get_by_label("User name")).to_have_value("quelqu.un@exemple.test")
