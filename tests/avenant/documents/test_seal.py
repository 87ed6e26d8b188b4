import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from avenant.documents.seal import SealError, seal
from avenant.documents.seal_keys import (
    SealKey,
    SealKeyError,
    is_issued_under,
    load_roots,
    local_seal_key,
)
from avenant.documents.seal_reading import read_seal
from avenant.documents.timestamps import HttpTimestamps
from tests.avenant.documents import samples
from tests.avenant.documents.conftest import SEALED_AT
from tests.avenant.documents.pdf_reading import run, tags


@pytest.mark.promise("G1")
def test_is_valid_and_whole_to_poppler(sealed, tmp_path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed.pdf)

    said = run("pdfsig", str(path))

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Apr 13 2026 19:06:01" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.promise("G1")
def test_is_unchanged_to_mupdf(sealed, tmp_path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed.pdf)

    said = run("mutool", "sign", "-v", str(path))

    assert "The document is unchanged since signing." in said


def test_is_one_revision_and_forbids_any_change(sealed) -> None:
    assert sealed.pdf.count(b"%%EOF") == 1
    assert sealed.pdf.count(b"/ByteRange") == 1
    assert b"/TransformMethod /DocMDP" in sealed.pdf
    assert b"/P 1" in sealed.pdf


@pytest.mark.promise("G14")
def test_keeps_the_tags_of_the_printed_document(printed, sealed, tmp_path) -> None:
    before, after = (
        re.sub(r'"[^"]*" \(block\)', "(block)", tags(pdf, tmp_path))
        for pdf in (printed, sealed.pdf)
    )
    assert after == before


def test_reads_back_its_number_stage_moment_and_level(sealed) -> None:
    reading = read_seal(sealed.pdf)

    assert reading.is_sound
    assert (reading.number, reading.stage) == (samples.NUMBER, "submitted")
    assert reading.sealed_at == SEALED_AT
    assert reading.level == sealed.level == "PAdES B-B"
    assert reading.sha256 == sealed.sha256
    assert sealed.lowered == ""


def test_refuses_what_is_not_a_pdf(seal_key) -> None:
    with pytest.raises(SealError):
        seal(b"%PDF-1.7 no", seal_key, number="NSG00000001", stage="created", at=SEALED_AT)


def test_makes_one_local_key_however_many_ask_at_once(tmp_path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: local_seal_key(tmp_path), range(4)))

    serials = {key.signer.signing_cert.serial_number for key in made}
    assert len(serials) == 1
    assert (tmp_path / "seal.p12").stat().st_mode & 0o077 == 0
    own = x509.load_der_x509_certificate(made[0].signer.signing_cert.dump())
    assert is_issued_under(own, [], load_roots(tmp_path))


@pytest.mark.parametrize("content", [None, b"", b"not a key"])
def test_says_that_a_key_cannot_be_read(content, tmp_path) -> None:
    path = tmp_path / "seal.p12"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SealKeyError, match="seal.p12"):
        SealKey.load(path, "secret")


def test_refuses_a_wrong_passphrase(tmp_path) -> None:
    path = tmp_path / "production.p12"
    path.write_bytes(_protected(local_seal_key(tmp_path / "keys"), b"right"))

    assert SealKey.load(path, "right").name == "Avenant – sceau local"
    with pytest.raises(SealKeyError):
        SealKey.load(path, "wrong")


@pytest.mark.promise("G11")
def test_reaches_the_higher_level_with_a_timestamp(printed, seal_key) -> None:
    authority = _authority()

    async def answer(request: httpx.Request) -> httpx.Response:
        asked = tsp.TimeStampReq.load(request.content)
        given = await authority.async_request_tsa_response(asked)
        return httpx.Response(
            200, headers={"Content-Type": "application/timestamp-reply"}, content=given.dump()
        )

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))

    sealed = seal(
        printed,
        seal_key,
        number=samples.NUMBER,
        stage="created",
        at=SEALED_AT,
        timestamps=HttpTimestamps("https://temps.test", client=client),
    )

    assert (sealed.level, sealed.lowered) == ("PAdES B-T", "")


@pytest.mark.promise("G11")
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503),
        httpx.Response(200, text="<html>"),
        httpx.Response(
            200, headers={"Content-Type": "application/timestamp-reply"}, content=b"0000"
        ),
        httpx.ConnectError("closed"),
        httpx.ReadTimeout("slow"),
    ],
)
def test_names_the_lower_level_when_the_timestamp_authority_fails(
    answer, printed, seal_key
) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = httpx.AsyncClient(transport=httpx.MockTransport(respond))

    sealed = seal(
        printed,
        seal_key,
        number=samples.NUMBER,
        stage="created",
        at=SEALED_AT,
        timestamps=HttpTimestamps("https://temps.test", client=client),
    )

    assert (sealed.level, sealed.lowered) == ("PAdES B-B", "timestamp_unreachable")


def _protected(key: SealKey, passphrase: bytes) -> bytes:
    private = serialization.load_der_private_key(key.signer.signing_key.dump(), None)
    own = x509.load_der_x509_certificate(key.signer.signing_cert.dump())
    return pkcs12.serialize_key_and_certificates(
        b"seal",
        private,
        own,
        list(key.roots),
        serialization.BestAvailableEncryption(passphrase),
    )


def _authority() -> DummyTimeStamper:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Temps d’essai")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
    )
