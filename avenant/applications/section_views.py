"""What the advisor does with a section: send it, take it back, reopen it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from avenant.accounts.access import SignedInRequest, role_required
from avenant.accounts.models import Role
from avenant.applications.actions import send_section as sections
from avenant.applications.queries import section_url
from avenant.applications.views import own_or_404
from avenant.errors import RuleError, show_refusal
from avenant.live.queries import open_call_on

ACTS: dict[str, Callable[..., object]] = {
    "envoyer": sections.send_section,
    "annuler": sections.cancel_section,
    "modifier": sections.modify_section,
}


@require_POST
@role_required(Role.ADVISOR)
def act(request: SignedInRequest, pk: UUID, key: str, act: str) -> HttpResponse:
    """« Envoyer au client – confirmer », « Annuler », « Modifier la section ci-dessus »."""
    application = own_or_404(request, pk)
    key = key.replace("-", "_")
    if act not in ACTS or not application.sections.filter(key=key).exists():
        raise Http404
    call = open_call_on(application)
    try:
        if call is None:
            raise RuleError("no_client" if act == "envoyer" else "call_closed")
        ACTS[act](application, call, key, by=request.user)
    except RuleError as error:
        show_refusal(request, error)
        url = section_url(application, key)
        if error.code == "missing_fields" and error.details:
            url += f"&missing=1#q-{error.details[0]}"
        return redirect(url)
    return redirect(f"{section_url(application, key)}#section-foot")
