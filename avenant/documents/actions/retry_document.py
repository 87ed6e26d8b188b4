"""« Réessayer »: an operator has a document that is stuck made again, now."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.documents.actions.enqueue_document import enqueue_document, job_key
from avenant.documents.models import DocumentState, SealedDocument
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.jobs import hasten
from avenant.live.bus import announce
from avenant.live.queries import lock_open_calls
from avenant.rules import check_step


@transaction.atomic
def retry_document(document: SealedDocument, *, by: User) -> SealedDocument:
    """Enqueue it once more, at once; a second click finds it enqueued and changes nothing.

    Raises:
        RuleError: "nothing_stuck". Nothing is saved.
    """
    calls = lock_open_calls(document.application)
    application = Application.objects.select_for_update().get(pk=document.application_id)
    document = SealedDocument.objects.select_for_update().get(pk=document.pk)
    if document.is_finished and not document.failure:
        raise RuleError("nothing_stuck")
    if document.state == DocumentState.FAILED:
        document.state = check_step("document", document.state, "retry")
        document.forget_failure()
        document.attempts = 1  # patiently, and once
        document.save()
        record(
            "document_retried",
            application,
            by=by,
            facts={"number": document.number, "stage": document.stage},
        )
        for call in calls:
            announce(call)
    enqueue_document(document)
    hasten(job_key(document))
    return document
