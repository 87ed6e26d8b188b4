"""The vault: files at rest, encrypted, written once and named by their content.

Any Django storage holds it: a folder here, S3-compatible storage in an installation of several
machines.
"""

import errno
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from avenant.crypto import decrypt, encrypt
from avenant.documents.models import VaultFile

# Below this, a warning is given while there still is room to work in.
LITTLE_ROOM = 200 * 1024 * 1024


class VaultError(Exception):
    """A file could not be kept, or what was read back is not what was kept.

    `code`: "vault_full", "vault_refuses", "vault_unreadable" (gone, or does not answer) or
    "vault_altered".
    """

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def keep(content: bytes) -> VaultFile:
    """Write `content` under a name of its own and return its row.

    The file is written before the row: a crash in between leaves a file that nothing names,
    never a row without its file.

    Raises:
        VaultError: the vault takes nothing now, for want of room or otherwise.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:  # nobody else writes under this name meanwhile
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])
        path = f"{sha256[:2]}/{sha256}"
        if default_storage.exists(path):
            path += f"-{secrets.token_hex(8)}"
        path = write(path, content)
    return VaultFile.objects.create(sha256=sha256, size=len(content), path=path)


def write(path: str, content: bytes) -> str:
    """Write `content`, encrypted, under a path that nobody else writes to; returns where.

    What a full disk left half written is taken away again.

    Raises:
        VaultError: the vault takes nothing now.
    """
    try:
        return default_storage.save(path, ContentFile(encrypt(content)))
    except Exception as error:  # each storage has errors of its own
        with suppress(Exception):
            default_storage.delete(path)
        is_full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = getattr(error, "strerror", None) or type(error).__name__
        code = "vault_full" if is_full else "vault_refuses"
        raise VaultError(code, f"the vault takes nothing: {reason}") from error


def room() -> int | None:
    """Bytes left where the files are kept; None when that is not a folder of this machine."""
    try:
        return shutil.disk_usage(default_storage.path("")).free
    except NotImplementedError:
        return None


def read(file: VaultFile) -> bytes:
    """The content of a kept file.

    Raises:
        VaultError: it is gone or was changed at rest.
    """
    try:
        with default_storage.open(file.path) as stored:
            content = decrypt(stored.read())
    except Exception as error:
        raise VaultError("vault_unreadable", f"file {file.pk} cannot be read back") from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise VaultError("vault_altered", f"file {file.pk} was changed at rest")
    return content


def check_vault() -> Iterator[str]:
    """Read every kept file back; a line for each that is gone or was changed."""
    for file in VaultFile.objects.order_by("pk").iterator():
        try:
            read(file)
        except VaultError as error:
            yield str(error)
