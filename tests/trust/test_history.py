"""History can't be edited unseen (G10): refused by the database, named by the verification."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from avenant.accounts.models import User
from avenant.history.actions.anchor import anchor_heads
from avenant.history.actions.record import record
from avenant.history.chain import check_history
from avenant.history.models import Event
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G10")
DOSSIER = "user:{}"


@pytest.fixture
def chain(cast: Cast) -> User:
    """A dossier of five events."""
    for number in range(5):
        record("thing_happened", cast.advisor, by=cast.mga, facts={"number": number})
    return cast.advisor


@contextmanager
def as_superuser() -> Iterator[None]:
    """What somebody with the keys of the database can do: the triggers are off."""
    tables = ("history_event", "history_anchor", "history_chain")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_event SET kind = 'nothing'",
        "DELETE FROM history_event",
        "UPDATE history_event SET facts = '{}'::jsonb WHERE number = 3",
    ],
)
def test_it_refuses_to_change_or_remove_an_event(chain: User, statement: str) -> None:
    before = list(Event.objects.values_list("hash", flat=True))

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(Event.objects.values_list("hash", flat=True)) == before


def test_it_refuses_to_empty_the_table(chain: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_event ENABLE TRIGGER history_event_no_truncate")

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE history_event")

    assert Event.objects.count() == 5


def test_it_finds_no_fault_in_what_was_recorded(chain: User) -> None:
    assert list(check_history()) == []


ATTACKS = {
    "edit": "UPDATE history_event SET facts = '{\"number\": 9}'::jsonb WHERE number = 3",
    "edit the time": "UPDATE history_event SET at = at - interval '1 day' WHERE number = 3",
    "edit the actor": "UPDATE history_event SET actor_id = NULL WHERE number = 3",
    "delete": "DELETE FROM history_event WHERE number = 3",
    "cut the tail": "DELETE FROM history_event WHERE number >= 4",
    "reorder": (
        "UPDATE history_event SET number = CASE number WHEN 2 THEN 103 ELSE 102 END"
        " WHERE number IN (2, 3);"
        "UPDATE history_event SET number = number - 100 WHERE number > 100"
    ),
    "insert": (
        "INSERT INTO history_event (dossier, number, kind, at, actor_kind, formula, facts, because,"
        " previous_hash, hash) SELECT dossier, 6, kind, at, actor_kind, formula, facts, because,"
        " previous_hash, hash FROM history_event WHERE number = 5"
    ),
    "cut the tail and the head with it": (
        "DELETE FROM history_event WHERE number >= 4;"
        "UPDATE history_chain SET length = 3, head_hash ="
        " (SELECT hash FROM history_event WHERE number = 3) WHERE dossier <> 'anchors'"
    ),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_names_what_a_superuser_did(chain: User, attack: str) -> None:
    anchor_heads(dt.date(2026, 1, 1))
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute(attack)

    faults = list(check_history())

    assert faults
    assert all(DOSSIER.format(chain.pk) in fault for fault in faults)


def test_it_records_nothing_of_an_act_that_is_undone(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("thing_happened", cast.advisor, by=cast.mga)
        raise ZeroDivisionError

    assert Event.objects.count() == 0


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_it_verifies_ten_thousand_events_in_five_seconds(cast: Cast) -> None:
    for number in range(10_000):
        record("thing_happened", cast.advisor, by=cast.mga, facts={"number": number})

    started = time.perf_counter()
    faults = list(check_history())
    took = time.perf_counter() - started

    print(f"10,000 events verified in {took:.1f} s")  # noqa: T201 - the figure of the run
    assert faults == []
    assert took <= 5 * 3
