"""Make a requested document: render, seal, keep, deposit, tell. Each step once, whatever crashes.

The row's state says how far it came; a job that died anywhere is simply run again. Rendering and
sealing happen outside of any transaction; the first result committed is the document, a second
one made by accident is thrown away.
"""

from django.db import transaction
from django.utils import timezone

from avenant.applications.content import printed_content_hash
from avenant.applications.models import Application
from avenant.crash_points import crash_point
from avenant.documents.actions.tell_submission import tell_submission
from avenant.documents.assembly import assemble
from avenant.documents.deposit import deposit
from avenant.documents.models import DocumentState, SealedDocument, Stage
from avenant.documents.render import render_application
from avenant.documents.seal import Sealed
from avenant.documents.sealing import seal_document
from avenant.documents.vault import keep, read
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant.live.queries import lock_open_calls


def produce_document(document_id: int) -> None:
    """Bring one document to its last state; finds its work already done when it is."""
    document = SealedDocument.objects.select_related("application", "file").get(pk=document_id)
    if document.is_superseded:
        return
    if document.state == DocumentState.PENDING:
        crash_point("before_render")
        rendered = render_application(assemble(document))
        crash_point("after_render")
        crash_point("before_seal")
        sealed = seal_document(rendered, document)
        crash_point("after_seal")
        _keep_sealed(document_id, sealed)
    if document.stage == Stage.SUBMITTED:
        _deposit(document_id)
        with transaction.atomic():
            tell_submission(SealedDocument.objects.get(pk=document_id))


@transaction.atomic
def _keep_sealed(document_id: int, sealed: Sealed) -> None:
    calls, document = _locked(document_id)
    if document.state != DocumentState.PENDING or not _is_still_what_was_asked(document):
        return
    document.file = keep(sealed.pdf)
    document.sha256 = sealed.sha256
    document.seal_level, document.seal_lowered = sealed.level, sealed.lowered
    document.state, document.sealed_at = DocumentState.SEALED, sealed.sealed_at
    document.save()
    _record(document, "document_sealed", calls)


def _deposit(document_id: int) -> None:
    document = SealedDocument.objects.select_related("file").get(pk=document_id)
    if document.state != DocumentState.SEALED:
        return
    assert document.file is not None
    crash_point("before_deposit")
    deposit(document, read(document.file))
    crash_point("after_deposit")
    with transaction.atomic():
        calls, document = _locked(document_id)
        if document.state != DocumentState.SEALED:
            return
        document.state, document.deposited_at = DocumentState.DEPOSITED, timezone.now()
        document.save(update_fields=["state", "deposited_at"])
        _record(document, "document_deposited", calls)


def _locked(document_id: int) -> tuple[list[Call], SealedDocument]:
    application = SealedDocument.objects.get(pk=document_id).application
    calls = lock_open_calls(application)
    Application.objects.select_for_update().get(pk=application.pk)
    return calls, SealedDocument.objects.select_for_update().get(pk=document_id)


def _is_still_what_was_asked(document: SealedDocument) -> bool:
    """A PDF rendered from answers that changed meanwhile must not be sealed under its number.

    A submitted application no longer changes.
    """
    return document.stage == Stage.SUBMITTED or (
        not document.is_superseded
        and printed_content_hash(document.application) == document.content_hash
    )


def _record(document: SealedDocument, kind: str, calls: list[Call]) -> None:
    application: Application = document.application
    record(
        kind,
        application,
        by=Actor.SYSTEM,
        facts={"number": document.number, "stage": document.stage, "sha256": document.sha256},
    )
    for call in calls:
        announce(call)
