"""A tab that nobody looks at keeps no stream open: a browser has six connections for all of them (F8)."""

import pytest
from playwright.sync_api import Route

from tests.support.pages import Site

pytestmark = [pytest.mark.browser, pytest.mark.promise("G8")]


class Stream:
    """Counts the streams that were asked for; each stays open until its page closes it."""

    def __init__(self) -> None:
        self.held: list[Route] = []

    def __call__(self, route: Route) -> None:
        self.held.append(route)


def turn(site: Site, state: str) -> None:
    site.page.evaluate(
        "state => { Object.defineProperty(document, 'visibilityState',"
        " { value: state, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')) }",
        state,
    )


def opened(site: Site, base: str) -> tuple[Stream, list[str]]:
    ended: list[str] = []
    site.answers["/flux"] = stream = Stream()
    site.page.on("requestfailed", lambda request: ended.append(request.url))
    site.page.clock.install()
    site.show("<p>Page</p>", base=base, live_url="/flux")
    return stream, ended


def streams(site: Site, stream: Stream, count: int) -> None:
    """Wait until so many were asked for."""
    for _ in range(200):
        if len(stream.held) >= count:
            break
        site.page.wait_for_timeout(20)
    assert len(stream.held) == count


@pytest.mark.parametrize("base", ["base.html", "base_client.html"])
def test_a_hidden_page_of_the_advisor_gives_its_stream_back(site: Site, base: str) -> None:
    stream, ended = opened(site, base)
    streams(site, stream, 1)

    turn(site, "hidden")
    site.page.clock.run_for(11_000)

    is_client = base == "base_client.html"
    if not is_client:
        for _ in range(200):
            if ended:
                break
            site.page.wait_for_timeout(20)
    assert bool(ended) != is_client

    turn(site, "visible")
    streams(site, stream, 1 if is_client else 2)


def test_a_page_left_for_a_moment_keeps_its_stream(site: Site) -> None:
    stream, ended = opened(site, "base.html")
    streams(site, stream, 1)

    turn(site, "hidden")
    site.page.clock.run_for(5_000)
    turn(site, "visible")
    site.page.clock.run_for(20_000)

    assert ended == []
    assert len(stream.held) == 1
