"""Every act takes its locks in one order, writes its line of history and tells the other window.

The locks are read from the statements that the act sends, so that no race need be won or lost to
see that one is missing: call, application, then the rest.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions import send_section as sections
from avenant.applications.actions.open_application import open_application
from avenant.applications.actions.purge_drafts import purge_application
from avenant.applications.actions.read_numbers import read_numbers
from avenant.applications.actions.receive_application import (
    enter_application,
    return_application,
)
from avenant.applications.actions.resume_application import resume_application
from avenant.applications.actions.save_answers import (
    change_rows,
    save_answers,
    save_application,
)
from avenant.applications.models import Application, Snapshot
from avenant.demo.dossiers import ADVISOR_IP, STROKES, ApplicationStory
from avenant.documents import illustration as illustration_pdf
from avenant.documents.actions.copy_link import new_copy_link, open_copy_link
from avenant.documents.actions.create_pdf import create_pdf
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import SealedDocument
from avenant.documents.uploads import UploadProblem, check_pdf
from avenant.history.models import Event
from avenant.live.actions.join_call import join_call
from avenant.live.actions.launch_call import close_call, launch_call, renew_code
from avenant.live.actions.note_presence import note_departure, note_presence
from avenant.live.actions.set_language import set_client_language
from avenant.live.codes import shown_code
from avenant.live.models import Call
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.send_message import send_message
from avenant.signatures.actions.accept_signature import Drawing, accept_signature
from avenant.signatures.actions.request_signature import (
    cancel_signature_request,
    request_signature,
)
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast

CALL, APPLICATION, SECTION = "live_call", "applications_application", "applications_section"
SNAPSHOT, ATTACHMENT = "applications_snapshot", "applications_attachment"
SIGNATURE, DOCUMENT = "signatures_signaturerequest", "documents_sealeddocument"
LOCK = re.compile(r'FROM "(\w+)".* FOR UPDATE', re.DOTALL)

type Doing = Callable[[], object]


@dataclass(frozen=True)
class Act:
    """What an act locks, in order, which events it leaves, and whether the call is told."""

    name: str
    prepare: Callable[[Cast], Doing]
    locks: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    is_told: bool = True


def filled(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open().fill().join()


def sent_section(story: ApplicationStory) -> Snapshot:
    return sections.send_section(story.application, story.call, "insured", by=story.advisor)


def confirmed(cast: Cast) -> ApplicationStory:
    return filled(cast).agree_illustration().confirm_all()


def asked(story: ApplicationStory) -> SignatureRequest:
    return request_signature(
        story.application, story.call, signer="main_insured", city="Laval", province="QC",
        by=story.advisor,
    )  # fmt: skip


def attach(story: ApplicationStory) -> object:
    content = illustration_pdf.demo("Client", "Programme", [])
    checked = check_pdf(content, "soumission.pdf")
    assert not isinstance(checked, UploadProblem)
    return illustrations.attach_file(
        story.application, content, checked, kind="quote", by=story.advisor
    )


def submitted(cast: Cast) -> Application:
    return ApplicationStory(cast.advisor).until_submitted().application


def launching(cast: Cast) -> Doing:
    return lambda: launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")


def renewing(cast: Cast) -> Doing:
    story = ApplicationStory(cast.advisor).open()
    return lambda: renew_code(story.call, by=cast.advisor)


def closing(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: close_call(story.call, by=cast.advisor)


def joining(cast: Cast) -> Doing:
    call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")
    return lambda: join_call(
        shown_code(call), ip="203.0.113.1", user_agent="y", language="fr", consent_version="1"
    )


def leaving(cast: Cast) -> Doing:
    call = filled(cast).window.call
    return lambda: note_departure(
        call.pk, call.client_token_digest or "", timezone.now() + dt.timedelta(seconds=1)
    )


def coming_back(cast: Cast) -> Doing:
    call = filled(cast).window.call
    note_departure(call.pk, call.client_token_digest or "", timezone.now())
    return lambda: note_presence(call.pk, call.client_token_digest or "")


def speaking_english(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: set_client_language(story.call, "en")


def opening(cast: Cast) -> Doing:
    call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")
    return lambda: open_application(call, by=cast.advisor)


def resuming(cast: Cast) -> Doing:
    story = filled(cast)
    story.close()
    call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")
    return lambda: resume_application(story.application, call, by=cast.advisor)


def saving_answers(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: save_answers(story.application, {"first_name": "Zoé"}, by=cast.advisor)


def changing_rows(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: change_rows(story.application, "beneficiaries", add=True, by=cast.advisor)


def saving(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: save_application(story.application, by=cast.advisor)


def attaching(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: attach(story)


def sending_illustration(cast: Cast) -> Doing:
    story = filled(cast)
    attach(story)
    return lambda: illustrations.send_illustration(story.application, story.call, by=cast.advisor)


def illustration_at_client(
    cast: Cast, act: Callable[..., object], *, is_open: bool = True
) -> Doing:
    story = filled(cast)
    attach(story)
    sent = illustrations.send_illustration(story.application, story.call, by=cast.advisor)
    if is_open:
        illustrations.note_illustration_opened(sent, story.window)
    return lambda: act(sent, story.window)


def sending_section(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: sent_section(story)


def cancelling_section(cast: Cast) -> Doing:
    story = filled(cast)
    sent_section(story)
    return lambda: sections.cancel_section(
        story.application, story.call, "insured", by=cast.advisor
    )


def confirming_section(cast: Cast) -> Doing:
    story = filled(cast)
    sent = sent_section(story)
    return lambda: sections.confirm_section(sent, story.window, content_hash=sent.content_hash)


def objecting(cast: Cast) -> Doing:
    story = filled(cast)
    sent = sent_section(story)
    return lambda: sections.object_to_section(sent, story.window, comment="non")


def modifying_section(cast: Cast) -> Doing:
    story = filled(cast)
    sent = sent_section(story)
    sections.confirm_section(sent, story.window, content_hash=sent.content_hash)
    return lambda: sections.modify_section(
        story.application, story.call, "insured", by=cast.advisor
    )


def asking_signature(cast: Cast) -> Doing:
    story = confirmed(cast)
    return lambda: asked(story)


def cancelling_signature(cast: Cast) -> Doing:
    request = asked(confirmed(cast))
    return lambda: cancel_signature_request(request, by=cast.advisor)


def signing(cast: Cast) -> Doing:
    story = confirmed(cast)
    request = asked(story)
    return lambda: accept_signature(
        request, story.window, Drawing.read(STROKES), signed_hash=request.signed_hash,
        has_read_to_end=True,
    )  # fmt: skip


def creating_pdf(cast: Cast) -> Doing:
    story = confirmed(cast).sign()
    return lambda: create_pdf(story.application, by=cast.advisor)


def sealing(cast: Cast) -> Doing:
    document = confirmed(cast).sign().create_pdf()
    return lambda: produce_document(document.pk)


def submitting(cast: Cast) -> Doing:
    story = confirmed(cast).sign()
    produce_document(story.create_pdf().pk)
    return lambda: story.submit()


def depositing(cast: Cast) -> Doing:
    story = confirmed(cast).sign()
    produce_document(story.create_pdf().pk)
    document = story.submit()
    return lambda: produce_document(document.pk)


def entering(cast: Cast) -> Doing:
    application = submitted(cast)
    return lambda: enter_application(application, by=cast.contract_administration)


def returning(cast: Cast) -> Doing:
    application = submitted(cast)
    return lambda: return_application(
        application, reason="incomplet", by=cast.contract_administration
    )


def reading_numbers(cast: Cast) -> Doing:
    application = submitted(cast)
    return lambda: read_numbers(application, by=cast.contract_administration)


def purging(cast: Cast) -> Doing:
    story = ApplicationStory(cast.advisor).open()
    Application.objects.update(expires_on=dt.date(2020, 1, 1))
    return lambda: purge_application(story.application.pk)


def sending_message(cast: Cast) -> Doing:
    message = queue_message(to="a@exemple.test", text="t", kind="k")
    return lambda: send_message(message.pk)


def opening_copy(cast: Cast) -> Doing:
    application = submitted(cast)
    token = new_copy_link(SealedDocument.objects.get(application=application, stage="submitted"))
    return lambda: open_copy_link(token)


agreeing = illustrations.agree_illustration
opening_file = illustrations.note_illustration_opened


def contesting(sent: object, window: object) -> object:
    return illustrations.object_to_illustration(sent, window, comment="non")  # type: ignore[arg-type]


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
    Act("deposit", depositing, (*BOTH, DOCUMENT), ("document_sealed", "document_deposited")),
    Act("enter", entering, (APPLICATION,), ("application_entered",), is_told=False),
    Act("return", returning, (APPLICATION,), ("application_returned",), is_told=False),
    Act("read the numbers", reading_numbers, (), ("numbers_read",), is_told=False),
    Act("purge", purging, BOTH, ("application_purged",), is_told=False),
    Act("send a message", sending_message, ("messaging_outboundmessage",), (), is_told=False),
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


@pytest.mark.promise("G10")
def test_it_locks_the_end_of_a_chain_before_it_adds_to_it(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()

    with CaptureQueriesContext(connection) as asked_of_database:
        renew_code(story.call, by=cast.advisor)

    said = [LOCK.search(one["sql"]) for one in asked_of_database.captured_queries]
    assert [one[1] for one in said if one] == [CALL, "history_chain"]


def locked(asked_of_database: CaptureQueriesContext) -> list[str]:
    """The tables whose rows were locked, each once, in the order they were first."""
    found = [LOCK.search(one["sql"]) for one in asked_of_database.captured_queries]
    tables = [
        one[1] for one in found if one and not one[1].startswith(("history_", "procrastinate"))
    ]
    return list(dict.fromkeys(tables))
