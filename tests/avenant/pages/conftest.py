"""The tests of the frame each have a window of their own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from avenant.pages import navigation
from avenant.pages.navigation import Place
from tests.support.pages import SITE, Site


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
def site(browser: Browser) -> Iterator[Site]:
    """A window on the pages; any script error or refusal of the content policy fails the test."""
    context = browser.new_context(
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
