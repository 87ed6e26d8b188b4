"""The carrier's secure server, where submitted applications are placed (4/APP-40).

The stand-in is a folder of the vault's storage; the name is the application's number, so placing
a file twice is placing it once.
"""

import hashlib

from cryptography.fernet import InvalidToken
from django.core.files.storage import default_storage
from django.db import connection, transaction

from avenant.crypto import decrypt
from avenant.documents.models import SealedDocument
from avenant.documents.vault import write

_PLACING = 0x61_76_65_6E  # the family of the locks taken here


@transaction.atomic
def deposit(document: SealedDocument, content: bytes) -> str:
    """Place the sealed PDF with the carrier; returns where.

    One process at a time writes under a number: what stands half written there, a process that
    died left behind.

    Raises:
        VaultError: the server takes nothing now. Nothing is left there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PLACING, document.pk])
    place = f"deposit/{document.carrier}/{document.number}"
    if default_storage.exists(place):
        if _is_whole(place, document.sha256):
            return place
        default_storage.delete(place)
    return write(place, content)


def _is_whole(place: str, sha256: str) -> bool:
    try:
        with default_storage.open(place) as stored:
            return hashlib.sha256(decrypt(stored.read())).hexdigest() == sha256
    except (InvalidToken, OSError):
        return False
