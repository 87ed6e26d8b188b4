"""What the pages of an application show: the sections, the fields of one of them, what is left."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from avenant.accounts.access import SignedInRequest
from avenant.applications.content import form_of
from avenant.applications.fields import fields_of
from avenant.applications.forms import AdditionalFileForm, IllustrationForm
from avenant.applications.models import (
    HELD,
    Application,
    SectionState,
    SnapshotState,
)
from avenant.applications.queries import Task, remaining_tasks, section_url
from avenant.applications.standing import Standing
from avenant.applications.way_out import way_out
from avenant.carriers.packs import PACKS_FOLDER, reader_language
from avenant.carriers.texts import CERTIFICATION, reading
from avenant.clock import today
from avenant.documents.failure_words import trouble_of
from avenant.live.context import call_context
from avenant.live.models import Call
from avenant.live.queries import asked_of
from avenant.pages.items import Check, SectionItem
from avenant.rules import ask
from avenant.signatures.forms import SignatureForm
from avenant.signatures.models import SignatureState, Signer
from avenant_rules import forms
from avenant_rules.forms import FieldProblem, FormView, ProductData

# Steps of the application that are not sections of the form, with their places in the menu.
EXTRA_STEPS = ("soumission", "signature", "transmission")


def product_of(application: Application) -> ProductData:
    """The guarantees and associations that the form's carrier offers."""
    return forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)


