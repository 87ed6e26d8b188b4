"""One foreign file of the corpus: how it is made, and what may become of it at the door."""

import warnings
from collections.abc import Callable, Iterable
from io import BytesIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

ACCEPTED = "accepted"
FILES: "dict[str, ForeignFile]" = {}
type Change = Callable[[pikepdf.Pdf], None]


class ForeignFile(Struct, frozen=True):
    """A file by a stranger's program. `outcomes` are "accepted" and codes of refusal; any will do.

    `is_steady`: viewers agree on what it looks like, so that any of them may be asked.
    """

    name: str
    build: Callable[[], bytes]
    outcomes: frozenset[str]
    why: str
    is_steady: bool = True


def add(
    name: str,
    build: Callable[[], bytes],
    outcomes: Iterable[str] = (ACCEPTED,),
    *,
    why: str = "",
    is_steady: bool = True,
) -> None:
    """Enter a file under a name that no other bears."""
    if name in FILES:
        raise ValueError(f"two files are called {name}")
    FILES[name] = ForeignFile(name, build, frozenset(outcomes), why, is_steady)


def may_be(*codes: str) -> list[str]:
    """Accepted (what is dangerous is left behind) or refused for one of these reasons."""
    return [ACCEPTED, *codes]


CONTENT = b"""q 0.13 0.31 0.55 rg 36 736 540 30 re f Q
BT /F1 16 Tf 1 1 1 rg 46 745 Td (Soumission d'assurance individuelle) Tj ET
BT /F1 11 Tf 0 g 72 690 Td 16 TL (Personne : Marguerite Desrochers) Tj T*
(Assurance invalidite, 2 500,00 $ par mois) Tj T* (Carence de 30 jours) Tj ET
0.6 w 72 560 m 540 560 l 72 536 m 540 536 l 72 512 m 540 512 l S
BT /F1 11 Tf 78 544 Td (Prime mensuelle) Tj 360 0 Td (86,40 $) Tj ET
BT /F1 11 Tf 78 520 Td (Frais de bureau) Tj 360 0 Td (31,15 $) Tj ET
0.85 g 72 300 180 120 re f 0.2 0.6 0.3 rg 300 320 60 90 re f
0 g 20 20 8 8 re f 584 20 8 8 re f 20 764 8 8 re f 584 764 8 8 re f"""


def font(pdf: pikepdf.Pdf, base: str = "Helvetica") -> pikepdf.Object:
    """One of the fourteen fonts that a reader brings itself."""
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name(f"/{base}"),
            Encoding=Name.WinAnsiEncoding,
        )
    )


def sheet(
    change: Change | None = None,
    *,
    content: bytes = CONTENT,
    pages: int = 1,
    size: tuple[float, float] = (612, 792),
    **saving: object,
) -> bytes:
    """A page like an illustration's (the same `pages` times), after a change; `saving` goes to
    pikepdf."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page()
        page.MediaBox = Array([0, 0, *size])
        page.Resources = Dictionary(Font=Dictionary(F1=font(pdf)))
        page.Contents = pdf.make_stream(content)
    if change is not None:
        change(pdf)
    return saved(pdf, **saving)


def saved(pdf: pikepdf.Pdf, **saving: object) -> bytes:
    """The same bytes each time, but where a password's salt comes in."""
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old ciphers and odd forms are what is wanted
        pdf.save(out, **({} if "encryption" in saving else {"deterministic_id": True}) | saving)
    return out.getvalue()


def of_page(**entries: object) -> Change:
    """A change of the first page's entries."""

    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = Array(value) if isinstance(value, list) else value

    return change


def form(pdf: pikepdf.Pdf, content: bytes, box: list[float], **entries: object) -> pikepdf.Object:
    """A drawing kept apart: a form XObject, or an appearance."""
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(box),
        Resources=Dictionary(Font=Dictionary(F1=font(pdf))),
        **entries,
    )


def annotation(
    pdf: pikepdf.Pdf, kind: str, rect: list[float], look: bytes | None = None, **entries: object
) -> pikepdf.Object:
    """An annotation of the first page; `look` draws it in a box from 0, 0."""
    note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect))
    note.F = entries.pop("F", 4)
    for key, value in entries.items():
        note[f"/{key}"] = value
    if look is not None:
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        note.AP = Dictionary(N=form(pdf, look, [0, 0, width, height]))
    made = pdf.make_indirect(note)
    page = pdf.pages[0].obj
    if "/Annots" not in page:
        page.Annots = Array([])
    page.Annots.append(made)
    return made


def text(value: str) -> String:
    """A text string of PDF."""
    return String(value)
