"""Have a document made by the worker, in the lane where it belongs."""

from avenant.documents.models import SealedDocument
from avenant.jobs import defer


def enqueue_document(document: SealedDocument) -> None:
    """Enqueue it once. One that failed before is made patiently, in a lane of its own, where it
    holds up nobody who was not tried yet."""
    task = "documents.produce_patiently" if document.attempts else "documents.produce"
    defer(task, document_id=document.pk, once=job_key(document))


def job_key(document: SealedDocument) -> str:
    return f"document:{document.pk}"
