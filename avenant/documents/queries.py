"""Which documents are unfinished, which exist, and whose."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from avenant.applications.models import Application
from avenant.documents.failures import LATE_AFTER
from avenant.documents.models import DocumentState, SealedDocument, Stage
from avenant.documents.verify import RecordedSeal
from avenant.history.chain import dossier_of
from avenant.history.models import Chain, Event
from avenant.messaging.models import OutboundMessage


def unfinished_documents(before: dt.datetime) -> QuerySet[SealedDocument]:
    """Documents asked for before a moment that are not made, deposited or told."""
    told = OutboundMessage.objects.filter(
        once_key=Concat(Value("submission_confirmation:"), OuterRef("number"))
    )
    is_untold = Q(stage=Stage.SUBMITTED, state=DocumentState.DEPOSITED) & ~Exists(told)
    return SealedDocument.objects.filter(requested_at__lt=before, is_superseded=False).filter(
        Q(state=DocumentState.PENDING)
        | Q(stage=Stage.SUBMITTED, state=DocumentState.SEALED)
        | is_untold
    )


def stuck_documents() -> QuerySet[SealedDocument]:
    """Documents that failed, and those that take longer than they should: the oldest first."""
    late = unfinished_documents(timezone.now() - LATE_AFTER).values("pk")
    failing = Q(pk__in=late) | Q(state=DocumentState.FAILED) | ~Q(failure="")
    return (
        SealedDocument.objects.filter(failing, is_superseded=False)
        .select_related("application")
        .order_by("requested_at")
    )


def recorded_seals(sha256: str, number: str) -> list[RecordedSeal]:
    """Every recorded seal with this hash or this number, for the verification of a file."""
    return [
        RecordedSeal(
            sha256=document.sha256,
            number=document.number,
            stage="submitted" if document.stage == Stage.SUBMITTED else "created",
            sealed_at=document.sealed_at,
            level=document.seal_level,
            carrier=document.carrier,
            is_superseded=document.is_superseded,
        )
        for document in SealedDocument.objects.filter(
            Q(sha256=sha256 or None) | Q(number=number or None)
        )
        if document.sealed_at is not None
    ]


def untold_documents() -> Iterator[str]:
    """A line for each application that has no history, and each sealed file that its history does
    not have."""
    told = set(Chain.objects.filter(length__gt=0).values_list("dossier", flat=True))
    for application in Application.objects.only("pk").order_by("pk").iterator():
        if dossier_of(application) not in told:
            yield f"{dossier_of(application)}: nothing of it is in the history"
    sealed = SealedDocument.objects.exclude(sha256="").select_related("application")
    for document in sealed.order_by("pk").iterator():
        facts = {"number": document.number, "stage": document.stage, "sha256": document.sha256}
        if not Event.objects.filter(
            dossier=dossier_of(document.application), kind="document_sealed", facts__contains=facts
        ).exists():
            yield f"document {document.number} {document.stage}: it was changed"
