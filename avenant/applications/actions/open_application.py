"""Open a blank application in a call (4/APP-02)."""

from django.db import transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.actions.refresh import refresh
from avenant.applications.actions.retention import restart_retention
from avenant.applications.models import Application
from avenant.applications.standing import Standing
from avenant.carriers.packs import PACKS_FOLDER, pack
from avenant.clock import today
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant_rules import forms


@transaction.atomic
def open_application(call: Call, *, by: User) -> Application:
    """Start an application on the newest version of the carrier's form, in this call.

    Raises:
        RuleError: "call_closed"; "refused_step" if the call already has a form open (4/G-07).
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not call.is_open:
        raise RuleError("call_closed")
    electronic = pack(call.carrier).application
    if call.application_id is not None or electronic is None:
        raise RuleError("refused_step")
    form = forms.load_form(PACKS_FOLDER / call.carrier, electronic.form)
    day = today(call.carrier)
    application = Application(
        carrier=call.carrier,
        form_id=form.id,
        form_version=form.version,
        advisor=by,
        started_on=day,
        last_saved_on=day,
        last_saved_at=timezone.now(),
        expires_on=day,
    )
    restart_retention(application)
    application.save(force_insert=True)
    refresh(Standing(application), by=by)
    call.application = application
    call.save(update_fields=["application"])
    record(
        "application_opened",
        application,
        by=by,
        facts={"form": form.id, "version": form.version, "call": str(call.pk)},
    )
    announce(call)
    return application
