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
from avenant.documents.actions.copy_link import find_copy_link, open_copy_link, past_copy_link
from avenant.documents.actions.send_copy_again import send_copy_again
from avenant.documents.models import CopyLink
from avenant.pages.brand import use_brand

COOKIE = "avenant_copie"
COOKIE_LIFE = dt.timedelta(hours=1)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: one button; where it led before, and a new link, once it is used."""
    link = find_copy_link(token)
    if link is None:
        return _over(request, token)
    use_brand(request, link.document.carrier)
    if request.method != "POST":
        return render(request, "documents/copy.html", {"document": link.document})
    secret = open_copy_link(token)
    if secret is None:  # another click was first
        return _over(request, token)
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


def _over(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was used or is out of date says so; what sends a new one is beside it."""
    link = past_copy_link(token)
    if link is None:
        raise Http404
    use_brand(request, link.document.carrier)
    is_asked = request.method == "POST" and "again" in request.POST
    if is_asked:
        send_copy_again(link)
    own = digest("copy window", request.COOKIES.get(COOKIE, ""))
    since = timezone.now() - COOKIE_LIFE
    is_here = link.opened_at is not None and link.window_digest == own and link.opened_at > since
    context = {"link": link, "document": link.document, "is_asked": is_asked, "is_here": is_here}
    return render(request, "documents/copy_over.html", context, status=200 if is_asked else 410)


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
