"""A person's browser over HTTP, without a page: for tests of what the server answers."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.urls import reverse

from avenant.demo.people import PASSWORD
from tests.support.patience import patient

ADVISOR = "conseillere@croixbleue.test"


@contextmanager
def sign_in(site: str, email: str = ADVISOR) -> Iterator[httpx.Client]:
    """The browser of one of the demo's people, signed in."""
    with httpx.Client(base_url=site, timeout=patient(30)) as browser:
        page = reverse("account_login")
        browser.get(page)
        answer = browser.post(page, data=token_of(browser) | {"login": email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        yield browser


def token_of(browser: httpx.Client) -> dict[str, str]:
    """The field that every form of the site carries."""
    return {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
