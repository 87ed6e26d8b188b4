"""A call ends: whatever waits for the client is taken back (4/11.3: SENT → FILLED)."""

from avenant.accounts.models import User
from avenant.applications.models import Application, SectionState, SnapshotState
from avenant.history.actions.record import record
from avenant.signatures.actions.void_signature import void_request
from avenant.signatures.models import SignatureState


def end_live_work(application: Application, *, by: User | str) -> None:
    """Withdraw sent sections and unsigned requests, in the caller's transaction."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    waiting = application.snapshots.filter(state=SnapshotState.SENT)
    for snapshot in waiting:
        snapshot.state = SnapshotState.WITHDRAWN
        snapshot.save(update_fields=["state"])
        application.sections.filter(key=snapshot.section, state=SectionState.SENT).update(
            state=SectionState.FILLED
        )
        record("section_withdrawn", application, by=by, facts={"section": snapshot.section})
    for request in application.signatures.filter(state=SignatureState.REQUESTED):
        void_request(request, reason="call_closed", by=by)
