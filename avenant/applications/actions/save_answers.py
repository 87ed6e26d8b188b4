"""Autosave: keep what the advisor types, field by field (4/APP-06, COS-08)."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from avenant.accounts.models import User
from avenant.applications.actions.refresh import refresh
from avenant.applications.actions.retention import restart_retention
from avenant.applications.content import Answers, answers_of, form_of
from avenant.applications.models import HELD, Answer, Application
from avenant.applications.standing import Standing, ask_who_signs
from avenant.clock import today
from avenant.errors import RuleError
from avenant.history.actions.record import record
from avenant.live.bus import announce
from avenant.live.queries import lock_open_calls
from avenant.signatures.models import Signer
from avenant_rules import forms
from avenant_rules.forms import FormView


@dataclass
class Saved:
    """How the application stands after what was kept, and what was not kept and why."""

    standing: Standing
    before: forms.FormView
    problems: dict[str, forms.FieldProblem] = field(default_factory=dict)

    @property
    def application(self) -> Application:
        """As it is now."""
        return self.standing.application


@transaction.atomic
def save_answers(
    pk: UUID,
    raw: dict[str, Any],
    *,
    by: User,
    writer: str = "",
    writer_sequence: int = 0,
) -> Saved:
    """Keep the values that can be read; each one that cannot is named with what to do.

    `writer` and `writer_sequence` name the browser window and its rising number: a late copy of an
    older answer of the same window is left aside. A value that cannot be read leaves the earlier answer untouched. Two windows on one draft:
    the last accepted write of a field wins (settled 9).

    Raises:
        Application.DoesNotExist: `by` has no such application.
        RuleError: "application_locked", "expired", "unknown_question" (the form has no such
            question, or no such row any more), or "section_locked" when a section that the client
            reads or has confirmed is touched. Nothing is saved then.
    """
    calls = lock_open_calls(pk)
    # Looked up, seen to be one's own and locked at once: this is asked at every few letters.
    owned = Application.objects.filter(advisor=by, carrier=by.carrier)
    application = owned.select_for_update().get(pk=pk)
    _check_is_open(application)
    kept = {answer.question: answer for answer in application.answers.all()}
    form, answers = form_of(application), {name: one.value for name, one in kept.items()}
    before = FormView(form, answers)
    standing = Standing(application, before)
    standing.call = next(iter(calls), None)
    saved = Saved(standing, before)
    touched: set[str] = set()
    day = today(application.carrier)
    for path, text in raw.items():
        question, section = form.question(path), form.section_of(path)
        if question is None or section is None:
            raise RuleError("unknown_question")
        if standing.section_rows.get(section.id) in HELD:
            raise RuleError("section_locked", details=[section.id])
        value = forms.check_value(question, text, today=day)
        if isinstance(value, forms.FieldProblem):
            saved.problems[path] = value
            continue
        try:
            changed = forms.with_answer(form, answers, path, value)
        except KeyError as error:  # its row was taken away meanwhile
            raise RuleError("unknown_question") from error
        if too_young := _too_young(form, changed, path, application.carrier):
            saved.problems[path] = too_young
            continue
        if changed != answers and not _is_late(kept.get(path), writer, writer_sequence):
            answers = changed
            key = _key(form, path)
            row = kept.setdefault(key, Answer(application=application, question=key))
            _write(row, answers.get(key), writer, writer_sequence)
            touched.add(section.id)
    if touched:
        application.answers_sequence += 1
        restart_retention(application)
        saved.standing = standing.with_answers(answers)
        refresh(saved.standing, by=by)
        record("answers_saved", application, by=by, facts={"sections": sorted(touched)})
        for call in calls:
            announce(call)
    return saved


@transaction.atomic
def change_rows(
    application: Application, group_id: str, *, add: bool = False, remove: str = "", by: User
) -> Application:
    """Add an empty row to a group of the form, or take one away (4/APP-30: no limit of rows).

    Raises:
        RuleError: as `save_answers`.
    """
    calls = lock_open_calls(application)
    application = Application.objects.select_for_update().get(pk=application.pk)
    _check_is_open(application)
    form, answers = form_of(application), answers_of(application)
    section = form.section_of(group_id)
    if section is None or not isinstance(section.item(group_id), forms.Group):
        raise RuleError("unknown_question")
    row = application.sections.get(key=section.id)
    if row.state in HELD:
        raise RuleError("section_locked", details=[section.id])
    if add:
        answers = forms.with_row(form, answers, group_id, f"r{secrets.token_hex(4)}")
    if remove:
        answers = forms.without_row(answers, group_id, remove)
    answer = application.answers.filter(question=group_id).first()
    _write(answer or Answer(application=application, question=group_id), answers.get(group_id))
    application.answers_sequence += 1
    restart_retention(application)
    refresh(Standing(application, FormView(form, answers)), by=by)
    record("answers_saved", application, by=by, facts={"sections": [section.id]})
    for call in calls:
        announce(call)
    return application


@transaction.atomic
def save_application(application: Application, *, by: User) -> Application:
    """« Sauvegarder »: restart the 15 days even when nothing changed (4/APP-08)."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    _check_is_open(application)
    restart_retention(application)
    application.save()
    record(
        "application_saved", application, by=by, facts={"until": application.expires_on.isoformat()}
    )
    return application


def _check_is_open(application: Application) -> None:
    if not application.is_open:
        raise RuleError("application_locked")
    if application.expires_on < today(application.carrier):
        raise RuleError("expired")


def _key(form: forms.Form, path: str) -> str:
    """The name of the row that holds the answer at `path`: a group is one row, whole."""
    item = next(item for _, item in form.items() if item.id == path.split(".")[0])
    return item.id if isinstance(item, forms.Group) else path


def _write(answer: Answer, value: Any, writer: str = "", writer_sequence: int = 0) -> None:
    answer.value = value
    answer.sequence = answer.application.answers_sequence + 1
    answer.writer, answer.writer_sequence = writer, writer_sequence
    answer.save()


def _too_young(
    form: forms.Form, answers: Answers, path: str, carrier: str
) -> forms.FieldProblem | None:
    """Somebody who must sign and is a minor: said at the answer that makes it so, not after an hour's
    work."""
    who = {
        form.roles.get("client_birth_date"): Signer.MAIN_INSURED,
        form.roles.get("spouse_birth_date"): Signer.SPOUSE,
        form.roles.get("is_spouse_insured"): Signer.SPOUSE,
    }
    if path not in who or not answers.get(path):
        return None
    signing = ask_who_signs(FormView(form, answers), carrier)
    if who[path] not in signing.outcome.minors:
        return None
    sentence = signing.because[-1].text
    return forms.FieldProblem("too_young", sentence, sentence)


def _is_late(answer: Answer | None, writer: str, sequence: int) -> bool:
    """Whether this window already wrote this question with a higher number. Rows of a group are
    one answer with several fields, so only single questions are compared."""
    return (
        answer is not None
        and bool(writer)
        and answer.writer == writer
        and answer.writer_sequence > sequence
    )
