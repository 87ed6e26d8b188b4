"""The installation's seal: which key seals, and what each sealing says."""

from functools import cache

from django.conf import settings

from avenant.carriers.packs import pack
from avenant.documents.models import SealedDocument
from avenant.documents.seal import SealKey, load_key, seal


@cache
def seal_key() -> SealKey:
    """The key of this installation: from the settings, or its own made once under var/keys."""
    return load_key(settings.VAR_DIR / "keys")


def seal_document(pdf: bytes, document: SealedDocument) -> bytes:
    """Seal a rendered document; nothing may be changed in it afterwards."""
    return seal(
        pdf,
        signer=seal_key(),
        reason=f"{document.number} – {document.get_stage_display()}",
        location=pack(document.carrier).name["fr"],
    )
