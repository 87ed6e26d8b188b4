"""The vault: files at rest, encrypted, written once and named by their content.

Any Django storage holds it: a folder here, S3-compatible storage in an installation of several
machines.
"""

import hashlib
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from avenant.crypto import decrypt, encrypt
from avenant.documents.models import VaultFile


class VaultError(Exception):
    """A file could not be kept, or what was read back is not what was kept."""


def keep(content: bytes) -> VaultFile:
    """Write `content` under a name of its own and return its row.

    The file is written before the row: a crash in between leaves a file that nothing names,
    never a row without its file.

    Raises:
        VaultError: the vault takes nothing now, for want of room or otherwise.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        path = default_storage.save(f"{sha256[:2]}/{sha256}", ContentFile(encrypt(content)))
    except OSError as error:
        raise VaultError(f"the vault takes nothing: {error.strerror}") from error
    return VaultFile.objects.create(sha256=sha256, size=len(content), path=path)


def read(file: VaultFile) -> bytes:
    """The content of a kept file.

    Raises:
        VaultError: it is gone or was changed at rest.
    """
    try:
        with default_storage.open(file.path) as stored:
            content = decrypt(stored.read())
    except Exception as error:
        raise VaultError(f"file {file.pk} cannot be read back") from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise VaultError(f"file {file.pk} was changed at rest")
    return content


def check_vault() -> Iterator[str]:
    """Read every kept file back; a line for each that is gone or was changed."""
    for file in VaultFile.objects.order_by("pk").iterator():
        try:
            read(file)
        except VaultError as error:
            yield str(error)
