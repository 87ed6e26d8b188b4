"""Annotations: notes, stamps, highlights and links that lie over the page.

What viewers show of them belongs to what was agreed to; what they hide does not.
"""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.corpus.entry import ACCEPTED, add, annotation, form, may_be, sheet

_UNDRAWN = may_be("annotation_without_appearance", "looks_different")
_OVER_AMOUNT = [430.0, 540, 520, 556]
_NOTE = b"1 1 0.6 rg 0 0 300 30 re f BT /F1 14 Tf 0 g 4 9 Td (MODIFIE : 100 000 $) Tj ET"
_COVER = b"1 g 0 0 90 16 re f BT /F1 11 Tf 0 g 8 4 Td (25,00 $) Tj ET"


def _note(kind: str, look: bytes | None, rect: list[float], **entries: object):
    return lambda: sheet(lambda pdf: annotation(pdf, kind, rect, look, **entries) and None)


_WIDE = [72.0, 440, 372, 470]
_MARK = Array([72, 556, 320, 556, 72, 540, 320, 540])
_COLOUR = Array([1, 0.9, 0])
add("note: free text drawn", _note("FreeText", _NOTE, _WIDE, Contents=String("100 000 $")))
add(
    "note: free text without appearance",
    _note("FreeText", None, _WIDE, Contents=String("100 000 $"), DA=String("/Helv 14 Tf 0 g")),
    _UNDRAWN,
    is_steady=False,
    why="poppler and mupdf write it, pdfium does not",
)
add(
    "note: stamp over an amount", _note("Stamp", _COVER, _OVER_AMOUNT), why="the page under it lies"
)
add("note: stamp without appearance", _note("Stamp", None, _WIDE, Name=Name.Approved), _UNDRAWN)
for _kind, _look, _more in (
    ("Highlight", b"1 0.9 0 rg 0 0 300 30 re f", {"QuadPoints": _MARK}),
    ("Underline", b"0 0.5 0 RG 1 w 0 2 m 300 2 l S", {"QuadPoints": _MARK}),
    ("StrikeOut", b"1 0 0 RG 2 w 0 15 m 300 15 l S", {"QuadPoints": _MARK}),
    ("Ink", b"0 0 1 RG 2 w 5 5 m 90 25 l 200 3 l S", {"InkList": Array([Array([77, 445, 162, 465])])}),
    ("Square", b"1 0 0 RG 2 w 1 1 298 28 re S", {}),
    ("Circle", b"1 0 0 RG 2 w 5 15 m 5 30 290 30 290 15 c S", {}),
    ("Line", b"0 G 1 w 0 15 m 300 15 l S", {"L": Array([72, 455, 372, 455])}),
    ("Polygon", b"0 G 1 w 0 0 m 150 30 l 300 0 l s", {"Vertices": Array([72, 440, 222, 470, 372, 440])}),
    ("Caret", b"0 0 1 rg 0 0 m 5 20 l 10 0 l f", {}),
    ("Text", b"1 0.9 0 rg 0 0 20 20 re f", {"Contents": String("note")}),
    ("Redact", b"1 0 0 RG 1 w 1 1 298 28 re S", {}),
):  # fmt: skip
    _entries = {"C": _COLOUR, **_more}
    add(f"note: {_kind} drawn", _note(_kind, _look, _WIDE, **_entries))
    add(
        f"note: {_kind} without appearance",
        _note(_kind, None, _WIDE, **_entries),
        _UNDRAWN,
        is_steady=False,
        why="each viewer draws it its own way, or not",
    )
for _name, _flags in {
    "hidden": 2,
    "not viewed": 32,
    "on the screen alone": 0,
    "printed": 4,
    "of a fixed size": 4 | 8,
    "that does not turn": 4 | 16,
    "locked": 4 | 128,
    "hidden and printed": 2 | 4,
}.items():
    add(f"note: stamp {_name}", _note("Stamp", _COVER, _OVER_AMOUNT, F=_flags))
