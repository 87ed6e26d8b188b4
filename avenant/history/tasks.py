"""The daily anchor."""

from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.history.actions.anchor import anchor_heads


@app.periodic(cron="5 0 * * *")
@app.task(name="history.anchor", queueing_lock="history.anchor")
def anchor(timestamp: int) -> None:
    anchor_heads(timezone.now().date())
