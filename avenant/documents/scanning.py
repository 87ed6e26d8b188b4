"""Which virus scanner this installation has, if any (settled 18)."""

from django.conf import settings

from avenant.documents.virus_scan import ClamAv, Scanner


def scanner() -> Scanner | None:
    """ClamAV where one is configured; None means that uploads say « non analysé »."""
    return ClamAv(settings.AVENANT_CLAMAV) if settings.AVENANT_CLAMAV else None
