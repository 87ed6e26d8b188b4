"""The carrier's secure server, where submitted applications are placed (4/APP-40).

The stand-in is a folder of the vault's storage; the name is the application's number, so placing
a file twice is placing it once.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from avenant.crypto import encrypt
from avenant.documents.models import SealedDocument


def deposit(document: SealedDocument, content: bytes) -> str:
    """Place the sealed PDF with the carrier; returns where."""
    place = f"deposit/{document.carrier}/{document.number}"
    if not default_storage.exists(place):
        place = default_storage.save(place, ContentFile(encrypt(content)))
    return place
