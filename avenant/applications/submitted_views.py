"""Submitted applications, read by the advisor, the managing agency and the carrier."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import CARRIER_READERS, Role
from avenant.applications.actions.correct_application import correct_application
from avenant.applications.actions.read_numbers import read_numbers
from avenant.applications.actions.receive_application import enter_application, return_application
from avenant.applications.exports import submitted_workbook
from avenant.applications.file_page import submitted_context
from avenant.applications.forms import ReceiveForm
from avenant.applications.lists import submitted_list_context
from avenant.applications.queries import own_applications, submitted_visible_to
from avenant.errors import RuleError, show_refusal

READERS = (Role.ADVISOR, Role.FIRM_MANAGER, Role.MANAGING_AGENCY, *CARRIER_READERS)


@require_http_methods(["GET", "POST"])
@role_required(*READERS)
def index(request: SignedInRequest) -> HttpResponse:
    """The list: searched as you type, sorted, paged, exported."""
    context = submitted_list_context(request, submitted_visible_to(request.user))
    if "xlsx" in {request.GET.get("export"), request.POST.get("export")}:
        return submitted_workbook(context["found"])
    template = "applications/submitted_list.html"
    if request.htmx and not request.htmx.boosted:
        template += "#rows"
    return render(request, template, context)


@require_GET
@role_required(*READERS)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One file: its PDF, what underwriting asks, its history."""
    application = get_object_or_404(submitted_visible_to(request.user), pk=pk)
    context = submitted_context(request, application)
    return render(request, "applications/submitted.html", context)


@require_POST
@role_required(Role.ADVISOR)
def correct(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Corriger »: to the draft that corrects a returned file."""
    application = get_object_or_404(own_applications(request.user), pk=pk)
    try:
        draft = correct_application(application, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        return redirect("submitted_application", application.pk)
    return redirect("application", draft.pk)


@require_POST
@role_required(Role.CONTRACT_ADMINISTRATION)
def numbers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """« Afficher les numéros »: the file with the numbers in full; that they were read is recorded."""
    application = get_object_or_404(submitted_visible_to(request.user), pk=pk)
    found = read_numbers(application, by=request.user)
    context = submitted_context(request, application) | {"carrier_numbers": found}
    return render(request, "applications/submitted.html", context)


@require_POST
@role_required(Role.CONTRACT_ADMINISTRATION)
def decide(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The contract administration entered the file in its systems, or returns it (4/APP-44)."""
    application = get_object_or_404(submitted_visible_to(request.user), pk=pk)
    form = ReceiveForm(request.POST)
    if not form.is_valid():
        context = submitted_context(request, application) | {"receive_form": form}
        return render(request, "applications/submitted.html", context, status=422)
    try:
        if form.cleaned_data["decision"] == "enter":
            enter_application(application, by=request.user)
        else:
            return_application(application, reason=form.cleaned_data["reason"], by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    return redirect("submitted_application", application.pk)
