"""The demo's own pages (design/interfaces.md): the outbox and the business clock."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from avenant.clock import today
from avenant.demo.actions.move_clock import move_clock
from avenant.http import is_from_elsewhere
from avenant.messaging.models import OutboundMessage

SHOWN = 200
FIRST_YEAR, LAST_YEAR = 2000, 2099


@login_not_required
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Every e-mail and SMS that went out, newest first."""
    found = OutboundMessage.objects.filter(state="sent").order_by("-sent_at", "-pk")[:SHOWN]
    return render(request, "demo/messages.html", {"outbox": found})


@login_not_required
@require_GET
def messages_json(_request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    found = OutboundMessage.objects.filter(state="sent").order_by("-sent_at", "-pk")[:SHOWN]
    rows = [
        {
            "channel": message.channel,
            "to": message.to,
            "subject": message.subject,
            "text": message.text,
            "links": message.links,
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        }
        for message in found
    ]
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})


@csrf_exempt  # programs move it without a page; it exists in the demo alone
@login_not_required
@require_http_methods(["GET", "POST"])
def clock(request: HttpRequest) -> HttpResponse:
    """Shows and moves the business clock; nightly runs due in between are run.

    A form on another site's page may not: what would be purged does not come back.
    """
    if request.method == "POST" and is_from_elsewhere(request):
        problem = _(
            "La demande venait d'un autre site : rien n'a été changé. Ouvrez la page du site "
            "lui-même, puis recommencez."
        )
        context = _clock_context() | {"problem": problem}
        return render(request, "demo/clock.html", context, status=403)
    if request.method == "POST":
        typed = request.POST.get("today", "").strip()
        try:
            day = _day(typed) if typed else None
        except ValueError:
            context = _clock_context() | {
                "problem": _(
                    "Écrivez une date de 2000 à 2099, par exemple 2026-06-01, ou rien pour revenir "
                    "à ce jour."
                )
            }
            return render(request, "demo/clock.html", context, status=422)
        move_clock(day)
        return redirect("demo_clock")
    return render(request, "demo/clock.html", _clock_context())


def _day(typed: str) -> dt.date:
    """The day typed; near the ends of the calendar no page could count fifteen days further."""
    day = dt.date.fromisoformat(typed)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("too far away")
    return day


def _clock_context() -> dict[str, object]:
    return {"business_day": today("croix_bleue")}
