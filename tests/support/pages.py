"""Pages in a real browser without a server: the answers are made here, so that each failure of a
network can be played exactly."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation
from playwright.sync_api import Page, Route

SITE = "http://avenant.test"


def person(**facts: Any) -> Any:
    """Someone signed in, as the frame sees them."""
    return SimpleNamespace(
        **{
            "is_authenticated": True,
            "is_active": True,
            "is_staff": True,
            "name": "Luc Gagnon",
            "carrier": "croix_bleue",
            "role": "advisor",
            "get_role_display": lambda: "conseiller",
        }
        | facts
    )


def request_for(path: str, user: Any = None, method: str = "get", **data: Any) -> HttpRequest:
    request = getattr(RequestFactory(), method)(path, **data)
    request.user = user or person()
    request.session = {}
    request._messages = []
    return request


def answer_to(request: HttpRequest, language: str = "fr") -> HttpResponse:
    """The view's answer, with the headers of the site's content policy."""
    match = resolve(request.path_info)
    zone = timezone.get_current_timezone()
    with translation.override(language), timezone.override(zone):  # a view may choose another
        request.LANGUAGE_CODE = language
        policy = ContentSecurityPolicyMiddleware(
            lambda asked: match.func(asked, *match.args, **match.kwargs)
        )
        response = policy(request)
    assert isinstance(response, HttpResponse)
    return response


@dataclass
class Site:
    """What the browser of a test reaches: the pages of the frame, and those a test makes up."""

    page: Page
    language: str = "fr"
    user: Any = None
    answers: dict[str, Callable[[Route], None]] = field(default_factory=dict)

    def show(self, body: str, base: str = "base_client.html", **context: Any) -> None:
        """Open a page made of this template text, in the frame of one of the bases."""
        text = (
            f"{{% extends '{base}' %}}{{% load ui %}}{{% block title %}}Essai{{% endblock %}}"
            f"{{% block heading %}}Essai{{% endblock %}}{{% block live_url %}}{{{{ live_url }}}}"
            f"{{% endblock %}}{{% block content %}}{body}{{% endblock %}}"
        )
        request = request_for("/essai", self.user)
        with translation.override(self.language):
            html = engines["django"].from_string(text).render(context, request)
        self.answers["/essai"] = lambda route: route.fulfill(
            body=html, content_type="text/html; charset=utf-8", headers=policy_headers()
        )
        self.page.goto(f"{SITE}/essai")

    def open(self, path: str) -> None:
        self.page.goto(SITE + path)

    def handle(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).split("#")[0]
        bare = path.split("?")[0]
        if bare in self.answers:
            self.answers[bare](route)
        elif bare.startswith(settings.STATIC_URL):
            found = finders.find(bare.removeprefix(settings.STATIC_URL))
            if not found:
                route.fulfill(status=404, body="")
                return
            kind = mimetypes.guess_type(str(found))[0] or "application/octet-stream"
            route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
        else:
            response = answer_to(request_for(path, self.user), self.language)
            route.fulfill(
                status=response.status_code,
                body=response.content,
                headers={name.lower(): value for name, value in response.items()},
            )


def policy_headers() -> dict[str, str]:
    response = ContentSecurityPolicyMiddleware(lambda _: HttpResponse())(request_for("/"))
    return {"content-security-policy": response["Content-Security-Policy"]}
