"""Which addresses are open to strangers, and which pages of libraries there are, read from the
addresses themselves: nothing opens by being forgotten."""

from collections.abc import Iterator
from inspect import getclosurevars
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_METHODS = "request_method_list"
# The pages of allauth and Django that we need. Those of our own modules are ours to look after.
LIBRARY_PAGES = frozenset(
    {
        "set_language",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)


def pages() -> Iterator[URLPattern]:
    """Every address of the site."""
    yield from _inside(get_resolver().url_patterns)


def library_pages() -> Iterator[str]:
    """The names of the addresses that a library's own view answers."""
    for page in pages():
        view = getattr(page.callback, "view_class", page.callback)
        if not view.__module__.startswith("avenant."):
            yield page.name or str(page.pattern)


def public_forms() -> Iterator[str]:
    """The names of the addresses to which somebody who is not signed in may POST."""
    for page in pages():
        is_public = not getattr(page.callback, "login_required", True)
        if is_public and "POST" in methods_of(page):
            yield page.name or str(page.pattern)


def methods_of(page: URLPattern) -> set[str]:
    """The methods that the view answers; GET and POST when it does not say."""
    view_class = getattr(page.callback, "view_class", None)
    if view_class is not None:
        return {name.upper() for name in view_class.http_method_names if hasattr(view_class, name)}
    view: Any = page.callback
    while view is not None:
        # Where Django's `require_http_methods` keeps them.
        if _METHODS in view.__code__.co_freevars:
            return set(getclosurevars(view).nonlocals[_METHODS])
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def _inside(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _inside(pattern.url_patterns)
        else:
            yield pattern
