"""A purge deletes no file of the moment that a backup is of."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from avenant.applications.actions import purge_drafts as purge
from avenant.applications.models import Application
from avenant.clock import today
from avenant.demo.dossiers import ApplicationStory
from avenant.ops import postgres, snapshots
from avenant.ops.testing import with_database
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G9")


@pytest.fixture
def draft(cast: Cast) -> Application:
    """A draft whose days are over."""
    application = ApplicationStory(cast.advisor).open().application
    over = today(application.carrier) - dt.timedelta(days=1)
    Application.objects.filter(pk=application.pk).update(expires_on=over)
    return application


@contextmanager
def backup_under_way() -> Iterator[None]:
    database = str(connection.settings_dict["NAME"])
    with snapshots.taken(with_database(postgres.database_url(), database)):
        yield


def test_it_waits_for_the_backup_and_then_erases(draft: Application) -> None:
    with backup_under_way():
        meanwhile = purge.purge_drafts(draft.carrier)

    assert meanwhile == 0
    assert purge.purge_drafts(draft.carrier) == 1


def test_it_would_erase_under_the_backup_without_asking(
    draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control."""

    @contextmanager
    def unasked() -> Iterator[bool]:
        yield True

    monkeypatch.setattr(purge, "files_may_go", unasked)

    with backup_under_way():
        assert purge.purge_drafts(draft.carrier) == 1


def test_it_holds_a_backup_off_until_its_files_are_gone(draft: Application) -> None:
    database = str(connection.settings_dict["NAME"])
    with (
        purge.files_may_go() as may_go,
        psycopg.connect(with_database(postgres.database_url(), database)) as other,
    ):
        free = other.execute("SELECT pg_try_advisory_lock(%s)", [snapshots.FILES_LOCK]).fetchone()

    assert may_go
    assert free == (False,)
