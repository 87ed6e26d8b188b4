"""Every act, brought to the moment before it is done: what each function here gives back does it."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import timezone

from avenant.accounts.actions.enrol_person import Post, create_administrator, enrol_person
from avenant.accounts.actions.invite_person import accept_invitation, invite_person
from avenant.accounts.models import Role, User
from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions import send_section as sections
from avenant.applications.actions.correct_application import correct_application
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
from avenant.applications.models import Application, Attachment, Snapshot
from avenant.demo.dossiers import ADVISOR_IP, STROKES, ApplicationStory
from avenant.documents import illustration as illustration_pdf
from avenant.documents.actions.copy_link import new_copy_link, open_copy_link
from avenant.documents.actions.create_pdf import create_pdf
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.actions.retry_document import retry_document
from avenant.documents.models import SealedDocument
from avenant.documents.uploads import UploadProblem, check_pdf
from avenant.live.actions.join_call import join_call
from avenant.live.actions.launch_call import close_call, launch_call, renew_code
from avenant.live.actions.note_presence import note_departure, note_presence
from avenant.live.actions.set_language import set_client_language
from avenant.live.codes import shown_code
from avenant.messaging.actions.queue_message import queue_message
from avenant.messaging.actions.retry_message import retry_message
from avenant.messaging.actions.send_message import send_message
from avenant.messaging.models import OutboundMessage
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import (
    cancel_signature_request,
    request_signature,
)
from avenant.signatures.drawing import Drawing
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast

type Doing = Callable[[], object]


def filled(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open().fill().join()


def sent_section(story: ApplicationStory) -> Snapshot:
    story.stay()
    return sections.send_section(story.application, story.call, "insured", by=story.advisor)


def confirmed(cast: Cast) -> ApplicationStory:
    return filled(cast).agree_illustration().confirm_all()


def asked(story: ApplicationStory) -> SignatureRequest:
    story.stay()
    return ask_to_sign(story)


def ask_to_sign(story: ApplicationStory) -> SignatureRequest:
    return request_signature(
        story.application, story.call, signer="main_insured", city="Laval", province="QC",
        by=story.advisor,
    )  # fmt: skip


def attach(story: ApplicationStory) -> object:
    if story.token:
        story.stay()
    return put_with(story)


def put_with(story: ApplicationStory, *guarantees: str) -> Attachment:
    content = illustration_pdf.demo("Client", "Programme", [])
    checked = check_pdf(content, "soumission.pdf")
    assert not isinstance(checked, UploadProblem)
    return illustrations.attach_file(
        story.application, content, checked, kind="quote", by=story.advisor,
        guarantees=[{"guarantee": name, "amount": "1000.00"} for name in guarantees],
    )  # fmt: skip


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
    return lambda: save_answers(story.application.pk, {"first_name": "Zoé"}, by=cast.advisor)


def changing_rows(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: change_rows(story.application, "beneficiaries", add=True, by=cast.advisor)


def saving(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: save_application(story.application, by=cast.advisor)


def attaching(cast: Cast) -> Doing:
    story = filled(cast)
    return lambda: put_with(story)


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
    story.stay()
    return lambda: sections.send_section(story.application, story.call, "insured", by=cast.advisor)


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
    story.stay()
    return lambda: ask_to_sign(story)


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


def returned(cast: Cast) -> Application:
    application = submitted(cast)
    return return_application(application, reason="incomplet", by=cast.contract_administration)


def correcting(cast: Cast) -> Doing:
    application = returned(cast)
    return lambda: correct_application(application, by=cast.advisor)


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


def enrolling(cast: Cast) -> Doing:
    return lambda: enrolled(cast)


def enrolled(cast: Cast) -> User:
    return enrol_person(
        email="nora@exemple.test", name="Nora", language="fr", by=cast.platform_admin,
        post=Post(role=Role.ADVISOR, carrier="croix_bleue", firm="Cabinet C"),
    )  # fmt: skip


def making_an_administrator(_cast: Cast) -> Doing:
    return lambda: create_administrator(
        email="premiere@exemple.test", name="Ada", language="fr", password="Un-beau-mot-2026!"
    )


def inviting(cast: Cast) -> Doing:
    person = enrolled(cast)
    return lambda: invite_person(person, by=cast.platform_admin)


def accepting(cast: Cast) -> Doing:
    token = token_sent_to(enrolled(cast))
    return lambda: accept_invitation(token, "Un-beau-mot-2026!")


def token_sent_to(person: User) -> str:
    """What stands in the link of the last invitation that somebody was sent."""
    message = OutboundMessage.objects.filter(to=person.email, kind="invitation").latest("pk")
    return str(resolve(urlsplit(message.links[0]).path).kwargs["token"])


def with_account(act: Callable[..., object], *, is_active: bool = True) -> Callable[[Cast], Doing]:
    """The act on somebody else's account."""

    def prepare(cast: Cast) -> Doing:
        User.objects.filter(pk=cast.claims.pk).update(is_active=is_active)
        return lambda: act(cast.claims, by=cast.platform_admin)

    return prepare


def retrying_document(cast: Cast) -> Doing:
    story = confirmed(cast).sign()
    document = story.create_pdf()
    SealedDocument.objects.update(state="failed", failure="unexpected")
    return lambda: retry_document(document, by=cast.platform_admin)


def retrying_message(cast: Cast) -> Doing:
    message = queue_message(to="a@exemple.test", text="t", kind="k")
    OutboundMessage.objects.update(state="failed", failed_at=timezone.now())
    return lambda: retry_message(message, by=cast.platform_admin)