add(
    "note: popup",
    _note("Popup", None, [400, 400, 560, 500], Open=True, Contents=String("a")),
    _UNDRAWN,
)
add(
    "note: unknown kind, drawn",
    _note("Avenir", _NOTE, _WIDE),
    may_be("annotation_without_appearance", "unsafe"),
)
add("note: printer's marks", _note("PrinterMark", b"0 G 0 0 m 99 9 l S", _WIDE))
add("note: watermark", _note("Watermark", b"0.8 g BT /F1 24 Tf 9 5 Td (COPIE) Tj ET", _WIDE))
add("note: rectangle inverted", _note("Stamp", _COVER, [520, 556, 430, 540]), is_steady=False)
add(
    "note: rectangle of no area",
    _note("Stamp", _COVER, [430, 540, 430, 540]),
    _UNDRAWN,
    is_steady=False,
)
add("note: rectangle of words", lambda: sheet(_words), may_be("damaged", "looks_different"))
add("note: appearance scaled", lambda: sheet(_scaled))
add("note: appearance turned by its matrix", lambda: sheet(_matrix))
add("note: appearance on a turned page", lambda: sheet(_on_turned))
add("note: appearance by states", lambda: sheet(_stated))
add("note: appearance missing in the file", lambda: _dangling(), _UNDRAWN, is_steady=False)
add("note: appearance under the mouse", lambda: sheet(_rollover), why="only N is shown")
add("note: half see-through", _note("Stamp", _COVER, _OVER_AMOUNT, CA=0.5), is_steady=False)
add("note: list holds nulls and numbers", lambda: sheet(_odd_list), may_be("damaged", "unsafe"))


def _words(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, "Stamp", _OVER_AMOUNT, _COVER).Rect = Array([String(word) for word in "abcd"])


def _scaled(pdf: pikepdf.Pdf) -> None:
    note = annotation(pdf, "Stamp", _WIDE)
    note.AP = Dictionary(
        N=form(pdf, b"0.2 0.5 0.9 rg 10 10 30 5 re f 5 5 3 3 re f", [0, 0, 50, 20])
    )


def _matrix(pdf: pikepdf.Pdf) -> None:
    note = annotation(pdf, "Stamp", [300, 300, 340, 500])
    note.AP = Dictionary(N=form(pdf, _NOTE, [0, 0, 300, 30], Matrix=Array([0, 1, -1, 0, 0, 0])))


def _on_turned(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, "Stamp", _WIDE, _NOTE)
    pdf.pages[0].obj.Rotate, pdf.pages[0].obj.CropBox = 90, Array([36, 36, 600, 780])


def _stated(pdf: pikepdf.Pdf) -> None:
    note = annotation(pdf, "Stamp", _WIDE, AS=Name.Vu)
    seen, other = form(pdf, _NOTE, [0, 0, 300, 30]), form(pdf, b"0 g 0 0 9 9 re f", [0, 0, 9, 9])
    note.AP = Dictionary(N=Dictionary(Vu=seen, Autre=other))


def _dangling() -> bytes:
    whole = sheet(lambda pdf: annotation(pdf, "Stamp", _WIDE, _NOTE) and None)
    absent = re.sub(rb"/N [0-9] 0 R", b"/N 9 0 R", whole)
    assert absent != whole
    assert b"\n9 0 obj" not in absent
    return absent


def _rollover(pdf: pikepdf.Pdf) -> None:
    note = annotation(pdf, "Stamp", _WIDE, _NOTE)
    note.AP.R = form(pdf, _COVER, [0, 0, 90, 16])
    note.AP.D = form(pdf, _COVER, [0, 0, 90, 16])


def _odd_list(pdf: pikepdf.Pdf) -> None:
    annotation(pdf, "Stamp", _WIDE, _NOTE)
    pdf.pages[0].obj.Annots.extend([None, 7, String("a"), Array([])])


def _link(rect: list[float] = _WIDE, **entries: object):
    return lambda: sheet(lambda pdf: annotation(pdf, "Link", rect, **entries) and None)


def _to(address: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(address))


_NO_BORDER = {"Border": Array([0, 0, 0])}
for _address in ("https://exemple.test/tarifs", "http://exemple.test", "mailto:aide@exemple.test"):
    add(f"link: {_address.split(':')[0]}", _link(A=_to(_address), **_NO_BORDER))
add("link: with a border", _link(A=_to("https://exemple.test")), _UNDRAWN, is_steady=False)
add(
    "link: with a coloured border",
    _link(A=_to("https://exemple.test"), C=Array([1, 0, 0]), BS=Dictionary(W=2, S=Name.S)),
    _UNDRAWN,
    is_steady=False,
)
add("link: to a page", lambda: sheet(_to_page, pages=2))
for _address in (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "file:///etc/passwd",
    "\\\\serveur.test\\partage\\a.exe",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:a",
    "smb://serveur.test/a",
    "https://exemple.test\\@autre.test",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
):
    add(
        f"link: {_address.encode('unicode_escape').decode()[:24]}",
        _link(A=_to(_address), **_NO_BORDER),
        may_be("two_faces") if "<script" in _address else [ACCEPTED],
        why="the link is left behind",
    )


def _to_page(pdf: pikepdf.Pdf) -> None:
    target = Array([pdf.pages[1].obj, Name.Fit])
    annotation(pdf, "Link", _WIDE, Dest=target, **_NO_BORDER)
