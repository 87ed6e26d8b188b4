"""The carrier reads the numbers that everybody else sees masked (settled 11): each reading is in the
history, with who read which file."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.content import confirmed_snapshots
from avenant.applications.models import Application
from avenant.history.actions.record import record
from avenant_rules.forms.display import MASKED_TYPES


@transaction.atomic
def read_numbers(application: Application, *, by: User) -> list[tuple[str, str]]:
    """The social insurance and bank numbers in full, as the client confirmed them, each under its
    label; the reading is recorded, never the numbers."""
    found = [
        (item["label"], item["shown"])
        for snapshot in confirmed_snapshots(application)
        for item in snapshot.shown["items"]
        if item["kind"] == "question" and item["type"] in MASKED_TYPES and item["value"]
    ]
    facts = {"number": application.number, "count": len(found)}
    record("numbers_read", application, by=by, facts=facts)
    return found
