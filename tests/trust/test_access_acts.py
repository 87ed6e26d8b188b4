"""Each act is the rightful person's (G3): posted with their own valid fields it succeeds, and the same
post by everybody else is refused and writes nothing."""

import re
from copy import copy
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avenant.demo.dossiers import ApplicationStory
from avenant.live.window import COOKIE
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.acts import HALTS, TO_JOIN, walk
from tests.trust.matrix import ACTORS, ROWS, SIGN_IN

pytestmark = pytest.mark.promise("G3")
# Whoever has the same right.
SECOND = {
    "contract_administration": "second_administration",
    "platform_admin": "other_platform_admin",
}
WRITTEN = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "((?:applications|live|signatures|documents|history'
    r'|messaging|underwriting|partners|accounts)_\w+)"|DELETE FROM (procrastinate_jobs)'
)
# Whoever may write is shown elsewhere: the sign-in, and what is only asked.
NO_ACTS = {
    "set_language", "verify", "api_decide", "launch_call", "drafts", "submitted_applications",
    "demo_clock", "people",
}  # fmt: skip


@pytest.mark.timeout(900)
def test_it_takes_each_act_from_the_rightful_person_and_from_nobody_else(cast: Cast) -> None:
    other = ApplicationStory(cast.other_advisor).open().fill().join()
    ended = ApplicationStory(cast.colleague).open().join()
    ended.close()
    people = {actor: browser_of(getattr(cast, actor, None)) for actor in ACTORS}
    people |= {"other_client": window_of_client(other), "expired_client": window_of_client(ended)}
    faults = []
    met = []

    for halt, story in walk(cast):
        met.append(halt)
        people["client"] = window_of_client(story) if story.token else browser_of(None)
        for act in HALTS[halt]:
            url, fields = reverse(act.url, kwargs=act.kwargs(story)), act.fields(story)
            where = f"{halt}: {act.url}"
            if story.token and story.window.call.is_open:
                story.stay()
            got, written = post(people[act.by], url, fields)
            if got != act.gets or not written:
                faults.append(f"{where} as {act.by}: {got}, not {act.gets}; wrote {written}")
            if act.others is None:
                continue
            for actor in ACTORS:
                if actor in {act.by, SECOND.get(act.by)}:
                    continue
                if actor == "client" and not story.token:
                    continue
                got, written = post(people[actor], url, fields)
                expected = act.expected(actor)
                if got != expected or written:
                    faults.append(f"{where} as {actor}: {got}, not {expected}; wrote {written}")
            if act.by == "client":
                faults += as_the_client(people["advisor"], story, where, url, fields)

    assert not faults, "\n".join(faults)
    assert met == list(HALTS)


def as_the_client(
    advisor: Client, story: ApplicationStory, where: str, url: str, fields: dict[str, Any]
) -> list[str]:
    """The advisor's browser with the client's cookie: refused, and that it tried is recorded."""
    advisor.cookies[COOKIE] = story.token
    got, written = post(advisor, url, fields)
    del advisor.cookies[COOKIE]
    if got == 409 and written == {"history_event", "history_chain"}:
        return []
    return [f"{where} by the advisor for the client: {got}; wrote {written}"]


def test_it_tries_every_act_of_the_site() -> None:
    tried = {act.url for acts in HALTS.values() for act in acts}
    posted = {
        name for name, row in ROWS.items()
        if any(answer != 405 for answer in row.post.values() if answer != SIGN_IN)
        and not name.startswith(("account_", "mfa_"))
    }  # fmt: skip

    assert posted - tried == NO_ACTS


def test_it_would_find_an_act_open_to_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: another advisor's post writes when the query says whose file it is no more."""
    from avenant.applications import views
    from avenant.applications.models import Application

    story = ApplicationStory(cast.advisor).open().fill()
    url = reverse("save_application", args=[story.application.pk])
    stranger = browser_of(cast.other_advisor)
    assert post(stranger, url, {}) == (404, set())

    monkeypatch.setattr(views, "drafts_of", lambda _user: Application.objects.all())

    got, written = post(stranger, url, {})
    assert got == 302
    assert "applications_application" in written


def post(browser: Client, url: str, fields: dict[str, Any]) -> tuple[int | str, set[str]]:
    """What is answered, and which tables of ours are written; all of it is undone."""
    cookies = copy(browser.cookies)
    for one in fields.values():
        if hasattr(one, "seek"):
            one.seek(0)
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        response = browser.post(url, fields)
        transaction.set_rollback(True)
    browser.cookies = cookies
    said = [WRITTEN.search(one["sql"]) for one in queries.captured_queries]
    written = {one[1] or one[2] for one in said if one}
    if response.status_code == 302 and response["Location"] == reverse("join_call"):
        return TO_JOIN, written
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return SIGN_IN, written
    return response.status_code, written
