"""Each thing that must be right of a seal, wrong alone: what is said of it, and by which guard."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from avenant.documents import seal as sealing
from avenant.documents import seal_reading
from avenant.documents.seal import SealError, seal
from avenant.documents.seal_keys import SealKey, SealKeyError
from avenant.documents.seal_reading import SealReading, read_seal
from avenant.documents.seal_structure import der_length
from avenant.documents.verify import RecordedSeal, Status, verify
from tests.avenant.documents.conftest import SEALED_AT
from tests.avenant.documents.foreign.making import made
from tests.avenant.documents.test_guards_seal_bytes import END

pytestmark = pytest.mark.promise("G1")
NUMBER = "CBEX0000042"


@pytest.fixture(scope="session")
def small(seal_key: SealKey) -> bytes:
    """A small document, sealed with room for more certificates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "_ROOM", 60_000)
        return seal(made(), seal_key, number=NUMBER, stage="submitted", at=SEALED_AT).pdf


def resealed(pdf: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    """The file with something changed in its seal, which covers all but itself."""
    found = re.search(rb"/ByteRange\s*\[(\d+) (\d+) (\d+)", pdf)
    assert found
    start, end = int(found[2]) + 1, int(found[3]) - 1
    room = bytes.fromhex(pdf[start:end].decode())
    content = cms.ContentInfo.load(room[: der_length(room)])
    change(content["content"])
    token = content.dump(force=True).ljust(len(room), b"\0")
    assert len(token) == len(room)
    return pdf[:start] + token.hex().encode() + pdf[end:]


def _nothing(_signed: cms.SignedData) -> None:
    pass


def _certificates(count: int) -> Callable[[cms.SignedData], None]:
    def change(signed: cms.SignedData) -> None:
        known = list(signed["certificates"])
        signed["certificates"] = cms.CertificateSet(known + [known[0]] * (count - len(known)))

    return change


def _another_before(signed: cms.SignedData) -> None:
    """Sets are written in the order of their bytes: a small certificate comes first."""
    known = list(signed["certificates"])
    other = certificate(ec.generate_private_key(ec.SECP256R1()).public_key())
    signed["certificates"] = cms.CertificateSet(
        [*known, cms.CertificateChoices("certificate", other)]
    )


def _two_signers(signed: cms.SignedData) -> None:
    signed["signer_infos"] = cms.SignerInfos([signed["signer_infos"][0].copy()] * 2)


def _unsigned(kind: str, value: object) -> Callable[[cms.SignedData], None]:
    def change(signed: cms.SignedData) -> None:
        attribute = cms.CMSAttribute({"type": kind, "values": [value]})
        signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])

    return change


NO_MOMENT = cms.ContentInfo(
    {
        "content_type": "signed_data",
        "content": {
            "version": "v3",
            "digest_algorithms": [],
            "encap_content_info": {
                "content_type": "1.2.3.4",
                "content": core.ParsableOctetString(core.Integer(1).dump()),
            },
            "signer_infos": [],
        },
    }
)
IN_THE_SEAL: dict[str, tuple[Callable[[cms.SignedData], None], list[str]]] = {
    "nothing": (_nothing, []),
    "ten certificates": (_certificates(10), []),
    "more than ten": (_certificates(11), ["content_changed"]),
    "another certificate before ours": (_another_before, []),
    "a second signer": (_two_signers, ["content_changed"]),
    "a word that is no timestamp": (_unsigned("content_type", "data"), []),
    "a timestamp of no moment": (_unsigned("signature_time_stamp_token", NO_MOMENT), []),
}


@pytest.mark.parametrize(("change", "faults"), IN_THE_SEAL.values(), ids=IN_THE_SEAL.keys())
def test_it_reads_in_the_seal_what_it_needs_and_no_more(
    small: bytes, change: Callable[[cms.SignedData], None], faults: list[str]
) -> None:
    reading = read_seal(resealed(small, change))

    assert reading.faults == faults
    assert reading.level in {"PAdES B-B", ""}


@pytest.mark.parametrize(("change", "others"), [(_nothing, 1), (_another_before, 2)])
def test_it_tells_the_signers_certificate_from_the_others(
    small: bytes, change: Callable[[cms.SignedData], None], others: int
) -> None:
    reading = read_seal(resealed(small, change))

    assert reading.signer == "Avenant – sceau local"
    assert reading.certificate not in reading.other_certificates
    assert len(reading.other_certificates) == others


