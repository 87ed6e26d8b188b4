"""Where an installation has two roles, the one that works cannot touch what was recorded (G10)."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.queries import untold_documents
from avenant.history.actions.anchor import anchor_heads
from avenant.history.chain import check_history
from avenant.history.roles import PROTECTED, let_work, unprotected_tables
from avenant.ops import postgres
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G10")

ROLE = "avenant_test_worker"


@pytest.fixture(scope="module", autouse=True)
def role() -> None:
    """A role that owns nothing, and into which the owner can change."""
    with psycopg.connect(postgres.superuser_url("postgres"), autocommit=True) as superuser:
        name, owner = sql.Identifier(ROLE), sql.Identifier("avenant")
        if not superuser.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            superuser.execute(sql.SQL("CREATE ROLE {}").format(name))
        superuser.execute(sql.SQL("GRANT {} TO {}").format(name, owner))


@contextmanager
def working_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


ATTACKS = [
    "ALTER TABLE history_event DISABLE TRIGGER USER",
    "ALTER TABLE history_chain DISABLE TRIGGER USER",
    "DROP TRIGGER history_event_append_only ON history_event",
    "TRUNCATE history_anchor",
    "DELETE FROM history_anchor",
    "DELETE FROM history_chain",
    "UPDATE history_event SET kind = 'nothing'",
    "CREATE OR REPLACE FUNCTION history_refuse_change() RETURNS trigger LANGUAGE plpgsql"
    " AS $$BEGIN RETURN NEW; END$$",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_refuses_the_working_role_all_but_adding(cast: Cast, attack: str) -> None:
    ApplicationStory(cast.advisor).open()
    let_work(ROLE)

    with (
        working_as(ROLE),
        pytest.raises(DatabaseError, match="permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)


def test_the_owner_could_do_all_of_it(cast: Cast) -> None:
    """Negative control: the same acts, of the role that owns the tables."""
    assert unprotected_tables() == sorted(PROTECTED)
    with transaction.atomic(), connection.cursor() as cursor:
        for attack in ATTACKS[:3]:
            cursor.execute(attack)
        transaction.set_rollback(True)


def test_the_working_role_works(cast: Cast) -> None:
    let_work(ROLE)

    with working_as(ROLE):
        ApplicationStory(cast.advisor).until_signed()
        anchor_heads(cast.advisor.created_at.date())
        found = unprotected_tables(), list(check_history()), list(untold_documents())

    assert found == ([], [], [])


def test_it_says_whether_the_role_is_in_reach_of_the_history(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exposed:
        call_command("protect_history")
    call_command("protect_history", "--from", ROLE)
    with working_as(ROLE):
        call_command("protect_history")

    assert exposed.value.code == 1
    assert "history_event" in capsys.readouterr().out


def test_it_names_a_role_that_is_not_there(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, transaction.atomic():
        call_command("protect_history", "--from", "nobody-of-that-name")

    assert end.value.code == 2
    assert "does not exist" in capsys.readouterr().err
