"""Jobs: work enqueued in the transaction of the change and run after its commit.

An action defers a task by its name, so that actions never import tasks. The queue is a means,
not the memory: `sweep` re-creates from business rows whatever should have been done.
"""

import contextlib
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from procrastinate import App, RetryDecision, RetryStrategy
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

MOST_ATTEMPTS = 170
LONGEST_WAIT_SECONDS = 600


class Patient(RetryStrategy):
    """Try a failed step again soon, then ever more rarely, at least every ten minutes, for about
    a day: a dependency that comes back is noticed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= MOST_ATTEMPTS:
            return None
        seconds = min(2 ** min(job.attempts + 1, 10), LONGEST_WAIT_SECONDS)
        return RetryDecision(retry_in={"seconds": seconds})


RETRY = Patient()


def defer(
    task_name: str, *, lock: str | None = None, once: str | None = None, **facts: Any
) -> None:
    """Enqueue `task_name` in the current transaction.

    `lock`: two jobs with the same lock never run together.
    `once`: at most one waiting job with this key; a second call is a no-op.
    """
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        # The savepoint keeps the caller's transaction alive when the key is already waiting.
        _enqueuer().configure_task(task_name, lock=lock, queueing_lock=once).defer(**facts)


def under_way() -> set[str]:
    """The keys (`once`) of the jobs being done now, by workers that were heard of lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queueing_lock FROM procrastinate_jobs AS job"
            " JOIN procrastinate_workers AS worker ON worker.id = job.worker_id"
            " WHERE job.status = 'doing' AND job.queueing_lock IS NOT NULL"
            " AND worker.last_heartbeat > now() - make_interval(secs => %s)",
            [settings.AVENANT_WORKER_SILENCE_SECONDS],
        )
        return {key for (key,) in cursor.fetchall()}


def prune_jobs() -> None:
    """Delete the jobs that will never run again: those that failed for good a month ago, and those a
    dead worker held; what was to be done is in the business rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs AS job WHERE"
            " (job.status IN ('failed', 'cancelled', 'aborted') AND NOT EXISTS ("
            "   SELECT FROM procrastinate_events WHERE job_id = job.id"
            "   AND at > now() - interval '30 days'))"
            " OR (job.status = 'doing' AND NOT EXISTS ("
            "   SELECT FROM procrastinate_workers AS worker WHERE worker.id = job.worker_id"
            "   AND worker.last_heartbeat > now() - interval '1 day')"
            "   AND NOT EXISTS ("
            "   SELECT FROM procrastinate_events WHERE job_id = job.id"
            "   AND at > now() - interval '1 day'))"
        )


@cache
def _enqueuer() -> App:
    """The app on Django's own connection, in the worker too.

    Inside the worker the current app has a connection of its own: a job it enqueued would be
    taken before the caller's transaction commits, and find nothing to do.
    """
    return App(connector=DjangoConnector())  # it knows tasks by name alone


def on_app_ready(_app: App) -> None:
    """Hook named in the settings; the tasks are found by their modules."""
