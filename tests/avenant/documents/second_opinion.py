"""Whether a refusal is true: what programs that are not ours say of the same file, and the way out
of it that a person would take (promise G25)."""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from avenant.documents.uploads import MAX_PAGES
from tests.avenant.documents.pictures import (
    ViewerGaveUpError,
    by_mupdf,
    by_pdfium,
    by_poppler,
    coarse_difference,
)
from tests.support.patience import patient

_SECONDS = 20
_PIXELS = 70_000_000


@contextmanager
def _on_disk(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "file.pdf"
        path.write_bytes(content)
        yield path


def _said(content: bytes, *command: str) -> tuple[int, str]:
    """How a program ended and all that it printed of the file; -1 when it took too long."""
    with _on_disk(content) as path:
        given = [str(path) if part == "FILE" else part for part in command]
        try:
            done = subprocess.run(given, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return -1, ""
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def objects(content: bytes) -> str:
    """Every object and the trailer, one a line, as mupdf reads them."""
    return _said(content, "mutool", "show", "FILE", "grep")[1]


def _holds(pattern: str) -> Callable[[bytes], bool]:
    return lambda content: re.search(pattern, objects(content)) is not None


def _is_locked(content: bytes) -> bool:
    code, words = _said(content, "pdfinfo", "FILE")
    return code != 0 and "Incorrect password" in words


def _is_damaged(content: bytes) -> bool:
    """One of two readers complains of it."""
    for command in (
        ("pdftoppm", "-r", "10", "-gray", "FILE", "/dev/null"),
        ("pdfinfo", "FILE"),
        ("mutool", "draw", "-r", "10", "-F", "pgm", "-o", "/dev/null", "FILE"),
    ):
        code, words = _said(content, *command)
        if code != 0 or re.search(r"(?i)error|warning", words):
            return True
    return False


def _is_heavy(content: bytes) -> bool:
    """Unpacked or drawn it is far more than a page: mupdf needs long, fails, or writes much."""
    code, words = _said(content, "mutool", "draw", "-r", "40", "-s", "t", "-o", "/dev/null", "FILE")
    if code != 0 or re.search(r"(?i)error|limit", words):
        return True
    if any(int(took) > 1_000 for took in re.findall(r"(\d+)ms", words)):
        return True
    with _on_disk(content) as path:
        out = path.with_name("out.pdf")
        subprocess.run(
            ["mutool", "clean", "-d", str(path), str(out)],
            capture_output=True, timeout=patient(120), check=False,
        )  # fmt: skip
        large = out.exists() and out.stat().st_size > max(16_000_000, 20 * len(content))
    return large or objects(content).count("\n") > 50_000


def _has_large_picture(content: bytes) -> bool:
    _code, words = _said(content, "pdfimages", "-list", "FILE")
    sizes = re.findall(r"^ *\d+ +\d+ \w+ +(\d+) +(\d+) ", words, re.MULTILINE)
    sizes += re.findall(r"/Width (\d+).*/Height (\d+)", objects(content))
    sizes += [(h, w) for h, w in re.findall(r"/Height (\d+).*/Width (\d+)", objects(content))]
    columns = re.findall(r"/(?:Columns|Rows|Width|Height) ?(-?\d+)", objects(content))
    return any(int(w) * int(h) > _PIXELS for w, h in sizes) or any(
        not -1 < int(number) < 1_000_000 for number in columns
    )


def _has_odd_size(content: bytes) -> bool:
    words = _said(content, "pdfinfo", "-l", str(MAX_PAGES), "-box", "FILE")[1]
    sizes = re.findall(r"size: +(-?[\d.]+) x (-?[\d.]+)", words)
    kinds = r"/UserUnit|/(?:Media|Crop)Box ?(?:\[[^\]]*\(|\[(?:[^\] ]+ ?){0,3}\]|/)|/Rotate"
    return (
        any(not 3 <= float(side) < 14_400 for size in sizes for side in size)
        or re.search(kinds, objects(content)) is not None
        or "Error" in words
    )


def _has_too_many_pages(content: bytes) -> bool:
    code, words = _said(content, "pdfinfo", "FILE")
    counted = re.search(r"Pages: +(\d+)", words)
    return code != 0 or (counted is not None and int(counted[1]) > MAX_PAGES)


def _has_more_than_a_pdf(content: bytes) -> bool:
    before, _, rest = content.partition(b"%PDF-")
    behind = rest.rpartition(b"%%EOF")[2]
    is_page = re.search(rb"(?i)^.{0,40}(?:<html|<!doctype|<script|<svg|<\?|PK\x03)", rest)
    return bool(before.strip() or behind.strip() or is_page)


def _has_undrawn_note(content: bytes) -> bool:
    notes = [line for line in objects(content).splitlines() if "/Annot" in line or "/Rect" in line]
    return any("/AP" not in note or "/NeedAppearances true" in note for note in notes)


def viewers_disagree(content: bytes) -> bool:
    """Whether one of three viewers shows the file otherwise than the others, or not at all."""
    try:
        looks = [show(content) for show in (by_pdfium, by_poppler, by_mupdf)]
    except ViewerGaveUpError:
        return True
    first, *others = looks
    return any(
        len(other) != len(first)
        or any(coarse_difference(a, b).is_seen for a, b in zip(first, other, strict=True))
        for other in others
    )


CONFIRMED_BY: dict[str, Callable[[bytes], bool]] = {
    "encrypted": _is_locked,
    "damaged": _is_damaged,
    "embedded_file": _holds(r"/EmbeddedFile|/EF|/Collection|/FileAttachment"),
    "active_form": _holds(r"/XFA|/SubmitForm|/ImportData|/ResetForm|/NeedsRendering"),
    "rich_media": _holds(r"/RichMedia|/Movie|/Sound|/Screen|/3D|/Rendition"),
    "hidden_layers": _holds(r"/OCProperties|/OCG|/OCMD|/OC\b"),
    "image_too_large": _has_large_picture,
    "too_many_pages": _has_too_many_pages,
    "page_size": _has_odd_size,
    "too_complex": _is_heavy,
    "unsafe": lambda content: _is_heavy(content) or _is_damaged(content),
    "looks_different": lambda content: (
        viewers_disagree(content) or _has_undrawn_note(content) or _is_damaged(content)
    ),
    "annotation_without_appearance": _has_undrawn_note,
    "not_a_pdf": lambda content: not content.startswith(b"%PDF-1.") and content[:5] != b"%PDF-",
    "two_faces": _has_more_than_a_pdf,
}


def printed_again(content: bytes, password: str = "") -> bytes | None:
    """The file after « print to PDF », by poppler and Cairo; None where they cannot open it."""
    with _on_disk(content) as path:
        out = path.with_name("printed.pdf")
        given = ["-upw", password] if password else []
        try:
            subprocess.run(
                ["pdftocairo", "-pdf", *given, str(path), str(out)],
                capture_output=True, timeout=_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return None
        return out.read_bytes() if out.exists() and out.stat().st_size else None
