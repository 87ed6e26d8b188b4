"""Decides whether a file may come in, and rebuilds what does: a PDF of a sane size, reduced to what
printing uses, that looks as it came. Source: 4/APP-17, settled point 18, promises G6, G19, G25.

Nothing is listed as forbidden: what is known to be used is copied, the rest stays behind. What
cannot be rebuilt so is refused, with a sentence that says what to do.
"""

import hashlib
import re
import threading

from msgspec import Struct

from avenant.documents import upload_words
from avenant.documents.foreign.reduce import Reduced, Work, pack, unpack
from avenant.documents.payload import Language
from avenant.documents.upload_names import NameRefusedError, clean_name
from avenant.documents.virus_scan import Scanner, ScannerUnavailableError
from avenant.guarded import Limits, Refusal, Stopped, run

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 200
# Processor time and memory count against the file; a busy machine does not (promise G6).
LIMITS = Limits(cpu_seconds=5, memory=228 * 1024 * 1024, wall_seconds=90, niceness=5)
# Files looked at side by side by one process: more would only wait for each other.
_AT_ONCE = threading.BoundedSemaphore(2)
_HEAD = 1_024  # bytes within which every reader looks for the header
_HEADER = re.compile(rb"%PDF-[0-9]\.[0-9]")
_BLANK = b"\r\n\t \0\x1a\xef\xbb\xbf"  # and the end-of-file sign of DOS, and a byte order mark
# What makes another program read the same bytes as something else than a PDF.
_OTHER_STARTS = (
    b"<html",
    b"<!doctype",
    b"<script",
    b"<svg",
    b"<?php",
    b"<?xml",
    b"PK\x03\x04",
    b"\x7fELF",
)


class CheckedUpload(Struct, frozen=True, kw_only=True):
    """A file that may be kept, and what is shown and printed of it.

    `sha256` and `size` are those of the file as it came; `printable` is the PDF rebuilt from it.
    `scan` is "clean", or "not_scanned" where no scanner is set up.
    """

    name: str
    sha256: str
    size: int
    pages: int
    printable: bytes
    scan: str
    scan_engine: str = ""


class UploadProblem(Struct, frozen=True, kw_only=True):
    """Why a file is refused; nothing of it was kept."""

    code: str

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do."""
        return upload_words.problem(self.code, language)


def check_pdf(
    content: bytes,
    name: str,
    *,
    max_bytes: int = MAX_BYTES,
    max_pages: int = MAX_PAGES,
    scanner: Scanner | None = None,
) -> CheckedUpload | UploadProblem:
    """Check a file and its name, and rebuild it. Takes at most five seconds of processor time."""
    try:
        kept_name = clean_name(name)
    except NameRefusedError as refusal:
        return UploadProblem(code=refusal.code)
    problem = _problem_of_bytes(content, max_bytes)
    if problem:
        return UploadProblem(code=problem)
    scan, engine = "not_scanned", ""
    if scanner is not None:
        try:
            found = scanner.scan(content)
        except ScannerUnavailableError:
            return UploadProblem(code="scanner_unavailable")
        if found.virus:
            return UploadProblem(code="virus")
        scan, engine = "clean", found.engine
    try:
        printable, pages = rebuild(content, max_pages)
    except Refusal as refusal:
        return UploadProblem(code=refusal.code)
    return CheckedUpload(
        name=kept_name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=pages,
        printable=printable,
        scan=scan,
        scan_engine=engine,
    )


def rebuild(content: bytes, max_pages: int = MAX_PAGES) -> tuple[bytes, int]:
    """What is shown and printed of a foreign PDF, and its number of pages. Same file, same bytes.

    The file is opened in a guarded child alone.

    Raises:
        Refusal: with the code of the reason.
    """
    with _AT_ONCE:
        try:
            answer, _use = run(
                "avenant.documents.foreign.reduce:reduce_work",
                pack(Work(max_pages=max_pages), content),
                LIMITS,
            )
        except Stopped as stopped:
            # PDFium ends the process when it is given no more memory.
            heavy = stopped.cause in {"time", "memory"} or stopped.detail == "SIGABRT"
            raise Refusal("too_complex" if heavy else "unsafe") from None
    reduced, printable = unpack(answer, Reduced)
    return printable, reduced.pages


def _problem_of_bytes(content: bytes, max_bytes: int) -> str:
    if not content:
        return "empty"
    if len(content) > max_bytes:
        return "too_large"
    head = content[:_HEAD]
    header = _HEADER.search(head)
    if not header:
        return "not_a_pdf"
    if head[: header.start()].strip(_BLANK):
        return "two_faces"
    before_objects = head[: head.find(b"obj")] if b"obj" in head else head
    if any(start.lower() in before_objects.lower() for start in _OTHER_STARTS):
        return "two_faces"
    end = content.rfind(b"%%EOF")
    if end >= 0 and content[end + 5 :].strip(_BLANK):
        return "two_faces"
    return ""
