"""Kept PDFs, as the pages show them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from avenant.applications.models import Attachment
from avenant.documents.models import VaultFile
from avenant.documents.uploads import rebuild
from avenant.documents.vault import read
from avenant.guarded import Refusal


def shown_content(attachment: Attachment) -> bytes:
    """What of a received file is shown and printed, always the same: never the file as it came.

    Raises:
        Refusal: it came before files were rebuilt on receipt, and cannot be.
    """
    if attachment.printable is not None:
        return read(attachment.printable)
    return rebuild(read(attachment.file))[0]


def attachment_response(attachment: Attachment) -> HttpResponse:
    """A received file, to be shown in the page; one that cannot be rebuilt is only handed out."""
    try:
        return _pdf(shown_content(attachment), attachment.name)
    except Refusal:
        return _pdf(read(attachment.file), attachment.name, is_shown=False)


def pdf_response(file: VaultFile, name: str) -> HttpResponse:
    """A PDF that we printed, to be shown in the page."""
    return _pdf(read(file), name)


def _pdf(content: bytes, name: str, *, is_shown: bool = True) -> HttpResponse:
    kind = "application/pdf" if is_shown else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(not is_shown, name)
    response["Content-Disposition"] = disposition or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
