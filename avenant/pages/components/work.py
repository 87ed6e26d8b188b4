"""The application and the session: checklists, sections, presence, files, decisions, lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.template import Library
from django.utils.safestring import SafeString

from avenant.pages.components import draw
from avenant.pages.items import Check, GridRow, SectionItem

register = Library()
# States in which the client has nothing more to say of a part of the application.
SETTLED = {"confirmed", "not_applicable", "agreed", "signed"}


@register.simple_tag
def checklist(items: Sequence[Check], title: str = "") -> SafeString:
    """What is done and what is missing; each missing thing leads to its place."""
    return draw(
        "checklist",
        items=items,
        title=title,
        done=sum(item.is_done for item in items),
        total=len(items),
    )


@register.simple_tag
def section_list(items: Sequence[SectionItem], title: str = "") -> SafeString:
    """The sections of an application with their states; stays in sight."""
    asked = [item for item in items if item.asks_client]
    return draw(
        "section_list",
        items=items,
        title=title,
        confirmed=sum(item.state.lower() in SETTLED for item in asked),
        to_confirm=len(asked),
        current=next((item for item in items if item.is_current), None),
    )


@register.simple_block_tag(takes_context=True)
def session_panel(
    context: dict[str, Any],
    content: str,
    code: str = "",
    address: str = "",
    started_at: datetime | None = None,
    presence: str = "absent",
    who: str = "",
    on_screen: str = "",
    is_open: bool = True,
) -> SafeString:
    """The live session beside the form: code, address, who is there and what they see."""
    return draw(
        "session_panel",
        content=content,
        code=code,
        address=address,
        started_at=started_at,
        presence=presence,
        who=who,
        on_screen=on_screen,
        is_open=is_open,
        brand=context.get("brand"),
    )


@register.simple_block_tag(takes_context=True)
def waiting(
    context: dict[str, Any],
    content: str,
    title: str,
    since: datetime | None = None,
    presence: str = "",
    who: str = "",
) -> SafeString:
    """Waiting for the other person: how long, and whether they are there. Never blocks reading."""
    return draw(
        "waiting",
        content=content,
        title=title,
        since=since,
        presence=presence,
        who=who,
        brand=context.get("brand"),
    )


@register.simple_tag
def presence(state: str, who: str = "") -> SafeString:
    """One line that says who is there."""
    return draw("presence", state=state, who=who)


@register.simple_tag
def code_display(
    code: str, label: str = "", copy: bool = True, size: str = "", pairs: int = 4
) -> SafeString:
    """A code to read aloud: in groups, letters that cannot be taken for one another."""
    groups = [code[start : start + pairs] for start in range(0, len(code), pairs)]
    return draw("code_display", code=code, groups=groups, label=label, copy=copy, size=size)


@register.simple_block_tag(takes_context=True)
def file_card(
    context: dict[str, Any],
    content: str,
    name: str,
    url: str = "",
    size: int | None = None,
    state: str = "",
    meta: str = "",
    icon: str = "file-type-pdf",
) -> SafeString:
    """A file with its weight, its state and what may be done with it."""
    return draw(
        "file_card",
        content=content,
        name=name,
        url=url,
        size=size,
        state=state,
        meta=meta,
        icon=icon,
        brand=context.get("brand"),
    )


@register.simple_tag
def pdf_viewer(url: str, title: str, pages: int | None = None, download: str = "") -> SafeString:
    """A PDF read in the page, with the way to take it along."""
    return draw("pdf_viewer", url=url, title=title, pages=pages, download=download or url)


@register.simple_block_tag
def answer(
    content: str, sentence: str, tone: str = "yes", because: Iterable[Any] = (), title: str = ""
) -> SafeString:
    """A decision: the answer in one sentence, then the reasons with their source."""
    icons = {"yes": "circle-check", "no": "circle-x", "unknown": "help-circle", "refer": "user"}
    return draw(
        "answer",
        content=content,
        sentence=sentence,
        tone=tone,
        icon=icons[tone],
        because=list(because),
        title=title,
    )


@register.simple_tag
def grid_table(
    head: Sequence[str],
    rows: Sequence[GridRow],
    caption: str,
    cell: tuple[int, int] | None = None,
    corner: str = "",
) -> SafeString:
    """A printed table; `cell` is the matched one (row, column from 0, headings apart)."""
    row_number, column_number = cell if cell else (-1, -1)
    marked = [
        {
            "head": row.head,
            "is_matched": y == row_number,
            "cells": [
                {"text": text, "is_matched": (y, x) == (row_number, column_number)}
                for x, text in enumerate(row.cells)
            ],
        }
        for y, row in enumerate(rows)
    ]
    columns = [{"text": text, "is_matched": x == column_number} for x, text in enumerate(head)]
    return draw("grid_table", columns=columns, rows=marked, caption=caption, corner=corner)


@register.simple_block_tag(takes_context=True)
def table_bar(
    context: dict[str, Any],
    content: str,
    url: str,
    target: str,
    q: str = "",
    count: int = 0,
    total: int | None = None,
    export_url: str = "",
    placeholder: str = "",
    filters: Mapping[str, str] | None = None,
) -> SafeString:
    """Above a list: search as you type, filters, how many, export.

    All of it is sent in the body of a request: a name that is searched for stays out of addresses,
    histories and logs. `filters` are those in force, which an export follows.
    """
    return draw(
        "table_bar",
        content=content,
        url=url,
        target=target,
        q=q or "",
        count=count,
        total=total,
        export_url=export_url,
        placeholder=placeholder,
        filters=filters or {},
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag(takes_context=True)
def pager(
    context: dict[str, Any],
    page: Page[Any],
    target: str = "",
    filters: Mapping[str, str] | None = None,
) -> SafeString:
    """The pages of a list, asked for with its `filters` as its table bar does (`target` is the
    list's); without a target by addresses, whose other parameters are kept."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop("page", None)
    return draw(
        "pager",
        page=page,
        query=f"{query.urlencode()}&" if query else "",
        target=target,
        url=request.path if request else "",
        filters=filters or {},
        csrf_token=context.get("csrf_token"),
        numbers=list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    )
