"""Says whether a sealed PDF is genuine, in words, for anyone who holds the file.

Two things must agree: the seal reads as sound from the file's own bytes, and the file's SHA-256
is the one kept in the append-only record when it was sealed. Without the record the seal alone
cannot prove that the file is the one we sealed, and the answer says so (4/APP-37, settled 2).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography import x509
from msgspec import Struct

from avenant.documents import verify_words
from avenant.documents.payload import Language
from avenant.documents.seal_keys import is_issued_under
from avenant.documents.seal_reading import SealReading, read_seal


class Status(StrEnum):
    """Genuine, changed since we sealed it, not sealed by us, or impossible to tell."""

    GENUINE = "genuine"
    CHANGED = "changed"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


EXIT_CODES = {Status.GENUINE: 0, Status.CHANGED: 1, Status.NOT_OURS: 1, Status.UNKNOWN: 2}


class RecordedSeal(Struct, frozen=True, kw_only=True):
    """One line of the record: a file sealed under a number at a stage."""

    sha256: str
    number: str
    stage: str
    sealed_at: datetime
    level: str = ""
    carrier: str = ""
    is_superseded: bool = False


# What the record knows about this hash or this number; "" is no hash and no number.
Lookup = Callable[[str, str], Sequence[RecordedSeal]]


class Verdict(Struct, frozen=True, kw_only=True):
    """What is said of a file. `reasons` are stable codes; `sentences` puts them in words."""

    status: Status
    reasons: list[str]
    sha256: str
    number: str = ""
    stage: str = ""
    is_newer_exists: bool = False
    signer: str = ""
    sealed_at: datetime | None = None
    level: str = ""
    carrier: str = ""

    @property
    def exit_code(self) -> int:
        """0 genuine, 1 not, 2 cannot tell."""
        return EXIT_CODES[self.status]

    def headline(self, language: Language) -> str:
        """The answer in one sentence."""
        return verify_words.headline(self.status.value, language)

    def sentences(self, language: Language) -> list[str]:
        """Why, one sentence a reason, then what the file is."""
        return [
            verify_words.reason(code, language, self.number, self.stage) for code in self.reasons
        ]

    def as_json(self, language: Language) -> dict[str, Any]:
        """The answer for programs."""
        return {
            "status": self.status.value,
            "headline": self.headline(language),
            "reasons": [
                {"code": code, "text": text}
                for code, text in zip(self.reasons, self.sentences(language), strict=True)
            ],
            "number": self.number,
            "stage": self.stage,
            "is_newer_exists": self.is_newer_exists,
            "carrier": self.carrier,
            "signer": self.signer,
            "sealed_at": self.sealed_at.isoformat() if self.sealed_at else None,
            "level": self.level,
            "sha256": self.sha256,
        }


def verify(
    pdf: bytes,
    lookup: Lookup | None = None,
    roots: Sequence[x509.Certificate] = (),
) -> Verdict:
    """Judge a file. Never raises on any bytes.

    `lookup` asks the record, or is None where there is no access to it. `roots` are the
    certificates under which our seals stand; without them the signer is not judged.
    """
    reading = read_seal(pdf)
    if lookup is None:
        return _without_record(reading, roots)
    return _with_record(reading, roots, lookup)


def _without_record(reading: SealReading, roots: Sequence[x509.Certificate]) -> Verdict:
    if not reading.has_seal:
        return _verdict(Status.NOT_OURS, reading.faults, reading)
    if reading.faults:
        return _verdict(Status.CHANGED, reading.faults, reading)
    if roots and not _is_ours(reading, roots):
        return _verdict(Status.NOT_OURS, ["foreign_seal"], reading)
    return _verdict(Status.UNKNOWN, ["seal_sound", "record_not_asked"], reading)


def _with_record(
    reading: SealReading, roots: Sequence[x509.Certificate], lookup: Lookup
) -> Verdict:
    """What the record says. It is asked for a number only of a file that we recorded, or under a
    sound seal of ours: a number that anybody can write into a file opens nothing."""
    recorded = lookup(reading.sha256, "")
    found = next((entry for entry in recorded if entry.sha256 == reading.sha256), None)
    if found is not None:
        if reading.is_sound:
            return _genuine(reading, found, lookup("", found.number))
        return _verdict(Status.CHANGED, ["record_disagrees", *reading.faults], reading)
    if not reading.has_seal:
        return _verdict(Status.NOT_OURS, [*reading.faults, "hash_not_recorded"], reading)
    if reading.faults:
        return _verdict(Status.CHANGED, [*reading.faults, "hash_not_recorded"], reading)
    if not _is_ours(reading, roots):
        return _verdict(Status.NOT_OURS, ["foreign_seal", "hash_not_recorded"], reading)
    if any(entry.number == reading.number for entry in lookup("", reading.number)):
        return _verdict(Status.CHANGED, ["differs_from_record"], reading)
    # Our own seal on a file the record does not have: another installation, or a lost record.
    return _verdict(Status.UNKNOWN, ["seal_sound", "hash_not_recorded"], reading)


def _genuine(reading: SealReading, found: RecordedSeal, known: Sequence[RecordedSeal]) -> Verdict:
    is_replaced = any(
        entry.number == found.number
        and entry.sha256 != found.sha256
        and entry.sealed_at > found.sealed_at
        for entry in known
    )
    reasons = ["seal_sound", "hash_recorded", f"stage_{found.stage}"]
    if found.is_superseded:
        reasons.append("superseded")
    elif is_replaced:
        reasons.append("newer_stage")
    return Verdict(
        status=Status.GENUINE,
        reasons=reasons,
        sha256=reading.sha256,
        number=found.number,
        stage=found.stage,
        is_newer_exists=is_replaced or found.is_superseded,
        signer=reading.signer,
        sealed_at=found.sealed_at,
        level=found.level or reading.level,
        carrier=found.carrier,
    )


def _is_ours(reading: SealReading, roots: Sequence[x509.Certificate]) -> bool:
    return reading.certificate is not None and is_issued_under(
        reading.certificate, reading.other_certificates, roots
    )


def _verdict(status: Status, reasons: list[str], reading: SealReading) -> Verdict:
    return Verdict(
        status=status,
        reasons=reasons,
        sha256=reading.sha256,
        number=reading.number,
        stage=reading.stage,
        signer=reading.signer,
        sealed_at=reading.sealed_at,
        level=reading.level,
    )
