"""Small PDFs with one trick each, made here so that every byte of them is known."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

TEXT = b"BT /F1 24 Tf 72 700 Td (Prime mensuelle) Tj ET "
BOX = (0, 0, 612, 792)


def made(
    change: Callable[[Pdf], None] = lambda pdf: None, content: bytes = TEXT, **save: Any
) -> bytes:
    """A letter page with some text, after a change."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary({"/F1": font()}))
        change(pdf)
        out = BytesIO()
        pdf.save(out, **save)
        return out.getvalue()


def font() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def form(pdf: Pdf, content: bytes, box: tuple[float, ...] = BOX, **resources: Any) -> Stream:
    """A form that draws something."""
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(list(box)),
        Resources=Dictionary(**resources),
    )


def note(pdf: Pdf, **entries: Any) -> Dictionary:
    """An annotation on the first page, printed and shown."""
    made_note = Dictionary(Type=Name.Annot, F=4, Rect=Array([72, 600, 300, 640]), **entries)
    page = pdf.pages[0]
    page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(made_note)])
    found: Dictionary = page.Annots[-1]
    return found


def amount(pdf: Pdf, text: bytes, *, is_covering: bool = False) -> Dictionary:
    """What an annotation or a field looks like: an amount, on white if it is to cover."""
    content = b"1 g 0 0 228 40 re f 0 g " if is_covering else b""
    content += b"BT /F1 24 Tf 4 10 Td (" + text + b") Tj ET"
    return Dictionary(N=form(pdf, content, (0, 0, 228, 40), Font=Dictionary({"/F1": font()})))


def field(pdf: Pdf, **entries: Any) -> Dictionary:
    """A field that is filled, with its form."""
    found = note(pdf, Subtype=Name.Widget, FT=Name.Tx, T="prime", V="86,40 $", **entries)
    pdf.Root.AcroForm = Dictionary(Fields=Array([found]))
    return found
