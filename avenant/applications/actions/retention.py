"""A draft is kept 15 days after its last accepted change (4/APP-07, APP-08, settled 8)."""

from django.utils import timezone

from avenant.applications.models import Application
from avenant.clock import today
from avenant.rules import ask


def restart_retention(application: Application) -> None:
    """Count the days again from today; the caller saves the row."""
    day = today(application.carrier)
    answer = ask(
        "application.retention",
        application.carrier,
        saved_on=[day.isoformat()],
        as_of=day.isoformat(),
    )
    application.last_saved_on, application.last_saved_at = day, timezone.now()
    application.expires_on = answer.outcome.expires_on
