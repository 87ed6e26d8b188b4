"""What happened to something."""

from django.db import models

from avenant.history.chain import dossier_of
from avenant.history.models import Anchor, Event


def events_of(subject: models.Model) -> models.QuerySet[Event]:
    """The events of a dossier, newest first."""
    return (
        Event.objects.filter(dossier=dossier_of(subject))
        .select_related("actor")
        .order_by("-number")
    )


def what_is_known() -> str:
    """How far the verification reaches, for whoever ran it."""
    count, last = Event.objects.count(), Anchor.objects.order_by("day").last()
    anchored = f"last anchored on {last.day}" if last else "never anchored"
    return f"{count} events, {anchored}"
