"""What migrations do with the history: they append to it in the models of their time."""

from typing import Any

from django.utils import timezone

from avenant.history.chain import GENESIS, event_hash, head_seal


def append_at_upgrade(models: Any, dossier: str, kind: str, facts: dict[str, Any]) -> None:
    """Append an event of the system to a chain; `models` is what the migration was given."""
    chains, events = models.get_model("history", "Chain"), models.get_model("history", "Event")
    chain = chains.objects.filter(pk=dossier).first()
    chain = chain or chains(dossier=dossier, length=0, head_hash=GENESIS)
    event = events(
        dossier=dossier,
        number=chain.length + 1,
        kind=kind,
        at=timezone.now(),
        actor=None,
        actor_kind="system",
        facts=facts,
        because=[],
        previous_hash=chain.head_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    chain.length, chain.head_hash = event.number, event.hash
    chain.seal = head_seal(chain)
    chain.save()
