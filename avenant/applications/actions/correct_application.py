"""« Corriger »: what the carrier returned goes on as a draft of its own (4/APP-48)."""

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.actions.start_draft import start_draft
from avenant.applications.content import form_of
from avenant.applications.models import (
    OPEN_STATES,
    SUBMITTED_STATES,
    Application,
    ApplicationState,
)
from avenant.clock import today
from avenant.errors import RuleError
from avenant.history.actions.record import record


@transaction.atomic
def correct_application(application: Application, *, by: User) -> Application:
    """The draft that corrects a returned application, with all its answers and no confirmation.

    The illustration is attached and recognised anew, and the draft gets a number of its own: what was
    submitted stays as it was. A second click finds the draft of the first.

    Raises:
        RuleError: "not_returned"; "already_corrected" when the correction is submitted: should that
            one come back too, it is the one to correct.
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != ApplicationState.RETURNED:
        raise RuleError("not_returned")
    if application.corrections.filter(state__in=SUBMITTED_STATES).exists():
        raise RuleError("already_corrected")
    kept = application.corrections.filter(
        state__in=OPEN_STATES, expires_on__gte=today(application.carrier)
    )
    if (begun := kept.first()) is not None:
        return begun
    draft = start_draft(form_of(application), application.carrier, by=by, corrects=application)
    record(
        "correction_opened",
        application,
        by=by,
        facts={"number": application.number, "draft": str(draft.pk)},
    )
    return draft
