"""Write one line of history, in the transaction of what it tells."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.history.chain import dossier_of, event_hash
from avenant.history.models import Chain, Event


class Actor:
    """Who acted when it is not a signed-in person."""

    CLIENT = "client"
    SYSTEM = "system"


@transaction.atomic
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
    dossier = dossier_of(subject)
    Chain.objects.bulk_create([Chain(dossier=dossier)], ignore_conflicts=True)
    chain = Chain.objects.select_for_update().get(pk=dossier)
    event = Event(
        dossier=dossier,
        number=chain.length + 1,
        kind=kind,
        at=timezone.now(),
        actor=by if isinstance(by, User) else None,
        actor_kind="user" if isinstance(by, User) else by,
        facts=facts or {},
        because=[_reason(item) for item in because],
        previous_hash=chain.head_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    chain.length, chain.head_hash = event.number, event.hash
    chain.save(update_fields=["length", "head_hash"])
    return event


def _reason(item: Any) -> dict[str, str]:
    return {"rule": item.rule, "source": item.source}
