"""The guards of the record, one by one: each of these fails when its guard is taken out (G10)."""

import datetime as dt

import pytest
from django.conf import settings as present
from django.db import connection
from django.test.utils import CaptureQueriesContext

from avenant.accounts.models import User
from avenant.history.actions import anchor as anchoring
from avenant.history.actions import record as recording
from avenant.history.actions.anchor import anchor_heads
from avenant.history.actions.record import record
from avenant.history.chain import HistoryKeyError, check_history, event_hash, head_seal
from avenant.history.models import Anchor, Chain, Event
from avenant.history.queries import events_of
from tests.support.attacks import without_triggers
from tests.support.cast import Cast, person

pytestmark = pytest.mark.promise("G10")
DAY = dt.date(2026, 1, 1)


def told(user: User, count: int = 2) -> None:
    for number in range(count):
        record("thing_happened", user, by=user, facts={"number": number})


def test_it_finds_nothing_wrong_where_nothing_happened_yet(db: None) -> None:
    assert list(check_history()) == []
    Chain.objects.create(dossier="application:begun")
    assert list(check_history()) == []


def test_it_keeps_two_dossiers_apart_that_take_turns(cast: Cast) -> None:
    for _ in range(3):
        told(cast.advisor, 1)
        told(cast.mga, 1)

    assert list(check_history()) == []
    assert [chain.length for chain in Chain.objects.all()] == [3, 3]
    assert {event.actor for event in events_of(cast.mga)} == {cast.mga}
    assert [event.number for event in events_of(cast.mga)] == [3, 2, 1]


def test_it_names_the_heads_when_every_one_was_changed_and_the_events_hold(cast: Cast) -> None:
    told(cast.advisor)
    with without_triggers():
        Chain.objects.update(seal="0" * 64)

    assert [fault.partition(": ")[2] for fault in check_history()] == [
        "the head of the chain was changed"
    ]


def test_it_names_the_events_when_every_one_was_changed_and_the_heads_hold(cast: Cast) -> None:
    told(cast.advisor)
    with without_triggers():
        Event.objects.update(kind="another_thing")

    assert sorted(fault.partition(": ")[2] for fault in check_history()) == [
        "event 1 was changed", "event 2 was changed",
    ]  # fmt: skip


def test_it_says_that_the_key_is_another_although_old_events_need_none(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    told(cast.advisor, 1)
    with without_triggers():
        old = Event.objects.get()
        old.formula = 1
        Event.objects.filter(pk=old.pk).update(formula=1, hash=event_hash(old))
    settings.AVENANT_HISTORY_KEY = "x" * 64  # type: ignore[attr-defined]

    with pytest.raises(HistoryKeyError):
        list(check_history())


def test_it_reads_the_hashes_of_before_without_the_key(
    cast: Cast, settings: pytest.FixtureRequest
) -> None:
    told(cast.advisor, 1)
    event = Event.objects.get()
    by_formula = []
    for key in (present.AVENANT_HISTORY_KEY, "x" * 64):
        settings.AVENANT_HISTORY_KEY = key  # type: ignore[attr-defined]
        hashes = []
        for formula in (1, 2):
            event.formula = formula
            hashes.append(event_hash(event))
        by_formula.append(hashes)

    (old, keyed), (old_again, keyed_otherwise) = by_formula
    assert old == old_again
    assert keyed != keyed_otherwise
    assert Event().formula == 2


def test_it_names_a_chain_that_ends_with_an_event_written_without_the_key(cast: Cast) -> None:
    told(cast.advisor, 1)
    with without_triggers():
        last, chain = Event.objects.get(), Chain.objects.get()
        last.formula = 1
        chain.head_hash = event_hash(last)
        Event.objects.filter(pk=last.pk).update(formula=1, hash=chain.head_hash)
        Chain.objects.update(head_hash=chain.head_hash, seal=head_seal(chain))

    assert [fault.partition(": ")[2] for fault in check_history()] == [
        "the chain ends without the key"
    ]


def test_it_anchors_a_chain_that_nothing_was_written_to(cast: Cast) -> None:
    told(cast.advisor)
    Chain.objects.create(dossier="application:begun")

    anchor_heads(DAY)

    assert [fault for fault in check_history() if "anchored" in fault] == []


@pytest.mark.django_db(transaction=True)
def test_it_writes_an_event_with_the_head_of_its_chain_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    advisor = person("advisor", "advisor")  # type: ignore[arg-type]
    told(advisor)
    monkeypatch.setattr(recording, "head_seal", lambda _chain: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        told(advisor)

    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_it_keeps_an_anchor_with_its_event_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "append", lambda *_words, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        anchor_heads(DAY)

    assert not Anchor.objects.exists()


def test_it_holds_the_end_of_a_chain_that_it_begins(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        told(cast.advisor, 1)

    held = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    assert len(held) == 2  # once looked for, and once it is there
    assert all("history_chain" in one for one in held)
