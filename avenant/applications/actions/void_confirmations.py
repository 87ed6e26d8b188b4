"""Another session, another device, a long absence: all is to be confirmed again (4/COS-19)."""

from avenant.accounts.models import User
from avenant.applications.models import (
    HELD,
    Application,
    ApplicationState,
    AttachmentKind,
    AttachmentState,
    SnapshotState,
)
from avenant.documents.actions.supersede import supersede_documents
from avenant.history.actions.record import record
from avenant.rules import ask
from avenant.signatures.actions.void_signature import void_signatures


def void_confirmations(application: Application, *, by: User | str, reason: str) -> None:
    """Every confirmation, the check of the illustration and the signatures fall.

    Runs inside the caller's transaction and takes the application's lock.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_open:
        return
    for row in application.sections.filter(state__in=HELD):
        answer = ask(
            "session.section_transition",
            application.carrier,
            state=row.state,
            event="resume",
            is_client_connected=False,
            is_content_current=True,
        )
        row.state = answer.outcome.state
        row.save(update_fields=["state"])
    application.snapshots.filter(state=SnapshotState.CONFIRMED).update(
        state=SnapshotState.SUPERSEDED
    )
    application.snapshots.filter(state=SnapshotState.SENT).update(state=SnapshotState.WITHDRAWN)
    application.attachments.filter(
        kind=AttachmentKind.ILLUSTRATION,
        state__in=[AttachmentState.SENT, AttachmentState.OPENED, AttachmentState.AGREED],
    ).update(state=AttachmentState.UPLOADED)
    void_signatures(application, reason=reason, by=by)
    supersede_documents(application, by=by)
    if application.state == ApplicationState.PDF_READY:
        application.state = ApplicationState.DRAFT
        application.save(update_fields=["state"])
    record("confirmations_voided", application, by=by, facts={"reason": reason})
