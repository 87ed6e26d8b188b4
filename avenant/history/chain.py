"""How an event is hashed, how a head is sealed, and how a chain is checked.

Formulas are kept for ever, since what was recorded by one is checked by it:
1: SHA-256, which anybody who can write in the database can compute again.
2: HMAC-SHA-256 with `AVENANT_HISTORY_KEY`, which is not in the database.
Once a chain has an event of formula 2, none of formula 1 may follow.
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import models

from avenant.history.models import FORMULA, Anchor, Chain, Event

GENESIS = "0" * 64
ANCHORS = "anchors"  # the chain that tells of each day's anchor
ANCHORED = "heads_anchored"


class HistoryKeyError(Exception):
    """The key of this machine is not the one that wrote this history: nothing can be told."""


def dossier_of(subject: models.Model) -> str:
    """The name of the chain that `subject` belongs to, e.g. `application:4f…`."""
    return f"{subject._meta.model_name}:{subject.pk}"


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
    ).encode()


def keyed(purpose: str, value: Any) -> str:
    """HMAC-SHA-256 (hex) of a JSON value with the history's key, different for each purpose."""
    key = settings.AVENANT_HISTORY_KEY.encode()
    return hmac.digest(key, purpose.encode() + b"\0" + canonical(value), "sha256").hex()


def event_hash(event: Event) -> str:
    """The hash of everything the event says and of the hash before, by the formula of its time."""
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
    if event.formula == 1:
        return hashlib.sha256(canonical(content)).hexdigest()
    return keyed("event", content | {"formula": event.formula})


def head_seal(chain: Chain) -> str:
    """What says that the chain ends here: a shorter one cannot be passed off as whole."""
    return keyed("head", [chain.dossier, chain.length, chain.head_hash])


def anchor_hash(heads: dict[str, Any]) -> str:
    """SHA-256 of the heads of a day; the chain of anchors, which is keyed, has it."""
    return hashlib.sha256(canonical(heads)).hexdigest()


def faults_in(events: Iterable[Event], chains: Iterable[Chain]) -> Iterator[str]:
    """Name every place where a chain does not hold. `events` come ordered by dossier and number."""
    heads = {chain.dossier: chain for chain in chains}
    seen: dict[str, Event] = {}
    for event in events:
        yield from _faults_between(seen.get(event.dossier), event)
        seen[event.dossier] = event
    for dossier, last in seen.items():
        head = heads.pop(dossier, None)
        if head is None:
            yield f"{dossier}: the head of the chain is missing"
        else:
            yield from _faults_of_head(head, last)
    for dossier, head in heads.items():
        if head.length:
            yield f"{dossier}: all {head.length} events are missing"


def _faults_between(before: Event | None, event: Event) -> Iterator[str]:
    number, previous = (before.number, before.hash) if before else (0, GENESIS)
    if event.number != number + 1:
        yield f"{event.dossier}: event {number + 1} is missing before {event.number}"
    if event.previous_hash != previous:
        yield f"{event.dossier}: event {event.number} does not follow the one before"
    if before is not None and event.formula < before.formula:
        yield f"{event.dossier}: event {event.number} was written without the key"
    if not hmac.compare_digest(event.hash, event_hash(event)):
        yield f"{event.dossier}: event {event.number} was changed"


def _faults_of_head(head: Chain, last: Event) -> Iterator[str]:
    if (head.length, head.head_hash) != (last.number, last.hash):
        yield f"{head.dossier}: the chain ends at {last.number}, its head says {head.length}"
    if not hmac.compare_digest(head.seal, head_seal(head)):
        yield f"{head.dossier}: the head of the chain was changed"
    if last.formula < FORMULA:
        yield f"{head.dossier}: the chain ends without the key"


def check_history() -> Iterator[str]:
    """Every fault of every chain, and of the chains against the anchored heads of each day.

    Raises:
        HistoryKeyError: nothing at all bears this key.
    """
    check_key()
    events = Event.objects.order_by("dossier", "number").iterator(chunk_size=2000)
    yield from faults_in(events, Chain.objects.iterator())
    yield from _faults_of_anchors()


def check_key() -> None:
    """Whether this machine has the key that wrote the history: with another, all would seem forged.

    Raises:
        HistoryKeyError: there are chains, and neither a head nor an event bears this key.
    """
    chains = Chain.objects.filter(length__gt=0)
    events = Event.objects.filter(formula__gt=1)
    if (
        chains.exists()
        and not any(chain.seal == head_seal(chain) for chain in chains.iterator())
        and not any(event.hash == event_hash(event) for event in events.iterator())
    ):
        raise HistoryKeyError


def _faults_of_anchors() -> Iterator[str]:
    told = {
        event.facts["day"]: event.facts["hash"]
        for event in Event.objects.filter(dossier=ANCHORS).order_by("number")
    }
    held: set[tuple[str, str]] = set()  # heads that an earlier anchor had already
    for anchor in Anchor.objects.order_by("day").iterator(chunk_size=20):
        known = told.pop(anchor.day.isoformat(), None)
        if known is None:
            yield f"anchor of {anchor.day}: it was added"
        if anchor_hash(anchor.heads) != anchor.hash or known not in {None, anchor.hash}:
            yield f"anchor of {anchor.day}: it was changed"
        heads = {
            (dossier, head["hash"]) for dossier, head in anchor.heads.items() if head["length"]
        }
        yield from missing_heads(heads - held, f"anchored on {anchor.day}")
        held |= heads
    for day in told:
        yield f"anchor of {day}: it is missing"


def missing_heads(heads: Iterable[tuple[str, str]], when: str) -> Iterator[str]:
    """Each (dossier, hash of an event) that is no longer in its chain."""
    wanted = sorted(heads)
    for start in range(0, len(wanted), 5000):
        some = wanted[start : start + 5000]
        kept = set(
            Event.objects.filter(hash__in=[digest for _, digest in some]).values_list(
                "dossier", "hash"
            )
        )
        for dossier, digest in some:
            if (dossier, digest) not in kept:
                yield f"{dossier}: what was {when} is no longer there"
