"""How an event is hashed, and how a chain is checked."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from avenant.history.models import Anchor, Chain, Event

GENESIS = "0" * 64


def dossier_of(subject: models.Model) -> str:
    """The name of the chain that `subject` belongs to, e.g. `application:4f…`."""
    return f"{subject._meta.model_name}:{subject.pk}"


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
    ).encode()


def event_hash(event: Event) -> str:
    """SHA-256 over everything the event says and the hash of the one before."""
    content = {
        "dossier": event.dossier,
        "number": event.number,
        "kind": event.kind,
        "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "actor_kind": event.actor_kind,
        "facts": event.facts,
        "because": event.because,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def faults_in(events: Iterable[Event], chains: Iterable[Chain]) -> Iterator[str]:
    """Name every place where a chain does not hold. `events` come ordered by dossier and number."""
    heads = {chain.dossier: chain for chain in chains}
    seen: dict[str, tuple[int, str]] = {}
    for event in events:
        number, previous = seen.get(event.dossier, (0, GENESIS))
        if event.number != number + 1:
            yield f"{event.dossier}: event {number + 1} is missing before {event.number}"
        if event.previous_hash != previous:
            yield f"{event.dossier}: event {event.number} does not follow the one before"
        if event.hash != event_hash(event):
            yield f"{event.dossier}: event {event.number} was changed"
        seen[event.dossier] = (event.number, event.hash)
    for dossier, (number, last) in seen.items():
        head = heads.pop(dossier, None)
        if head is None:
            yield f"{dossier}: the head of the chain is missing"
        elif (head.length, head.head_hash) != (number, last):
            yield f"{dossier}: the chain ends at {number}, its head says {head.length}"
    for dossier, head in heads.items():
        if head.length:
            yield f"{dossier}: all {head.length} events are missing"


def check_history() -> Iterator[str]:
    """Every fault of every chain, and of the chains against the anchored heads of each day."""
    events = Event.objects.order_by("dossier", "number").iterator(chunk_size=2000)
    yield from faults_in(events, Chain.objects.iterator())
    for anchor in Anchor.objects.order_by("day"):
        if hashlib.sha256(canonical(anchor.heads)).hexdigest() != anchor.hash:
            yield f"anchor of {anchor.day}: it was changed"
        yield from _faults_against(anchor)


def _faults_against(anchor: Anchor) -> Iterator[str]:
    kept = dict(
        Event.objects.filter(
            hash__in=[head["hash"] for head in anchor.heads.values() if head["length"]]
        ).values_list("hash", "dossier")
    )
    for dossier, head in anchor.heads.items():
        if head["length"] and kept.get(head["hash"]) != dossier:
            yield f"{dossier}: what was anchored on {anchor.day} is no longer there"
