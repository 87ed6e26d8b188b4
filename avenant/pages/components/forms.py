"""What people fill in: field rows, choices, codes, signatures, confirmations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.forms import BoundField, Form
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from avenant.pages.components import draw

register = Library()


@register.simple_block_tag(takes_context=True)
def field(
    context: dict[str, Any],
    content: str,
    label: str,
    name: str = "",
    id: str = "",
    help: str = "",
    error: str = "",
    required: bool = False,
    optional: bool = False,
    saved: datetime | None = None,
    mark: str = "",
    group: bool = False,
) -> SafeString:
    """One question: label, help, control, error; a fieldset when `group`.

    The control itself carries `aria-describedby="{id}-help {id}-error"` when it has them.
    """
    return draw(
        "field",
        content=content,
        label=label,
        name=name,
        id=id or f"id_{name}",
        help=help,
        error=error,
        required=required,
        optional=optional,
        saved=saved,
        mark=mark,
        group=group,
        brand=context.get("brand"),
    )


@register.simple_tag
def bound(question: BoundField) -> SafeString:
    """The same from a field of a Django form, with its classes and links to help and error."""
    widget = question.field.widget
    is_group = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    error = " ".join(str(message) for message in question.errors)
    return draw(
        "field",
        content=_control(question, has_error=bool(error), is_group=is_group),
        label=question.label,
        name=question.html_name,
        id=question.id_for_label or question.auto_id,
        help=question.help_text,
        error=error,
        required=question.field.required,
        group=is_group,
        is_check=getattr(widget, "input_type", "") == "checkbox" and not is_group,
    )


def _control(question: BoundField, *, has_error: bool, is_group: bool) -> SafeString:
    if is_group:
        return draw(
            "choices",
            name=question.html_name,
            id=question.auto_id,
            options=question.field.choices,  # type: ignore[attr-defined]
            chosen=_chosen(question.value()),
            kind="checkbox"
            if isinstance(question.field.widget, CheckboxSelectMultiple)
            else "radio",
            stacked=len(list(question.field.choices)) > 3,  # type: ignore[attr-defined]
            required=question.field.required,
        )
    kind = getattr(question.field.widget, "input_type", "")
    css = {"select": "form-select", "checkbox": "form-check-input"}.get(kind, "form-control")
    described = [f"{question.auto_id}-help"] if question.help_text else []
    attributes: dict[str, Any] = {"class": css}
    if has_error:
        described.append(f"{question.auto_id}-error")
        attributes |= {"class": f"{css} is-invalid", "aria-invalid": "true"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return mark_safe(question.as_widget(attrs=attributes))  # noqa: S308 - Django's own output


def _chosen(value: Any) -> list[str]:
    if value in (None, ""):
        return []
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]


@register.simple_tag
def choices(
    name: str,
    options: Iterable[tuple[str, str]],
    value: Any = "",
    id: str = "",
    kind: str = "radio",
    stacked: bool = False,
    required: bool = False,
    disabled: bool = False,
    error: str = "",
) -> SafeString:
    """Large answers to choose from: side by side (Oui, Non) or one under the other."""
    return draw(
        "choices",
        name=name,
        id=id or f"id_{name}",
        options=options,
        chosen=_chosen(value),
        kind=kind,
        stacked=stacked,
        required=required,
        disabled=disabled,
        error=error,
    )


@register.simple_tag
def form_errors(form: Form) -> SafeString:
    """Everything to correct, on top, each line leading to its field."""
    lines = [
        {"text": text}
        if name == "__all__"
        else {"label": form[name].label, "target": form[name].auto_id, "text": text}
        for name, texts in form.errors.items()
        for text in texts
    ]
    return draw("form_errors", lines=lines) if lines else SafeString()


@register.simple_tag
def code_input(
    name: str,
    length: int,
    label: str,
    kind: str = "digits",
    error: str = "",
    help: str = "",
    autofocus: bool = False,
    value: str = "",
) -> SafeString:
    """One field for a code: it may be pasted, and the phone shows the right keyboard."""
    return draw(
        "code_input",
        name=name,
        id=f"id_{name}",
        length=length,
        label=label,
        kind=kind,
        error=error,
        help=help,
        autofocus=autofocus,
        value=value or "",
        room=length + 4,
    )


@register.simple_tag(takes_context=True)
def saved_mark(context: dict[str, Any], saved: datetime | None = None) -> SafeString:
    """« Enregistré à 14 h 32 »; the autosave script keeps it true."""
    return draw("saved_mark", saved=saved, brand=context.get("brand"))


@register.simple_block_tag(takes_context=True)
def signature_pad(
    context: dict[str, Any],
    content: str,
    action: str,
    signer: str,
    gate: str = "",
    error: str = "",
    accept: str = "",
) -> SafeString:
    """Draw or type a signature, erase it, accept it with the green button."""
    return draw(
        "signature_pad",
        content=content,
        action=action,
        signer=signer,
        gate=gate,
        error=error,
        accept=accept,
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag
def notices_end() -> SafeString:
    """The end of a text that has to be read before the next step."""
    return draw("notices_end")


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A window over the page, opened by `data-opens`."""
    return draw("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def confirm(
    content: str, id: str, title: str, effect: str, tone: str = "primary", cancel: str = ""
) -> SafeString:
    """Ask once, in the words of the consequence; the button bears the effect."""
    return draw(
        "confirm", content=content, id=id, title=title, effect=effect, tone=tone, cancel=cancel
    )
