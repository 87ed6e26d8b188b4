"""Pages about the pages: errors that say what to do, the brand's colours, the design page."""

import sys
from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from avenant.database import is_database_away
from avenant.pages.brand import NEUTRAL, brand, stylesheet, use_brand
from avenant.pages.design import PAGES, page_facts

set_language = login_not_required(require_POST(django_set_language))


@login_not_required
@require_GET
@cache_control(max_age=31_536_000, public=True, immutable=True)
def brand_stylesheet(_request: HttpRequest, name: str) -> HttpResponse:
    """The colours of a carrier; its address changes with them."""
    found = brand(name)
    if found.id != name:
        raise Http404
    return HttpResponse(stylesheet(found), content_type="text/css; charset=utf-8")


@require_GET
def design(request: HttpRequest, page: str = "components") -> HttpResponse:
    """Every component in every state, for the platform's own staff."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    if page not in PAGES:
        raise Http404
    carrier = request.GET.get("marque", "")
    if carrier:
        use_brand(request, carrier)
    return render(request, PAGES[page], page_facts(page, carrier))


def _error(request: HttpRequest, status: int, facts: dict[str, Any]) -> HttpResponse:
    return render(request, "pages/error.html", {"status": status, **facts}, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read; 413 when too much was sent; 503 when it is the
    session that could not be kept, because the database is away."""
    if is_database_away(exception):
        return _database_away(request)
    if getattr(exception, "__class__", type(None)).__name__ == "RequestDataTooBig":
        return content_too_large(request)
    return _error(
        request,
        400,
        {
            "heading": _("Cette demande n'a pas pu être lue"),
            "lead": _(
                "L'adresse ou le formulaire est incomplet. Revenez à la page précédente, rechargez-la "
                "et réessayez."
            ),
        },
    )


@login_not_required
def unreadable(request: HttpRequest) -> HttpResponse:
    """422: an address or a form holds what no text can hold."""
    return _error(
        request,
        422,
        {
            "heading": _("Ce texte ne peut pas être lu"),
            "lead": _(
                "L'adresse ou le formulaire contient un caractère abîmé ou invisible. Rien n'a été "
                "enregistré. Revenez à la page précédente, effacez le texte collé et écrivez-le au "
                "clavier, puis envoyez de nouveau."
            ),
        },
    )


@login_not_required
def unreadable_encoding(request: HttpRequest) -> HttpResponse:
    """415: the form was written in another encoding than that of our pages."""
    return _error(
        request,
        415,
        {
            "heading": _("Ce formulaire ne peut pas être lu"),
            "lead": _(
                "Il a été envoyé dans un codage de caractères que ce site ne lit pas. Rien n'a été "
                "enregistré. Un programme doit écrire en UTF-8 ; dans un navigateur, rechargez la "
                "page et envoyez de nouveau."
            ),
        },
    )


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person is known, the page is not for them."""
    return _error(
        request,
        403,
        {
            "heading": _("Cette page n'est pas ouverte à votre rôle"),
            "lead": _(
                "Vous êtes bien dans Avenant, mais cette page demande un droit que vous n'avez pas. "
                "Si vous en avez besoin dans votre travail, écrivez-nous."
            ),
        },
    )


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 on a form: it came from a page that was too old, or from elsewhere."""
    return _error(
        request,
        403,
        {
            "heading": _("La page était ouverte depuis trop longtemps"),
            "lead": _(
                "Par sécurité, l'envoi a été refusé et rien n'a été enregistré. Revenez à la page, "
                "rechargez-la et envoyez de nouveau. Votre navigateur doit accepter les témoins "
                "(cookies) de ce site."
            ),
        },
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or one that this person may not know of."""
    return _error(
        request,
        404,
        {
            "heading": _("Cette page n'existe pas, ou n'est pas à vous"),
            "lead": _(
                "L'adresse est peut-être incomplète, ou le dossier a été déplacé ou effacé. "
                "Cherchez-le à partir de l'accueil."
            ),
        },
    )


@login_not_required
def takes_forms_alone(request: HttpRequest) -> HttpResponse:
    """405: the address of a form, opened by itself; `way` is the page above it."""
    return _error(
        request,
        405,
        {
            "heading": _("Cette adresse ne s'ouvre pas seule"),
            "lead": _(
                "Elle ne fait que recevoir un formulaire. Rien n'a été envoyé, et ce qui était "
                "enregistré l'est toujours."
            ),
            "way": _page_above(request.path),
        },
    )


def _page_above(path: str) -> str:
    while path := path.rstrip("/").rpartition("/")[0]:
        for address in (f"{path}/", path):
            with suppress(Resolver404):
                resolve(address)
                return address
    return "/"


@login_not_required
def content_too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: a file or a form is heavier than what is accepted."""
    return _error(
        request,
        413,
        {
            "heading": _("Ce fichier est trop lourd"),
            "lead": _(
                "Chaque fichier peut peser jusqu'à 10 Mo. Réduisez-le, ou séparez-le en plusieurs "
                "fichiers, puis envoyez de nouveau. Rien n'a été enregistré."
            ),
        },
    )


@login_not_required
def too_many_tries(request: HttpRequest, lead: str) -> HttpResponse:
    """429: more was sent than a limit allows; `lead` says when to come back."""
    return _error(request, 429, {"heading": _("Trop d'essais"), "lead": lead})


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Asks nothing of the database, which may be what failed: then it is 503, since
    the same request will be answered when the database is back."""
    use_brand(request, NEUTRAL)
    if is_database_away(sys.exc_info()[1]):
        return _database_away(request)
    return _error(
        request,
        500,
        {
            "heading": _("Une erreur est survenue de notre côté"),
            "lead": _(
                "Elle a été notée. Attendez une minute, puis réessayez. Ce qui était déjà enregistré "
                "l'est toujours."
            ),
            "messages": [],
            "user": None,
        },
    )


def _database_away(request: HttpRequest) -> HttpResponse:
    response = _error(
        request,
        503,
        {
            "heading": _("Le service est interrompu un instant"),
            "lead": _(
                "Ce qui était enregistré l'est toujours. Attendez quelques secondes, puis rechargez "
                "la page. Si vous veniez d'envoyer quelque chose, envoyez-le de nouveau : ce qui "
                "avait déjà été reçu ne le sera pas deux fois."
            ),
            "messages": [],
            "user": None,
        },
    )
    response["Retry-After"] = "5"
    return response
