"""Start a draft on a version of a form: blank, or to correct what was returned."""

from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.actions.refresh import refresh
from avenant.applications.actions.retention import restart_retention
from avenant.applications.models import Answer, Application
from avenant.applications.standing import Standing
from avenant.clock import today
from avenant_rules.forms import Form


def start_draft(
    form: Form, carrier: str, *, by: User, corrects: Application | None = None
) -> Application:
    """A new draft of `by`, with the answers of the one it corrects; in the caller's transaction."""
    day = today(carrier)
    application = Application(
        carrier=carrier,
        form_id=form.id,
        form_version=form.version,
        advisor=by,
        started_on=day,
        last_saved_on=day,
        last_saved_at=timezone.now(),
        expires_on=day,
        corrects=corrects,
    )
    restart_retention(application)
    application.save(force_insert=True)
    if corrects is not None:
        for answer in corrects.answers.all():
            copy = Answer(application=application, question=answer.question, sequence=0)
            copy.value = answer.value
            copy.save()
    refresh(Standing(application), by=by)
    return application
