"""What somebody sees after too many wrong passwords; never whether the account exists."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def respond(request: HttpRequest, _original: Any = None, _credentials: Any = None) -> HttpResponse:
    return render(request, "accounts/locked.html", status=429)


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Whose password is tried: the limiter counts by account and address together (4/AUT-19),
    so that one person's mistakes do not lock their whole office out."""
    typed = (credentials or {}).get("email") or (request.POST.get("login") if request else "")
    return str(typed or "").strip().lower()
