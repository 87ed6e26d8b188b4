"""« Créer le PDF »: give the application its number and have its PDF made and sealed."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.content import printed_content_hash
from avenant.applications.models import Application, ApplicationState
from avenant.applications.standing import Standing
from avenant.crash_points import crash_point
from avenant.documents.actions.enqueue_document import enqueue_document
from avenant.documents.actions.supersede import supersede_documents
from avenant.documents.models import Numbering, SealedDocument, Stage
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.queries import lock_open_calls
from avenant.rules import ask, check_step, figures
from avenant.signatures.models import SignatureState


@transaction.atomic
def create_pdf(application: Application, *, by: User) -> SealedDocument:
    """Number the application anew and enqueue its PDF; earlier PDFs are superseded (4/APP-38).

    The document speaks the language in which the main insured read and signed.

    Raises:
        RuleError: "gate_closed", with everything that is missing. Nothing is saved.
    """
    calls = lock_open_calls(application)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_open:
        raise RuleError("application_locked")
    standing = Standing(application)
    gate = standing.gate
    if not gate.outcome.is_allowed:
        raise RuleError("gate_closed", because=gate.because, details=sorted(gate.outcome.missing))
    ready = application.state
    if ready == ApplicationState.DRAFT:
        ready = check_step("application", ready, "become_ready", is_allowed=True)
    effects = ask(
        "application.event_effects",
        application.carrier,
        event="create_pdf",
        current_number=application.number or None,
    ).outcome
    if effects.previous_number_state == "superseded":
        supersede_documents(application, by=by)
    application.state = check_step("application", ready, "create_pdf")
    if effects.is_new_number_issued:
        application.number = next_number(application.carrier)
    application.save(update_fields=["state", "number"])
    document = SealedDocument.objects.create(
        application=application,
        carrier=application.carrier,
        number=application.number,
        stage=Stage.CREATED,
        language=application.signatures.filter(state=SignatureState.SIGNED)
        .order_by("id")
        .values_list("language", flat=True)
        .first()
        or "fr",
        content_hash=printed_content_hash(application, standing.view),
        requested_at=timezone.now(),
    )
    record(
        "pdf_created",
        application,
        by=by,
        facts={"number": document.number, "salted_hash": application.salted(document.content_hash)},
        because=gate.because,
    )
    enqueue_document(document)
    for call in calls:
        announce(call)
    crash_point("before_commit")
    transaction.on_commit(partial(crash_point, "after_commit"))
    return document


def next_number(carrier: str) -> str:
    """The next number of an application, of the form that the carrier's table gives (4/APP-38)."""
    form = figures("reference_formats", carrier)
    prefix, digits = form.application_prefix, form.application_digits
    Numbering.objects.bulk_create([Numbering(prefix=prefix)], ignore_conflicts=True)
    numbering = Numbering.objects.select_for_update().get(pk=prefix)
    numbering.last += 1
    numbering.save(update_fields=["last"])
    number = f"{prefix}{numbering.last:0{digits}}"
    if not ask(
        "application.reference_format", carrier, kind="application", value=number
    ).outcome.is_valid:
        raise RuleError("numbers_exhausted")  # the digits are used up: never wrap around
    return number
