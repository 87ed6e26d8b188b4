"""Each hour: forget what is over."""

from procrastinate.contrib.django import app

from avenant.accounts.actions.prune_sign_ins import prune_sign_ins
from avenant.jobs import prune_jobs
from avenant.limits.actions.count_try import prune_tallies


@app.periodic(cron="40 * * * *")
@app.task(name="accounts.prune", queueing_lock="accounts.prune")
def prune(timestamp: int) -> None:
    prune_sign_ins()
    prune_tallies()
    prune_jobs()
