"""What happened to something."""

from django.db import models

from avenant.history.chain import dossier_of
from avenant.history.models import Event


def events_of(subject: models.Model) -> models.QuerySet[Event]:
    """The events of a dossier, newest first."""
    return (
        Event.objects.filter(dossier=dossier_of(subject))
        .select_related("actor")
        .order_by("-number")
    )
