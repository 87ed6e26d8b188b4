"""The carrier's secure server, where submitted applications are placed (4/APP-40).

The stand-in is a folder of the vault's storage; the name is the application's number, so placing
a file twice is placing it once.
"""

import hashlib

from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from avenant.crypto import decrypt, encrypt
from avenant.documents.models import SealedDocument


def deposit(document: SealedDocument, content: bytes) -> str:
    """Place the sealed PDF with the carrier; returns where."""
    place = f"deposit/{document.carrier}/{document.number}"
    if default_storage.exists(place):
        if _is_whole(place, document.sha256):
            return place
        default_storage.delete(place)  # a process died while writing it
    written = default_storage.save(place, ContentFile(encrypt(content)))
    if written != place:
        default_storage.delete(written)  # another process placed it meanwhile
    return place


def _is_whole(place: str, sha256: str) -> bool:
    try:
        with default_storage.open(place) as stored:
            return hashlib.sha256(decrypt(stored.read())).hexdigest() == sha256
    except (InvalidToken, OSError):
        return False
