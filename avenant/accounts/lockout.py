"""What somebody sees after too many wrong passwords; never whether the account exists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def respond(request: HttpRequest, _original: Any = None, _credentials: Any = None) -> HttpResponse:
    return render(request, "accounts/locked.html", status=429)
