"""Bring everything that follows from the answers up to date, in the transaction of the change.

One place for it: whatever was changed (an answer, the product, the illustration), sections appear
and disappear, a confirmation whose text is no longer the text falls, a signature whose content is
no longer the content falls, a PDF becomes stale, Plan Express blocks or lets go.
"""

from typing import Any

from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.content import (
    Answers,
    answers_of,
    current_illustration,
    form_of,
    printed_content_hash,
    signed_content_hash,
)
from avenant.applications.models import (
    BLOCKED_STATES,
    Application,
    ApplicationState,
    AttachmentState,
    Section,
    SectionState,
    Snapshot,
    SnapshotState,
)
from avenant.documents.actions.supersede import supersede_documents
from avenant.history.actions.record import record
from avenant.rules import ask
from avenant.signatures.actions.void_signature import void_signatures
from avenant_rules import forms
from avenant_rules.folding import search_key

KEY_LENGTH = Application._meta.get_field("insured_key").max_length
HELD = (SectionState.SENT, SectionState.CONFIRMED)


def refresh(application: Application, *, by: User | str) -> None:
    """Recompute; `application` is locked by the caller and saved here."""
    form, answers = form_of(application), answers_of(application)
    _refresh_identity(application, form, answers)
    _refresh_sections(application, form, answers, by=by)
    _refresh_plan_express(application, form, answers, by=by)
    _refresh_signatures(application, by=by)
    _refresh_document(application, by=by)
    application.save()


def _refresh_identity(application: Application, form: forms.Form, answers: Answers) -> None:
    names = [forms.role(form, answers, f"client_{part}_name") for part in ("first", "last")]
    application.insured_name = " ".join(filter(None, names))
    # One sign may be eighteen letters without its shape: what is searched is the beginning.
    application.insured_key = search_key(application.insured_name)[:KEY_LENGTH]
    application.product = forms.role(form, answers, "product") or ""


def _refresh_sections(
    application: Application, form: forms.Form, answers: Answers, *, by: User | str
) -> None:
    shown = {section.id: section for section in forms.visible_sections(form, answers)}
    rows = {row.key: row for row in application.sections.all()}
    current = {
        snapshot.section: snapshot
        for snapshot in application.snapshots.filter(
            state__in=[SnapshotState.SENT, SnapshotState.CONFIRMED]
        )
    }
    for section in form.sections:
        row = rows.get(section.id) or Section(application=application, key=section.id)
        state = _state_of(form, shown.get(section.id), answers, row, current.get(section.id))
        if state not in HELD and section.id in current:
            _supersede(current[section.id], by=by)
        if row.pk is None or row.state != state:
            row.state = state
            row.save()


def _state_of(
    form: forms.Form,
    section: forms.Section | None,
    answers: Answers,
    row: Section,
    snapshot: Snapshot | None,
) -> str:
    if section is None:
        return SectionState.NOT_APPLICABLE
    completeness = forms.section_state(form, section, answers).state
    if row.state in HELD and snapshot is not None:
        content = forms.snapshot(form, section, answers, snapshot.language)
        if forms.content_hash(content) == snapshot.content_hash:
            return row.state
    if row.state == SectionState.TO_RECONFIRM and completeness == "filled":
        return SectionState.TO_RECONFIRM
    return SectionState(completeness)


def _supersede(snapshot: Snapshot, *, by: User | str) -> None:
    was_confirmed = snapshot.state == SnapshotState.CONFIRMED
    snapshot.state = SnapshotState.SUPERSEDED if was_confirmed else SnapshotState.WITHDRAWN
    snapshot.save(update_fields=["state"])
    record(
        "section_superseded",
        snapshot.application,
        by=by,
        facts={
            "section": snapshot.section,
            "salted_hash": snapshot.application.salted(snapshot.content_hash),
        },
    )


def _refresh_plan_express(
    application: Application, form: forms.Form, answers: Answers, *, by: User | str
) -> None:
    if not application.product:
        return
    facts = forms.plan_express_facts(form, answers)
    answer = ask("application.plan_express", application.carrier, **facts)
    status, messages = answer.outcome.status, sorted(answer.outcome.messages)
    if status in {"not_eligible_plan_express", "not_eligible_guarantee"}:
        is_whole = status == "not_eligible_plan_express"
        blocked_by = ["plan_express"] if is_whole else messages
        if application.blocked_by != blocked_by:
            if not set(blocked_by) <= set(application.blocked_by):
                application.blocked_at = timezone.now()  # an illustration before this is old
            application.blocked_by = blocked_by
            application.state = (
                ApplicationState.BLOCKED_PLAN_EXPRESS
                if is_whole
                else ApplicationState.BLOCKED_GUARANTEE
            )
            # Which declaration it was is a health answer: the row says it, the history does not.
            record("application_blocked", application, by=by)
    elif application.is_blocked:
        _try_unblock(application, facts, by=by)


def _try_unblock(application: Application, facts: dict[str, Any], *, by: User | str) -> None:
    if _is_corrected(application, facts):
        answers = []
    else:
        answers = [
            ask(
                "application.unblock",
                application.carrier,
                blocked_by=cause,
                product=application.product,
                wants_critical_illness=bool(facts.get("wants_critical_illness")),
                wants_monthly_income=bool(facts.get("wants_monthly_income")),
                new_illustration=_new_illustration(application),
            )
            for cause in application.blocked_by
        ]
        if not all(answer.outcome.is_unblocked for answer in answers):
            return
    application.state = ApplicationState.DRAFT
    application.blocked_by, application.blocked_at = [], None
    record("application_unblocked", application, by=by)


def _is_corrected(application: Application, facts: dict[str, Any]) -> bool:
    """The « Inexact » was a typing error: the offer that was refused is still asked for."""
    if application.product == "association":
        return False
    wants = {
        "plan_express": True,
        "critical_illness": bool(facts.get("wants_critical_illness")),
        "monthly_income": bool(facts.get("wants_monthly_income")),
    }
    return all(wants[cause] for cause in application.blocked_by)


def _new_illustration(application: Application) -> str:
    illustration = current_illustration(application)
    if (
        illustration is None
        or application.blocked_at is None
        or illustration.uploaded_at <= application.blocked_at
    ):
        return "none"
    return {AttachmentState.UPLOADED: "uploaded", AttachmentState.AGREED: "validated"}.get(
        AttachmentState(illustration.state), "sent"
    )


def _refresh_signatures(application: Application, *, by: User | str) -> None:
    for request in application.signatures.exclude(state="void"):
        present = signed_content_hash(application, request.notices_version, request.language)
        if present != request.content_hash:
            void_signatures(application, reason="content_changed", by=by)
            return


def _refresh_document(application: Application, *, by: User | str) -> None:
    if (
        application.state not in {ApplicationState.PDF_READY, *BLOCKED_STATES}
        or not application.number
    ):
        return
    document = application.documents.filter(number=application.number, stage="created").first()
    if document is None or document.is_superseded:
        return
    is_stale = document.content_hash != printed_content_hash(application)
    if is_stale or application.is_blocked:
        supersede_documents(application, by=by)
        if application.state == ApplicationState.PDF_READY:
            application.state = ApplicationState.DRAFT
