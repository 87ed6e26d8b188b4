"""Every act of the site as data: who may do it, with which fields, and what everybody else is told.

The walk goes through one application from the call to the carrier; at each halt the acts that are
possible then are posted, by the rightful person with valid fields first, then with the same fields
by everybody else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import resolve
from django.utils import timezone

from avenant.accounts.actions.enrol_person import Post, enrol_person
from avenant.accounts.models import Role
from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions.open_application import open_application
from avenant.applications.actions.receive_application import return_application
from avenant.applications.actions.send_section import confirm_section, send_section
from avenant.applications.content import client_sections, view_of
from avenant.demo.dossiers import ADVISOR_BROWSER, ADVISOR_IP, STROKES, ApplicationStory
from avenant.documents import illustration as illustration_pdf
from avenant.documents.actions.copy_link import new_copy_link
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import SealedDocument
from avenant.documents.uploads import UploadProblem, check_pdf
from avenant.jobs import defer
from avenant.live.actions.launch_call import launch_call
from avenant.live.codes import shown_code
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.models import OutboundMessage
from avenant.signatures.actions.request_signature import request_signature
from tests.support.cast import Cast
from tests.trust.matrix import ADVISORS, NOBODY, SIGN_IN, Answer

TO_JOIN = "to the code page"
STUCK_TASK = "applications.purge_drafts"
A_PASSWORD = "Un-beau-mot-2026!"
type Fields = Callable[[ApplicationStory], dict[str, Any]]


@dataclass(frozen=True)
class Posted:
    """One act: where it is posted, by whom, what that person gets, and what the others get.

    `others` maps an actor, or "*" for everybody else, to the one answer they get; None where whoever
    has the secret may do it.
    """

    url: str
    fields: Fields = lambda _story: {}
    kwargs: Fields = lambda _story: {}
    by: str = "advisor"
    gets: Answer = 302
    others: Mapping[str, Answer] | None = None

    def expected(self, actor: str) -> Answer:
        assert self.others is not None
        return self.others[actor] if actor in self.others else self.others["*"]


def advisors_own() -> dict[str, Answer]:
    """Nobody is sent to sign in, other advisors find nothing, other roles have no right."""
    return dict.fromkeys(NOBODY, SIGN_IN) | dict.fromkeys(ADVISORS, 404) | {"*": 403}


def carriers_own() -> dict[str, Answer]:
    return dict.fromkeys(NOBODY, SIGN_IN) | {"other_carrier_admin": 404, "*": 403}


def clients_own(
    in_another_call: Answer = 404, in_one_that_is_over: Answer = 404
) -> dict[str, Answer]:
    """Other windows find nothing; whoever is in no call is sent to where the code is typed."""
    return {"other_client": in_another_call, "expired_client": in_one_that_is_over, "*": TO_JOIN}


def own(story: ApplicationStory) -> dict[str, Any]:
    return {"pk": story.application.pk}


def call(story: ApplicationStory) -> dict[str, Any]:
    return {"pk": story.call.pk}


def section(act: str) -> Posted:
    return Posted("section_act", kwargs=lambda s: own(s) | {"key": "insured", "act": act},
                  others=advisors_own())  # fmt: skip


def office(
    url: str, fields: Fields = lambda _s: {}, kwargs: Fields = own, gets: Answer = 302
) -> Posted:
    return Posted(url, fields, kwargs, gets=gets, others=advisors_own())


def window(url: str, fields: Fields, **more: Answer) -> Posted:
    return Posted(url, fields, by="client", others=clients_own(**more))


def carrier(url: str, fields: Fields = lambda _s: {}, gets: Answer = 302) -> Posted:
    return Posted(url, fields, own, by="contract_administration", gets=gets, others=carriers_own())


def platform(url: str, fields: Fields = lambda _s: {}, kwargs: Fields = lambda _s: {}) -> Posted:
    others = dict.fromkeys(NOBODY, SIGN_IN) | {"*": 403}
    return Posted(url, fields, kwargs, by="platform_admin", others=others)


def somebody_new(_story: ApplicationStory) -> dict[str, Any]:
    return {
        "email": "nouvelle@exemple.test",
        "name": "Nouvelle Personne",
        "role": "claims",
        "carrier": "croix_bleue",
        "language": "fr",
    }


def snapshot(story: ApplicationStory) -> dict[str, Any]:
    found = story.application.snapshots.latest("id")
    return {"snapshot": found.pk, "content_hash": found.content_hash}


def signature(story: ApplicationStory) -> dict[str, Any]:
    found = story.application.signatures.latest("id")
    return {"request": found.pk, "signed_hash": found.signed_hash, "signature": STROKES, "read_to_end": "1"}  # fmt: skip


def a_pdf(_story: ApplicationStory) -> dict[str, Any]:
    content = illustration_pdf.demo("Client", "Programme", [])
    return {
        "kind": "additional",
        "file": SimpleUploadedFile("dossier.pdf", content, "application/pdf"),
    }


def token_of_invitation() -> str:
    """What stands in the link that the last invitation brought."""
    message = OutboundMessage.objects.filter(kind="invitation").latest("id")
    return str(resolve(urlsplit(message.links[0]).path).kwargs["token"])


def leave_stuck(story: ApplicationStory, cast: Cast) -> None:
    """A document, a message and a task that failed, and somebody invited who has not answered."""
    enrol_person(
        email="invitee@exemple.test", name="Invitée", language="fr", by=cast.platform_admin,
        post=Post(role=Role.CLAIMS, carrier="croix_bleue"),
    )  # fmt: skip
    last = story.application.documents.latest("id")
    SealedDocument.objects.filter(pk=last.pk).update(state="failed", failure="unexpected")
    queue_message(to="client@exemple.test", text="Bonjour", kind="client_copy")
    OutboundMessage.objects.update(state="failed", failed_at=timezone.now())
    defer(STUCK_TASK, timestamp=0, once=STUCK_TASK)
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s WHERE task_name = %s",
                [status, STUCK_TASK],
            )


HALTS: dict[str, tuple[Posted, ...]] = {
    "a call": (
        Posted("close_call", kwargs=call, others=advisors_own()),
        Posted("renew_call_code", kwargs=call, others=advisors_own()),
        Posted("open_application", lambda s: {"call": str(s.call.pk)}, others=advisors_own()),
        Posted("join_call", lambda s: {"code": shown_code(s.call), "consent": "on"}, by="anonymous"),
    ),
    "filled": (
        office("save_answers", lambda _s: {"first_name": "Zoé"}, gets=200),
        office("change_rows", lambda _s: {"group": "beneficiaries", "add": "1"}),
        office("save_application"),
        office("close_application"),
        office("upload_file", a_pdf),
        section("envoyer"),
    ),
    "a section is sent": (
        window("agree_section", snapshot),
        window("client_trouble", lambda _s: {"comment": "non"}, in_another_call=302,
               in_one_that_is_over=409),
        section("annuler"),
    ),
    "a section is confirmed": (section("modifier"),),
    "an illustration is there": (office("send_illustration"),),
    "the illustration is opened": (
        window("agree_illustration", lambda s: {"attachment": s.application.attachments.latest("id").pk}),
    ),
    "everything is confirmed": (
        office("request_signature", lambda _s: {"signer": "main_insured", "city": "Laval", "province": "QC"}),
    ),
    "a signature is asked for": (
        window("sign", signature),
        office("cancel_signature", kwargs=lambda s: own(s) | {"signature": s.application.signatures.latest("id").pk}),
    ),
    "signed": (office("create_pdf"),),
    "the PDF is there": (office("submit_application"),),
    "submitted": (
        carrier("read_numbers", gets=200),
        carrier("receive_application", lambda _s: {"decision": "enter"}),
        carrier("receive_application", lambda _s: {"decision": "return", "reason": "incomplet"}),
        Posted("open_copy", kwargs=lambda s: {"token": new_copy_link(s.application.documents.latest("id"))},
               by="anonymous"),
    ),
    "the call is closed": (
        office("resume_application"),
        platform("enrol_person", somebody_new),
        platform("person_act", kwargs=lambda s: {"pk": s.advisor.pk, "act": "desactiver"}),
    ),
    "something is stuck": (
        platform("retry_document", kwargs=lambda s: {"pk": s.application.documents.latest("id").pk}),
        platform("retry_message", kwargs=lambda _s: {"pk": OutboundMessage.objects.latest("id").pk}),
        platform("retry_task", kwargs=lambda _s: {"name": STUCK_TASK}),
        Posted("accept_invitation", lambda _s: {"password1": A_PASSWORD, "password2": A_PASSWORD},
               lambda _s: {"token": token_of_invitation()}, by="anonymous", gets=SIGN_IN),
    ),
    "returned": (office("correct_application"),),
}  # fmt: skip


def walk(cast: Cast) -> Iterator[tuple[str, ApplicationStory]]:
    """Each halt, with the story as it stands there."""
    story = ApplicationStory(cast.advisor)
    story.call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent=ADVISOR_BROWSER)
    yield "a call", story
    if story.token:
        story.stay()
    story.application = open_application(story.call, by=cast.advisor)
    story.fill().join()
    yield "filled", story
    if story.token:
        story.stay()
    sent = send_section(story.application, story.call, "insured", by=cast.advisor)
    yield "a section is sent", story
    if story.token:
        story.stay()
    confirm_section(sent, story.window, content_hash=sent.content_hash)
    yield "a section is confirmed", story
    if story.token:
        story.stay()
    content = illustration_pdf.demo("Client", "Programme", [])
    checked = check_pdf(content, "soumission.pdf")
    assert not isinstance(checked, UploadProblem)
    found = illustrations.attach_file(
        story.application, content, checked, kind="quote", by=cast.advisor,
        guarantees=[{"guarantee": "term_life_65", "amount": "100000.00"}],
    )  # fmt: skip
    yield "an illustration is there", story
    if story.token:
        story.stay()
    found = illustrations.send_illustration(story.application, story.call, by=cast.advisor)
    illustrations.note_illustration_opened(found, story.window)
    yield "the illustration is opened", story
    if story.token:
        story.stay()
    illustrations.agree_illustration(found, story.window)
    for one in client_sections(view_of(story.application)):
        if one.id != "insured":
            sent = send_section(story.application, story.call, one.id, by=cast.advisor)
            confirm_section(sent, story.window, content_hash=sent.content_hash)
    yield "everything is confirmed", story
    if story.token:
        story.stay()
    request_signature(
        story.application, story.call, signer="main_insured", city="Laval", province="QC",
        by=cast.advisor,
    )  # fmt: skip
    yield "a signature is asked for", story
    if story.token:
        story.stay()
    story.sign()
    yield "signed", story
    if story.token:
        story.stay()
    produce_document(story.create_pdf().pk)
    yield "the PDF is there", story
    if story.token:
        story.stay()
    produce_document(story.submit().pk)
    story.application.refresh_from_db()
    story.close()
    yield "submitted", story
    if story.token:
        story.stay()
    second = ApplicationStory(cast.advisor).open().fill()
    second.close()
    yield "the call is closed", second
    if second.token:
        second.stay()
    leave_stuck(story, cast)
    yield "something is stuck", story
    return_application(story.application, reason="incomplet", by=cast.contract_administration)
    yield "returned", story
