"""What an application contains now: its form, its answers, what is shown, what would be signed."""

from collections.abc import Mapping
from typing import Any

from avenant.applications.models import (
    Application,
    Attachment,
    AttachmentKind,
    AttachmentState,
    Snapshot,
    SnapshotState,
)
from avenant.carriers.packs import PACKS_FOLDER
from avenant.carriers.texts import NOTICES, reading_at
from avenant_rules import forms
from avenant_rules.forms import Form, FormView
from avenant_rules.forms import Section as FormSection

type Answers = Mapping[str, Any]


def form_of(application: Application) -> Form:
    """The form in the version the application was opened with."""
    folder = PACKS_FOLDER / application.carrier
    return forms.load_form(folder, application.form_id, application.form_version)


def answers_of(application: Application) -> Answers:
    """All answers, decrypted, by question id."""
    return {answer.question: answer.value for answer in application.answers.all()}


def view_of(application: Application) -> FormView:
    """The form with its answers as they are now: read once for each act or page, and handed on."""
    return FormView(form_of(application), answers_of(application))


def client_sections(view: FormView) -> list[FormSection]:
    """The sections shown that the client confirms."""
    return [section for section in view.sections if section.confirmed_by == "client"]


def current_illustration(application: Application) -> Attachment | None:
    """The illustration in force, not a replaced one."""
    return (
        application.attachments.filter(kind=AttachmentKind.ILLUSTRATION)
        .exclude(state=AttachmentState.REPLACED)
        .select_related("file", "printable")
        .first()
    )


def confirmed_snapshots(application: Application) -> list[Snapshot]:
    """What the client agreed to and still holds, in the order of the form."""
    order = [section.id for section in form_of(application).sections]
    confirmed = application.snapshots.filter(state=SnapshotState.CONFIRMED)
    return sorted(confirmed, key=lambda snapshot: order.index(snapshot.section))


def signed_content(application: Application, notices_version: str, language: str) -> dict[str, Any]:
    """What a signature is bound to (settled 1): never the representative's section."""
    illustration = current_illustration(application)
    return {
        "sections": [snapshot.shown for snapshot in confirmed_snapshots(application)],
        "illustration": illustration and _bound(illustration),
        "notices": {
            "version": notices_version,
            "language": language,
            "digest": reading_at(application.carrier, NOTICES, notices_version, language).digest,
        },
    }


def _bound(illustration: Attachment) -> dict[str, Any]:
    """The file as it came, and what the client was shown of it."""
    bound = {"sha256": illustration.file.sha256, "version": illustration.version}
    if illustration.printable is not None:
        bound["printable_sha256"] = illustration.printable.sha256
    return bound


def signed_content_hash(application: Application, notices_version: str, language: str) -> str:
    """SHA-256 of the canonical JSON of `signed_content`."""
    return forms.content_hash(signed_content(application, notices_version, language))


def printed_content_hash(application: Application, view: FormView) -> str:
    """SHA-256 of everything the PDF prints: a difference makes an earlier PDF stale."""
    representative = [section for section in view.sections if section.confirmed_by == "nobody"]
    return forms.content_hash(
        {
            "snapshots": [s.content_hash for s in confirmed_snapshots(application)],
            "representative": [forms.snapshot(view, one, "fr") for one in representative],
            "files": [
                a.file.sha256 if a.printable is None else a.printable.sha256
                for a in application.attachments.exclude(
                    state=AttachmentState.REPLACED
                ).select_related("file", "printable")
            ],
            "signatures": list(
                application.signatures.filter(state="signed").values_list("pk", flat=True)
            ),
        }
    )
