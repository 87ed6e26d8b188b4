"""The hourly run that erases drafts whose days are over (4/APP-09, settled 8).

Answers, files, evidence texts and addresses go; the history keeps ids and hashes and still
verifies. There is no recovery bin.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction

from avenant.applications.models import OPEN_STATES, Application
from avenant.clock import today
from avenant.documents.models import VaultFile
from avenant.history.actions.record import Actor, record
from avenant.live.models import Call
from avenant.ops.snapshots import FILES_LOCK

logger = logging.getLogger(__name__)


def purge_drafts(carrier: str) -> int:
    """Erase every draft of the carrier past its last day; returns how many.

    None while a backup is being made, which would keep rows whose files went: the next run does it.
    """
    with files_may_go() as may_go:
        return _purge_due(carrier) if may_go else 0


@contextmanager
def files_may_go() -> Iterator[bool]:
    """Whether files of the vault may be deleted until the block ends; no backup begins meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s)", [FILES_LOCK])
        may_go = bool(cursor.fetchone()[0])
        if not may_go:
            logger.info("a backup is being made: the drafts that are over are erased after it")
        try:
            yield may_go
        finally:
            if may_go:
                cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [FILES_LOCK])


def _purge_due(carrier: str) -> int:
    due = Application.objects.filter(
        carrier=carrier, state__in=OPEN_STATES, expires_on__lt=today(carrier)
    ).values_list("pk", flat=True)
    return sum(purge_application(pk) for pk in list(due))


@transaction.atomic
def purge_application(pk: UUID) -> bool:
    """Erase one draft if it is still due; a save in between keeps it."""
    # Call first, as everywhere: closing and joining lock in that order too.
    list(Call.objects.select_for_update().filter(application=pk).order_by("pk"))
    application = (
        Application.objects.select_for_update().filter(pk=pk, state__in=OPEN_STATES).first()
    )
    if application is None or application.expires_on >= today(application.carrier):
        return False
    files = list(
        VaultFile.objects.filter(
            pk__in=[
                *application.attachments.values_list("file", flat=True),
                *application.attachments.values_list("printable", flat=True),
                *application.documents.values_list("file", flat=True),
            ]
        )
    )
    record("application_purged", application, by=Actor.SYSTEM, facts={"files": len(files)})
    Call.objects.filter(application=application).update(
        client_ip=None, client_user_agent="", advisor_ip=None, advisor_user_agent=""
    )
    application.delete()
    for file in files:
        file.delete()
        transaction.on_commit(partial(default_storage.delete, file.path))
    return True
