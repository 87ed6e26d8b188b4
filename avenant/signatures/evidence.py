"""Whether a signature still says what was recorded when it was given.

The row holds what can be erased (names, places, addresses); the history holds its salted hashes,
which cannot be changed unseen. A row that was changed afterwards no longer fits them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from typing import Any

from avenant.applications.models import salted
from avenant.history.chain import dossier_of
from avenant.history.models import Event
from avenant.signatures.models import SignatureRequest, SignatureState, signed_hash, strokes
from avenant_rules import forms


class EvidenceError(Exception):
    """A signature was changed after it was given; nothing is made of it."""


# 2: all but the address' being the advisor's. 3: all.
EVIDENCE = 3
GIVEN = "signature_given"
BOUND = "signature_bound_anew"  # at an upgrade, to a salt of the application's own
# Before signatures were named in the history, the moments of row and event are compared.
NOTED_WITHIN = timedelta(minutes=1)


def evidence_hash(request: SignatureRequest, formula: int = EVIDENCE) -> str:
    """SHA-256 of everything that is kept of a signature given, by the formula of its time."""
    signed_at = request.signed_at
    kept: dict[str, object] = {
        "signed": signed_hash(request),
        "at": signed_at.astimezone(UTC).isoformat() if signed_at else "",
        "method": request.method,
        "notices": [request.notices_version, request.language],
        "drawing": hashlib.sha256(json.dumps(strokes(request)).encode()).hexdigest(),
        "typed_name": request.typed_name,
        "ip": request.ip or "",
        "user_agent": request.user_agent,
        "same_device": request.is_same_device,
    }
    if formula >= 3:
        kept["same_address"] = request.is_same_address
    return forms.content_hash(kept)


def facts_of(request: SignatureRequest) -> dict[str, object]:
    """What the history keeps of a signature given: ids and salted hashes."""
    salt = request.application.salt
    return {
        "signer": request.signer,
        "signature": request.pk,
        "salted_hash": salted(salt, signed_hash(request)),
        "evidence": salted(salt, evidence_hash(request)),
        "evidence_formula": EVIDENCE,
    }


def is_as_recorded(request: SignatureRequest) -> bool:
    """Whether the history has this very signature."""
    told = Event.objects.filter(
        dossier=dossier_of(request.application), kind__in=[GIVEN, BOUND]
    ).order_by("number")
    return is_told(request, told)


def is_told(request: SignatureRequest, told: Iterable[Event]) -> bool:
    """Whether these events have this very signature. The event says by which formula: a row that
    the history names is never judged by an earlier one, which bound less."""
    told = list(told)
    own = [event for event in told if event.facts.get("signature") == request.pk]
    if own:
        return _fits(request, own[-1].facts)
    return any(_fits_early(request, event) for event in told if "signature" not in event.facts)


def _fits(request: SignatureRequest, facts: dict[str, Any]) -> bool:
    salt = request.application.salt
    evidence = evidence_hash(request, facts.get("evidence_formula", 2))
    return (facts["signer"], facts["salted_hash"], facts["evidence"]) == (
        request.signer,
        salted(salt, signed_hash(request)),
        salted(salt, evidence),
    )


def _fits_early(request: SignatureRequest, event: Event) -> bool:
    """Before places were bound the history had the content, its signer, how and when; at first
    without a salt."""
    facts, signed_at = event.facts, request.signed_at
    hashes = {request.content_hash, salted(request.application.salt, request.content_hash)}
    return (
        request.formula == 1
        and signed_at is not None
        and abs(event.at - signed_at) <= NOTED_WITHIN
        and facts.get("signer") == request.signer
        and facts.get("method") == ("typed_name" if request.typed_name else "screen")
        and facts.get("same_device") == request.is_same_device
        and (facts.get("content_hash") or facts.get("salted_hash")) in hashes
    )


def check_signatures() -> Iterator[str]:
    """A line for each signature that is not as it was recorded."""
    signed = SignatureRequest.objects.filter(state=SignatureState.SIGNED)
    for request in signed.select_related("application").order_by("pk").iterator():
        if not is_as_recorded(request):
            yield f"signature {request.pk} of application {request.application_id}: it was changed"
