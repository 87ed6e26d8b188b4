"""The guards of the outbox and of the queue, one by one: what is sent once, noted, erased, told and
tried again."""

import logging

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.jobs import RETRY, defer
from avenant.messaging.actions import queue_message as queueing
from avenant.messaging.actions import retry_message as retrying
from avenant.messaging.actions import send_message as sending
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.retry_message import retry_message
from avenant.messaging.actions.send_message import send_message
from avenant.messaging.models import OutboundMessage
from avenant.messaging.providers import OutboxOnly, ProviderError
from tests.support.cast import Cast
from tests.support.documents import jobs
from tests.trust.test_guards_acts import locked, transactions
from tests.trust.test_guards_documents import fail

pytestmark = [pytest.mark.promise("G4"), pytest.mark.promise("G11"), pytest.mark.django_db]


def queued(**facts: str) -> OutboundMessage:
    return queue_message(
        to="a@exemple.test", text="Bonjour", links=["/copie/x"], **{"kind": "k"} | facts
    )


def test_it_queues_one_message_for_one_act_and_one_job_for_it() -> None:
    first, again = queued(once_key="k:1"), queued(once_key="k:1")
    other, without = queued(once_key="k:2"), queued()

    assert first == again
    assert len({first, other, without, queued()}) == 4
    assert jobs(f"message:{first.pk}") == [("post", True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (4,)


def test_it_enqueues_nothing_more_for_a_message_that_was_sent() -> None:
    message = queued(once_key="k:1")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    queued(once_key="k:1")

    assert jobs(f"message:{message.pk}") == []


def test_it_queues_a_message_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "defer", fail)

    with pytest.raises(RuntimeError):
        queued()

    assert not OutboundMessage.objects.exists()


def test_it_has_the_database_refuse_a_second_message_of_one_act() -> None:
    queued(once_key="k:1")

    with pytest.raises(IntegrityError, match="once_key"), transaction.atomic():
        OutboundMessage.objects.create(to="a", text="a", kind="a", once_key="k:1")


def test_it_sends_one_message_once_under_its_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[OutboundMessage] = []
    monkeypatch.setattr(OutboxOnly, "send", lambda _self, message: given.append(message))
    message, other = queued(), queued()

    with CaptureQueriesContext(connection) as asked_of_database:
        send_message(message.pk)
    send_message(message.pk)
    send_message(0)

    message.refresh_from_db()
    other.refresh_from_db()
    assert given == [message]
    assert (message.state, message.last_error, other.state) == ("sent", "", "queued")
    assert message.sent_at is not None
    assert (message.text, message.links) == ("Bonjour", ["/copie/x"])
    assert locked(asked_of_database) == ["messaging_outboundmessage"]
    assert transactions(asked_of_database) == 1


def test_it_keeps_nothing_of_what_is_in_somebodys_mailbox(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AVENANT_MAIL_PROVIDER = "email"  # type: ignore[attr-defined]
    monkeypatch.setattr(EmailMessage, "send", lambda _mail: 1)
    message = queued()
    OutboundMessage.objects.update(last_error="KeyError")

    send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.text, message.links) == ("sent", "", [])
    assert message.last_error == ""


def refuse(monkeypatch: pytest.MonkeyPatch, *, is_permanent: bool) -> None:
    def send(_self: object, _message: OutboundMessage) -> None:
        raise ProviderError("recipient_refused", is_permanent=is_permanent)

    monkeypatch.setattr(OutboxOnly, "send", send)


def test_it_notes_what_is_not_taken_now_and_says_so(
    settings: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AVENANT_OPERATORS = ["exploitation@exemple.test"]  # type: ignore[attr-defined]
    refuse(monkeypatch, is_permanent=False)
    message = queued()

    with caplog.at_level(logging.WARNING), pytest.raises(ProviderError):
        send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("queued", "recipient_refused")
    assert (message.attempts, message.failed_at, message.sent_at) == (1, None, None)
    assert OutboundMessage.objects.count() == 1
    assert any("recipient_refused" in line for line in caplog.messages)


@pytest.mark.parametrize(("kind", "told"), [("k", 1), ("operators_notice", 0)])
def test_it_ends_what_is_never_taken_and_tells_the_operators_of_it(
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    told: int,
) -> None:
    settings.AVENANT_OPERATORS = ["exploitation@exemple.test"]  # type: ignore[attr-defined]
    refuse(monkeypatch, is_permanent=True)
    message = queued(kind=kind)

    with caplog.at_level(logging.ERROR):
        send_message(message.pk)

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", "recipient_refused")
    assert (message.failed_at is not None, message.sent_at) == (True, None)
    assert OutboundMessage.objects.exclude(pk=message.pk).count() == told
    assert any("stays so" in line for line in caplog.messages)


def test_it_notes_the_end_of_a_message_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refuse(monkeypatch, is_permanent=True)

    def tell(_subject: str) -> None:
        queue_message(to="b@exemple.test", text="b", kind="b")

    monkeypatch.setattr(sending, "tell_operators", tell)
    monkeypatch.setattr(OutboundMessage, "save", _once_only(OutboundMessage.save))
    message = queued()

    with pytest.raises(RuntimeError):
        send_message(message.pk)

    assert not OutboundMessage.objects.filter(kind="b").exists()


def _once_only(kept: object) -> object:
    """Rows are written when they are made and not again."""

    def save(self: OutboundMessage, *args: object, **facts: object) -> None:
        if self.pk:
            raise RuntimeError("on purpose")
        kept(self, *args, **facts)  # type: ignore[operator]

    return save


def test_it_has_a_failed_message_sent_again_now(cast: Cast) -> None:
    message = queued()
    OutboundMessage.objects.update(state="failed", failed_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    with CaptureQueriesContext(connection) as asked_of_database:
        retry_message(message, by=cast.platform_admin)

    message.refresh_from_db()
    assert (message.state, message.failed_at) == ("queued", None)
    assert locked(asked_of_database)[0] == "messaging_outboundmessage"
    assert transactions(asked_of_database) == 1
    assert Event.objects.filter(kind="message_retried").count() == 1
    assert jobs(f"message:{message.pk}") == [("post", True)]


def test_it_hastens_what_is_queued_and_records_nothing(cast: Cast) -> None:
    message = queued()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")

    retry_message(message, by=cast.platform_admin)

    assert jobs(f"message:{message.pk}") == [("post", True)]
    assert not Event.objects.filter(kind="message_retried").exists()


def test_it_sends_nothing_again_that_was_sent(cast: Cast) -> None:
    message = queued()
    send_message(message.pk)

    with pytest.raises(RuleError, match="nothing_stuck"):
        retry_message(message, by=cast.platform_admin)


def test_it_tries_a_message_again_whole_or_not_at_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queued()
    OutboundMessage.objects.update(state="failed", failed_at=timezone.now())
    monkeypatch.setattr(retrying, "defer", fail)

    with pytest.raises(RuntimeError):
        retry_message(message, by=cast.platform_admin)

    message.refresh_from_db()
    assert message.state == "failed"


LANES = {
    "documents.produce": "press",
    "documents.produce_patiently": "press_patient",
    "messaging.send_message": "post",
    "documents.sweep": "default",
}


@pytest.mark.parametrize(("name", "lane"), LANES.items())
def test_it_does_each_work_in_its_own_lane_and_tries_it_again(name: str, lane: str) -> None:
    """What a worker enqueues again by itself goes by what stands at the task."""
    assert app.tasks[name].queue == lane
    assert (app.tasks[name].retry_strategy is RETRY) == (lane != "default")
    defer(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name FROM procrastinate_jobs")
        assert cursor.fetchone() == (lane,)
