"""What somebody gets who sent too much: 429, in the reader's language, with when to come back."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avenant.pages.views import too_many_tries

PROGRAMS = {"api_decide"}  # they read JSON


def refuse(request: HttpRequest, seconds: int) -> HttpResponse:
    """The refusal, as a page or for a program; `seconds` until the next try is looked at."""
    lead = _("Rien n'a été enregistré de ce dernier envoi. {when}").format(when=_when(seconds))
    match = request.resolver_match
    if match and match.url_name in PROGRAMS:
        error = {"code": "too_many_requests", "message": _when(seconds)}
        response = HttpResponse(
            msgspec.json.encode({"error": error}), content_type="application/json", status=429
        )
    else:
        response = too_many_tries(request, lead)
    response["Retry-After"] = str(seconds)
    return response


def _when(seconds: int) -> str:
    if seconds < 60:
        return ngettext(
            "Réessayez dans {n} seconde.", "Réessayez dans {n} secondes.", seconds
        ).format(n=seconds)
    minutes = -(-seconds // 60)
    return ngettext("Réessayez dans {n} minute.", "Réessayez dans {n} minutes.", minutes).format(
        n=minutes
    )
