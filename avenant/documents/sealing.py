"""The installation's seal: which key seals, and what each sealing says."""

from functools import cache
from pathlib import Path

from cryptography.x509 import Certificate
from django.conf import settings
from django.utils import timezone

from avenant.carriers.packs import pack
from avenant.documents.models import SealedDocument
from avenant.documents.press import Patience, PressError, SealingWork, routes, sealed
from avenant.documents.seal import Sealed
from avenant.documents.seal_keys import SealKey, SealKeyError, load_roots, local_seal_key


@cache
def seal_key() -> SealKey:
    """The key of this installation: from the settings, or its own made once under var/keys."""
    if settings.AVENANT_SEAL_KEY:
        return SealKey.load(Path(settings.AVENANT_SEAL_KEY), settings.AVENANT_SEAL_PASSPHRASE)
    return local_seal_key(settings.VAR_DIR / "keys")


def seal_document(pdf: bytes, document: SealedDocument, patience: Patience) -> Sealed:
    """Seal a rendered document; nothing may be changed in it afterwards.

    Raises:
        PressError: it did not come out; "seal_key_missing" when there is nothing to seal with.
    """
    try:
        key = seal_key()
    except SealKeyError as error:
        raise PressError("seal_key_missing", str(error)) from error
    work = SealingWork(
        pdf=pdf,
        key=key.parts,
        number=document.number,
        stage="submitted" if document.stage == "submitted" else "created",
        at=timezone.now(),
        location=pack(document.carrier).name["fr"],
        authority=settings.AVENANT_TIMESTAMP_URL,
        routes=routes() if settings.AVENANT_TIMESTAMP_URL else {},
    )
    return sealed(work, patience)


def recognised_roots() -> tuple[Certificate, ...]:
    """Every root under which a seal of this installation may stand."""
    return (*load_roots(settings.VAR_DIR / "keys"), *seal_key().roots)
