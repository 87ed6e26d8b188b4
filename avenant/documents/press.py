"""The press: a document is printed and sealed in children that can be stopped (`avenant.guarded`).

An illustration comes from a stranger. Whatever it makes the libraries do, it costs its limits and
holds nobody else up: a first try is brief, which is plenty for an ordinary document; what takes
more is tried once again, patiently, in a lane of its own.

Imports no Django: the children hold what they are handed and nothing else.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from avenant.documents.fonts import FontsMissingError, font_folder
from avenant.documents.payload import ApplicationDocument, Stage
from avenant.documents.render import IllustrationError, RenderError, render_application
from avenant.documents.seal import Sealed, SealError, seal
from avenant.documents.seal_keys import KeyParts, SealKey
from avenant.documents.timestamps import HttpTimestamps
from avenant.guarded import Limits, Refusal, Stopped, run

_MEMORY = 512 << 20
# An ordinary document takes 0.15 s of processor to print and 0.2 s to seal, 0.5 s with a timestamp.
BRIEF = {
    "print_document": Limits(cpu_seconds=0.6, memory=_MEMORY, wall_seconds=10),
    "seal_document": Limits(cpu_seconds=1.5, memory=_MEMORY, wall_seconds=20),
}
PATIENT = {
    "print_document": Limits(cpu_seconds=10, memory=2 * _MEMORY, wall_seconds=25, niceness=10),
    "seal_document": Limits(cpu_seconds=10, memory=2 * _MEMORY, wall_seconds=25, niceness=10),
}
# How the way out of this machine is found, when a timestamp authority is asked.
_ROUTES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")

type Patience = Literal["brief", "patient"]


class PressError(Exception):
    """The document did not come out; `code` is one of `failures.FAILURES`, `detail` is for the log
    and holds no personal data."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class SealingWork(Struct, frozen=True, kw_only=True):
    """What the sealing child is handed."""

    pdf: bytes
    key: KeyParts
    number: str
    stage: Stage
    at: datetime
    location: str
    authority: str = ""  # the timestamp authority's address, empty for none
    routes: dict[str, str] = {}


class _PrintingWork(Struct, frozen=True, kw_only=True):
    document: ApplicationDocument
    font_folder: str


def printed(document: ApplicationDocument, patience: Patience) -> bytes:
    """The unsealed PDF of a document.

    Raises:
        PressError: it was refused or stopped.
    """
    work = _PrintingWork(document=document, font_folder=str(font_folder()))
    return _pressed(print_document, msgspec.msgpack.encode(work), patience)


def sealed(work: SealingWork, patience: Patience) -> Sealed:
    """The sealed PDF.

    Raises:
        PressError: it was refused or stopped.
    """
    answer = _pressed(seal_document, msgspec.msgpack.encode(work), patience)
    return msgspec.msgpack.decode(answer, type=Sealed)


def routes() -> dict[str, str]:
    """What the sealing child needs to know to reach a timestamp authority from here."""
    return {
        name: os.environ[name]
        for known in _ROUTES
        for name in (known, known.lower())
        if name in os.environ
    }


def _pressed(task: Callable[[bytes], bytes], work: bytes, patience: Patience) -> bytes:
    limits = (BRIEF if patience == "brief" else PATIENT)[task.__name__]
    try:
        return run(f"{__name__}:{task.__name__}", work, limits)[0]
    except Refusal as refusal:
        raise PressError(refusal.code) from None
    except Stopped as stopped:
        raise PressError(f"stopped_{stopped.cause}", f"{task.__name__} {stopped.detail}") from None


def print_document(work: bytes) -> bytes:
    """The child's half of `printed`."""
    asked = msgspec.msgpack.decode(work, type=_PrintingWork)
    try:
        return render_application(asked.document, font_folder=Path(asked.font_folder))
    except IllustrationError:
        raise Refusal("illustration_unreadable") from None
    except RenderError:
        raise Refusal("print_refused") from None
    except FontsMissingError:
        raise Refusal("fonts_missing") from None


def seal_document(work: bytes) -> bytes:
    """The child's half of `sealed`."""
    asked = msgspec.msgpack.decode(work, type=SealingWork)
    os.environ.update(asked.routes)
    try:
        done = seal(
            asked.pdf,
            SealKey.of(asked.key),
            number=asked.number,
            stage=asked.stage,
            at=asked.at,
            location=asked.location,
            timestamps=HttpTimestamps(asked.authority) if asked.authority else None,
        )
    except SealError:
        raise Refusal("seal_refused") from None
    return msgspec.msgpack.encode(done)
