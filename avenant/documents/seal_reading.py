"""Reads the seal of a PDF from its bytes alone, without trusting or even parsing the PDF.

Sound means: one seal, over every byte but the seal itself, with nothing hidden in the seal's own
room, one single revision, and a cryptographic signature that fits. Made for hostile files: no
PDF parser runs, nothing is decompressed, and what is done does not grow faster than the file. The
whole of it is only searched for fixed words; patterns look at windows of fixed size behind a word,
and the seal itself is counted (`seal_structure`) before anything reads it.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from avenant.documents.seal_structure import der_length, is_reasonable

FIELD_PREFIX = "avenant-"
_BYTE_RANGE = re.compile(rb"/ByteRange\s{0,9}\[([^\]]{0,200})\]")
_FOUR_NUMBERS = re.compile(rb"\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*")
# PDF strings may write "-" and ":" as octal escapes.
_FIELD = re.compile(
    rb"/T\s{0,9}\(avenant(?:-|\\055)([A-Z0-9]{1,20})(?:-|\\055)(created|submitted)\)"
)
_SIGNED_ON = re.compile(rb"/M\s{0,9}\(D(?::|\\072)(\d{14})Z\)")
_WINDOW = 240
_NEAR = 2_000  # bytes on each side of the seal where its own dictionary is written
_HEX = re.compile(rb"[0-9A-F]*|[0-9a-f]*")  # one case: turning one letter is a change too
_MAX_SEAL = 512 * 1024  # bytes of hexadecimal, padding included
_MOST_CERTIFICATES, _LARGEST_RSA = 10, 8192
_SMALL_KEYS = (ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)
_MOST_WORDS = 16  # places where a word is looked behind; a sealed file of ours has one or two


@dataclass
class SealReading:
    """What the bytes say. `faults` are the stable codes of what is wrong; none when sound."""

    sha256: str
    faults: list[str] = field(default_factory=list)
    has_seal: bool = False
    number: str = ""
    stage: str = ""
    sealed_at: datetime | None = None
    signer: str = ""
    level: str = ""
    certificate: x509.Certificate | None = None
    other_certificates: list[x509.Certificate] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return self.has_seal and not self.faults


def read_seal(pdf: bytes) -> SealReading:
    """Everything that can be said of a file without the record. Never raises."""
    reading = SealReading(sha256=hashlib.sha256(pdf).hexdigest())
    if not pdf.startswith(b"%PDF-"):
        reading.faults.append("not_a_pdf")
        return reading
    named = _behind(b"(avenant", _FIELD, pdf, reach=12)[:1]
    if named:
        reading.number, reading.stage = named[0][1].decode(), named[0][2].decode()
    ranges = _behind(b"/ByteRange", _BYTE_RANGE, pdf)
    if not ranges:
        reading.faults.append("no_seal")
        return reading
    reading.has_seal = True
    _check_revisions(pdf, reading)
    if len(ranges) > 1:
        reading.faults.append("several_seals")
    _read_range(pdf, ranges[0][1], reading)
    return reading


def _behind(
    word: bytes, pattern: re.Pattern[bytes], pdf: bytes, *, reach: int = 0
) -> list[re.Match[bytes]]:
    """Where the pattern stands in the windows from `reach` bytes before `word`: the first two.

    A file with more than _MOST_WORDS of the word is not ours: the rest of them is not looked at.
    """
    found: list[re.Match[bytes]] = []
    at = pdf.find(word)
    for _ in range(_MOST_WORDS):
        if at < 0 or len(found) == 2:
            break
        match = pattern.search(pdf[max(at - reach, 0) : at + _WINDOW])
        if match:
            found.append(match)
        at = pdf.find(word, at + len(word))
    return found


def _check_revisions(pdf: bytes, reading: SealReading) -> None:
    if pdf.count(b"startxref") != 1 or pdf.count(b"%%EOF") != 1:
        reading.faults.append("several_revisions")
    if not pdf[-_WINDOW:].rstrip(b"\r\n").endswith(b"%%EOF"):
        reading.faults.append("bytes_after_end")


def _read_range(pdf: bytes, written: bytes, reading: SealReading) -> None:
    numbers = _FOUR_NUMBERS.fullmatch(written)
    if not numbers:
        reading.faults.append("range_unreadable")
        return
    start, before, after_at, after = (int(number) for number in numbers.groups())
    if start != 0 or before >= after_at or after_at + after > len(pdf):
        reading.faults.append("range_unreadable")
        return
    if after_at + after != len(pdf):
        reading.faults.append("not_whole_file")
    room = pdf[before:after_at]
    if len(room) > _MAX_SEAL or room[:1] != b"<" or room[-1:] != b">":
        reading.faults.append("range_unreadable")
        return
    digits = room[1:-1]
    if not _HEX.fullmatch(digits) or len(digits) % 2:
        reading.faults.append("seal_unreadable")
        return
    signed = pdf[:before] + pdf[after_at : after_at + after]
    _read_signature(bytes.fromhex(digits.decode()), signed, reading)
    written_on = _SIGNED_ON.search(pdf[max(before - _NEAR, 0) : before]) or _SIGNED_ON.search(
        pdf[after_at : after_at + _NEAR]
    )
    if written_on:
        reading.sealed_at = _moment(written_on)


def _read_signature(room: bytes, signed: bytes, reading: SealReading) -> None:
    length = der_length(room)
    if length is None or length > len(room) or not is_reasonable(room[:length]):
        reading.faults.append("seal_unreadable")
        return
    if any(room[length:]):
        reading.faults.append("padding_written")
    try:
        is_intact = _check_signature(room[:length], signed, reading)
    except Exception:  # hostile ASN.1 may fail in any way: what cannot be read is not a seal
        reading.faults.append("seal_unreadable")
        return
    if not is_intact:
        reading.faults.append("content_changed")


def _check_signature(token: bytes, signed: bytes, reading: SealReading) -> bool:
    content = cms.ContentInfo.load(token, strict=True)["content"]
    signers = content["signer_infos"]
    if len(signers) != 1:
        return False
    info = signers[0]
    certificates = [entry.chosen for entry in content["certificates"]]
    if len(certificates) > _MOST_CERTIFICATES:
        return False
    own = next(
        entry
        for entry in certificates
        if entry.serial_number == info["sid"].chosen["serial_number"].native
        and entry.issuer == info["sid"].chosen["issuer"]
    )
    reading.certificate = _read_certificate(own)
    reading.other_certificates = [
        _read_certificate(entry) for entry in certificates if entry is not own
    ]
    reading.signer = own.subject.native.get("common_name", "")
    algorithm = info["digest_algorithm"]["algorithm"].native
    if algorithm not in {"sha256", "sha384", "sha512"}:
        return False
    digest = hashlib.new(algorithm, signed).digest()
    intact, valid = validate_sig_integrity(info, own, "data", digest)
    reading.level = "PAdES B-T" if _has_timestamp(info) else "PAdES B-B"
    return intact and valid


def _read_certificate(entry: asn1_x509.Certificate) -> x509.Certificate:
    """The certificate, if its key is one whose check costs little.

    Raises:
        ValueError: it cannot be read, or its key is of another kind or size.
    """
    found = x509.load_der_x509_certificate(entry.dump())
    key = found.public_key()
    is_small = isinstance(key, rsa.RSAPublicKey) and key.key_size <= _LARGEST_RSA
    if not is_small and not isinstance(key, _SMALL_KEYS):
        raise ValueError("a key that no seal has")
    return found


def _has_timestamp(info: cms.SignerInfo) -> bool:
    """Whether a timestamp token is there and is about this very signature."""
    unsigned = info["unsigned_attrs"]
    for attribute in unsigned if unsigned.native else []:
        if attribute["type"].native != "signature_time_stamp_token":
            continue
        facts = attribute["values"][0]["content"]["encap_content_info"]["content"].parsed
        if not isinstance(facts, tsp.TSTInfo):
            continue
        imprint = facts["message_imprint"]
        digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native)
        digest.update(info["signature"].native)
        if digest.digest() == imprint["hashed_message"].native:
            return True
    return False


def _moment(written: re.Match[bytes]) -> datetime | None:
    try:
        return datetime.strptime(written[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
