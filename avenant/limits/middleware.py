"""Counts what strangers send before a view, or even the form's fields, are looked at."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from avenant.http import throttled_address
from avenant.limits.actions.count_try import count_try
from avenant.limits.answers import refuse
from avenant.limits.doors import COUNTED, DOORS, REFUSED, Door
from avenant.limits.limit import LimitReachedError


class LimitMiddleware:
    """Answer 429, with when to come back, to whoever sent too much."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        door = DOORS.get(match.url_name or "") if match and request.method == "POST" else None
        if door is None:
            return None
        scope = getattr(request, "scope", {})
        if seconds := scope.get(REFUSED):
            return refuse(request, seconds)
        if COUNTED in scope:
            return None
        try:
            count_try(door.limit, _who(request, door))
        except LimitReachedError as error:
            return refuse(request, error.seconds)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """The same for guesses, which are counted where they are compared."""
        if isinstance(exception, LimitReachedError):
            return refuse(request, exception.seconds)
        return None


def _who(request: HttpRequest, door: Door) -> str:
    if door.by_account:
        return str(request.session.get(SESSION_KEY, "")) or throttled_address(request)
    return throttled_address(request)
