"""What the client does with the application in their window."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions.send_section import confirm_section
from avenant.applications.files import attachment_response, pdf_response
from avenant.applications.models import AttachmentKind, AttachmentState
from avenant.errors import RuleError
from avenant.http import PageRequest, row_number
from avenant.live.client_views import after_act, join_first, refuse
from avenant.live.queries import sealed_document
from avenant.live.window import ClientWindow, check_is_client, window_of


@login_not_required
@require_POST
def agree_section(request: PageRequest) -> HttpResponse:
    """« Je suis d'accord »."""
    window = window_of(request)
    if window is None or window.call.application is None:
        return join_first(request)
    snapshot = get_object_or_404(
        window.call.application.snapshots.filter(call=window.call),
        pk=row_number(request.POST.get("snapshot", "")),
    )
    try:
        check_is_client(request, window)
        confirm_section(snapshot, window, content_hash=request.POST.get("content_hash", ""))
    except RuleError as error:
        return refuse(request, window, error)
    return after_act(request, window)


@login_not_required
@require_POST
def agree_illustration(request: PageRequest) -> HttpResponse:
    """« C'est bien la soumission convenue »."""
    window = window_of(request)
    if window is None or window.call.application is None:
        return join_first(request)
    attachment = get_object_or_404(
        window.call.application.attachments.filter(
            kind=AttachmentKind.ILLUSTRATION, call=window.call
        ).exclude(state=AttachmentState.REPLACED),
        pk=row_number(request.POST.get("attachment", "")),
    )
    try:
        check_is_client(request, window)
        illustrations.agree_illustration(attachment, window)
    except RuleError as error:
        return refuse(request, window, error)
    return after_act(request, window)


@login_not_required
@require_GET
def illustration(request: HttpRequest) -> HttpResponseBase:
    """The illustration that was sent to this window; opening it is recorded."""
    window = _window_or_404(request)
    assert window.call.application is not None
    attachment = (
        window.call.application.attachments.filter(
            kind=AttachmentKind.ILLUSTRATION, call=window.call
        )
        .exclude(state__in=[AttachmentState.REPLACED, AttachmentState.UPLOADED])
        .select_related("file", "printable")
        .first()
    )
    if attachment is None:
        raise Http404
    if not request.user.is_authenticated:
        illustrations.note_illustration_opened(attachment, window)
    return attachment_response(attachment)


@login_not_required
@require_GET
def document(request: HttpRequest) -> FileResponse | HttpResponse:
    """The client's own copy of the sealed application."""
    window = _window_or_404(request)
    assert window.call.application is not None
    found = sealed_document(window.call.application)
    if found is None or found.file is None:
        raise Http404
    return pdf_response(found.file, f"{found.number}.pdf")


def _window_or_404(request: HttpRequest) -> ClientWindow:
    window = window_of(request)
    if window is None or window.call.application is None or not window.call.is_open:
        raise Http404
    return window
