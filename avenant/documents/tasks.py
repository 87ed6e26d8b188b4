"""Jobs of the documents: make what was asked, and find what was forgotten."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from avenant.documents.actions import produce_document as actions
from avenant.documents.actions.enqueue_document import enqueue_document, job_key
from avenant.documents.queries import unfinished_documents
from avenant.jobs import RETRY, defer, queue_of, under_way
from avenant.messaging.queries import unsent_messages

# What is younger is most likely under way.
GRACE = dt.timedelta(seconds=settings.AVENANT_SWEEP_AFTER_SECONDS)


@app.task(name="documents.produce", queue=queue_of("documents.produce"), retry=RETRY)
def produce(document_id: int) -> None:
    actions.produce_document(document_id)


@app.task(
    name="documents.produce_patiently", queue=queue_of("documents.produce_patiently"), retry=RETRY
)
def produce_patiently(document_id: int) -> None:
    """What failed once, in a lane where it holds nobody up."""
    actions.produce_document(document_id)


@app.periodic(cron="* * * * * */5")
@app.task(name="documents.sweep", queueing_lock="documents.sweep")
def sweep(timestamp: int) -> None:
    """Enqueue again whatever the business rows say is not done and no living worker is doing: the
    queue is not the memory."""
    before = timezone.now() - GRACE
    documents = {job_key(one): one for one in unfinished_documents(before)}
    messages = {f"message:{one.pk}": one.pk for one in unsent_messages(before)}
    busy = under_way()
    for key in documents.keys() - busy:
        enqueue_document(documents[key])
    for key in messages.keys() - busy:
        defer("messaging.send_message", message_id=messages[key], once=key)
