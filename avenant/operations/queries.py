"""Everything that is stuck, whatever it is: documents, messages, background work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse

from avenant.carriers.packs import pack
from avenant.documents.failure_words import cause_of, operator_way
from avenant.documents.models import DocumentState
from avenant.documents.queries import stuck_documents
from avenant.jobs import stuck_jobs
from avenant.messaging.models import MessageState
from avenant.messaging.queries import stuck_messages
from avenant.operations import words

# More are not listed at once: they have one cause, and the list shortens as it is mended.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing that is stuck. Nothing of it tells whom it is about: a number and a carrier alone."""

    what: str
    number: str
    carrier: str
    since: datetime
    state: Literal["failed", "late"]
    cause: str
    way: str
    retry_url: str


def stuck_things() -> list[Stuck]:
    """What waits for an operator, the oldest of each kind first."""
    return [*_documents(), *_messages(), *_jobs()]


def stuck_counts() -> dict[str, int]:
    """How many of each kind are stuck."""
    return {
        "documents": stuck_documents().count(),
        "messages": stuck_messages().count(),
        "jobs": len(stuck_jobs()),
    }


def _documents() -> Iterator[Stuck]:
    for document in stuck_documents()[:MOST_LISTED]:
        yield Stuck(
            what=words.document(document),
            number=document.number,
            carrier=pack(document.carrier).label,
            since=document.failing_since or document.requested_at,
            state="failed" if document.state == DocumentState.FAILED else "late",
            cause=cause_of(document),
            way=operator_way(document),
            retry_url=reverse("retry_document", args=[document.pk]),
        )


def _messages() -> Iterator[Stuck]:
    for message in stuck_messages()[:MOST_LISTED]:
        yield Stuck(
            what=words.message(message),
            number=words.number_of(message),
            carrier=pack(message.carrier).label if message.carrier else "",
            since=message.failed_at or message.created_at,
            state="failed" if message.state == MessageState.FAILED else "late",
            cause=words.message_cause(message),
            way=words.message_way(message),
            retry_url=reverse("retry_message", args=[message.pk]),
        )


def _jobs() -> Iterator[Stuck]:
    for job in stuck_jobs():
        yield Stuck(
            what=words.task(job.task),
            number="",
            carrier="",
            since=job.since,
            state="failed" if job.is_failed else "late",
            cause=words.job_cause(job),
            way=words.job_way(job),
            retry_url=reverse("retry_task", args=[job.task]),
        )
