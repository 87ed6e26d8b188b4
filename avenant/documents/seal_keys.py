"""The key that seals documents, and the certificates by which a seal is recognised as ours.

In production: a PKCS#12 file and its passphrase, from the settings. Everywhere else a small
authority and a sealing certificate are made once under `var/keys/`, never in the repository.
"""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from msgspec import Struct
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

KEY_FILE = "seal.p12"
ROOTS_FILE = "seal_roots.pem"
_KEY_BITS = 3072
_ROOT_YEARS, _SEAL_YEARS = 30, 10


class SealKeyError(Exception):
    """The sealing key cannot be read: missing, wrong passphrase, or not a key."""


class KeyParts(Struct, frozen=True, kw_only=True):
    """A key and its certificates as DER, the key without a passphrase."""

    key: bytes
    certificate: bytes
    others: list[bytes]


@dataclass(frozen=True)
class SealKey:
    """A signer for pyHanko and the roots under which its seals are recognised.

    `parts` is the same key, to hand to the child that seals.
    """

    signer: SimpleSigner
    roots: tuple[x509.Certificate, ...]
    name: str
    parts: KeyParts = field(repr=False)

    @classmethod
    def load(cls, path: Path, passphrase: str = "") -> "SealKey":
        """Read a PKCS#12 file.

        Raises:
            SealKeyError: it is missing, damaged, or the passphrase is wrong.
        """
        try:
            content = path.read_bytes()
            stored = pkcs12.load_pkcs12(content, passphrase.encode() or None)
        except (OSError, ValueError) as error:
            raise SealKeyError(f"the sealing key {path.name} cannot be read") from error
        if stored.key is None or stored.cert is None:
            raise SealKeyError(f"{path.name} holds no key and certificate")
        own = stored.cert.certificate
        others = tuple(entry.certificate for entry in stored.additional_certs)
        parts = KeyParts(
            key=stored.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate=own.public_bytes(Encoding.DER),
            others=[other.public_bytes(Encoding.DER) for other in others],
        )
        return cls.of(parts)

    @classmethod
    def of(cls, parts: KeyParts) -> "SealKey":
        """The key that these are the parts of."""
        own = x509.load_der_x509_certificate(parts.certificate)
        others = tuple(map(x509.load_der_x509_certificate, parts.others))
        known = SimpleCertificateStore()
        known.register_multiple(asn1_x509.Certificate.load(other) for other in parts.others)
        signer = _Signer(
            signing_cert=asn1_x509.Certificate.load(parts.certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(parts.key),
            cert_registry=known,
        )
        return cls(signer, others or (own,), _common_name(own), parts)


class _Signer(SimpleSigner):
    """Reads its key without the examination of RSA's numbers, which takes as long as all the rest
    of a sealing: it was examined when it was read from its file."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        if digest_algorithm != "sha256" or mechanism.signature_algo != "rsassa_pkcs1v15":
            return super().sign_raw(data, digest_algorithm)
        key = load_der_private_key(
            self.signing_key.dump(), None, unsafe_skip_rsa_key_validation=True
        )
        assert isinstance(key, rsa.RSAPrivateKey)
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def local_seal_key(folder: Path) -> SealKey:
    """The installation's own key under `folder`, made the first time; any number of processes
    may ask at once and get the same one."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key_file, root = _new_key()
        if _write_once(path, key_file):
            add_root(folder, root)
    return SealKey.load(path)


def load_roots(folder: Path) -> tuple[x509.Certificate, ...]:
    """Every root under which a seal of this installation may stand, old keys' included."""
    path = folder / ROOTS_FILE
    if not path.exists():
        return ()
    return tuple(x509.load_pem_x509_certificates(path.read_bytes()))


def add_root(folder: Path, root: x509.Certificate) -> None:
    """Recognise one more root; the old ones stay, for the documents sealed under them."""
    with (folder / ROOTS_FILE).open("ab") as file:
        file.write(root.public_bytes(Encoding.PEM))


def is_issued_under(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
) -> bool:
    """Whether a certificate stands under one of the roots, through the others given."""
    current = certificate
    for _ in range(len(others) + 1):
        if any(current == root or _issued(current, root) for root in roots):
            return True
        parents = [other for other in others if other != current and _issued(current, other)]
        if not parents:
            return False
        current = parents[0]
    return False


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # a hostile certificate may fail in any way: it is not ours
        return False
    return True


def _new_key() -> tuple[bytes, x509.Certificate]:
    now = datetime.now(UTC)
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    root_name = _name("Avenant – autorité locale")
    root = (
        _certificate(root_name, root_name, root_key.public_key(), now, _ROOT_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    own = (
        _certificate(_name("Avenant – sceau local"), root_name, key.public_key(), now, _SEAL_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    # The root's own key is forgotten here: nothing else will ever be issued under it.
    stored = pkcs12.serialize_key_and_certificates(b"seal", key, own, [root], NoEncryption())
    return stored, root


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _write_once(path: Path, content: bytes) -> bool:
    """Put the file there unless another process did; the content is never seen half written."""
    draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
