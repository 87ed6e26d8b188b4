"""Every act takes its locks in one order, writes its line of history and tells the other window.

The locks are read from the statements that the act sends, so that no race need be won or lost to
see that one is missing: call, application, then the rest.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from avenant.accounts.actions.close_account import close_account, reopen_account
from avenant.accounts.actions.let_back_in import reset_second_factor, unlock_person
from avenant.demo.dossiers import ApplicationStory
from avenant.history.models import Event
from avenant.live.actions.launch_call import renew_code
from avenant.live.models import Call
from tests.support.cast import Cast
from tests.trust.doings import (
    Doing,
    accepting,
    agreeing,
    asking_signature,
    attaching,
    cancelling_section,
    cancelling_signature,
    changing_rows,
    closing,
    coming_back,
    confirming_section,
    contesting,
    correcting,
    creating_pdf,
    depositing,
    enrolling,
    entering,
    illustration_at_client,
    inviting,
    joining,
    launching,
    leaving,
    making_an_administrator,
    modifying_section,
    objecting,
    opening,
    opening_copy,
    opening_file,
    purging,
    reading_numbers,
    renewing,
    resuming,
    retrying_document,
    retrying_message,
    returning,
    saving,
    saving_answers,
    sealing,
    sending_illustration,
    sending_message,
    sending_section,
    signing,
    speaking_english,
    submitting,
    with_account,
)

CALL, APPLICATION, SECTION = "live_call", "applications_application", "applications_section"
SNAPSHOT, ATTACHMENT = "applications_snapshot", "applications_attachment"
SIGNATURE, DOCUMENT = "signatures_signaturerequest", "documents_sealeddocument"
ACCOUNT = "accounts_user"
# Tries are counted in a transaction of their own, which stays whatever becomes of the act.
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) (?!"?limits_)')
LOCK = re.compile(r'FROM "(\w+)".* FOR UPDATE', re.DOTALL)


@dataclass(frozen=True)
class Act:
    """What an act locks, in order, which events it leaves, and whether the call is told."""

    name: str
    prepare: Callable[[Cast], Doing]
    locks: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    is_told: bool = True
    pieces: int = 1  # transactions in which it is done


BOTH = (CALL, APPLICATION)
ACTS = (
    Act("launch", launching, (), ("call_opened",), is_told=False),
    Act("renew the code", renewing, (CALL,), ("call_code_renewed",)),
    Act("close", closing, BOTH, ("call_closed",)),
    Act("join", joining, (CALL,), ("client_joined",)),
    Act("leave", leaving, (CALL,)),
    Act("come back", coming_back, (CALL,)),
    Act("choose a language", speaking_english, (CALL,)),
    Act("open an application", opening, (CALL,), ("application_opened",)),
    Act("resume", resuming, BOTH, ("application_resumed", "confirmations_voided")),
    Act("save answers", saving_answers, BOTH, ("answers_saved",)),
    Act("change rows", changing_rows, BOTH, ("answers_saved",)),
    Act("save", saving, (APPLICATION,), ("application_saved",), is_told=False),
    Act("correct", correcting, (APPLICATION,), ("correction_opened",), is_told=False),
    Act("attach", attaching, BOTH, ("file_attached",)),
    Act("send the illustration", sending_illustration, BOTH, ("illustration_sent",)),
    Act("open the illustration", lambda c: illustration_at_client(c, opening_file, is_open=False),
        (*BOTH, ATTACHMENT), ("illustration_opened",)),
    Act("agree to the illustration", lambda c: illustration_at_client(c, agreeing),
        (*BOTH, ATTACHMENT), ("illustration_agreed",)),
    Act("contest the illustration", lambda c: illustration_at_client(c, contesting),
        (*BOTH, ATTACHMENT), ("illustration_contested",)),
    Act("send a section", sending_section, (*BOTH, SECTION), ("section_sent",)),
    Act("take a section back", cancelling_section, (*BOTH, SECTION), ("section_withdrawn",)),
    Act("confirm a section", confirming_section, (*BOTH, SECTION, SNAPSHOT),
        ("section_confirmed",)),
    Act("contest a section", objecting, (*BOTH, SECTION, SNAPSHOT), ("section_contested",)),
    Act("reopen a section", modifying_section, (*BOTH, SECTION), ("section_reopened",)),
    Act("ask for a signature", asking_signature, BOTH, ("signature_requested",)),
    Act("take a signature back", cancelling_signature, (*BOTH, SIGNATURE), ("signature_voided",)),
    Act("sign", signing, (*BOTH, SIGNATURE), ("signature_given",)),
    Act("create the PDF", creating_pdf, (*BOTH, "documents_numbering"), ("pdf_created",)),
    Act("seal", sealing, (*BOTH, DOCUMENT), ("document_sealed",)),
    Act("submit", submitting, BOTH, ("application_submitted",)),
    Act("deposit", depositing, (*BOTH, DOCUMENT), ("document_sealed", "document_deposited"),
        pieces=3),  # sealed, deposited, told: each stays when the next fails
    Act("enter", entering, (APPLICATION,), ("application_entered",), is_told=False),
    Act("return", returning, (APPLICATION,), ("application_returned",), is_told=False),
    Act("read the numbers", reading_numbers, (), ("numbers_read",), is_told=False),
    Act("purge", purging, BOTH, ("application_purged",), is_told=False),
    Act("send a message", sending_message, ("messaging_outboundmessage",), (), is_told=False),
    Act("enrol", enrolling, (), ("person_enrolled", "invitation_sent"), is_told=False),
    Act("make an administrator", making_an_administrator, (), ("person_enrolled",),
        is_told=False),
    Act("invite again", inviting, (ACCOUNT,), ("invitation_sent",), is_told=False),
    Act("choose a password", accepting, (ACCOUNT,), ("invitation_accepted",), is_told=False),
    Act("close an account", with_account(close_account), (ACCOUNT,), ("account_closed",),
        is_told=False),
    Act("reopen an account", with_account(reopen_account, is_active=False), (ACCOUNT,),
        ("account_reopened", "invitation_sent"), is_told=False),
    Act("unlock", with_account(unlock_person), (ACCOUNT,), ("person_unlocked",), is_told=False),
    Act("forget a second factor", with_account(reset_second_factor), (ACCOUNT,),
        ("second_factor_reset",), is_told=False),
    Act("try a document again", retrying_document, (*BOTH, DOCUMENT), ("document_retried",)),
    Act("try a message again", retrying_message, ("messaging_outboundmessage",),
        ("message_retried",), is_told=False),
    Act("open the copy", opening_copy, ("documents_copylink",), ("copy_opened",), is_told=False),
)  # fmt: skip


@pytest.mark.promise("G5")
@pytest.mark.promise("G10")
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_it_locks_in_order_records_and_tells(cast: Cast, act: Act) -> None:
    doing = act.prepare(cast)
    calls = dict(Call.objects.values_list("pk", "sequence"))
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    with CaptureQueriesContext(connection) as asked_of_database:
        doing()

    events = Event.objects.filter(pk__gt=last).order_by("pk").values_list("kind", flat=True)
    told = [
        pk for pk, sequence in Call.objects.values_list("pk", "sequence")
        if pk in calls and sequence != calls[pk]
    ]  # fmt: skip
    assert locked(asked_of_database) == list(act.locks)
    assert tuple(events) == act.events
    assert bool(told) == act.is_told
    assert transactions(asked_of_database) == act.pieces


@pytest.mark.promise("G10")
def test_it_locks_the_end_of_a_chain_before_it_adds_to_it(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()

    with CaptureQueriesContext(connection) as asked_of_database:
        renew_code(story.call, by=cast.advisor)

    said = [LOCK.search(one["sql"]) for one in asked_of_database.captured_queries]
    assert [one[1] for one in said if one] == [CALL, "history_chain"]


@pytest.mark.promise("G5")
def test_it_holds_the_draft_before_it_looks_whether_it_may_be_resumed(cast: Cast) -> None:
    """Another act on the draft has ended by then, or waits."""
    doing = resuming(cast)

    with CaptureQueriesContext(connection) as asked_of_database:
        doing()

    said = [str(one["sql"]) for one in asked_of_database.captured_queries]
    held = next(
        n for n, one in enumerate(said) if (found := LOCK.search(one)) and found[1] == APPLICATION
    )
    attached = next(n for n, one in enumerate(said) if one.startswith(f'UPDATE "{CALL}"'))
    assert held < attached


def locked(asked_of_database: CaptureQueriesContext) -> list[str]:
    """The tables whose rows were locked, each once, in the order they were first."""
    found = [LOCK.search(one["sql"]) for one in asked_of_database.captured_queries]
    tables = [
        one[1] for one in found if one and not one[1].startswith(("history_", "procrastinate"))
    ]
    return list(dict.fromkeys(tables))


def transactions(asked_of_database: CaptureQueriesContext) -> int:
    """In how many pieces the act was done: what it locks or writes within one transaction that it began
    itself is one, and each statement outside of all is one. Of several, a part may stay when the rest
    fails, and a lock may be gone too soon."""
    open_now, pieces, is_counted = 0, 0, False
    for one in asked_of_database.captured_queries:
        said = str(one["sql"])
        if said.startswith("SAVEPOINT"):
            is_counted = is_counted and open_now > 0
            open_now += 1
        elif said.startswith("RELEASE SAVEPOINT"):
            open_now -= 1
        elif LOCK.search(said) or WRITES.match(said):
            pieces += not (is_counted and open_now)
            is_counted = open_now > 0
    return pieces
