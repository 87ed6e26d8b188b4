"""Bring everything that follows from the answers up to date, in the transaction of the change.

One place for it: whatever was changed (an answer, the product, the illustration), sections appear
and disappear, a confirmation whose text is no longer the text falls, a signature whose content is
no longer the content falls, a PDF becomes stale, Plan Express blocks or lets go.
"""

from typing import Any

from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.content import printed_content_hash, signed_content_hash
from avenant.applications.models import (
    BLOCKED_STATES,
    HELD,
    Application,
    ApplicationState,
    Section,
    SectionState,
    Snapshot,
    SnapshotState,
)
from avenant.applications.standing import Standing
from avenant.documents.actions.supersede import supersede_documents
from avenant.history.actions.record import record
from avenant.rules import ask
from avenant.signatures.actions.void_signature import void_signatures
from avenant_rules import forms
from avenant_rules.folding import search_key
from avenant_rules.forms import FormView

KEY_LENGTH = Application._meta.get_field("insured_key").max_length


def refresh(standing: Standing, *, by: User | str) -> None:
    """Recompute; the application is locked by the caller and saved here.

    What `standing` holds of the application's other rows follows, so that a page can go on with it.
    """
    application = standing.application
    _refresh_identity(application, standing.view)
    _refresh_sections(standing, by=by)
    _refresh_plan_express(standing, by=by)
    _refresh_signatures(standing, by=by)
    _refresh_document(standing, by=by)
    application.save()


def _refresh_identity(application: Application, view: FormView) -> None:
    names = [view.role(f"client_{part}_name") for part in ("first", "last")]
    application.insured_name = " ".join(filter(None, names))
    # One sign may be eighteen letters without its shape: what is searched is the beginning.
    application.insured_key = search_key(application.insured_name)[:KEY_LENGTH]
    application.product = view.role("product") or ""


def _refresh_sections(standing: Standing, *, by: User | str) -> None:
    current = {
        snapshot.section: snapshot
        for snapshot in standing.snapshots
        if snapshot.state in {SnapshotState.SENT, SnapshotState.CONFIRMED}
    }
    for section in standing.view.form.sections:
        row = standing.sections.get(section.id)
        row = row or Section(application=standing.application, key=section.id)
        state = _state_of(standing, section, row, current.get(section.id))
        if state not in HELD and section.id in current:
            _supersede(current[section.id], by=by)
        if row.pk is None or row.state != state:
            row.state = state
            row.save()
        standing.sections[section.id] = row


def _state_of(
    standing: Standing, section: forms.Section, row: Section, snapshot: Snapshot | None
) -> str:
    if section.id not in standing.progress:
        return SectionState.NOT_APPLICABLE
    completeness = standing.progress[section.id].state
    if row.state in HELD and snapshot is not None:
        content = forms.snapshot(standing.view, section, snapshot.language)
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


def _refresh_plan_express(standing: Standing, *, by: User | str) -> None:
    application = standing.application
    if not application.product:
        return
    facts = forms.plan_express_facts(standing.view)
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
        _try_unblock(standing, facts, by=by)


def _try_unblock(standing: Standing, facts: dict[str, Any], *, by: User | str) -> None:
    application = standing.application
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
                new_illustration=standing.new_illustration,
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


def _refresh_signatures(standing: Standing, *, by: User | str) -> None:
    application = standing.application
    for request in standing.signatures:
        present = signed_content_hash(application, request.notices_version, request.language)
        if present != request.content_hash:
            void_signatures(application, reason="content_changed", by=by)
            standing.forget_signatures()
            return


def _refresh_document(standing: Standing, *, by: User | str) -> None:
    application = standing.application
    if (
        application.state not in {ApplicationState.PDF_READY, *BLOCKED_STATES}
        or not application.number
    ):
        return
    document = application.documents.filter(number=application.number, stage="created").first()
    if document is None or document.is_superseded:
        return
    is_stale = document.content_hash != printed_content_hash(application, standing.view)
    if is_stale or application.is_blocked:
        supersede_documents(application, by=by)
        if application.state == ApplicationState.PDF_READY:
            application.state = ApplicationState.DRAFT
