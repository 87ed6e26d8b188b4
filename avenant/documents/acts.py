"""The client's acts as the evidence pages tell them: when, from where, and from whose address."""

from django.utils.translation import gettext as _

from avenant.applications.content import current_illustration
from avenant.applications.models import Application, Attachment, Snapshot
from avenant.documents import payload
from avenant.live.models import Call
from avenant.signatures.models import SignatureRequest


def confirmations(
    application: Application, snapshots: list[Snapshot], signatures: list[SignatureRequest]
) -> list[payload.Confirmation]:
    """Every act of the client but the signature: joined, agreed to the illustration, confirmed."""
    calls = {request.call_id: request.call for request in signatures}
    joined = [_joined(call) for call in calls.values() if call.client_joined_at is not None]
    illustration = current_illustration(application)
    agreed = illustration is not None and illustration.agreed_at is not None
    return [
        *joined,
        *([_agreement(illustration)] if illustration is not None and agreed else []),
        *map(_confirmation, snapshots),
    ]


def _joined(call: Call) -> payload.Confirmation:
    assert call.client_joined_at is not None
    return payload.Confirmation(
        label=_("Entrée dans la séance, consentement %(version)s")
        % {"version": call.consent_version},
        agreed_at=call.client_joined_at,
        ip=call.client_ip or "",
        flags=flags(call),
    )


def _agreement(illustration: Attachment) -> payload.Confirmation:
    assert illustration.agreed_at is not None
    return payload.Confirmation(
        label=_("Soumission jointe, version %(version)s") % {"version": illustration.version},
        agreed_at=illustration.agreed_at,
        shown_at=illustration.opened_at,
        ip=illustration.ip or "",
        content_hash=illustration.file.sha256,
        flags=flags(illustration),
    )


def _confirmation(snapshot: Snapshot) -> payload.Confirmation:
    assert snapshot.answered_at is not None
    return payload.Confirmation(
        label=f"{snapshot.shown['section']['number']}. {snapshot.shown['section']['title']}",
        agreed_at=snapshot.answered_at,
        shown_at=snapshot.sent_at,
        ip=snapshot.ip or "",
        content_hash=snapshot.content_hash,
        language="en" if snapshot.language == "en" else "fr",
        flags=flags(snapshot),
    )


def flags(act: Call | Attachment | Snapshot | SignatureRequest) -> list[str]:
    """What is said of an act that came from where the representative was."""
    if act.is_same_device:
        return [_("même appareil que le représentant")]
    return [_("même adresse IP que le représentant")] if act.is_same_address else []
