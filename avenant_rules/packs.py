"""Where the carriers' packs are, and how a data file of a pack is read: proved once, then quick.

A file that proved sound is kept, already parsed, under `var/proved/`, by the hash of its bytes and
of the prover's own code. Nothing depends on that folder: absent, full, read-only or shared by
several processes, the file is read and proved again.
"""

import contextlib
import hashlib
import os
import threading
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from avenant_rules.errors import Bilingual, CarrierDataMissingError, RuleError

ROOT = Path(__file__).resolve().parent.parent
CARRIERS = Path(os.environ.get("AVENANT_CARRIERS", ROOT / "carriers"))
PROVED = Path(os.environ.get("AVENANT_VAR", ROOT / "var")) / "proved"

type Document = dict[str, Any]


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a data file, in words its author understands."""

    fr: str
    en: str


class PackFaultsError(RuleError):
    """A data file is not sound; `faults` names everything at once."""

    code = "carrier_data_missing"

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path, self.faults = path, faults
        super().__init__(
            {
                "fr": f"{path.name} : " + " ".join(fault.fr for fault in faults),
                "en": f"{path.name}: " + " ".join(fault.en for fault in faults),
            }
        )


def pack_names() -> list[str]:
    """The carriers whose pack is here, in alphabetical order."""
    return sorted(path.parent.name for path in CARRIERS.glob("*/carrier.toml"))


@cache
def pack_folder(carrier: str) -> Path:
    """The folder of a carrier's pack.

    Raises:
        CarrierDataMissingError: there is no such pack.
    """
    if carrier not in pack_names():
        raise CarrierDataMissingError(
            {
                "fr": f"Il n'y a pas de dossier pour l'assureur « {carrier} ».",
                "en": f"There is no pack for the carrier “{carrier}”.",
            }
        )
    return CARRIERS / carrier


def read_proved(path: Path, prove: Callable[[Document], list[Fault]]) -> Document:
    """The parsed content of `path`, dates as `YYYY-MM-DD`, proved by `prove`.

    Raises:
        PackFaultsError: `prove` found faults, or the file is not TOML.
        FileNotFoundError: there is no such file.
    """
    content = path.read_bytes()
    kept = PROVED / f"{hashlib.sha256(_prover() + content).hexdigest()}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        document: Document = msgspec.msgpack.decode(kept.read_bytes())
        return document
    document = parse(path, content)
    faults = prove(document)
    if faults:
        raise PackFaultsError(path, faults)
    _keep(kept, document)
    return document


def parse(path: Path, content: bytes) -> Document:
    """The TOML of `content`, dates as ISO text.

    Raises:
        PackFaultsError: it is not TOML.
    """
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        says = Fault(f"Ce n'est pas un fichier TOML ({error}).", f"This is not TOML ({error}).")
        raise PackFaultsError(path, [says]) from error
    plain: Document = _plain(document)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _keep(path: Path, document: Document) -> None:
    """Write beside, then rename: a reader in another process sees a whole file or none."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        draft.write_bytes(msgspec.msgpack.encode(document))
        draft.replace(path)


@cache
def _prover() -> bytes:
    """A mark of the code that proves: when it changes, everything is proved again."""
    here = Path(__file__).parent
    code = [
        Path(__file__),
        *sorted(here.glob("tables/*.py")),
        *sorted(here.glob("conditions/*.py")),
    ]
    mark = hashlib.sha256()
    for path in code:
        mark.update(path.read_bytes())
    return mark.digest()


@cache
def words(path: Path) -> Document:
    """A file of words (labels, rules), read once, kept like the rest. Empty when absent."""
    try:
        return read_proved(path, lambda _document: [])
    except FileNotFoundError:
        return {}


def choose(says: Bilingual, language: str) -> str:
    """The sentence in `language`, in French when it is not written."""
    return says.get(language) or says["fr"]
