"""Reads a PDF with programs that are not ours: poppler and mupdf."""

import os
import re
import subprocess
from pathlib import Path


def run(*command: str) -> str:
    """Everything an outside program printed."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"TZ": "UTC"}
    )
    return done.stdout + done.stderr


def texts(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as a reader sees it."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
    ).stdout.decode(errors="replace")
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def tags(pdf: bytes, folder: Path) -> str:
    """The structure that a screen reader follows."""
    path = folder / "tags.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True
    ).stdout.decode(errors="replace")
    return re.sub(r"Object \d+ 0", "Object", said)
