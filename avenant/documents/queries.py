"""Which documents are unfinished, which exist, and whose."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from avenant.documents.models import DocumentState, SealedDocument, Stage
from avenant.messaging.models import OutboundMessage


def unfinished_documents(before: dt.datetime) -> QuerySet[SealedDocument]:
    """Documents asked for before a moment that are not made, deposited or told."""
    told = OutboundMessage.objects.filter(
        once_key=Concat(Value("submission_confirmation:"), OuterRef("number"))
    )
    is_untold = Q(stage=Stage.SUBMITTED, state=DocumentState.DEPOSITED) & ~Exists(told)
    return SealedDocument.objects.filter(requested_at__lt=before).filter(
        Q(state=DocumentState.PENDING)
        | Q(stage=Stage.SUBMITTED, state=DocumentState.SEALED)
        | is_untold
    )
