"""« Soumettre la proposition »: the representative signs by submitting (4/APP-40, APP-41).

The commit is the submission. What follows (render, seal, deposit, mails) is driven by the state
of the rows and tried again until it is done (settled 3).
"""

from functools import partial

from django.db import transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.models import Application, ApplicationState
from avenant.carriers.texts import CERTIFICATION, reading
from avenant.clock import today
from avenant.crash_points import crash_point
from avenant.documents.actions.enqueue_document import enqueue_document
from avenant.documents.models import DocumentState, SealedDocument, Stage
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.queries import lock_open_calls
from avenant.rules import check_step
from avenant.underwriting.actions.list_requirements import list_requirements


@transaction.atomic
def submit_application(application: Application, *, ip: str, by: User) -> Application:
    """Submit; a second submission of the same application finds it submitted and changes nothing.

    Raises:
        RuleError: "pdf_not_ready", "pdf_failed", "stale_pdf", "licence_expired". Nothing is saved.
    """
    calls = lock_open_calls(application)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.is_submitted:
        return application
    created = application.documents.filter(number=application.number, stage=Stage.CREATED).first()
    if application.state != ApplicationState.PDF_READY or created is None:
        raise RuleError("stale_pdf")
    if created.state == DocumentState.PENDING:
        raise RuleError("pdf_not_ready")
    if created.state == DocumentState.FAILED:
        raise RuleError("pdf_failed")
    application.state = check_step(
        "application",
        application.state,
        "submit",
        is_pdf_current=not created.is_superseded,
        is_licence_valid=_is_licence_valid(by),
    )
    application.submitted_at, application.submitted_ip = timezone.now(), ip
    application.certification_version = reading(
        application.carrier, CERTIFICATION, created.language
    ).version
    application.save()
    document = SealedDocument.objects.create(
        application=application,
        carrier=application.carrier,
        number=application.number,
        stage=Stage.SUBMITTED,
        language=created.language,
        content_hash=created.content_hash,
        requested_at=timezone.now(),
    )
    list_requirements(application)
    record(
        "application_submitted",
        application,
        by=by,
        facts={
            "number": application.number,
            "salted_hash": application.salted(document.content_hash),
            "certification_version": application.certification_version,
        },
    )
    enqueue_document(document)
    for call in calls:
        announce(call)
    crash_point("before_commit")
    transaction.on_commit(partial(crash_point, "after_commit"))
    return application


def _is_licence_valid(advisor: User) -> bool:
    affiliation = getattr(advisor, "affiliation", None)
    ends_on = affiliation.licence_ends_on if affiliation else None
    return ends_on is None or today(advisor.carrier) <= ends_on
