"""Every component, in both languages and under every brand, is usable by everyone."""

import pytest

from avenant.carriers.packs import pack_names
from avenant.pages import views
from avenant.pages.design import PAGES
from tests.support.axe import assert_accessible, assert_reflows, violations
from tests.support.pages import Site, request_for

pytestmark = [pytest.mark.browser, pytest.mark.promise("G14")]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_has_nothing_that_axe_finds_wrong(site: Site, name: str, language: str) -> None:
    site.language = language

    site.open(f"/design/{name}")

    assert_accessible(site.page)


@pytest.mark.parametrize("brand", pack_names())
def test_stays_readable_in_the_colours_of_every_carrier(site: Site, brand: str) -> None:
    site.open(f"/design/components?marque={brand}")

    assert_accessible(site.page)


@pytest.mark.parametrize("name", PAGES)
def test_reflows_on_small_screens_and_at_400_percent(site: Site, name: str) -> None:
    site.open(f"/design/{name}")

    for width, height in [(768, 1024), (390, 844), (320, 568), (320, 256)]:
        site.page.set_viewport_size({"width": width, "height": height})
        assert_reflows(site.page)
    assert_accessible(site.page)


def test_open_dialogs_and_menus_are_usable_too(site: Site) -> None:
    site.open("/design/components")
    site.page.get_by_role("button", name="Fermer sans soumettre").click()
    assert_accessible(site.page)
    site.page.keyboard.press("Escape")

    site.page.get_by_text("Aide", exact=True).click()

    assert_accessible(site.page)


def test_the_check_itself_finds_what_is_wrong(site: Site) -> None:
    site.show('<img src="/static/img/mark.svg"><input name="x">')

    found = {rule["id"] for rule in violations(site.page)}

    assert {"image-alt", "label"} <= found


@pytest.mark.parametrize("status", ["bad_request", "forbidden", "not_found", "server_error"])
def test_error_pages_are_usable(site: Site, status: str) -> None:
    html = getattr(views, status)(request_for("/ailleurs")).content.decode()
    site.answers["/ailleurs"] = lambda route: route.fulfill(body=html, content_type="text/html")

    site.open("/ailleurs")

    assert_accessible(site.page)
