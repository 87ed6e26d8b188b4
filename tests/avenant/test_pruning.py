"""What signing in and working leave behind is forgotten by itself, and not before it may be."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.accounts import tasks
from avenant.jobs import defer
from avenant.limits.actions.count_try import count_try
from avenant.limits.guesses import CALL_CODES
from avenant.limits.models import Tally
from tests.support.cast import Cast, browser_of

pytestmark = [pytest.mark.promise("G15"), pytest.mark.django_db]
WRONG = {"login": "somebody@exemple.test", "password": "Wrong-Horse-7!"}


def ago(**time: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(**time)


def test_it_runs_every_hour() -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons["accounts.prune"] == "40 * * * *"


def test_it_forgets_sessions_that_are_over_and_keeps_the_others(cast: Cast) -> None:
    for person in (cast.advisor, cast.mga):
        browser_of(person)
    over = Session.objects.first()
    Session.objects.filter(pk=over.pk).update(expire_date=ago(seconds=1))

    tasks.prune(0)

    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=over.pk).exists()


def test_it_forgets_wrong_passwords_of_before_yesterday() -> None:
    for number in (1, 2):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(reverse("account_login"), WRONG)
    AccessAttempt.objects.filter(ip_address="203.0.113.1").update(attempt_time=ago(hours=25))

    tasks.prune(0)

    assert list(AccessAttempt.objects.values_list("ip_address", flat=True)) == ["203.0.113.2"]


def test_it_forgets_tallies_that_no_longer_count() -> None:
    for address in ("203.0.113.1", "203.0.113.2"):
        count_try(CALL_CODES, address)
    Tally.objects.filter(pk=Tally.objects.first().pk).update(ends_at=ago(seconds=1))

    tasks.prune(0)

    assert Tally.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "age", "heard_of", "is_kept"),
    [
        ("todo", "60 days", None, True),
        ("failed", "29 days", None, True),
        ("failed", "31 days", None, False),
        ("doing", "2 days", "1 second", True),
        ("doing", "2 days", "2 days", False),
        ("doing", "2 days", None, False),
        ("doing", "1 hour", None, True),
    ],
)
def test_it_forgets_jobs_that_will_never_run_again(
    status: str, age: str, heard_of: str | None, is_kept: bool
) -> None:
    defer("messaging.send_message", message_id=0, once="k")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"
            " RETURNING id",
            [heard_of or "0"],
        )
        worker = cursor.fetchone()[0] if heard_of else None
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, worker_id = %s", [status, worker]
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - %s::interval", [age])

    tasks.prune(0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == int(is_kept)
