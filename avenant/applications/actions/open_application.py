"""Open a blank application in a call (4/APP-02)."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.actions.start_draft import start_draft
from avenant.applications.models import Application
from avenant.carriers.packs import PACKS_FOLDER, pack
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
    application = start_draft(form, call.carrier, by=by)
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
