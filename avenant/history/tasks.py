"""The daily anchor, and its copy where the installation keeps one."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.history.actions.anchor import anchor_heads
from avenant.history.anchor_file import anchors_now


@app.periodic(cron="5 0 * * *")
@app.task(name="history.anchor", queueing_lock="history.anchor")
def anchor(timestamp: int) -> None:
    day = timezone.now().date()
    anchor_heads(day)
    if settings.AVENANT_ANCHOR_FOLDER:
        file = Path(settings.AVENANT_ANCHOR_FOLDER) / f"avenant-anchors-{day}.json"
        if not file.exists():
            with file.open("x") as kept:
                kept.write(anchors_now())
