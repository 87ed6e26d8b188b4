"""Make a requested document: render, seal, keep, deposit, tell. Each step once, whatever crashes.

The row's state says how far it came; a job that died anywhere is simply run again. Rendering and
sealing happen in the press, outside of any transaction; the first result committed is the document,
a second one made by accident is thrown away. What goes wrong is written on the row, where the
advisor and the operators see it (`note_failure`).
"""

from django.db import transaction
from django.utils import timezone

from avenant.applications.content import printed_content_hash, view_of
from avenant.applications.models import Application
from avenant.crash_points import crash_point
from avenant.database import is_database_away
from avenant.documents.actions.note_failure import note_failure
from avenant.documents.actions.tell_submission import tell_submission
from avenant.documents.assembly import assemble
from avenant.documents.deposit import deposit
from avenant.documents.models import DocumentState, SealedDocument, Stage
from avenant.documents.press import Patience, PressError, printed
from avenant.documents.seal import Sealed
from avenant.documents.sealing import seal_document
from avenant.documents.vault import VaultError, keep, read
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant.live.queries import lock_open_calls
from avenant.rules import check_step
from avenant.signatures.evidence import EvidenceError


class LateError(Exception):
    """The document does not come out for now; `code` says why, and it is tried again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def produce_document(document_id: int) -> None:
    """Bring one document to its last state, or to FAILED when no wait helps; finds its work already
    done when it is.

    Raises:
        LateError: something is away for now. It is on the row, and the job is to be tried again.
        django.db.OperationalError: the database is away.
    """
    document = SealedDocument.objects.select_related("application", "file").get(pk=document_id)
    if document.is_superseded or document.state == DocumentState.FAILED:
        return
    try:
        _produce(document)
    except Exception as error:
        if is_database_away(error):
            raise
        code, detail = _told(error)
        if note_failure(document_id, code, detail):
            raise LateError(code) from error


def _told(error: Exception) -> tuple[str, str]:
    """The code of what went wrong, and what the log may hold of it."""
    match error:
        case PressError():
            return error.code, error.detail
        case VaultError():
            return error.code, str(error)
        case EvidenceError():
            return "evidence_changed", ""
        case _:
            return "unexpected", type(error).__name__


def _produce(document: SealedDocument) -> None:
    if document.state == DocumentState.PENDING:
        patience: Patience = "patient" if document.attempts else "brief"
        crash_point("before_render")
        rendered = printed(assemble(document), patience)
        crash_point("after_render")
        crash_point("before_seal")
        sealed = seal_document(rendered, document, patience)
        crash_point("after_seal")
        _keep_sealed(document.pk, sealed)
    if document.stage == Stage.SUBMITTED:
        _deposit(document.pk)
        with transaction.atomic():
            tell_submission(SealedDocument.objects.get(pk=document.pk))


@transaction.atomic
def _keep_sealed(document_id: int, sealed: Sealed) -> None:
    calls, document = _locked(document_id)
    if document.state != DocumentState.PENDING or document.is_superseded:
        return
    if not _is_still_what_was_asked(document):
        raise PressError("content_changed")
    document.state = check_step("document", document.state, "seal")
    document.file = keep(sealed.pdf)
    document.sha256 = sealed.sha256
    document.seal_level, document.seal_lowered = sealed.level, sealed.lowered
    document.sealed_at = sealed.sealed_at
    document.forget_failure()
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
        document.state = check_step("document", document.state, "deposit", is_submitted=True)
        document.deposited_at = timezone.now()
        document.forget_failure()
        document.save()
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
    if document.stage == Stage.SUBMITTED:
        return True
    application = document.application
    return printed_content_hash(application, view_of(application)) == document.content_hash


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