def test_it_reads_no_seal_over_a_digest_that_can_be_forged(
    seal_key: SealKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = sealing.PdfSignatureMetadata
    monkeypatch.setattr(
        sealing, "PdfSignatureMetadata", lambda **said: settled(**said | {"md_algorithm": "sha1"})
    )

    pdf = sealing._sign(made(), seal_key, NUMBER, "submitted", SEALED_AT, "", "", None)

    assert read_seal(pdf).faults == ["content_changed"]


def certificate(key: object) -> asn1_x509.Certificate:
    """A certificate of this public key; whose, and by whom, is of no account."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A")])
    day = timedelta(days=1)
    made_now = (
        x509.CertificateBuilder(name, name, key, 1)  # type: ignore[arg-type]
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )
    return asn1_x509.Certificate.load(made_now.public_bytes(Encoding.DER))


KEYS: dict[str, tuple[Callable[[], object], bool]] = {
    "RSA of 2,048 bits": (lambda: rsa.RSAPublicNumbers(65537, 2**2047 + 1).public_key(), True),
    "RSA of 8,192 bits": (lambda: rsa.RSAPublicNumbers(65537, 2**8191 + 1).public_key(), True),
    "RSA of 8,208 bits": (lambda: rsa.RSAPublicNumbers(65537, 2**8207 + 1).public_key(), False),
    "a curve": (lambda: ec.generate_private_key(ec.SECP256R1()).public_key(), True),
    "DSA": (lambda: dsa.generate_private_key(1024).public_key(), False),
}


@pytest.mark.parametrize(("key", "is_read"), KEYS.values(), ids=KEYS.keys())
def test_it_reads_certificates_whose_keys_cost_little(
    key: Callable[[], object], is_read: bool
) -> None:
    entry = certificate(key())

    if is_read:
        assert seal_reading._read_certificate(entry)
    else:
        with pytest.raises(ValueError, match="no seal has"):
            seal_reading._read_certificate(entry)


@pytest.mark.parametrize(
    "reading",
    [
        SealReading("", has_seal=True, number=NUMBER, stage="created"),
        SealReading("", has_seal=True, number="CBEX0000043", stage="submitted"),
        SealReading("", ["content_changed"], has_seal=True, number=NUMBER, stage="submitted"),
    ],
    ids=["another stage", "another number", "not sound"],
)
def test_it_gives_out_nothing_whose_seal_does_not_read_back(
    seal_key: SealKey, monkeypatch: pytest.MonkeyPatch, reading: SealReading
) -> None:
    monkeypatch.setattr(sealing, "_sign", lambda *_: b"")
    monkeypatch.setattr(sealing, "read_seal", lambda _pdf: reading)

    with pytest.raises(SealError, match="does not read back"):
        seal(b"", seal_key, number=NUMBER, stage="submitted", at=SEALED_AT)


@pytest.mark.parametrize("has_key", [True, False], ids=["a key alone", "a certificate alone"])
def test_it_seals_with_no_half_of_a_key(seal_key: SealKey, tmp_path: Path, has_key: bool) -> None:
    own = None if has_key else x509.load_der_x509_certificate(seal_key.parts.certificate)
    key = ec.generate_private_key(ec.SECP256R1()) if has_key else None
    path = tmp_path / "half.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, own, None, NoEncryption()))

    with pytest.raises(SealKeyError, match="no key and certificate"):
        SealKey.load(path)


def test_it_judges_no_signer_where_no_root_is_known(small: bytes) -> None:
    assert verify(small, None, ()).reasons == ["seal_sound", "record_not_asked"]


def test_it_takes_no_seal_under_another_root_for_ours(small: bytes) -> None:
    other = certificate(ec.generate_private_key(ec.SECP256R1()).public_key())
    roots = (x509.load_der_x509_certificate(other.dump()),)

    assert verify(small, None, roots).reasons == ["foreign_seal"]
    beside_the_record = verify(small, lambda _sha256, _number: [], roots)
    assert beside_the_record.reasons == ["foreign_seal", "hash_not_recorded"]


def test_it_knows_a_sound_seal_of_ours_that_is_recorded(
    small: bytes, roots: tuple[x509.Certificate, ...]
) -> None:
    known = RecordedSeal(
        sha256=read_seal(small).sha256, number=NUMBER, stage="submitted", sealed_at=SEALED_AT
    )

    assert verify(small, None, roots).reasons == ["seal_sound", "record_not_asked"]
    assert verify(small, lambda _sha256, _number: [known], roots).status is Status.GENUINE


def test_it_takes_no_other_line_of_the_record_for_this_files(
    small: bytes, roots: tuple[x509.Certificate, ...]
) -> None:
    verdict = verify(small, lambda _sha256, _number: [RECORDED], roots)

    assert (verdict.status, verdict.reasons) == (Status.CHANGED, ["differs_from_record"])


RECORDED = RecordedSeal(sha256="ab" * 32, number=NUMBER, stage="submitted", sealed_at=SEALED_AT)
JUDGED: dict[str, tuple[Callable[[bytes], bytes], Status, list[str]]] = {
    "no seal": (lambda _pdf: b"%PDF-1.7" + END, Status.NOT_OURS, ["no_seal"]),
    "changed": (lambda pdf: pdf + b"\n", Status.CHANGED, ["not_whole_file"]),
}


@pytest.mark.parametrize(("change", "status", "faults"), JUDGED.values(), ids=JUDGED.keys())
def test_it_tells_a_file_without_a_seal_from_a_changed_one(
    small: bytes,
    roots: tuple[x509.Certificate, ...],
    change: Callable[[bytes], bytes],
    status: Status,
    faults: list[str],
) -> None:
    alone = verify(change(small), None, roots)
    beside_the_record = verify(change(small), lambda _sha256, _number: [RECORDED], roots)

    assert (alone.status, alone.reasons) == (status, faults)
    assert beside_the_record.status == status
    assert beside_the_record.reasons == [*faults, "hash_not_recorded"]


def test_it_believes_no_record_over_a_seal_that_is_not_sound(
    small: bytes, roots: tuple[x509.Certificate, ...]
) -> None:
    changed = small + b"\n% nothing to see\n"
    known = RecordedSeal(
        sha256=read_seal(changed).sha256, number=NUMBER, stage="submitted", sealed_at=SEALED_AT
    )

    verdict = verify(changed, lambda _sha256, _number: [known], roots)

    assert verdict.status is Status.CHANGED
    assert "record_disagrees" in verdict.reasons
