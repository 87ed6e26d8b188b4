"""Open a saved application again, in the advisor's open call (4/APP-11)."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.actions.void_confirmations import void_confirmations
from avenant.applications.models import Application
from avenant.clock import today
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.models import Call


@transaction.atomic
def resume_application(application: Application, call: Call, *, by: User) -> Application:
    """Attach the draft to this call; all that was confirmed in an earlier one is void.

    Raises:
        RuleError: "expired", "application_locked", "call_closed", or "refused_step" when the
            call already has another form open.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_open:
        raise RuleError("application_locked")
    if application.expires_on < today(application.carrier):
        raise RuleError("expired")
    if not call.is_open:
        raise RuleError("call_closed")
    if call.application_id == application.pk:
        return application
    if call.application_id is not None:
        raise RuleError("refused_step")
    call.application = application
    call.save(update_fields=["application"])
    record("application_resumed", application, by=by, facts={"call": str(call.pk)})
    void_confirmations(application, by=by, reason="resumed")
    announce(call)
    return application
