"""The night run that erases drafts whose days are over (4/APP-09, settled 8).

Answers, files, evidence texts and addresses go; the history keeps ids and hashes and still
verifies. There is no recovery bin.
"""

from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from avenant.applications.models import OPEN_STATES, Application
from avenant.clock import today
from avenant.documents.models import VaultFile
from avenant.history.actions.record import Actor, record
from avenant.live.models import Call


def purge_drafts(carrier: str) -> int:
    """Erase every draft of the carrier past its last day; returns how many."""
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
                *application.attachments.exclude(printable=None).values_list(
                    "printable", flat=True
                ),
                *application.documents.exclude(file=None).values_list("file", flat=True),
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
