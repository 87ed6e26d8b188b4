"""Each hour: forget what is over."""

from procrastinate.contrib.django import app

from avenant.accounts.actions.prune_sign_ins import prune_sign_ins
from avenant.jobs import prune_jobs
from avenant.live.actions.join_call import forget_old_tries


@app.periodic(cron="40 * * * *")
@app.task(name="accounts.prune", queueing_lock="accounts.prune")
def prune(timestamp: int) -> None:
    prune_sign_ins()
    forget_old_tries()
    prune_jobs()
