"""Answers that are given before any view is asked."""

import codecs
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import timezone

from avenant.http import BODY_TOO_LARGE
from avenant.pages.brand import brand_of
from avenant.pages.views import (
    content_too_large,
    takes_forms_alone,
    unreadable,
    unreadable_encoding,
)
from avenant_rules.plain_text import is_whole

ENCODINGS = {"utf-8", "ascii"}


class BodyLimitMiddleware:
    """Say in the reader's language that what was sent is larger than anything we take."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if BODY_TOO_LARGE in getattr(request, "scope", {}):
            return content_too_large(request)
        return self.get_response(request)


class ReadableMiddleware:
    """No view, and nothing behind it, ever meets text that no database and no page can hold.

    An address or a form with a NUL or half a character is answered here, in the reader's language. A
    view that names each bad field beside it (`reads_each_field`) is asked instead. Cookies and headers
    like that are nobody's choice: they are left out. Stands before the session, which looks its cookie
    up.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if not is_whole(value)]:
            del request.COOKIES[name]
        headers = [name for name in request.META if name.startswith("HTTP_")]
        for name in headers:
            if not is_whole(request.META[name]):
                del request.META[name]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not all(map(is_whole, _texts(kwargs.values()))):
            raise Http404
        if not _is_encoding_known(request):
            return unreadable_encoding(request)
        if getattr(view, "reads_each_field", False):
            return None
        if _is_form_whole(request):
            return None
        return unreadable(request)


class FormAddressMiddleware:
    """Answer in words where the address of a form is opened by itself: reloaded, or kept in a list."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or not _is_read(request):
            return response
        page = takes_forms_alone(request)
        page["Allow"] = response["Allow"]
        return page


class CarrierZoneMiddleware:
    """Every hour of an answer is that of the reader's carrier, in France as in Québec."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(brand_of(request).zone):
            return self.get_response(request)


def _is_read(request: HttpRequest) -> bool:
    """Whether a browser asks: programs want no page."""
    return "text/html" in request.headers.get("Accept", "")


def _is_form_whole(request: HttpRequest) -> bool:
    try:
        forms = [request.GET, request.POST]
    except UnreadablePostError:
        forms = [request.GET]  # the sender went away: whoever needs the rest will find it empty
    return all(
        all(map(is_whole, _said(form))) and all(map(_is_address, form.getlist("next")))
        for form in forms
    )


def _is_address(text: str) -> bool:
    """Whether libraries that go back to `text` afterwards can take it apart."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def _is_encoding_known(request: HttpRequest) -> bool:
    """Whether what is sent says to be UTF-8, as every page asks for.

    Other encodings make half characters out of plain letters, or are no encoding of text at all.
    """
    named = (request.content_params or {}).get("charset")
    try:
        return named is None or codecs.lookup(named).name in ENCODINGS
    except (LookupError, ValueError):
        return False


def _said(fields: QueryDict) -> Iterable[str]:
    for name, values in fields.lists():
        yield name
        yield from _texts(values)


def _texts(values: Iterable[Any]) -> Iterable[str]:
    return (value for value in values if isinstance(value, str))
