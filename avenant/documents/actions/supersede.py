"""An application that changes leaves its earlier PDF behind (4/APP-38)."""

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.history.actions.record import record


def supersede_documents(application: Application, *, by: User | str) -> None:
    """Mark the created PDFs of the application superseded; their numbers are never reused."""
    for document in application.documents.filter(stage="created", is_superseded=False):
        document.is_superseded = True
        document.save(update_fields=["is_superseded"])
        record("pdf_superseded", application, by=by, facts={"number": document.number})
