"""Deny by default: a page is for signed-in people unless its view says otherwise."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

# What somebody may open who is signed in and has no second factor yet: what setting one up takes.
SETTING_UP = {"mfa_activate_totp", "account_reauthenticate"}


class IdleMiddleware:
    """Note now and then that somebody is still there, so that only an idle session ends.

    Writing it at each request would cost every click a transaction; a session may so end up to
    AVENANT_TOUCH_SECONDS before its time.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("touched", 0) >= settings.AVENANT_TOUCH_SECONDS:
                request.session["touched"] = now
        return self.get_response(request)


class DenyByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's own rule, for allauth's pages too, and a second factor before anything else."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is None and getattr(view_func, "login_required", True):
            return self._ask_second_factor(request)
        return answer

    def _ask_second_factor(self, request: HttpRequest) -> HttpResponseBase | None:
        """Staff set up a second factor before anything else, where the setting asks for one."""
        if not settings.AVENANT_STAFF_MFA or is_mfa_enabled(request.user):
            return None
        if request.resolver_match and request.resolver_match.url_name in SETTING_UP:
            return None
        return redirect("mfa_activate_totp")
