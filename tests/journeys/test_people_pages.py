"""The administration of accounts in a browser: enrolling, the invitation, closing an account."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PASSWORD, OfficeWindow
from tests.journeys.test_pages import WIDE, assert_usable, in_both_languages
from tests.support.patience import patient

pytestmark = [pytest.mark.browser, pytest.mark.promise("G14"), pytest.mark.timeout(300)]
NEW = "nora@exemple.test"


@pytest.mark.rule("4/AUT-01")
def test_an_administrator_enrols_somebody_and_closes_the_account(
    site: str, browser: Browser
) -> None:
    admin = OfficeWindow.open(browser, site, viewport=WIDE)
    guest = OfficeWindow.open(browser, site, viewport=WIDE)

    admin.sign_in("admin@avenant.test")
    for _language in in_both_languages(admin.page):
        assert_usable(admin.page)
    admin.page.get_by_role("link", name="Enrol somebody").click()
    for _language in in_both_languages(admin.page):
        assert_usable(admin.page)
    admin.button("Open the account").click()
    assert_usable(admin.page)  # with what is missing, said
    for name, text in {"email": NEW, "name": "Nora", "firm": "Cabinet Neuf"}.items():
        admin.page.locator(f"#id_{name}").fill(text)
    admin.page.locator("#id_carrier").select_option("croix_bleue")
    admin.button("Open the account").click()
    expect(admin.page.get_by_role("heading", name="Nora", level=1)).to_be_visible()
    for _language in in_both_languages(admin.page):
        assert_usable(admin.page)

    mails = httpx.get(f"{site}/demo/messages.json", timeout=patient(10)).json()
    (link,) = (mail["links"][0] for mail in mails if mail["to"] == NEW)
    guest.page.goto(link)
    for _language in in_both_languages(guest.page):
        assert_usable(guest.page)
    for name in ("password1", "password2"):
        guest.page.locator(f"#id_{name}").fill(PASSWORD)
    guest.button("Save this password").click()
    expect(guest.page.get_by_text("Your password is saved")).to_be_visible()
    guest.page.goto(link)
    assert_usable(guest.page)  # used already, said
    guest = OfficeWindow.open(browser, site, viewport=WIDE)
    guest.sign_in(NEW)

    admin.button("Close the account").click()
    expect(admin.page.get_by_role("dialog")).to_be_visible()
    assert_usable(admin.page)
    admin.page.get_by_role("dialog").get_by_role("button", name="Close the account").click()
    expect(admin.page.get_by_text("The account is closed")).to_be_visible()
    guest.goto("/")
    guest.page.wait_for_url("**/connexion/**")
