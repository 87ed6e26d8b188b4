"""What became of one submission, counted: nothing lost, nothing doubled (G4)."""

from django.core.files.storage import default_storage

from avenant.applications.models import Application
from avenant.documents.models import SealedDocument
from avenant.history.models import Event
from avenant.messaging.models import OutboundMessage

MAILS = 3
ONCE = {
    "submissions": 1,
    "documents": [["created", "sealed"], ["submitted", "deposited"]],
    "seals": 2,
    "deposits": 1,
    "files": 1,
    "mails": [
        ["client_copy", "sent"],
        ["new_application_notice", "sent"],
        ["submission_confirmation", "sent"],
    ],
}


def effects(application: Application) -> dict[str, object]:
    application.refresh_from_db()
    events = Event.objects.filter(dossier=f"application:{application.pk}")
    documents = SealedDocument.objects.filter(application=application)
    return {
        "submissions": events.filter(kind="application_submitted").count(),
        "documents": sorted(map(list, documents.values_list("stage", "state"))),
        "seals": events.filter(kind="document_sealed").count(),
        "deposits": events.filter(kind="document_deposited").count(),
        "files": _deposited_files(application.number),
        "mails": sorted(
            map(
                list,
                OutboundMessage.objects.filter(once_key__endswith=application.number).values_list(
                    "kind", "state"
                ),
            )
        ),
    }


def told(application: Application) -> int:
    """How many of the mails went out."""
    return OutboundMessage.objects.filter(
        once_key__endswith=application.number, state="sent"
    ).count()


def _deposited_files(number: str) -> int:
    try:
        _, files = default_storage.listdir("deposit/croix_bleue")
    except FileNotFoundError:
        return 0
    return sum(name.startswith(number) for name in files)
