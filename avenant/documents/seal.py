"""Puts the carrier's electronic seal on a printed document (PAdES), as the last thing done to it.

Source: 4/APP-37, 4/APP-40, settled points 2 and 19. The seal certifies that nothing may change
(DocMDP level 1) and covers the whole file, which is written as a single revision.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from msgspec import Struct
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter, copy_into_new_writer
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from avenant.documents.payload import Stage
from avenant.documents.seal_keys import SealKey
from avenant.documents.seal_reading import FIELD_PREFIX, read_seal

# Hexadecimal digits kept for the signature; what it does not use stays zero.
_ROOM = 16_384
_ROOM_WITH_TIMESTAMP = 40_960


class SealError(Exception):
    """The document could not be sealed, or its seal does not read as sound."""


class Sealed(Struct, frozen=True, kw_only=True):
    """A sealed file. `level` is what was reached; `lowered` says why it is lower than asked."""

    pdf: bytes
    sha256: str
    level: str
    sealed_at: datetime
    lowered: str = ""


class _Signer(PdfSigner):
    """pyHanko's signer, telling the moment it is given rather than its own."""

    def __init__(self, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at.astimezone(UTC)

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def seal(
    pdf: bytes,
    key: SealKey,
    *,
    number: str,
    stage: Stage,
    at: datetime,
    reason: str = "",
    location: str = "",
    timestamps: TimeStamper | None = None,
) -> Sealed:
    """Seal a document under its number and stage, at an aware moment (real time, not business).

    With `timestamps` the level is PAdES B-T; when the authority does not answer, the document is
    still sealed, at the named lower level PAdES B-B.

    Raises:
        SealError: nothing usable came out. The result is read back before it is returned.
    """
    lowered = ""
    try:
        try:
            content = _sign(pdf, key, number, stage, at, reason, location, timestamps)
        except TimestampRequestError:
            lowered = "timestamp_unreachable"
            content = _sign(pdf, key, number, stage, at, reason, location, None)
    except (PdfError, SigningError) as error:
        raise SealError("the document cannot be sealed") from error
    reading = read_seal(content)
    if not reading.is_sound or (reading.number, reading.stage) != (number, stage):
        raise SealError(f"the seal does not read back: {', '.join(reading.faults) or 'number'}")
    return Sealed(
        pdf=content, sha256=reading.sha256, level=reading.level, sealed_at=at, lowered=lowered
    )


def _sign(
    pdf: bytes,
    key: SealKey,
    number: str,
    stage: Stage,
    at: datetime,
    reason: str,
    location: str,
    timestamps: TimeStamper | None,
) -> bytes:
    field_name = f"{FIELD_PREFIX}{number}-{stage}"
    signer = _Signer(
        at,
        PdfSignatureMetadata(
            field_name=field_name,
            md_algorithm="sha256",
            reason=reason or None,
            location=location or None,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer=key.signer,
        timestamper=timestamps,
        new_field_spec=SigFieldSpec(
            field_name,
            readable_field_name=f"{number} – sceau électronique",
            # PDF/UA leaves hidden fields out of the tags.
            invis_sig_settings=InvisSigSettings(set_hidden_flag=True),
        ),
    )
    # A full copy, not an update: a sealed file has one revision, and any other is an attack.
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    out = signer.sign_pdf(writer, bytes_reserved=_ROOM_WITH_TIMESTAMP if timestamps else _ROOM)
    return bytes(out.getvalue())
