"""Decides whether a file may come in: a PDF, of a sane size, with nothing in it that runs, hides
or harms. Source: 4/APP-17, settled point 18, promise G6.

An allow-list: what is not known to be a plain PDF is refused, with a sentence that says what to do.
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from avenant.documents import upload_words
from avenant.documents.payload import Language
from avenant.documents.upload_names import NameRefusedError, clean_name
from avenant.documents.virus_scan import Scanner, ScannerUnavailableError

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 200
_SECONDS = 5.0
_VERSION = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n ]")
_HEAD = 1_024
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
_PROJECT = Path(__file__).resolve().parent.parent.parent


class CheckedUpload(Struct, frozen=True, kw_only=True):
    """A file that may be kept. `scan` is "clean", or "not_scanned" where no scanner is set up."""

    name: str
    sha256: str
    size: int
    pages: int
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
    """Check a file and its name. Takes at most about five seconds, whatever the file is."""
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
    inspected = _inspect_apart(content, max_pages)
    if isinstance(inspected, str):
        return UploadProblem(code=inspected)
    return CheckedUpload(
        name=kept_name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=inspected,
        scan=scan,
        scan_engine=engine,
    )


def _problem_of_bytes(content: bytes, max_bytes: int) -> str:
    if not content:
        return "empty"
    if len(content) > max_bytes:
        return "too_large"
    if not _VERSION.match(content):
        return "not_a_pdf"
    head = content[:_HEAD].lower()
    if any(start.lower() in head for start in _OTHER_STARTS):
        return "two_faces"
    end = content.rfind(b"%%EOF")
    if end < 0:
        return "damaged"
    if content[end + 5 :].strip(b"\r\n\t \0"):
        return "two_faces"
    return ""


def _inspect_apart(content: bytes, max_pages: int) -> int | str:
    """The number of pages, or the code of a problem; the file is opened in another process."""
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "avenant.documents.upload_inspection", str(max_pages)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            cwd=_PROJECT,
            env={"PATH": "", "PYTHONPATH": str(_PROJECT), "MALLOC_ARENA_MAX": "1"},
            check=False,
        )
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError, UnicodeDecodeError):
        return "unsafe"
    return answer.get("pages") or str(answer.get("problem", "unsafe"))
