"""Write one line of history, in the transaction of what it tells."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.history.chain import dossier_of, event_hash, head_seal
from avenant.history.models import Chain, Event


class Actor:
    """Who acted when it is not a signed-in person."""

    CLIENT = "client"
    SYSTEM = "system"


def record(
    kind: str,
    subject: models.Model,
    *,
    by: User | str,
    facts: dict[str, Any] | None = None,
    because: Sequence[Any] = (),
) -> Event:
    """Append an event to the chain of `subject`.

    `facts` are ids, states and hashes, never names, answers or addresses. `because` is what the
    decision answered. Raises nothing of its own; a failure undoes the change it tells of.
    """
    return append(dossier_of(subject), kind, by=by, facts=facts or {}, because=because)


@transaction.atomic(savepoint=False)  # what cannot be told is not done either
def append(
    dossier: str,
    kind: str,
    *,
    by: User | str = Actor.SYSTEM,
    facts: dict[str, Any],
    because: Sequence[Any] = (),
) -> Event:
    """Append an event to the chain of that name."""
    chain = Chain.objects.select_for_update().filter(pk=dossier).first()
    if chain is None:  # the first event: two at once make it together, and then take turns
        Chain.objects.bulk_create([Chain(dossier=dossier)], ignore_conflicts=True)
        chain = Chain.objects.select_for_update().get(pk=dossier)
    event = Event(
        dossier=dossier,
        number=chain.length + 1,
        kind=kind,
        at=timezone.now(),
        actor=by if isinstance(by, User) else None,
        actor_kind="user" if isinstance(by, User) else by,
        facts=facts,
        because=[_reason(item) for item in because],
        previous_hash=chain.head_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    chain.length, chain.head_hash = event.number, event.hash
    chain.seal = head_seal(chain)
    chain.save(update_fields=["length", "head_hash", "seal"])
    return event


def _reason(item: Any) -> dict[str, str]:
    return {"rule": item.rule, "source": item.source}
