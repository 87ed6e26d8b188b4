"""`/healthz` and `/readyz`: alive, and ready with a line for each thing it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from avenant.documents import fonts, vault
from avenant.documents.queries import stuck_documents
from avenant.documents.sealing import seal_key
from avenant.jobs import stuck_jobs
from avenant.messaging.models import OutboundMessage
from avenant.messaging.queries import stuck_messages

WORKER_SILENCE_SECONDS = 90
_STUCK = "some are stuck, /exploitation says which and why"

type Level = Literal["ok", "degraded", "FAIL"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing looked at: in order, in need of somebody, or missing."""

    name: str
    level: Level
    problem: str = ""

    @property
    def line(self) -> str:
        return f"{self.level:<4} {self.name}" + (f": {self.problem}" if self.problem else "")


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when everything that is needed to serve is there, else 503; one line for each.

    A line that says "degraded" asks for somebody and takes nothing away from those who work here.
    """
    found = parts()
    lines = "".join(f"{part.line}\n" for part in found)
    is_ready = all(part.level != "FAIL" for part in found)
    return HttpResponse(lines, content_type="text/plain", status=200 if is_ready else 503)


def parts() -> list[Part]:
    """Everything looked at, in the order of the page."""
    needed = [_part(name, check, "FAIL") for name, check in CHECKS.items()]
    return needed + [_part(name, check, "degraded") for name, check in WARNINGS.items()]


def _part(name: str, check: Callable[[], str], level: Level) -> Part:
    try:
        problem = check()
    except Exception as error:  # a broken part is a line, whatever broke it
        problem = type(error).__name__
    return Part(name, level if problem else "ok", problem)


def _database() -> str:
    OutboundMessage.objects.exists()
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else ""


def _seal_key() -> str:
    seal_key()
    return ""


def _fonts() -> str:
    missing = fonts.missing()
    return ", ".join(missing) if missing else ""


def _worker() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [WORKER_SILENCE_SECONDS],
        )
        row = cursor.fetchone()
    return "" if row and row[0] else "no worker was heard of"


def _vault() -> str:
    left = vault.room()
    return "little room is left" if left is not None and left < vault.LITTLE_ROOM else ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "seal key": _seal_key,
    "fonts": _fonts,
    "worker": _worker,
}
WARNINGS: dict[str, Callable[[], str]] = {
    "vault": _vault,
    "documents": lambda: _STUCK if stuck_documents().exists() else "",
    "messages": lambda: _STUCK if stuck_messages().exists() else "",
    "jobs": lambda: _STUCK if stuck_jobs() else "",
}

PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}


class ProbeMiddleware:
    """Answer probes whatever host name they ask for: they come by address, from the machine itself
    or from a balancer, and say nothing that depends on a name."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        answer = probe(request)
        answer["Cache-Control"] = "no-store"
        answer["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        return answer
