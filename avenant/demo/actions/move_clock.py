"""Move the demo's business clock, and run the nights that pass."""

import datetime as dt

from django.db import transaction

from avenant.applications.actions.purge_drafts import purge_drafts
from avenant.carriers.packs import pack_names
from avenant.demo.models import DemoClock


def move_clock(day: dt.date | None) -> None:
    """Set the business day of every carrier; None gives the real one back."""
    with transaction.atomic():
        DemoClock.objects.update_or_create(pk=1, defaults={"today": day})
    for carrier in pack_names():
        purge_drafts(carrier)
