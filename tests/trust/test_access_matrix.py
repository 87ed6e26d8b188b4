"""Nobody sees another's file: every URL × every actor × GET and POST (G3)."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.cast import Cast
from tests.trust.matrix import ACTORS, ROWS, SIGN_IN
from tests.trust.stage import play


def url_names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The name of every address of the site; an unnamed one is named by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


@pytest.mark.promise("G3")
def test_it_has_a_row_for_every_address() -> None:
    names = set(url_names(get_resolver().url_patterns))

    assert names - ROWS.keys() == set(), "addresses without a row in tests/trust/matrix.py"
    assert ROWS.keys() - names == set(), "rows without an address"


@pytest.mark.promise("G3")
@pytest.mark.timeout(900)
def test_it_gives_each_actor_what_the_matrix_says(cast: Cast) -> None:
    stage, browsers = play(cast)
    faults = []

    for name, row in ROWS.items():
        url = reverse(name, kwargs=row.kwargs(stage))
        for actor in ACTORS:
            for method in ("get", "post"):
                got = _ask(browsers[actor], method, url, dict(row.data))
                expected = row.expected(method, actor)
                if got != expected:
                    faults.append(f"{method.upper():4} {name} as {actor}: {got}, not {expected}")

    assert not faults, "\n".join(faults)


@pytest.mark.promise("G3")
def test_it_finds_a_door_left_open(cast: Cast) -> None:
    """Negative control: without the visibility rule the same check fails."""
    from avenant.applications import queries, submitted_views
    from avenant.applications.models import Application

    stage, browsers = play(cast)
    url = reverse("submitted_application", args=[stage.submitted.application.pk])
    guarded = submitted_views.submitted_visible_to
    submitted_views.submitted_visible_to = lambda _user: Application.objects.all()

    try:
        got = _ask(browsers["other_advisor"], "get", url, {})
    finally:
        submitted_views.submitted_visible_to = guarded

    assert guarded is queries.submitted_visible_to
    assert got != ROWS["submitted_application"].expected("get", "other_advisor")


def _ask(client: Client, method: str, url: str, data: dict[str, str]) -> int | str:
    """One request, whose changes are undone; the browser keeps its cookies as they were."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code
