"""Small marks: icons, states, callouts, progress, empty states, timelines."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import Library
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from avenant.pages.components import draw
from avenant.pages.items import Event
from avenant.pages.states import look_of

register = Library()

CALLOUTS: dict[str, tuple[str, str | Promise]] = {
    "tip": ("bulb", _("Trucs et astuces")),
    "important": ("alert-circle", _("Important")),
    "blocked": ("lock", _("Bloqué")),
    "info": ("info-circle", ""),
    "done": ("circle-check", ""),
    "problem": ("alert-triangle", ""),
}


@cache
def _icons() -> dict[str, str]:
    path = settings.BASE_DIR / "avenant" / "frontend" / "dist" / "icons.json"
    if not path.exists():
        raise ImproperlyConfigured("no icons: run avenant/frontend/build.py")
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A drawing from the one set; hidden from screen readers unless it has a label.

    Raises `LookupError` for a name that `icons.txt` does not list.
    """
    try:
        drawing = _icons()[name]
    except KeyError:
        raise LookupError(f"no icon {name!r}: add it to avenant/frontend/src/icons.txt") from None
    paint = (
        'fill="currentColor"'
        if name.endswith("-filled")
        else 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round"'
    )
    voice = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="20" height="20" {} {} focusable="false">'
        "{}</svg>",
        css,
        mark_safe(paint),  # noqa: S308 - constant
        voice,
        mark_safe(drawing),  # noqa: S308 - built from our own package
    )


@register.simple_tag
def state(code: str, label: str = "", size: str = "") -> SafeString:
    """The state of anything as word, icon and tone."""
    look = look_of(code)
    return format_html(
        '<span class="state state-{} {}" data-state="{}">{}<span class="state-word">{}</span></span>',
        look.tone,
        f"state-{size}" if size else "",
        str(code).lower(),
        icon(look.icon),
        label or look.word,
    )


@register.simple_block_tag
def callout(
    content: str, kind: str, title: str = "", link: str = "", link_label: str = ""
) -> SafeString:
    """A tip, a warning, a block and where it leads."""
    drawing, default_title = CALLOUTS[kind]
    return draw(
        "callout",
        kind=kind,
        icon=drawing,
        title=title or default_title,
        content=content,
        link=link,
        link_label=link_label,
    )


@register.simple_block_tag
def empty_state(
    content: str, title: str, icon: str = "inbox", action: str = "", action_label: str = ""
) -> SafeString:
    """Nothing yet, said honestly, with the first thing to do."""
    return draw(
        "empty_state",
        content=content,
        title=title,
        icon=icon,
        action=action,
        action_label=action_label,
    )


@register.simple_tag
def progress(done: int, total: int, label: str = "") -> SafeString:
    """How far something is, in figures and as a bar."""
    return draw("progress", done=done, total=total, label=label)


@register.simple_tag(takes_context=True)
def timeline(context: dict[str, Any], events: Sequence[Event], title: str = "") -> SafeString:
    """What happened, newest or oldest first as given."""
    return draw("timeline", events=events, title=title, brand=context.get("brand"))


@register.simple_tag
def steps(items: Sequence[str], current: int) -> SafeString:
    """Where the client is on the way: labels, and the place (from 0) of the present one."""
    marked: list[dict[str, Any]] = [
        {"label": label, "is_done": place < current, "is_current": place == current}
        for place, label in enumerate(items)
    ]
    here = items[current] if 0 <= current < len(items) else ""
    return draw("steps", items=marked, number=current + 1, total=len(items), here=here)
