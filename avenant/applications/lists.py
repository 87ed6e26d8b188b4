"""The lists of applications: what matches what is typed, sorted and paged."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from avenant.accounts.access import SignedInRequest
from avenant.applications.models import Application
from avenant.clock import today
from avenant.text import LONGEST_SEARCH
from avenant_rules.folding import folded_words
from avenant_rules.plain_text import what_is_readable

PAGE_SIZE = 25


@dataclass(frozen=True)
class DraftRow:
    """One line of the list of saved applications."""

    application: Application
    filled: int  # sections that are filled at least
    total: int
    days_left: int


def _draft_row(application: Application, day: dt.date) -> DraftRow:
    states = [s.state for s in application.sections.all() if s.state != "not_applicable"]
    filled = sum(state not in {"empty", "incomplete"} for state in states)
    return DraftRow(application, filled, len(states), (application.expires_on - day).days)


def _asked(request: SignedInRequest) -> tuple[QueryDict, str]:
    """What is asked of a list, and the name that is searched for: never read from an address, so
    that nobody makes addresses that hold one."""
    asked = request.POST if request.method == "POST" else request.GET
    return asked, what_is_readable(request.POST.get("q", ""), most=LONGEST_SEARCH)


SORTS = {"name": "insured_key", "saved": "-last_saved_at", "expiry": "expires_on"}


def _named(found: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those in whose name each word stands that is typed, in whatever order."""
    for word in folded_words(text):
        found = found.filter(insured_key__contains=word)
    return found


def drafts_context(request: SignedInRequest, drafts: QuerySet[Application]) -> dict[str, Any]:
    """The saved applications that match what is typed, sorted, paged."""
    asked, text = _asked(request)
    sort = asked.get("sort", "saved")
    found = (
        _named(drafts, text)
        .order_by(SORTS.get(sort, "-last_saved_at"), "pk")
        .prefetch_related("sections")
    )
    page = Paginator(found, PAGE_SIZE).get_page(asked.get("page"))
    day = today(request.user.carrier)
    rows = [_draft_row(application, day) for application in page.object_list]
    return {
        "page": page,
        "rows": rows,
        "q": text,
        "sort": sort,
        "filters": {"q": text, "sort": sort},
        "total": drafts.count(),
        "shown": found.count(),
    }


def submitted_list_context(
    request: SignedInRequest, submitted: QuerySet[Application]
) -> dict[str, Any]:
    """The submitted files that match what is typed, by name or number, newest first."""
    asked, text = _asked(request)
    sort = asked.get("sort", "submitted")
    found = submitted
    if text:
        found = _named(found, text) | found.filter(number__icontains=text)
    state = asked.get("state", "")
    if state:
        found = found.filter(state=state)
    order = {"name": "insured_key", "number": "number", "advisor": "advisor__name"}
    found = found.order_by(order.get(sort, "-submitted_at"), "pk").select_related(
        "advisor", "advisor__affiliation__firm"
    )
    page = Paginator(found, PAGE_SIZE).get_page(asked.get("page"))
    return {
        "found": found,
        "page": page,
        "q": text,
        "sort": sort,
        "state": state,
        "filters": {"q": text, "sort": sort, "state": state},
        "total": submitted.count(),
        "shown": found.count(),
    }
