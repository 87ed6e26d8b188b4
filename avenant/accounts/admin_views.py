"""The administration of accounts, for the platform's own people (settled 17)."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.actions.close_account import close_account, reopen_account
from avenant.accounts.actions.enrol_person import enrol_person
from avenant.accounts.actions.invite_person import (
    accept_invitation,
    find_invitation,
    invite_person,
    past_invitation,
)
from avenant.accounts.actions.let_back_in import reset_second_factor, unlock_person
from avenant.accounts.admin_forms import ChoosePasswordForm, EnrolForm
from avenant.accounts.models import Role, User
from avenant.accounts.queries import found_among, people
from avenant.accounts.wording import done_words
from avenant.errors import RuleError, explain, show_refusal
from avenant.history.timeline import timeline_of
from avenant.pages.brand import use_brand
from avenant.partners.models import Firm, ManagingAgency

PAGE_SIZE = 25
ADMINISTRATORS = (Role.PLATFORM_ADMIN,)

type Act = Callable[..., User]
# The last part of the address, and what it does to the account.
ACTS: dict[str, Act] = {
    "inviter": invite_person,
    "deverrouiller": unlock_person,
    "deuxieme-facteur": reset_second_factor,
    "desactiver": close_account,
    "reactiver": reopen_account,
}


@require_http_methods(["GET", "POST"])
@role_required(*ADMINISTRATORS)
def index(request: SignedInRequest) -> HttpResponse:
    """Everybody with an account, searched as you type; never by address, which would hold a name."""
    text = request.POST.get("q", "").strip()
    everybody = people()
    found = found_among(everybody, text).order_by("-is_active", "name", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.POST.get("page") or request.GET.get("page"))
    context = {
        "page": page,
        "q": text,
        "filters": {"q": text},
        "total": everybody.count(),
        "shown": found.count(),
    }
    template = "accounts/people.html"
    if request.htmx and not request.htmx.boosted:
        template += "#rows"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@role_required(*ADMINISTRATORS)
def enrol(request: SignedInRequest) -> HttpResponse:
    """Open an account for somebody and send the invitation."""
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        who = {name: form.cleaned_data[name] for name in ("email", "name", "language")}
        try:
            person = enrol_person(**who, post=form.post(), by=request.user)
        except RuleError as error:
            form.add_error("email", explain(error))
        else:
            messages.success(request, done_words("inviter"))
            return redirect("person", person.pk)
    known = {"firms": _names(Firm.objects.all()), "agencies": _names(ManagingAgency.objects.all())}
    status = 422 if form.errors else 200
    return render(request, "accounts/enrol.html", {"form": form} | known, status=status)


def _names(rows: QuerySet[Firm] | QuerySet[ManagingAgency]) -> list[str]:
    return list(rows.order_by("name").values_list("name", flat=True).distinct())


@require_GET
@role_required(*ADMINISTRATORS)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One account: how it stands, what may be done with it, what was done."""
    person = get_object_or_404(people(), pk=pk)
    context = {"person": person, "events": timeline_of(person), "is_own": person == request.user}
    return render(request, "accounts/person.html", context)


@require_POST
@role_required(*ADMINISTRATORS)
def act(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """Do one thing to an account, then show how it stands."""
    person = get_object_or_404(people(), pk=pk)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](person, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
    else:
        messages.success(request, done_words(act))
    return redirect("person", pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation. Opening it burns nothing; choosing a password uses it up."""
    found = find_invitation(token)
    if found is None:
        past = past_invitation(token)
        if past is None:
            raise Http404
        return render(request, "accounts/invitation_over.html", {"invitation": past}, status=410)
    use_brand(request, found.user.carrier)
    form = ChoosePasswordForm(request.POST if request.method == "POST" else None, person=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(token, form.cleaned_data["password1"])
        except RuleError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, _("Votre mot de passe est enregistré. Connectez-vous."))
            return redirect("account_login")
    context = {"form": form, "person": found.user}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
