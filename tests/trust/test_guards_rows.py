"""Each act leaves its rows as it says: every value that it writes, and the moment it was done."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import time_machine
from django.db.models import Model

from avenant.applications.models import Answer, Application, Attachment, Section, Snapshot
from avenant.demo.dossiers import ADVISOR_IP, CLIENT_BROWSER, CLIENT_IP
from tests.support.cast import Cast
from tests.trust.doings import (
    Doing,
    agreeing,
    attaching,
    cancelling_section,
    changing_rows,
    confirming_section,
    contesting,
    entering,
    illustration_at_client,
    modifying_section,
    objecting,
    opening,
    opening_file,
    resuming,
    returning,
    saving,
    saving_answers,
    sending_illustration,
    sending_section,
    submitting,
)

BEFORE = dt.datetime(2026, 6, 1, 15, 0, tzinfo=dt.UTC)
AT = BEFORE + dt.timedelta(seconds=9)
DAY, LAST_DAY = dt.date(2026, 6, 1), dt.date(2026, 6, 16)
FROM_CLIENT: dict[str, object] = {"ip": CLIENT_IP, "user_agent": CLIENT_BROWSER}
KEPT: dict[str, object] = {"last_saved_at": AT, "last_saved_on": DAY, "expires_on": LAST_DAY}


def application() -> Model:
    return Application.objects.get()


def attachment() -> Model:
    return Attachment.objects.get()


def snapshot() -> Model:
    return Snapshot.objects.get()


def section() -> Model:
    return Section.objects.get(key="insured")


def first_name() -> Model:
    return Answer.objects.get(question="first_name")


def application_in_an_open_call() -> Model:
    return Application.objects.get(calls__state__in=["open", "live"])


@dataclass(frozen=True)
class Left:
    """What of a row is as it should be once the act is done."""

    act: str
    prepare: Callable[[Cast], Doing]
    row: Callable[[], Model]
    values: dict[str, object]


LEFT = (
    Left("open an application", opening, application,
         KEPT | {"state": "draft", "started_on": DAY, "product": ""}),
    Left("open an application", opening, application_in_an_open_call, {"number": ""}),
    Left("open an application", opening, section, {"state": "empty"}),
    Left("resume", resuming, application_in_an_open_call, {"state": "draft"}),
    Left("save answers", saving_answers, application,
         KEPT | {"insured_name": "Zoé Gagnon", "insured_key": "zoe gagnon",
                 "answers_sequence": 3}),
    Left("save answers", saving_answers, first_name, {"value": "Zoé", "sequence": 3}),
    Left("change rows", changing_rows, application, KEPT | {"answers_sequence": 3}),
    Left("save", saving, application, KEPT),
    Left("attach", attaching, application, KEPT),
    Left("send the illustration", sending_illustration, attachment,
         {"state": "sent", "sent_at": AT}),
    Left("open the illustration", lambda c: illustration_at_client(c, opening_file, is_open=False),
         attachment, {"state": "opened", "opened_at": AT}),
    Left("agree to the illustration", lambda c: illustration_at_client(c, agreeing), attachment,
         FROM_CLIENT | {"state": "agreed", "agreed_at": AT}),
    Left("contest the illustration", lambda c: illustration_at_client(c, contesting), attachment,
         {"state": "uploaded", "comment": "non"}),
    Left("send a section", sending_section, snapshot,
         {"state": "sent", "sent_at": AT, "language": "fr"}),
    Left("send a section", sending_section, section, {"state": "sent"}),
    Left("take a section back", cancelling_section, snapshot, {"state": "withdrawn"}),
    Left("take a section back", cancelling_section, section, {"state": "filled"}),
    Left("confirm a section", confirming_section, snapshot,
         FROM_CLIENT | {"state": "confirmed", "answered_at": AT}),
    Left("confirm a section", confirming_section, section, {"state": "confirmed"}),
    Left("contest a section", objecting, snapshot,
         FROM_CLIENT | {"state": "objected", "answered_at": AT, "comment": "non"}),
    Left("contest a section", objecting, section, {"state": "filled"}),
    Left("reopen a section", modifying_section, snapshot, {"state": "superseded"}),
    Left("reopen a section", modifying_section, section, {"state": "filled"}),
    Left("submit", submitting, application,
         {"state": "submitted", "submitted_at": AT, "submitted_ip": ADVISOR_IP}),
    Left("enter", entering, application, {"state": "entered"}),
    Left("return", returning, application, {"state": "returned", "end_reason": "incomplet"}),
)  # fmt: skip


@pytest.mark.promise("G10")
@pytest.mark.parametrize("left", LEFT, ids=lambda left: left.act)
def test_it_leaves_its_rows_as_it_says(cast: Cast, left: Left) -> None:
    with time_machine.travel(BEFORE, tick=False):
        doing = left.prepare(cast)

    with time_machine.travel(AT, tick=False):
        doing()

    row = left.row()
    assert {name: getattr(row, name) for name in left.values} == left.values


@pytest.mark.rule("4/APP-41")
def test_it_keeps_which_certification_was_submitted(cast: Cast) -> None:
    submitting(cast)()

    assert Application.objects.get().certification_version


@pytest.mark.rule("4/APP-44")
def test_it_keeps_the_reason_of_a_return_without_what_surrounds_it(cast: Cast) -> None:
    from avenant.applications.actions.receive_application import return_application
    from tests.trust.doings import submitted

    return_application(submitted(cast), reason="  incomplet \n", by=cast.contract_administration)

    assert Application.objects.get().end_reason == "incomplet"
