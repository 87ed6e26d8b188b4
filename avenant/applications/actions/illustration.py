"""The illustration's way: joined, listed, sent, opened, agreed (4/APP-13 to APP-18, 4/11.4)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from avenant import text
from avenant.accounts.models import User
from avenant.applications.actions.refresh import refresh
from avenant.applications.actions.retention import restart_retention
from avenant.applications.content import current_illustration
from avenant.applications.models import (
    Application,
    Attachment,
    AttachmentKind,
    AttachmentState,
)
from avenant.applications.standing import Standing
from avenant.documents.uploads import CheckedUpload
from avenant.documents.vault import keep
from avenant.errors import RuleError
from avenant.history.actions.record import Actor, record
from avenant.live.bus import announce
from avenant.live.models import Call, CallState
from avenant.live.window import ClientWindow, check_is_the_window
from avenant.rules import check_step


@transaction.atomic
def attach_file(
    application: Application,
    content: bytes,
    checked: CheckedUpload,
    *,
    kind: str,
    guarantees: Sequence[dict[str, Any]] = (),
    by: User,
) -> Attachment:
    """Put a checked PDF with the application; a new illustration replaces the one before.

    The file as it came is kept for proof, and what was rebuilt from it is shown and printed.

    `guarantees` are the rows the advisor lists with the illustration: [{guarantee, amount}].

    Raises:
        RuleError: "application_locked"; "illustration_not_as_asked", with the reasons, when it still
            contains what was refused or is not asked for (4/APP-24, APP-25). Nothing is saved.
    """
    call = _open_call(application)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_open:
        raise RuleError("application_locked")
    version = 1
    standing = Standing(application)
    if kind == AttachmentKind.ILLUSTRATION:
        answer = standing.content_of(Attachment(guarantees=list(guarantees)))
        if not answer.outcome.is_as_asked:
            raise RuleError("illustration_not_as_asked", because=answer.because)
        earlier = current_illustration(application)
        if earlier is not None:
            version = earlier.version + 1
            earlier.state = AttachmentState.REPLACED
            earlier.save(update_fields=["state"])
    attachment = Attachment.objects.create(
        application=application,
        kind=kind,
        version=version,
        file=keep(content),
        printable=keep(checked.printable),
        name=checked.name,
        page_count=checked.pages,
        scan=checked.scan,
        guarantees=list(guarantees),
    )
    facts = _facts(attachment) | {"version": version, "kind": kind}
    record("file_attached", application, by=by, facts=facts)
    restart_retention(application)
    refresh(standing, by=by)
    if call is not None:
        announce(call)
    return attachment


@transaction.atomic
def send_illustration(application: Application, call: Call, *, by: User) -> Attachment:
    """« Envoyer le fichier au client » (4/COS-09).

    Raises:
        RuleError: "illustration_missing", "no_client".
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    application = Application.objects.select_for_update().get(pk=application.pk)
    attachment = current_illustration(application)
    if attachment is None:
        raise RuleError("illustration_missing")
    attachment.state = check_step(
        "illustration", attachment.state, "send", is_client_connected=call.is_client_present
    )
    attachment.sent_at, attachment.call = timezone.now(), call
    attachment.save(update_fields=["state", "sent_at", "call"])
    _tell("illustration_sent", attachment, call, by=by)
    return attachment


@transaction.atomic
def note_illustration_opened(attachment: Attachment, window: ClientWindow) -> None:
    """The client opened the file; opening it again changes nothing."""
    call, attachment = _locked(attachment, window)
    if attachment.state != AttachmentState.SENT:
        return
    attachment.state = check_step("illustration", attachment.state, "open")
    attachment.opened_at = timezone.now()
    attachment.save(update_fields=["state", "opened_at"])
    _tell("illustration_opened", attachment, call, by=Actor.CLIENT, **window.sameness)


@transaction.atomic
def agree_illustration(attachment: Attachment, window: ClientWindow) -> Attachment:
    """The client says that this is the illustration they agreed on (4/COS-10)."""
    call, attachment = _locked(attachment, window)
    if attachment.state == AttachmentState.AGREED:
        return attachment
    if attachment.state == AttachmentState.SENT:
        raise RuleError("illustration_not_opened")
    attachment.state = check_step("illustration", attachment.state, "agree")
    attachment.agreed_at = timezone.now()
    attachment.ip, attachment.user_agent = window.ip, window.user_agent
    attachment.is_same_device = window.is_advisors_device
    attachment.is_same_address = window.is_advisors_address
    attachment.save()
    _tell("illustration_agreed", attachment, call, by=Actor.CLIENT, **window.sameness)
    refresh(Standing(attachment.application), by=Actor.CLIENT)
    return attachment


@transaction.atomic
def object_to_illustration(
    attachment: Attachment, window: ClientWindow, *, comment: str
) -> Attachment:
    """The client does not recognise the illustration: it goes back to the advisor.

    Raises:
        RuleError: "not_sent", or what keeps the comment from being read.
    """
    call, attachment = _locked(attachment, window)
    if attachment.state not in {AttachmentState.SENT, AttachmentState.OPENED}:
        raise RuleError("not_sent")
    attachment.state = check_step("illustration", attachment.state, "resume")
    attachment.comment = text.comment(comment)
    attachment.save(update_fields=["state", "comment"])
    _tell("illustration_contested", attachment, call, by=Actor.CLIENT, **window.sameness)
    return attachment


def _locked(attachment: Attachment, window: ClientWindow) -> tuple[Call, Attachment]:
    call = Call.objects.select_for_update().get(pk=window.call.pk)
    check_is_the_window(call, window)
    application = Application.objects.select_for_update().get(pk=attachment.application_id)
    return call, application.attachments.select_for_update().get(pk=attachment.pk, call=call)


def _open_call(application: Application) -> Call | None:
    return (
        Call.objects.select_for_update()
        .filter(application=application)
        .exclude(state=CallState.CLOSED)
        .first()
    )


def _tell(
    kind: str, attachment: Attachment, call: Call, *, by: User | str, **sameness: bool
) -> None:
    record(kind, attachment.application, by=by, facts=_facts(attachment) | sameness)
    announce(call)


def _facts(attachment: Attachment) -> dict[str, Any]:
    facts = {"attachment": attachment.pk, "sha256": attachment.file.sha256}
    if attachment.printable is not None:
        facts["printable_sha256"] = attachment.printable.sha256
    return facts
