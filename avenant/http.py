"""What every request and answer gets: a client address that cannot be forged, and no caching of
pages about people."""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from avenant_rules.plain_text import what_is_readable

# In the scope of a request whose body was too large to be kept; BodyLimitMiddleware answers then.
BODY_TOO_LARGE = "avenant.body_too_large"


class PageRequest(HttpRequest):
    """A request for a page: whether the page's script asks, and for what, is in `htmx`."""

    htmx: HtmxDetails


type Answer = HttpResponseBase | Awaitable[HttpResponseBase]


def client_address(request: HttpRequest, *_: Any) -> str:
    """The address of the browser.

    The leftmost X-Forwarded-For is whatever a client likes to write: we count from the right as
    many places as there are proxies of ours, and take the socket's address when there are none.
    """
    meta = request.META
    return address_behind(meta.get("REMOTE_ADDR") or "", meta.get("HTTP_X_FORWARDED_FOR", ""))


def address_behind(socket_address: str, forwarded_for: str) -> str:
    """The same, of what the socket and the header say."""
    nobody = "0.0.0.0"  # noqa: S104 - a value, not a bind
    hops = forwarded_for.rsplit(",", settings.AVENANT_PROXY_COUNT)
    position = len(hops) - settings.AVENANT_PROXY_COUNT
    # Without a proxy of ours there is no such place.
    claimed = hops[position].strip() if 0 <= position < len(hops) else ""
    return _valid(claimed) or _valid(socket_address) or nobody


def throttled_address(request: HttpRequest, *_: Any) -> str:
    """The address by which tries are counted, of the browser."""
    return counted_as(client_address(request))


def counted_as(address: str) -> str:
    """The address by which tries are counted: a line has one IPv4 address, but 2⁶⁴ of IPv6, whose
    first half is counted as one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def is_same_address(one: str | None, other: str | None) -> bool:
    """Whether two recorded addresses are of one line, as tries are counted; false without one."""
    return bool(one and other) and counted_as(str(one)) == counted_as(str(other))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser sent this from a page of another site, by what browsers say of it and no
    page can write. Programs say nothing of the kind."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return True
    told = [request.headers.get(name) for name in ("Origin", "Referer")]
    own = f"{request.scheme}://{request.get_host()}"
    return any(site != own and not site.startswith(f"{own}/") for site in told if site is not None)


def user_agent(request: HttpRequest) -> str:
    """The browser's name for itself, shortened to what evidence keeps."""
    return what_is_readable(str(request.META.get("HTTP_USER_AGENT", "")), most=300)


def row_number(text: str) -> int:
    """The number of a row as a form sends it; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def reads_each_field[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a view that says itself which field of its form cannot be read."""
    view.reads_each_field = True  # type: ignore[attr-defined]
    return view


def _valid(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


class NoStoreMiddleware:
    """Pages about people are never kept by a browser or a proxy; assets are not concerned."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseBase):
            return self._mark(answer)
        return self._later(answer)

    async def _later(self, answer: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return self._mark(await answer)

    def _mark(self, response: HttpResponseBase) -> HttpResponseBase:
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class OneThreadMiddleware:
    """Keep the whole chain of middleware in the thread of the view.

    Django would run each middleware on the event loop and hand every one of its steps to a thread
    and back, some twenty times a request. The innermost that is not async makes all of them plain.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)
