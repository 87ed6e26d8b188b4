"""Answers that are given before any view is asked."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from avenant.http import BODY_TOO_LARGE
from avenant.pages.views import content_too_large


class BodyLimitMiddleware:
    """Say in the reader's language that what was sent is larger than anything we take."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if BODY_TOO_LARGE in getattr(request, "scope", {}):
            return content_too_large(request)
        return self.get_response(request)
