"""One browser for the tests of the frame; each test has a window of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from avenant.pages import navigation
from avenant.pages.navigation import Place
from tests.support.pages import SITE, Site

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """The places of the frame, without asking the apps (and the database) for theirs."""
    found = [
        Place("Accueil", "/", "home", order=0),
        Place("Mes propositions", "/design/application", "folder", count=3, attention=True),
        Place("Décisions", "/decisions", "scale", order=60),
    ]
    monkeypatch.setattr(navigation, "_providers", lambda: [lambda _request: found])
    return found


@pytest.fixture
def site(chromium: Browser) -> Iterator[Site]:
    """A window on the pages; any script error or refusal of the content policy fails the test."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-write"]
    )
    context.set_default_timeout(5000)
    page = context.new_page()
    faults: list[str] = []

    def heard(line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            faults.append(line.text)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", heard)
    site = Site(page)
    context.route(f"{SITE}/**", site.handle)
    yield site
    context.close()
    assert not faults
