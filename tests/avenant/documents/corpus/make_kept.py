"""Makes the files of `kept/`, by programs too heavy to run at each test: LibreOffice, Ghostscript,
Cairo (poppler's pdftocairo) and Chromium's print. All words are invented.

`python -m tests.avenant.documents.corpus.make_kept`, with these programs on the machine; needed
only to add a file, or to follow a new version of a program.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.avenant.documents.corpus.entry import FILES
from tests.avenant.documents.corpus.producers import KEPT
from tests.conftest import BROWSER_ARGUMENTS

_PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Soumission</title>
<style>@page {{ size: {size}; margin: 15mm }} body {{ font: 12pt sans-serif }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #888; padding: 4px 12px }}
.b {{ background: linear-gradient(90deg, #14508c, #fff); color: #fff; padding: 8px }}
.s {{ box-shadow: 4px 4px 6px #999; width: 200px; padding: 8px; opacity: .8 }}</style>
<h1 class="b">Soumission d’assurance</h1><p>Personne : Marguerite Desrochers</p>
<table><tr><th>Garantie<th>Montant<th>Prime<tr><td>Invalidité<td>2 500 $<td>86,40 $
<tr><td>Frais de bureau<td>1 500 $<td>31,15 $</table><p class="s">Texte inventé pour l’essai.</p>
<p><a href="https://exemple.test/tarifs">Tarifs</a> <input value="86,40 $"> <input type="checkbox"
checked> <svg width="60" height="60"><circle cx="30" cy="30" r="28" fill="#c33"/></svg></p></html>"""
_HEADED = {"fpdf2: embedded", "ReportLab: drawing", "see-through: mask by light", "scan: JPEG"}


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _by_chromium(folder: Path) -> None:
    for size in ("letter", "A4 landscape"):
        page = folder / "page.html"
        page.write_text(_PAGE.format(size=size))
        out = KEPT / f"chromium {size}.pdf"
        _run(
            "chromium", "--headless", *BROWSER_ARGUMENTS, "--no-pdf-header-footer",
            f"--print-to-pdf={out}", page.as_uri(),
        )  # fmt: skip


def _by_libreoffice(folder: Path) -> None:
    page = folder / "soumission.html"
    page.write_text(_PAGE.format(size="letter"))
    for name, options in {
        "plain": {},
        "for archives": {"SelectPdfVersion": ("long", "2"), "UseTaggedPDF": ("boolean", "false")},
        "tagged": {"UseTaggedPDF": ("boolean", "true"), "ExportFormFields": ("boolean", "false")},
        "form": {"ExportFormFields": ("boolean", "true")},
    }.items():
        given = ",".join(
            f'"{key}":{{"type":"{kind}","value":"{value}"}}'
            for key, (kind, value) in options.items()
        )
        _run(
            "soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
            f"pdf:writer_web_pdf_Export:{{{given}}}", "--outdir", folder, page,
        )  # fmt: skip
        (KEPT / f"libreoffice {name}.pdf").write_bytes(page.with_suffix(".pdf").read_bytes())


def _by_others(folder: Path) -> None:
    for name in sorted(_HEADED):
        source, short = folder / "source.pdf", name.replace(": ", " ").lower()
        source.write_bytes(FILES[name].build())
        _run("pdftocairo", "-pdf", source, KEPT / f"cairo {short}.pdf")
        _run(
            "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite",
            f"-sOutputFile={KEPT / f'ghostscript {short}.pdf'}", source,
        )  # fmt: skip


def main() -> None:
    """Make all of them anew."""
    import tests.avenant.documents.corpus  # noqa: F401 - enters the files to start from

    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _by_chromium(folder)
        _by_others(folder)
        _by_libreoffice(folder)


if __name__ == "__main__":
    main()
