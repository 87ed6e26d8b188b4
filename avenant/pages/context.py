"""What the frame of every page needs, looked up only when the page shows it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from avenant.pages.brand import brand_of
from avenant.pages.navigation import places_for
from avenant.pages.words import script_words


def page_address(request: HttpRequest) -> str:
    """Where what is shown can be opened again: here, or, when a form was answered in place, on the page
    that the form stands on (the form's own address may take nothing but the form)."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return "/"
    return came_from._replace(scheme="", netloc="", fragment="").geturl()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Names that `base.html` and its sisters read."""
    search = getattr(settings, "AVENANT_SEARCH_URL_NAME", "")
    return {
        "address": page_address(request),
        "brand": SimpleLazyObject(lambda: brand_of(request)),
        "places": SimpleLazyObject(lambda: places_for(request)),
        "search_url": reverse(search) if search else "",
        "is_demo": settings.AVENANT_DEMO,
        "version": settings.AVENANT_VERSION,
        "script_words": script_words,
    }
