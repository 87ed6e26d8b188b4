"""The advisor's side of a call."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.carriers.packs import form_title
from avenant.errors import RuleError, explain, show_refusal
from avenant.http import client_address, user_agent
from avenant.live import stream
from avenant.live.actions.launch_call import close_call, launch_call, renew_code
from avenant.live.context import call_context
from avenant.live.queries import calls_of, open_call_of
from avenant.rules import ask


@require_POST
@role_required(Role.ADVISOR)
def launch(request: SignedInRequest) -> HttpResponseBase:
    """« Lancer une session vide »; an open call is offered instead (4/COS-02).

    Closing that one leads back to where a call is launched; the button of the offer launches too.
    """
    found = open_call_of(request.user)
    if found is not None and request.POST.get("existing") == "close":
        close_call(found, by=request.user)
        found = None
    answer = ask("session.launch", request.user.carrier, has_open_call=found is not None)
    if answer.outcome.result == "new_call":
        ip, browser = client_address(request), user_agent(request)
        try:
            return redirect("call", launch_call(request.user, ip=ip, user_agent=browser).pk)
        except RuleError:  # launched meanwhile in another window
            found = open_call_of(request.user)
    if found is None:  # and closed there
        return redirect("home")
    return render(request, "live/previous_found.html", {"call": found}, status=409)


@require_GET
@role_required(Role.ADVISOR)
def call(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The call before a form is open: its code, and the forms to choose from."""
    found = get_object_or_404(calls_of(request.user), pk=pk)
    if not found.is_open:
        messages.info(request, explain(RuleError("call_closed")))
        return redirect("home")
    if found.application is not None:
        return redirect("application", found.application.pk)
    context = call_context(request, found) | {"form_title": form_title(found.carrier)}
    return render(request, "live/call.html", context)


@require_POST
@role_required(Role.ADVISOR)
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Fermer l'appel »."""
    close_call(get_object_or_404(calls_of(request.user), pk=pk), by=request.user)
    return redirect("home")


@require_POST
@role_required(Role.ADVISOR)
def new_code(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A new code on demand: the old one expired, or the client changes device."""
    found = get_object_or_404(calls_of(request.user), pk=pk)
    try:
        renew_code(found, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    return redirect("call", found.pk)


@require_GET
@role_required(Role.ADVISOR)
def events(request: SignedInRequest, pk: UUID) -> HttpResponseBase:
    """The event stream of the call, for its advisor."""
    found = get_object_or_404(calls_of(request.user), pk=pk)
    return stream.event_stream(found, last_seen=stream.last_seen(request), is_client=False)
