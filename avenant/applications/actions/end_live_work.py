"""A call ends: whatever waits for the client is taken back (4/11.3: SENT → FILLED)."""

from avenant.accounts.models import User
from avenant.applications.models import Application, SectionState, SnapshotState
from avenant.history.actions.record import record
from avenant.rules import check_step
from avenant.signatures.actions.void_signature import void_request
from avenant.signatures.models import SignatureState


def end_live_work(application: Application, *, by: User | str) -> None:
    """Withdraw sent sections and unsigned requests, in the caller's transaction."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    for row in application.sections.filter(state=SectionState.SENT):
        row.state = check_step("section", row.state, "client_gone")
        row.save(update_fields=["state"])
        record("section_withdrawn", application, by=by, facts={"section": row.key})
    application.snapshots.filter(state=SnapshotState.SENT).update(state=SnapshotState.WITHDRAWN)
    for request in application.signatures.filter(state=SignatureState.REQUESTED):
        void_request(request, reason="call_closed", by=by)
