"""Jobs: work enqueued in the transaction of the change and run after its commit.

An action defers a task by its name, so that actions never import tasks. The queue is a means,
not the memory: `sweep` re-creates from business rows whatever should have been done.
"""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from procrastinate import App, RetryDecision, RetryStrategy
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

# The lanes of the worker, each with slots of its own: what is stuck in one holds up none of the others.
QUEUES = {
    "documents.produce": "press",
    "documents.produce_patiently": "press_patient",
    "messaging.send_message": "post",
}
OTHERS = "default"

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
        task = _enqueuer().configure_task(
            task_name, lock=lock, queueing_lock=once, queue=queue_of(task_name)
        )
        task.defer(**facts)


def queue_of(task_name: str) -> str:
    """The lane of a task."""
    return QUEUES.get(task_name, OTHERS)


def hasten(once: str) -> None:
    """Have the waiting job with this key run now rather than when its next try is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL"
            " WHERE queueing_lock = %s AND status = 'todo'",
            [once],
        )


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


@dataclass(frozen=True, slots=True)
class StuckJob:
    """Background work of one kind that ended in an error, or whose worker died."""

    task: str
    since: datetime
    is_failed: bool


# What failed longer ago has long been tried again by its timetable, or is in the business rows.
_STUCK = (
    "SELECT job.id, job.task_name, job.status, coalesce(max(event.at), now()) AS since"
    " FROM procrastinate_jobs AS job"
    " LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id"
    " LEFT JOIN procrastinate_events AS event ON event.job_id = job.id"
    " WHERE (job.queueing_lock IS NULL OR job.queueing_lock !~ '^(document|message):')"
    " AND (job.status = 'failed' OR (job.status = 'doing' AND (worker.id IS NULL"
    "   OR worker.last_heartbeat < now() - make_interval(secs => %s))))"
    " GROUP BY job.id HAVING max(event.at) > now() - interval '1 day'"
)


def stuck_jobs() -> list[StuckJob]:
    """What failed or was left by a dead worker, each kind of task once with its latest moment.

    Documents and messages are not among them: they tell of themselves.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH stuck AS ({_STUCK})"  # noqa: S608 - constant
            " SELECT DISTINCT ON (task_name) task_name, since, status = 'failed'"
            " FROM stuck ORDER BY task_name, since DESC",
            [settings.AVENANT_WORKER_SILENCE_SECONDS],
        )
        return [StuckJob(*row) for row in cursor.fetchall()]


@transaction.atomic
def retry_task(task_name: str) -> bool:
    """Run the stuck work of this kind once more, now; whether there was any."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH stuck AS ({_STUCK})"  # noqa: S608 - constant
            " DELETE FROM procrastinate_jobs WHERE id IN"
            " (SELECT id FROM stuck WHERE task_name = %s) RETURNING id, args, queueing_lock",
            [settings.AVENANT_WORKER_SILENCE_SECONDS, task_name],
        )
        stuck = cursor.fetchall()
    if not stuck:
        return False
    _id, args, once = max(stuck)
    defer(task_name, once=once, **(json.loads(args) if isinstance(args, str) else args))
    return True


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
