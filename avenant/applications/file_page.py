"""The file of a submitted application: what underwriting asks, and what happened to it."""

from typing import Any

from avenant.accounts.access import SignedInRequest
from avenant.accounts.models import Role
from avenant.applications.forms import ReceiveForm
from avenant.applications.models import Application, AttachmentState
from avenant.carriers.packs import PACKS_FOLDER, reader_language
from avenant.clock import zone
from avenant.documents.failure_words import trouble_of
from avenant.history.timeline import timeline_of
from avenant.messaging.queries import client_copy_failure
from avenant.underwriting.models import RequirementList
from avenant_rules import forms
from avenant_rules.decision import decide
from avenant_rules.errors import RuleError
from avenant_rules.texts import label


def requirement_rows(application: Application) -> list[dict[str, Any]]:
    """One row a guarantee: its amount, its requirements in words, and the guide's reasons."""
    product = forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)
    language = reader_language()
    return [
        {
            "guarantee": product.guarantee(entry.coverage).label.in_(language),
            "amount": entry.amount,
            "is_offered": entry.outcome["is_offered"],
            "requirements": [
                label(code, language, "underwriting")
                for code in entry.outcome["requirements"] or []
            ],
            "because": _reasons(application, entry),
        }
        for entry in application.requirement_lists.all()
    ]


def _reasons(application: Application, entry: RequirementList) -> list[Any]:
    """The guide's reasons in the reader's language; the outcome on record stays the one kept.

    The decision is asked again with the facts of the submission, as of its day. Where it cannot be
    (its tables are gone), or where it would now answer otherwise, the reasons kept are shown.
    """
    if application.submitted_at is None:
        return list(entry.because)
    day = application.submitted_at.astimezone(zone(application.carrier)).date()
    try:
        answer = decide(
            "underwriting.requirements",
            entry.facts,
            carrier=application.carrier,
            as_of=day,
            language=reader_language(),
        )
    except RuleError:
        return list(entry.because)
    said = answer.as_json()
    return list(said["because"] if said["outcome"] == entry.outcome else entry.because)


def submitted_context(request: SignedInRequest, application: Application) -> dict[str, Any]:
    """One submitted file as its reader sees it."""
    document = application.documents.filter(stage="submitted").order_by("-id").first()
    return {
        "application": application,
        "document": document,
        "trouble": trouble_of(document),
        "copy_failure": client_copy_failure(application.number),
        "requirements": requirement_rows(application),
        "history": timeline_of(application),
        "files": application.attachments.exclude(state=AttachmentState.REPLACED),
        "may_read_numbers": request.user.role == Role.CONTRACT_ADMINISTRATION,
        "receive_form": ReceiveForm(),
        "is_own": application.advisor_id == request.user.pk,
        "correction": application.corrections.order_by("started_on", "pk").last(),
    }
