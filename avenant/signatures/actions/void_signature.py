"""Signatures fall when what they sign changes (4/SIG-16), or when the request is withdrawn."""

from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.history.actions.record import record
from avenant.signatures.models import SignatureRequest, SignatureState


def void_signatures(application: Application, *, reason: str, by: User | str) -> None:
    """Void every signature and request of the application; the old evidence is kept."""
    for request in application.signatures.exclude(state=SignatureState.VOID):
        void_request(request, reason=reason, by=by)


def void_request(request: SignatureRequest, *, reason: str, by: User | str) -> None:
    """Void one signature or request."""
    was = request.state
    request.state, request.voided_at = SignatureState.VOID, timezone.now()
    request.void_reason = reason
    request.save(update_fields=["state", "voided_at", "void_reason"])
    record(
        "signature_voided",
        request.application,
        by=by,
        facts={"signer": request.signer, "reason": reason, "was": was},
    )
