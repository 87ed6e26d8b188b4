"""What somebody can do who has the application's own role in the database, and this source, but
not the keys of the installation.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection

from avenant.history import chain as chains
from avenant.history.models import Anchor, Chain, Event

TABLES = ("history_event", "history_anchor", "history_chain")


@contextmanager
def without_triggers() -> Iterator[None]:
    """The tables' owner switches off what refuses."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


def rewrite(dossier: str, *, without: int, formula: int = 2, knows_key: bool = False) -> None:
    """Remove one event, number the rest anew, hash, seal and anchor all again."""
    guess = mock.patch.object(chains.settings, "AVENANT_HISTORY_KEY", "a guess")
    with without_triggers():
        if knows_key:
            _rewrite(dossier, without, formula)
        else:
            with guess:
                _rewrite(dossier, without, formula)


def _rewrite(dossier: str, without: int, formula: int) -> None:
    Event.objects.filter(dossier=dossier, number=without).delete()
    number, previous = 0, chains.GENESIS
    for event in Event.objects.filter(dossier=dossier).order_by("number"):
        number += 1
        event.number, event.previous_hash, event.formula = number, previous, formula
        event.hash = previous = chains.event_hash(event)
        event.save()
    chain = Chain.objects.get(pk=dossier)
    chain.length, chain.head_hash = number, previous
    chain.seal = chains.head_seal(chain)
    chain.save()
    for anchor in Anchor.objects.all():
        if dossier in anchor.heads:
            anchor.heads[dossier] = {"length": number, "hash": previous}
            anchor.hash = chains.anchor_hash(anchor.heads)
            anchor.save()
