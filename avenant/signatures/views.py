"""The advisor sends a signature to the client's screen; the client signs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.applications.queries import drafts_of, section_url
from avenant.applications.standing import Standing
from avenant.errors import RuleError, explain, show_refusal
from avenant.http import PageRequest, row_number
from avenant.live.client_views import join_first, refuse
from avenant.live.queries import open_call_on
from avenant.live.window import check_is_client, window_of
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import (
    cancel_signature_request,
    request_signature,
)
from avenant.signatures.drawing import Drawing
from avenant.signatures.forms import SignatureForm


@require_POST
@role_required(Role.ADVISOR)
def request_one(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Envoyer à l'écran – signature »."""
    application = get_object_or_404(drafts_of(request.user), pk=pk)
    form = SignatureForm(request.POST, signers=Standing(application).signers)
    call = open_call_on(application)
    if not form.is_valid():
        for name, sentences in form.errors.items():
            for sentence in sentences:
                messages.error(request, f"{form[name].label} : {sentence}")
        return redirect(section_url(application, "signature"))
    try:
        if call is None:
            raise RuleError("call_closed")
        request_signature(application, call, by=request.user, **form.cleaned_data)
    except RuleError as error:
        for code in error.details or [error.code]:
            messages.error(request, explain(RuleError(code)))
    return redirect(section_url(application, "signature"))


@require_POST
@role_required(Role.ADVISOR)
def cancel(request: SignedInRequest, pk: UUID, signature: int) -> HttpResponse:
    """Take the request back from the client's screen."""
    application = get_object_or_404(drafts_of(request.user), pk=pk)
    found = get_object_or_404(application.signatures, pk=signature)
    try:
        cancel_signature_request(found, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    return redirect(section_url(application, "signature"))


@login_not_required
@require_POST
def sign(request: PageRequest) -> HttpResponse:
    """The green button."""
    window = window_of(request)
    if window is None:
        return join_first(request)
    if window.call.application is None:
        return redirect("client_window")
    found = get_object_or_404(
        window.call.application.signatures.filter(call=window.call),
        pk=row_number(request.POST.get("request", "")),
    )
    try:
        check_is_client(request, window)
        accept_signature(
            found,
            window,
            Drawing.read(request.POST.get("signature", "")),
            signed_hash=request.POST.get("signed_hash", ""),
            has_read_to_end=request.POST.get("read_to_end") == "1",
        )
    except RuleError as error:
        return refuse(request, window, error)
    return redirect("client_window")
