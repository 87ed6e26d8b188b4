"""`/healthz` and `/readyz`: alive, and ready with a line for each thing it needs."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from avenant.documents import fonts
from avenant.documents.sealing import seal_key
from avenant.messaging.models import OutboundMessage

WORKER_SILENCE_SECONDS = 90


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when everything is there, else 503; one line for each."""
    lines = [_line(name, check) for name, check in CHECKS.items()]
    is_ready = all(line.startswith("ok") for line in lines)
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain", status=200 if is_ready else 503
    )


def _line(name: str, check: Callable[[], str]) -> str:
    try:
        problem = check()
    except Exception as error:  # a broken part is a line, whatever broke it
        problem = type(error).__name__
    return f"ok   {name}" if not problem else f"FAIL {name}: {problem}"


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


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "seal key": _seal_key,
    "fonts": _fonts,
    "worker": _worker,
}
