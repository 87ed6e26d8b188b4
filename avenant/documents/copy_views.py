"""The client's sealed copy. GET shows a button and POST uses the link up, so that mail scanners
and previews burn nothing (settled 12)."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from avenant.applications.files import pdf_response
from avenant.crypto import digest
from avenant.documents.actions.copy_link import find_copy_link, open_copy_link
from avenant.documents.models import CopyLink
from avenant.pages.brand import use_brand

COOKIE = "avenant_copie"
COOKIE_LIFE = dt.timedelta(hours=1)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: one button."""
    link = find_copy_link(token)
    if link is None:
        raise Http404
    use_brand(request, link.document.carrier)
    if request.method != "POST":
        return render(request, "documents/copy.html", {"document": link.document})
    secret = open_copy_link(token)
    if secret is None:
        raise Http404
    response = redirect("copy")
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_LIFE,
        path="/copie",
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def copy(request: HttpRequest) -> HttpResponse:
    """The sealed PDF, for the browser that opened the link, for an hour."""
    link = (
        CopyLink.objects.select_related("document__file")
        .filter(
            window_digest=digest("copy window", request.COOKIES.get(COOKIE, "")),
            opened_at__gt=timezone.now() - COOKIE_LIFE,
        )
        .first()
    )
    if link is None or link.document.file is None:
        raise Http404
    return pdf_response(link.document.file, f"{link.document.number}.pdf")
