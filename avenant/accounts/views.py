"""The first page after signing in: what this role does here."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from avenant.accounts.access import SignedInRequest
from avenant.accounts.models import CARRIER_READERS, Role
from avenant.applications.queries import drafts_of, to_correct
from avenant.live.queries import open_call_of

MOST_TOLD = 10  # returned files named on the first page
READERS = (Role.MANAGING_AGENCY, Role.FIRM_MANAGER, *CARRIER_READERS)


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The advisor's landing menu (4/APP-01); the submitted files for those who read them; the
    accounts for the platform; an honest page for the roles whose rooms are not built yet."""
    user = request.user
    if user.role in READERS:
        return redirect("submitted_applications")
    if user.role == Role.PLATFORM_ADMIN:
        return redirect("people")
    if user.role != Role.ADVISOR:
        return render(request, "accounts/home.html")
    returned = to_correct(user)
    context = {
        "call": open_call_of(user),
        "draft_count": drafts_of(user).count(),
        "to_correct": list(returned.order_by("-submitted_at")[:MOST_TOLD]),
        "to_correct_count": returned.count(),
    }
    return render(request, "accounts/landing.html", context)
