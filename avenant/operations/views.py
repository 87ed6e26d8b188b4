"""« Exploitation »: what is stuck in this installation, why, and a button to try again."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from avenant import health
from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.documents.actions.retry_document import retry_document
from avenant.documents.models import SealedDocument
from avenant.errors import RuleError, show_refusal
from avenant.jobs import retry_task
from avenant.messaging.actions.retry_message import retry_message
from avenant.messaging.models import OutboundMessage
from avenant.operations import words
from avenant.operations.queries import stuck_things


@require_GET
@role_required(Role.PLATFORM_ADMIN)
def index(request: SignedInRequest) -> HttpResponse:
    parts = [(words.part(part.name), part.level) for part in health.parts()]
    context = {"things": stuck_things(), "parts": parts}
    return render(request, "operations/index.html", context)


@require_POST
@role_required(Role.PLATFORM_ADMIN)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """« Réessayer » of a document."""
    found = get_object_or_404(SealedDocument, pk=pk)
    return _try_again(request, partial(retry_document, found, by=request.user))


@require_POST
@role_required(Role.PLATFORM_ADMIN)
def message(request: SignedInRequest, pk: int) -> HttpResponse:
    """« Réessayer » of a message."""
    found = get_object_or_404(OutboundMessage, pk=pk)
    return _try_again(request, partial(retry_message, found, by=request.user))


@require_POST
@role_required(Role.PLATFORM_ADMIN)
def task(request: SignedInRequest, name: str) -> HttpResponse:
    """« Réessayer » of background work."""
    if not retry_task(name):
        raise Http404
    _say_it_is_tried(request)
    return redirect("operations")


def _say_it_is_tried(request: SignedInRequest) -> None:
    messages.success(
        request, _("C'est repris. Ce qui réussit quitte la liste ; rechargez la page pour le voir.")
    )


def _try_again(request: SignedInRequest, retry: Callable[[], object]) -> HttpResponse:
    try:
        retry()
    except RuleError as error:
        show_refusal(request, error)
    else:
        _say_it_is_tried(request)
    return redirect("operations")
