"""Whether a signature still says what was recorded when it was given.

The row holds what can be erased (names, places, addresses); the history holds its salted hashes,
which cannot be changed unseen. A row that was changed afterwards no longer fits them.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from avenant.history.chain import dossier_of
from avenant.history.models import Event
from avenant.signatures.models import SignatureRequest, SignatureState
from avenant_rules import forms


class EvidenceError(Exception):
    """A signature was changed after it was given; nothing is made of it."""


def evidence_hash(request: SignatureRequest) -> str:
    """SHA-256 of everything that is kept of a signature given."""
    signed_at = request.signed_at
    return forms.content_hash(
        {
            "signed": request.signed_hash,
            "at": signed_at.astimezone(UTC).isoformat() if signed_at else "",
            "method": request.method,
            "notices": [request.notices_version, request.language],
            "drawing": hashlib.sha256(json.dumps(request.strokes).encode()).hexdigest(),
            "typed_name": request.typed_name,
            "ip": request.ip or "",
            "user_agent": request.user_agent,
            "same_device": request.is_same_device,
        }
    )


def is_as_recorded(request: SignatureRequest) -> bool:
    """Whether the history has this very signature."""
    application = request.application
    facts: dict[str, object] = {
        "signer": request.signer,
        "salted_hash": application.salted(request.signed_hash),
    }
    if request.formula > 1:
        facts |= {
            "signature": request.pk,
            "evidence": application.salted(evidence_hash(request)),
        }
    return Event.objects.filter(
        dossier=dossier_of(application), kind="signature_given", facts__contains=facts
    ).exists()


def check_signatures() -> Iterator[str]:
    """A line for each signature that is not as it was recorded."""
    signed = SignatureRequest.objects.filter(state=SignatureState.SIGNED)
    for request in signed.select_related("application").order_by("pk").iterator():
        if not is_as_recorded(request):
            yield f"signature {request.pk} of application {request.application_id}: it was changed"
