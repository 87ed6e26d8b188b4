"""Kept PDFs, as the pages show them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from avenant.documents.models import VaultFile
from avenant.documents.vault import read


def pdf_response(file: VaultFile, name: str) -> HttpResponse:
    """The PDF, to be shown in the page; what was uploaded has passed its checks."""
    response = HttpResponse(read(file), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
