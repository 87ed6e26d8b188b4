"""Sections travel between the two windows: sent, taken back, agreed, contested, reopened."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from avenant import text
from avenant.accounts.models import User
from avenant.applications.actions.refresh import refresh
from avenant.applications.content import view_of
from avenant.applications.models import (
    Application,
    Section,
    Snapshot,
    SnapshotState,
)
from avenant.applications.standing import Standing
from avenant.crypto import encrypt_json
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.models import Call
from avenant.live.window import ClientWindow, check_is_the_window
from avenant.rules import ask, check_step
from avenant_rules import forms
from avenant_rules.decision import Answer


@transaction.atomic
def send_section(application: Application, call: Call, key: str, *, by: User) -> Snapshot:
    """« Envoyer au client – confirmer »: show the section, as it is now, in the client's window.

    A second click finds it sent and changes nothing: what waits for the client cannot change.

    Raises:
        RuleError: "no_client", "missing_fields" (with the questions), "section_refused" when an answer
            refuses what is asked for, or the step is not allowed.
    """
    call, application, row = _locked(application, call, key)
    view = view_of(application)
    section = view.form.section(key)
    if section.confirmed_by != "client":
        raise RuleError("refused_step")  # 4/COS-20: the representative's section is never sent
    if any(map(view.refusal, view.items(section))):
        raise RuleError("section_refused")
    progress = view.state(section)
    if progress.state != "filled":
        raise RuleError("missing_fields", details=progress.missing)
    sent = application.snapshots.filter(section=key, state=SnapshotState.SENT, call=call).first()
    if sent is not None:
        return sent
    move = _ask_transition(application, row, "send", is_client_connected=call.is_client_present)
    language = call.client_language
    content = forms.snapshot(view, section, language)
    snapshot = Snapshot.objects.create(
        application=application,
        section=key,
        call=call,
        content=encrypt_json(content),
        content_hash=forms.content_hash(content),
        language=language,
        sent_at=timezone.now(),
    )
    _move(row, move.outcome.state)
    facts = {
        "section": key,
        "salted_hash": application.salted(snapshot.content_hash),
        "language": language,
    }
    record("section_sent", application, by=by, facts=facts, because=move.because)
    announce(call)
    return snapshot


@transaction.atomic
def cancel_section(application: Application, call: Call, key: str, *, by: User) -> None:
    """« Annuler »: take the section back; the client's window returns to waiting."""
    call, application, row = _locked(application, call, key)
    move = _ask_transition(application, row, "cancel")
    snapshot = application.snapshots.get(section=key, state=SnapshotState.SENT)
    snapshot.state = SnapshotState.WITHDRAWN
    snapshot.save(update_fields=["state"])
    _move(row, move.outcome.state)
    record("section_withdrawn", application, by=by, facts={"section": key}, because=move.because)
    announce(call)


@transaction.atomic
def modify_section(application: Application, call: Call, key: str, *, by: User) -> None:
    """« Modifier la section ci-dessus »: the agreement falls, and what was signed on it."""
    call, application, row = _locked(application, call, key)
    if not application.is_open:
        raise RuleError("application_locked")
    move = _ask_transition(application, row, "modify")
    snapshot = application.snapshots.get(section=key, state=SnapshotState.CONFIRMED)
    snapshot.state = SnapshotState.SUPERSEDED
    snapshot.save(update_fields=["state"])
    _move(row, move.outcome.state)
    record("section_reopened", application, by=by, facts={"section": key}, because=move.because)
    refresh(Standing(application), by=by)
    announce(call)


@transaction.atomic
def confirm_section(snapshot: Snapshot, window: ClientWindow, *, content_hash: str) -> Snapshot:
    """« Je suis d'accord »: the client agrees to exactly the text that was shown (4/COS-12).

    A second click finds it confirmed and changes nothing.

    Raises:
        RuleError: "stale_content" when another text is agreed to than the one that stands,
            "not_sent" when it was taken back meanwhile. Nothing is saved.
    """
    call, application, row = _locked(snapshot.application, window.call, snapshot.section)
    check_is_the_window(call, window)
    snapshot = application.snapshots.select_for_update().get(pk=snapshot.pk, call=call)
    is_same = content_hash == snapshot.content_hash
    if snapshot.state == SnapshotState.CONFIRMED and is_same:
        return snapshot
    if snapshot.state != SnapshotState.SENT:
        raise RuleError(
            "stale_content" if snapshot.state == SnapshotState.SUPERSEDED else "not_sent"
        )
    move = _ask_transition(application, row, "agree", is_content_current=is_same)
    snapshot.state = SnapshotState.CONFIRMED
    _note_answer(snapshot, window)
    _move(row, move.outcome.state)
    record(
        "section_confirmed",
        application,
        by=Actor.CLIENT,
        facts={
            "section": snapshot.section,
            "salted_hash": application.salted(snapshot.content_hash),
            "language": snapshot.language,
        }
        | window.sameness,
        because=move.because,
    )
    announce(call)
    return snapshot


@transaction.atomic
def object_to_section(snapshot: Snapshot, window: ClientWindow, *, comment: str) -> Snapshot:
    """« Quelque chose ne va pas »: the advisor gets the section back with the comment (4/COS-17).

    Raises:
        RuleError: "not_sent", or what keeps the comment from being read. Nothing is saved.
    """
    call, application, row = _locked(snapshot.application, window.call, snapshot.section)
    check_is_the_window(call, window)
    snapshot = application.snapshots.select_for_update().get(pk=snapshot.pk, call=call)
    if snapshot.state == SnapshotState.OBJECTED:
        return snapshot
    if snapshot.state != SnapshotState.SENT:
        raise RuleError("not_sent")
    new_state = check_step("section", row.state, "report_error")
    snapshot.state, snapshot.comment = SnapshotState.OBJECTED, text.comment(comment)
    _note_answer(snapshot, window)
    _move(row, new_state)
    facts = {"section": snapshot.section} | window.sameness
    record("section_contested", application, by=Actor.CLIENT, facts=facts)
    announce(call)
    return snapshot


def _locked(application: Application, call: Call, key: str) -> tuple[Call, Application, Section]:
    """Lock in one order everywhere (call, application, section): two windows never deadlock."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    if not call.is_open or call.application_id != application.pk:
        raise RuleError("call_closed")
    application = Application.objects.select_for_update().get(pk=application.pk)
    row = Section.objects.select_for_update().get(application=application, key=key)
    return call, application, row


def _ask_transition(
    application: Application,
    row: Section,
    event: str,
    *,
    is_client_connected: bool = True,
    is_content_current: bool = True,
) -> Answer[Any]:
    answer = ask(
        "session.section_transition",
        application.carrier,
        state=row.state,
        event=event,
        is_client_connected=is_client_connected,
        is_content_current=is_content_current,
    )
    if answer.outcome.error is not None:
        raise RuleError(answer.outcome.error, because=answer.because)
    return answer


def _move(row: Section, state: str) -> None:
    row.state = state
    row.save(update_fields=["state"])


def _note_answer(snapshot: Snapshot, window: ClientWindow) -> None:
    snapshot.answered_at = timezone.now()
    snapshot.ip, snapshot.user_agent = window.ip, window.user_agent
    snapshot.is_same_device = window.is_advisors_device
    snapshot.is_same_address = window.is_advisors_address
    snapshot.save()
