"""One key, one rendering and one sealing for all the tests of documents: they are the slow part."""

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509

from avenant.documents.render import render_application
from avenant.documents.seal import Sealed, seal
from avenant.documents.seal_keys import SealKey, load_roots, local_seal_key
from avenant.documents.verify import Lookup, RecordedSeal
from tests.avenant.documents import samples

SEALED_AT = datetime(2026, 4, 13, 19, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def seal_key(key_folder) -> SealKey:
    return local_seal_key(key_folder)


@pytest.fixture(scope="session")
def roots(seal_key: SealKey, key_folder) -> tuple[x509.Certificate, ...]:
    return load_roots(key_folder)


@pytest.fixture(scope="session")
def printed() -> bytes:
    """The sample, submitted, in French, not sealed."""
    return render_application(samples.application("fr", "submitted"))


@pytest.fixture(scope="session")
def sealed(printed: bytes, seal_key: SealKey) -> Sealed:
    return seal(
        printed,
        seal_key,
        number=samples.NUMBER,
        stage="submitted",
        at=SEALED_AT,
        reason="Proposition transmise",
        location="Montréal",
    )


@pytest.fixture(scope="session")
def record(sealed: Sealed) -> list[RecordedSeal]:
    """What the append-only record knows: the sample's two stages, as they were sealed."""
    created = RecordedSeal(
        sha256=hashlib.sha256(b"as created").hexdigest(),
        number=samples.NUMBER,
        stage="created",
        sealed_at=datetime(2026, 4, 13, 18, 33, tzinfo=UTC),
    )
    submitted = RecordedSeal(
        sha256=sealed.sha256,
        number=samples.NUMBER,
        stage="submitted",
        sealed_at=SEALED_AT,
        level=sealed.level,
        carrier="Croix Bleue",
    )
    return [created, submitted]


@pytest.fixture(scope="session")
def lookup(record: list[RecordedSeal]) -> Lookup:
    return lambda sha256, number: [
        entry for entry in record if entry.sha256 == sha256 or entry.number == number
    ]
