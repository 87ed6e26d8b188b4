"""The few places that a role works in, shown at the left of every office page.

Each app may have a module `places.py` with `places(request) -> list[Place]`; it is found by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Place:
    """A place of work: its count says what waits there, `attention` that it should not wait."""

    label: str
    url: str
    icon: str
    order: int = 50
    count: int | None = None
    attention: bool = False


@dataclass(frozen=True, slots=True)
class ShownPlace:
    place: Place
    is_active: bool


def places_for(request: HttpRequest) -> list[ShownPlace]:
    """The places of the signed-in person, in order; the one being visited is marked."""
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return []
    found = [place for provider in _providers() for place in provider(request)]
    found.sort(key=lambda place: (place.order, place.label))
    active = max(
        (place.url for place in found if _is_under(request.path, place.url)), key=len, default=""
    )
    return [ShownPlace(place, place.url == active) for place in found]


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))


@cache
def _providers() -> tuple[Callable[[HttpRequest], list[Place]], ...]:
    names = [f"{config.name}.places" for config in apps.get_app_configs()]
    return tuple(
        import_module(name).places
        for name in names
        if name.startswith("avenant.") and find_spec(name)
    )
