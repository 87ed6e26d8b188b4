"""Installations of earlier versions, kept small under `tests/upgrades/`: written and read here.

An archive holds the database as plain SQL, the keys, and the vault's files opened, each after the
head of its own encryption: two PDFs of one application are then nearly the size of one. Opened
again, a file is byte for byte what that version wrote; the SHA-256 of each is in the archive.
"""

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path

from cryptography.fernet import Fernet

UPGRADES = Path(__file__).resolve().parents[1] / "upgrades"
SQL, LIST = "database.sql", "files.json"
KEYS, VAULT = "keys", "vault"
HEAD = 25  # bytes of a Fernet token before what it hides: version, moment, first block
LARGEST = 300_000  # bytes of an archive


def names() -> list[str]:
    """The versions that are kept: a commit, or several that one database went through."""
    return sorted(file.parent.name for file in UPGRADES.glob("*/installation.tar.xz"))


def archive(name: str) -> Path:
    return UPGRADES / name / "installation.tar.xz"


def pack(folder: Path, name: str) -> Path:
    """Keep `folder` (database.sql, keys/, vault/) under `name`.

    Raises:
        ValueError: it is larger than what is worth keeping for ever.
    """
    content = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    listed = {path: hashlib.sha256(held).hexdigest() for path, held in content.items()}
    secret = content[f"{KEYS}/answers_key"].decode()
    content |= {path: opened(secret, content[path]) for path in content if is_of_vault(path)}
    content[LIST] = json.dumps(listed, indent=0, sort_keys=True).encode()
    place = archive(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(place, "w:xz", preset=9) as packed:
        for path, held in content.items():
            about = tarfile.TarInfo(path)  # nothing of the machine or of whoever made it
            about.size, about.mode = len(held), 0o600
            packed.addfile(about, io.BytesIO(held))
    if place.stat().st_size > LARGEST:
        raise ValueError(f"{place.stat().st_size:,} bytes; {LARGEST:,} at most are kept")
    return place


def unpack(name: str, folder: Path) -> None:
    """Lay the installation of `name` into `folder`, each file as that version wrote it.

    Raises:
        ValueError: a file is not as it was kept.
    """
    with tarfile.open(archive(name)) as packed:
        packed.extractall(folder, filter="data")
    listed = json.loads((folder / LIST).read_text())
    secret = (folder / KEYS / "answers_key").read_text()
    for path, digest in listed.items():
        file = folder / path
        if is_of_vault(path):
            file.write_bytes(closed(secret, file.read_bytes()))
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name}: {path} is not as it was kept")


def is_of_vault(path: str) -> bool:
    return path.startswith(f"{VAULT}/")


def opened(secret: str, token: bytes) -> bytes:
    return base64.urlsafe_b64decode(token)[:HEAD] + _fernet(secret).decrypt(token)


def closed(secret: str, content: bytes) -> bytes:
    """The token that had this head: the same key, moment and first block give the same bytes."""
    head, plain = content[:HEAD], content[HEAD:]
    moment = int.from_bytes(head[1:9], "big")
    return _fernet(secret)._encrypt_from_parts(plain, moment, head[9:])


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.strip().encode()).digest()))
