"""The advisor fills an application: one section at a time, everything else in sight."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.applications.actions.open_application import open_application
from avenant.applications.actions.resume_application import resume_application
from avenant.applications.actions.save_answers import change_rows, save_answers, save_application
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.fields import field_messages
from avenant.applications.lists import drafts_context
from avenant.applications.models import Application
from avenant.applications.page import (
    application_context,
    section_of_paths,
    visible_paths,
)
from avenant.applications.queries import applications_visible_to, drafts_of, section_url
from avenant.carriers.packs import reader_language
from avenant.documents.actions.create_pdf import create_pdf
from avenant.errors import RuleError, explain, show_refusal
from avenant.http import client_address, reads_each_field, user_agent
from avenant.live.actions.launch_call import close_call, launch_call
from avenant.live.queries import open_call_of, open_call_on
from avenant.pages.brand import brand_of
from avenant.pages.formats import day
from avenant.rules import ask
from avenant_rules.plain_text import what_is_readable


def own_or_404(request: SignedInRequest, pk: UUID) -> Application:
    """The advisor's own application that can still be worked on."""
    return get_object_or_404(drafts_of(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
@role_required(Role.ADVISOR)
def drafts(request: SignedInRequest) -> HttpResponse:
    """« Mes propositions sauvegardées »: searched as you type, sorted, with their expiry."""
    context = drafts_context(request, drafts_of(request.user))
    template = "applications/drafts.html"
    if request.htmx and not request.htmx.boosted:
        template += "#rows"
    return render(request, template, context)


@require_POST
@role_required(Role.ADVISOR)
def open_blank(request: SignedInRequest) -> HttpResponse:
    """« Formulaires » → « PROGRAMME ASSOCIATION »."""
    call = open_call_of(request.user)
    if call is None or str(call.pk) != request.POST.get("call"):
        raise Http404
    try:
        opened = open_application(call, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        return redirect("call", call.pk)
    return redirect("application", opened.pk)


@require_POST
@role_required(Role.ADVISOR)
def resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The magnifier of the list: open the draft in a call, a new one if none is open."""
    found = own_or_404(request, pk)
    call = open_call_of(request.user)
    if call is not None and call.application_id not in {None, found.pk}:
        if request.POST.get("existing") != "close":
            context = {"call": call, "draft": found}
            return render(request, "live/previous_found.html", context, status=409)
        close_call(call, by=request.user)
        call = None
    try:
        if call is None:
            address, browser = client_address(request), user_agent(request)
            call = launch_call(request.user, ip=address, user_agent=browser)
        resume_application(found, call, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        return redirect("drafts")
    return redirect("application", found.pk)


@require_GET
@role_required(Role.ADVISOR)
def application(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The form, opened at one section; a submitted application opens as its file."""
    found = get_object_or_404(applications_visible_to(request.user), pk=pk)
    if found.is_submitted:
        return redirect("submitted_application", found.pk)
    return render(request, "applications/application.html", application_context(request, found))


@require_GET
@role_required(Role.ADVISOR)
def state(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Everything around the fields, as it is now: asked for when something happened."""
    found = get_object_or_404(applications_visible_to(request.user), pk=pk)
    if found.is_submitted:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("submitted_application", args=[found.pk])
        return response
    context = application_context(request, found)
    shown = (request.GET.get("held", "0"), request.GET.get("answers", ""))
    now = (str(int(context.get("is_held", False))), str(found.answers_sequence))
    context["are_fields_stale"] = shown != now
    context["is_step_stale"] = request.GET.get("step", "") != context.get("step_key", "")
    return render(request, "applications/state.html", context)


@reads_each_field
@require_POST
@role_required(Role.ADVISOR)
def save(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Autosave: the changed fields, and back what changed on the page."""
    raw = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "section"}
    }
    writer = what_is_readable(request.headers.get("Avenant-Window", ""), most=40)
    try:
        saved = save_answers(
            pk, raw, by=request.user, writer=writer, writer_sequence=_sequence(request)
        )
    except Application.DoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return JsonResponse({"error": explain(error)}, status=409)
    section = section_of_paths(saved.application, raw)
    context = application_context(
        request,
        saved.application,
        current=section,
        problems=saved.problems,
        typed=raw,
        standing=saved.standing,
    )
    # Fields are only drawn again when there are others than before: the person is typing. What is
    # wrong with those that were sent is said beside each, and no more once it is right.
    before, now = (visible_paths(view, section) for view in (saved.before, saved.standing.view))
    context["are_fields_stale"] = now != before
    context["field_messages"] = field_messages(raw, saved.problems, reader_language())
    status = 422 if saved.problems else 200
    return render(request, "applications/saved.html", context, status=status)


@require_POST
@role_required(Role.ADVISOR)
def rows(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One more child, beneficiary or policy, or one less."""
    found = own_or_404(request, pk)
    try:
        change_rows(
            found,
            request.POST.get("group", ""),
            add="add" in request.POST,
            remove=request.POST.get("remove", ""),
            by=request.user,
        )
    except RuleError as error:
        show_refusal(request, error)
    return redirect(section_url(found, request.POST.get("section", "")))


@require_POST
@role_required(Role.ADVISOR)
def save_all(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Sauvegarder »."""
    try:
        found = save_application(own_or_404(request, pk), by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        return redirect("drafts")
    messages.success(
        request,
        _("Proposition sauvegardée. Elle est conservée jusqu'au %(date)s.")
        % {"date": day(found.expires_on, brand_of(request).locale)},
    )
    return redirect(section_url(found, request.POST.get("section", "")))


@require_POST
@role_required(Role.ADVISOR)
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The orange button: back to the landing menu; a warning came first if not submitted."""
    found = get_object_or_404(applications_visible_to(request.user), pk=pk)
    # The reminder was answered on the page by « Fermer sans soumettre », the guide's « Annuler ».
    closing = ask(
        "application.close", found.carrier, is_submitted=found.is_submitted, button="cancel"
    )
    if closing.outcome.result != "closed":
        return redirect("application", found.pk)
    call = open_call_on(found)
    if call is not None and call.advisor_id == request.user.pk:
        close_call(call, by=request.user)
    return redirect("home")


@require_http_methods(["POST"])
@role_required(Role.ADVISOR)
def make_pdf(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Créer le PDF de la proposition »."""
    found = own_or_404(request, pk)
    try:
        create_pdf(found, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    return redirect(section_url(found, "transmission"))


@require_POST
@role_required(Role.ADVISOR)
def submit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The blue button. A second click lands on the same page as the first."""
    found = get_object_or_404(applications_visible_to(request.user), pk=pk)
    try:
        submit_application(found, ip=client_address(request), by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        return redirect(section_url(found, "transmission"))
    return redirect("submitted_application", found.pk)


def _sequence(request: SignedInRequest) -> int:
    text = request.headers.get("Avenant-Seq", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
