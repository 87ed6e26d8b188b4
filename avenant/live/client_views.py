"""The client's window: join with the code, then one thing at a time (4/COS-05 to COS-17)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from avenant.applications.actions.illustration import object_to_illustration
from avenant.applications.actions.send_section import object_to_section
from avenant.carriers.packs import pack, reader_language
from avenant.carriers.texts import CONSENT, NOTICES, reading, reading_at
from avenant.errors import RuleError, UnreadableTextError, explain
from avenant.http import PageRequest, client_address, user_agent
from avenant.live import stream
from avenant.live.actions.join_call import join_call
from avenant.live.actions.set_language import set_client_language
from avenant.live.forms import JoinForm
from avenant.live.models import Call
from avenant.live.queries import Stage, stage_of
from avenant.live.window import ClientWindow, check_is_client, remember_window, window_of
from avenant.pages.brand import use_brand

DEFAULT_CARRIER = "croix_bleue"  # whose consent is read before a code says which carrier it is


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """`/appel`: the client types the call code."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    language = reader_language()
    consent = reading(DEFAULT_CARRIER, CONSENT, language)
    status = 200
    if form.is_valid():
        try:
            _call, token = join_call(
                form.cleaned_data["code"],
                ip=client_address(request),
                user_agent=user_agent(request),
                language=language,
                consent_version=consent.version,
            )
        except RuleError as error:
            form.add_error("code", explain(error))
            status = 422
        else:
            response = redirect("client_window")
            remember_window(response, token, is_secure=request.is_secure())
            return response
    elif form.is_bound:
        status = 422
    context = {"form": form, "consent": consent}
    return render(request, "live/join.html", context, status=status)


@login_not_required
@require_GET
def window(request: HttpRequest) -> HttpResponse:
    """The client's one page; its middle is the stage."""
    found = window_of(request)
    if found is None:
        return redirect("join_call")
    use_brand(request, found.call.carrier)
    if get_language() != found.call.client_language:
        set_client_language(found.call, reader_language())
    return render(request, "live/window.html", _stage_context(found))


@login_not_required
@require_GET
def stage(request: HttpRequest) -> HttpResponse:
    """What to show now; 204 when it is what the window already shows."""
    found = window_of(request)
    if found is None:  # another browser took its place
        return HttpResponse(status=410, headers={"HX-Redirect": reverse("join_call")})
    use_brand(request, found.call.carrier)
    context = _stage_context(found)
    if request.GET.get("shown") == context["stage"].key:
        return _numbered(HttpResponse(status=204), found)
    return _numbered(render(request, context["stage_template"], context), found)


@login_not_required
@require_POST
def report_trouble(request: PageRequest) -> HttpResponse:
    """« Quelque chose ne va pas »: give what is on screen back to the advisor, with a comment.

    The page says what it shows: a second click, or one that comes late, contests nothing else.
    """
    found = window_of(request)
    if found is None:
        return join_first(request)
    try:
        check_is_client(request, found)
        shown = stage_of(found.call)
        if request.POST.get("shown", shown.key) == shown.key:
            _object(found, shown, request.POST.get("comment", ""))
    except RuleError as error:
        return refuse(request, found, error)
    return redirect("client_window")


@login_not_required
@require_GET
def events(request: HttpRequest) -> HttpResponseBase:
    """The event stream of the call, for the client's window; it also says that it is there."""
    found = window_of(request)
    if found is None:
        return HttpResponse(status=204)  # tells an EventSource to stop
    return stream.event_stream(found.call, last_seen=stream.last_seen(request), is_client=True)


def join_first(request: PageRequest) -> HttpResponse:
    """Send a browser that is in no call to where the code is typed."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("join_call"))
    return redirect("join_call")


def after_act(request: PageRequest, found: ClientWindow) -> HttpResponse:
    """The window as the client's act left it; its middle alone when the page's script asked."""
    if not request.htmx:
        return redirect("client_window")
    return _drawn(request, found)


def refuse(request: PageRequest, found: ClientWindow, error: RuleError) -> HttpResponse:
    """The window as it is now, with what went wrong in words."""
    status = 422 if isinstance(error, UnreadableTextError) else 409
    return _drawn(request, found, problem=explain(error), status=status)


def _drawn(
    request: PageRequest, found: ClientWindow, *, problem: str = "", status: int = 200
) -> HttpResponse:
    use_brand(request, found.call.carrier)
    call = Call.objects.select_related("application", "advisor").get(pk=found.call.pk)
    found = ClientWindow(call, found.ip, found.user_agent)
    context = _stage_context(found) | {"problem": problem}
    template = context["stage_template"] if request.htmx else "live/window.html"
    return _numbered(render(request, template, context, status=status), found)


def _numbered(response: HttpResponse, found: ClientWindow) -> HttpResponse:
    """Say up to which number of the call the answer is true: an older "look" need not be followed."""
    response["Avenant-Sequence"] = str(found.call.sequence)
    return response


def _object(found: ClientWindow, shown: Stage, comment: str) -> None:
    if shown.snapshot is not None:
        object_to_section(shown.snapshot, found, comment=comment)
    elif shown.attachment is not None:
        object_to_illustration(shown.attachment, found, comment=comment)


def _stage_context(found: ClientWindow) -> dict[str, Any]:
    shown = stage_of(found.call)
    notices = None
    if shown.request is not None:
        notices = reading_at(
            found.call.carrier, NOTICES, shown.request.notices_version, shown.request.language
        )
    return {
        "call": found.call,
        "carrier": pack(found.call.carrier),
        "stage": shown,
        "stage_template": f"live/stage/{shown.kind}.html",
        "notices": notices,
        "advisor": found.call.advisor,
        "trouble_url": reverse("client_trouble"),
    }
