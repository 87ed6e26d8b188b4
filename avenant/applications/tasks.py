"""What is done to the applications each hour."""

from procrastinate.contrib.django import app

from avenant.applications.actions import purge_drafts as actions
from avenant.carriers.packs import pack_names


@app.periodic(cron="15 * * * *")
@app.task(name="applications.purge_drafts", queueing_lock="applications.purge_drafts")
def purge_drafts(timestamp: int) -> None:
    for carrier in pack_names():
        actions.purge_drafts(carrier)
