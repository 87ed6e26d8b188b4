"""Which calls somebody may see, and what the client has in front of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from avenant.accounts.models import User
from avenant.applications.models import (
    Application,
    ApplicationState,
    Attachment,
    AttachmentKind,
    AttachmentState,
    Snapshot,
    SnapshotState,
)
from avenant.documents.models import SealedDocument
from avenant.live.models import Call, CallState
from avenant.signatures.models import SignatureRequest, SignatureState


def calls_of(user: User) -> QuerySet[Call]:
    """The calls of this advisor."""
    return Call.objects.filter(advisor=user).select_related("application")


def open_call_of(user: User) -> Call | None:
    """The one call of this advisor that is not closed."""
    return calls_of(user).exclude(state=CallState.CLOSED).first()


def open_call_on(application: Application) -> Call | None:
    """The open call in which this application is being filled."""
    return Call.objects.filter(application=application).exclude(state=CallState.CLOSED).first()


def is_window_of(call_id: UUID, token: str) -> bool:
    """Whether the window with this token's digest is the one in the call, and the call goes on."""
    return Call.objects.filter(pk=call_id, state=CallState.LIVE, client_token_digest=token).exists()


def lock_open_calls(application: Application | UUID) -> list[Call]:
    """Lock the open calls on an application. Every action takes locks in one order: call,
    application, the rest; announcing writes the call's row, so whoever announces starts here."""
    return list(
        Call.objects.select_for_update()
        .filter(application=application)
        .exclude(state=CallState.CLOSED)
        .order_by("pk")
    )


@dataclass(frozen=True)
class Stage:
    """What stands on the client's screen: one thing at a time.

    `key` changes when it must be drawn again, and only then: what the client is drawing or
    reading is never replaced under their hands.
    """

    kind: str  # waiting, illustration, section, signature, ended
    key: str
    attachment: Attachment | None = None
    snapshot: Snapshot | None = None
    request: SignatureRequest | None = None
    agreed: tuple[Any, ...] = ()
    signed_at: datetime | None = None
    document: SealedDocument | None = None
    is_submitted: bool = False


def asked_of(
    call: Call,
    attachments: Iterable[Attachment],
    snapshots: Iterable[Snapshot],
    requests: Iterable[SignatureRequest],
) -> Stage | None:
    """What of these rows of the application waits for the client in this call, one thing."""
    for one in attachments:
        is_illustration = one.kind == AttachmentKind.ILLUSTRATION and one.call_id == call.pk
        if is_illustration and one.state in {AttachmentState.SENT, AttachmentState.OPENED}:
            return Stage("illustration", f"illustration-{one.pk}", attachment=one)
    for sent in snapshots:
        if sent.call_id == call.pk and sent.state == SnapshotState.SENT:
            return Stage("section", f"section-{sent.pk}", snapshot=sent)
    for request in requests:
        if request.call_id == call.pk and request.state == SignatureState.REQUESTED:
            return Stage("signature", f"signature-{request.pk}", request=request)
    return None


def sealed_document(application: Application) -> SealedDocument | None:
    """The sealed PDF that the client may read, the newest that still holds."""
    if not application.number:  # given with the first document
        return None
    documents = application.documents.filter(file__isnull=False)
    held = documents.filter(is_superseded=False).select_related("file")
    return held.order_by("-id").first()


def stage_of(call: Call) -> Stage:
    """What the client sees now: the oldest thing that waits for them."""
    if call.state == CallState.CLOSED:
        return Stage("ended", "ended")
    application = call.application
    if application is None:
        return Stage("waiting", "waiting")
    attachments = application.attachments.filter(
        call=call, state__in=[AttachmentState.SENT, AttachmentState.OPENED]
    ).select_related("file")
    snapshots = application.snapshots.filter(
        call=call, state__in=[SnapshotState.SENT, SnapshotState.CONFIRMED]
    )
    requests = application.signatures.filter(
        call=call, state__in=[SignatureState.REQUESTED, SignatureState.SIGNED]
    ).defer("drawing")
    asked = asked_of(call, attachments, snapshots, requests)
    if asked is not None:
        return asked
    agreed = tuple(snapshots)  # what was sent and not answered was found above
    signed = [one.signed_at for one in requests if one.signed_at]
    # A file returned for correction is the advisor's to go on with.
    is_submitted = application.state in {ApplicationState.SUBMITTED, ApplicationState.ENTERED}
    document = sealed_document(application)
    known = (len(agreed), len(signed), document.pk if document else 0, is_submitted)
    return Stage(
        "waiting",
        "-".join(["waiting", *(str(int(one)) for one in known)]),
        agreed=agreed,
        signed_at=max(signed, default=None),
        document=document,
        is_submitted=is_submitted,
    )