def application_context(
    request: SignedInRequest,
    application: Application,
    *,
    current: str = "",
    problems: Mapping[str, FieldProblem] | None = None,
    typed: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> dict[str, Any]:
    """Everything the advisor's page needs, opened at the section asked for.

    `problems` and what was `typed` there are shown beside each other; `standing` is what an act before
    this has read of the application.
    """
    standing = standing or Standing(application)
    view = standing.view
    form = view.form
    asked = current or request.POST.get("section") or request.GET.get("section", "")
    section = next((s for s in view.sections if s.id == asked), None)
    if section is None and asked not in EXTRA_STEPS:
        section = view.sections[0]
    call = standing.call
    items = _menu(standing, section.id if section else asked)
    steps = way_out(standing)
    context: dict[str, Any] = {
        "application": application,
        "form_title": form.title.in_(reader_language()),
        "section": section,
        "current": section.id if section else asked,
        "items": items,
        "next_step": _next_step(items),
        "tasks": _checks(standing, steps),
        "way_out": steps,
        "gate": standing.gate.outcome,
        "objections": _objections(standing),
        "is_closing_warned": ask(
            "application.close", application.carrier, is_submitted=application.is_submitted
        ).outcome.is_warning_shown,
        "days_left": (application.expires_on - today(application.carrier)).days,
        "language": reader_language(),
        "latest_document": standing.latest_document,
        "trouble": trouble_of(standing.latest_document),
    }
    context |= call_context(request, call)
    if call is not None:
        context["on_screen"] = _on_screen(call, standing)
    if section is not None:
        context |= _section_context(request, standing, section, problems or {}, typed or {})
    elif context["current"] == "soumission":
        context |= _illustration_context(standing)
    elif context["current"] == "signature":
        context |= _signature_context(standing)
    else:
        texts = reading(application.carrier, CERTIFICATION, reader_language())
        context["certification"] = texts
    if section is None:
        context["step_key"] = _step_key(standing)
    return context


def _objections(standing: Standing) -> list[dict[str, str]]:
    """What the client contests and was not sent again, with the way there (4/COS-17)."""
    return [
        {
            "title": f"{section.number}. {section.title.in_(reader_language())}",
            "url": section_url(standing.application, section.id),
            "comment": standing.objections[section.id].comment,
        }
        for section in standing.view.sections
        if _look_of(standing, section.id) == "contested"
    ]


def _step_key(standing: Standing) -> str:
    """Changes when a step must be drawn again; a form being filled is not, otherwise."""
    illustration, document = standing.illustration, standing.latest_document
    parts = [
        standing.application.state,
        f"{illustration.pk}{illustration.state}" if illustration else "",
        f"{document.pk}{document.state}{document.failure}{document.is_late}" if document else "",
        *(f"{one.pk}{one.state}" for one in standing.signatures),
    ]
    return "-".join(parts)


def section_of_paths(application: Application, paths: Iterable[str]) -> str:
    """The section that holds the first of these answer paths; empty when none is known."""
    form = form_of(application)
    found = (form.section_of(path) for path in paths)
    return next((section.id for section in found if section is not None), "")


def visible_paths(view: FormView, section_id: str) -> list[str]:
    """The questions shown in a section: when they change, its fields are drawn again."""
    section = next((s for s in view.sections if s.id == section_id), None)
    if section is None:
        return []
    blocks = fields_of(
        view, section, language=reader_language(), problems={}, typed={}, show_missing=False
    )
    return [path for block in blocks for path in block.paths()]


def _menu(standing: Standing, current: str) -> list[SectionItem]:
    application, view = standing.application, standing.view
    illustration = standing.illustration
    items = [
        SectionItem(
            _("Soumission"),
            section_url(application, "soumission"),
            illustration.state if illustration else "empty",
            is_current=current == "soumission",
        )
    ]
    for section in view.sections:
        progress = standing.progress[section.id]
        items.append(
            SectionItem(
                f"{section.number}. {section.title.in_(reader_language())}",
                section_url(application, section.id),
                _look_of(standing, section.id),
                done=progress.answered,
                total=progress.expected,
                is_current=current == section.id,
                asks_client=section.confirmed_by == "client",
            )
        )
    trouble = trouble_of(standing.latest_document)
    signed = len(standing.signed_by)
    needed = len(standing.signers)
    is_asked = any(one.state == SignatureState.REQUESTED for one in standing.signatures)
    signature_state = "signed" if signed >= needed else "requested" if is_asked else "not_signed"
    signature = SectionItem(
        f"9. {_('Signatures')}",
        section_url(application, "signature"),
        signature_state,
        done=signed,
        total=needed,
        is_current=current == "signature",
    )
    # The representative's section comes last in the form, after the signatures (4/G-03).
    position = next(
        (n + 1 for n, s in enumerate(view.sections) if s.confirmed_by == "nobody"), len(items)
    )
    items.insert(position, signature)
    items.append(
        SectionItem(
            _("PDF et transmission"),
            section_url(application, "transmission"),
            "failed" if trouble is not None and trouble.is_lasting else application.state,
            is_current=current == "transmission",
            asks_client=False,
        )
    )
    return items


def _look_of(standing: Standing, section: str) -> str:
    """The state of a section as the menu says it: what stops it comes before how full it is."""
    state = standing.section_rows.get(section, SectionState.EMPTY)
    if section in standing.refused_sections:
        return "blocked"
    if section in standing.objections and state not in HELD:
        return "contested"
    return state


def _next_step(items: list[SectionItem]) -> SectionItem | None:
    """What follows the section being read, in the order of the menu."""
    here = next((n for n, item in enumerate(items) if item.is_current), len(items))
    return items[here + 1] if here + 1 < len(items) else None


def _checks(standing: Standing, steps: list[Check]) -> list[Check]:
    tasks: list[Task] = remaining_tasks(standing)
    refused = [step for step in steps if not step.is_done]
    return [*refused, *(Check(task.sentence, is_done=False, url=task.url) for task in tasks)]


def _on_screen(call: Call, standing: Standing) -> str:
    """What the client has in front of them, in the advisor's words."""
    asked = asked_of(call, standing.attachments, standing.snapshots, standing.signatures)
    if asked is None:
        return _("page d'attente")
    if asked.snapshot is not None:
        return standing.view.form.section(asked.snapshot.section).title.in_(reader_language())
    return {
        "illustration": _("la soumission"),
        "signature": _("les avis et la signature"),
    }[asked.kind]


def _section_context(
    request: SignedInRequest,
    standing: Standing,
    section: forms.Section,
    problems: Mapping[str, FieldProblem],
    typed: Mapping[str, Any],
) -> dict[str, Any]:
    application, view = standing.application, standing.view
    state = standing.section_rows.get(section.id, SectionState.EMPTY)
    sent = [one for one in standing.snapshots if one.section == section.id]
    held = (one for one in sent if one.state in {SnapshotState.SENT, SnapshotState.CONFIRMED})
    is_held = state in HELD
    return {
        "section_state": state,
        "progress": standing.progress[section.id],
        "is_held": is_held,
        "is_for_client": section.confirmed_by == "client",
        "snapshot": next(held, None),
        "is_refused": section.id in standing.refused_sections,
        # Drawn for a whole page, hardly ever for a look: made when a template asks for them.
        "blocks": SimpleLazyObject(
            lambda: fields_of(
                view,
                section,
                language=reader_language(),
                problems=problems,
                typed=typed,
                show_missing="missing" in request.GET,
            )
        ),
        "plan_express_message": _plan_express_message(application, view, section),
        "commission": _commission(application, view, section),
        "payment_reasons": _payment_reasons(application, view, section),
    }


def _holds(view: FormView, section: forms.Section, role: str) -> bool:
    found = view.form.section_of(view.form.roles.get(role, ""))
    return found is not None and found.id == section.id


def _commission(application: Application, view: FormView, section: forms.Section) -> Any:
    """What the shares add up to, while they are being entered (4/APP-35)."""
    own = view.role("own_percent")
    if not _holds(view, section, "own_percent") or own is None:
        return None
    facts: dict[str, Any] = {"own_percent": own}
    second = {key: view.role(f"second_{key}") for key in ("name", "code", "percent")}
    if any(second.values()):
        facts["second_representative"] = {
            "name": second["name"] or "",
            "code": second["code"] or "",
            "percent": second["percent"] or "0",
        }
    return ask("application.commission_split", application.carrier, **facts).outcome


def _payment_reasons(application: Application, view: FormView, section: forms.Section) -> list[Any]:
    """Why the pre-authorised debit is the only mode here, with its source (4/PAY-01)."""
    if not _holds(view, section, "first_premium_consent"):
        return []
    answer = ask(
        "billing.payment_mode",
        application.carrier,
        mode="pre_authorised_debit",
        frequency="monthly",
        application_channel="electronic",
    )
    return list(answer.because[:1])


def _plan_express_message(
    application: Application, view: FormView, section: forms.Section
) -> list[str]:
    """The sentences of the declarations of this section that are answered « Inexact »."""
    refusals = (view.refusal(item) for item in view.items(section))
    return [one.in_(reader_language()) for one in refusals if one is not None]


def _illustration_context(standing: Standing) -> dict[str, Any]:
    application, illustration = standing.application, standing.illustration
    product = product_of(application)
    listed = [
        (product.guarantee(row["guarantee"]).label.in_(reader_language()), row["amount"])
        for row in (illustration.guarantees if illustration else [])
    ]
    return {
        "illustration": illustration,
        "listed_guarantees": listed,
        "additional_files": standing.additional_files,
        "illustration_form": IllustrationForm(
            product=product, language=reader_language(), chosen=application.product
        ),
        "additional_form": AdditionalFileForm(),
    }


def _signature_context(standing: Standing) -> dict[str, Any]:
    signers = standing.signers
    requests = {r.signer: r for r in standing.signatures}
    initial = {name: standing.view.role(f"client_{name}") for name in ("city", "province")}
    signed = [r for r in requests.values() if r.state == SignatureState.SIGNED]
    return {
        "is_signature_left": len(signed) < len(signers),
        "signers": [
            {
                "code": code,
                "name": name or Signer(code).label.capitalize(),
                "role": Signer(code).label,
                "request": requests.get(code),
                "form": SignatureForm(
                    signers=signers, initial=initial | {"signer": code}, prefix=None
                ),
            }
            for code, name in signers.items()
        ],
    }
