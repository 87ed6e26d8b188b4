"""Write down why a document did not come out, and tell whom it concerns when no wait helps."""

import logging

from django.db import transaction
from django.utils import timezone

from avenant.applications.models import Application
from avenant.documents.actions.enqueue_document import enqueue_document
from avenant.documents.actions.tell_failure import tell_failure
from avenant.documents.failures import counts, is_lasting
from avenant.documents.models import DocumentState, SealedDocument
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.queries import lock_open_calls
from avenant.rules import check_step

logger = logging.getLogger(__name__)


@transaction.atomic
def note_failure(document_id: int, code: str, detail: str = "") -> bool:
    """Note one try that failed; `detail` is for the log and holds no personal data.

    What may be the document's own fault is tried once more, patiently; what no wait mends ends in
    FAILED. Returns whether this very job is to be tried again later.
    """
    application = SealedDocument.objects.get(pk=document_id).application
    calls = lock_open_calls(application)
    Application.objects.select_for_update().get(pk=application.pk)
    document = SealedDocument.objects.select_for_update().get(pk=document_id)
    if document.is_superseded or document.state == DocumentState.FAILED:
        return False
    document.failure = code
    document.failing_since = document.failing_since or timezone.now()
    document.attempts += int(counts(code))
    is_failed = document.state == DocumentState.PENDING and is_lasting(code, document.attempts)
    if is_failed:
        document.state = check_step("document", document.state, "fail")
    document.save(update_fields=["state", "failure", "failing_since", "attempts"])
    _log(document, code, detail, is_failed=is_failed)
    if is_failed:
        record(
            "document_failed",
            application,
            by=Actor.SYSTEM,
            facts={"number": document.number, "stage": document.stage, "failure": code},
        )
        tell_failure(document)
    for call in calls:
        announce(call)
    if is_failed:
        return False
    is_first = counts(code) and document.attempts == 1
    if is_first and document.state == DocumentState.PENDING:
        enqueue_document(document)
        return False
    return True


def _log(document: SealedDocument, code: str, detail: str, *, is_failed: bool) -> None:
    logger.log(
        logging.ERROR if is_failed else logging.WARNING,
        "document %s (%s) %s: %s",
        document.number,
        document.stage,
        "failed and stays so until somebody acts" if is_failed else "did not come out, tried again",
        f"{code} {detail}".strip(),
    )
