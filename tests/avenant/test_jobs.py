"""Jobs are enqueued inside the transaction of the change, wherever the change is made."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from avenant.jobs import defer


def _waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


@pytest.mark.promise("G4")
@pytest.mark.django_db(transaction=True)
def test_it_enqueues_nothing_when_the_change_is_rolled_back_in_the_worker() -> None:
    worker = app.connector.get_worker_connector()

    with pytest.raises(ZeroDivisionError), app.replace_connector(worker), transaction.atomic():
        defer("messaging.send_message", message_id=0)
        raise ZeroDivisionError

    assert _waiting_jobs() == 0


@pytest.mark.promise("G4")
@pytest.mark.django_db
def test_it_keeps_the_callers_transaction_alive_when_the_key_already_waits() -> None:
    defer("messaging.send_message", message_id=0, once="k")

    defer("messaging.send_message", message_id=0, once="k")

    assert _waiting_jobs() == 1
