"""What happened to something, in words.

Each app tells of its own kinds of events in `events.py`, which is found by itself: `EVENTS` maps a kind
to how it is told, or to `UNTOLD` where nobody needs to read of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from avenant.history.models import Event
from avenant.history.queries import events_of
from avenant.pages.items import Event as Line

UNTOLD = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words; `detail` says which part of the subject it is about."""

    text: str | Promise
    tone: str = "neutral"
    detail: Callable[[Event, models.Model], str] = lambda _event, _subject: ""


@cache
def told_events() -> dict[str, Told | None]:
    """Every kind of event that an app of ours records."""
    found: dict[str, Told | None] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.events"
        if app.name.startswith("avenant.") and find_spec(name):
            found |= import_module(name).EVENTS
    return found


def timeline_of(subject: models.Model) -> list[Line]:
    """The events of a dossier that are told, newest first."""
    return [
        Line(
            at=event.at,
            text=str(told.text),
            who=event.actor.name if event.actor else _who(event.actor_kind),
            detail=told.detail(event, subject),
            tone=told.tone,
        )
        for event in events_of(subject)
        if (told := told_events().get(event.kind)) is not None
    ]


def _who(actor_kind: str) -> str:
    return {"client": _("le client"), "system": _("le système")}.get(actor_kind, "")
