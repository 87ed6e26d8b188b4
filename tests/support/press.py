"""Documents whose illustration is not what the door lets in, and the worker's lanes, one job after
the other in this process."""

from io import BytesIO

import pikepdf
from django.db import connection

from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.produce_document import LateError, produce_document
from avenant.documents.models import SealedDocument
from avenant.documents.vault import keep


def many_pages(count: int) -> bytes:
    """A PDF that is long to print: 0.004 s of processor a page."""
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(612, 792))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def asked_with(story: ApplicationStory, illustration: bytes | None = None) -> SealedDocument:
    """A PDF asked for, perhaps with an illustration that was put past the door."""
    return ready(story, illustration).create_pdf()


def ready(story: ApplicationStory, illustration: bytes | None = None) -> ApplicationStory:
    """The story as far as the click on « Créer le PDF »."""
    story.until_signed()
    story.close()
    if illustration is not None:
        story.application.attachments.filter(kind="quote").update(printable=keep(illustration))
    return story


def run_lane(queue: str) -> None:
    """Do the documents that wait in a lane of the worker, in their order, as one slot does."""
    while (job := _next_job(queue)) is not None:
        try:
            produce_document(job)
        except LateError:
            continue


def waiting(queue: str) -> list[int]:
    """The documents that wait in a lane."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'document_id')::bigint FROM procrastinate_jobs"
            " WHERE status = 'todo' AND queue_name = %s ORDER BY id",
            [queue],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _next_job(queue: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND queue_name = %s) RETURNING (args->>'document_id')::bigint",
            [queue],
        )
        row = cursor.fetchone()
    return row[0] if row else None
