"""What a page is drawn with: see-through groups, patterns, odd but legal content, fonts."""

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.corpus.broken import by_hand
from tests.avenant.documents.corpus.entry import CONTENT, add, font, form, may_be, sheet
from tests.avenant.documents.raw_pdf import stream

_SQUARES = b"1 0 0 rg 300 100 150 150 re f /G gs 0 0 1 rg 350 150 150 150 re f"


def _state(**entries: object) -> Callable[[], bytes]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(**entries))

    return lambda: sheet(change, content=CONTENT + b"\n" + _SQUARES)


add("see-through: half", _state(ca=0.5))
for _mode in ("Multiply", "Screen", "Darken", "Difference", "Luminosity"):
    add(f"see-through: {_mode}", _state(BM=Name(f"/{_mode}")))
# Red burnt on blue is black to pdfium and poppler, red to mupdf.
add("see-through: ColorBurn", _state(BM=Name.ColorBurn), is_steady=False)
add("see-through: unknown mode", _state(BM=Name.Avenir), is_steady=False)
add("see-through: printing over", _state(OP=True, op=True, OPM=1), is_steady=False)


def _group(**entries: object) -> Callable[[], bytes]:
    def change(pdf: pikepdf.Pdf) -> None:
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, **entries)
        drawn = form(pdf, _SQUARES.replace(b"/G gs", b""), [0, 0, 612, 792], Group=group)
        pdf.pages[0].Resources.XObject = Dictionary(X=drawn)
        pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    return lambda: sheet(change, content=CONTENT + b"\n/G gs /X Do")


add("see-through: group", _group())
add("see-through: group apart", _group(I=True))
add("see-through: group that knocks out", _group(K=True), is_steady=False)


def _mask(kind: str) -> Callable[[], bytes]:
    def change(pdf: pikepdf.Pdf) -> None:
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        shape = form(pdf, b"1 g 320 120 100 100 re f", [0, 0, 612, 792], Group=group)
        mask = Dictionary(S=Name(f"/{kind}"), G=shape)
        pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))

    return lambda: sheet(change, content=CONTENT + b"\n/G gs 0 0 1 rg 300 100 200 200 re f")


add("see-through: mask by light", _mask("Luminosity"))
add("see-through: mask by alpha", _mask("Alpha"))


def _shading(pdf: pikepdf.Pdf) -> None:
    ramp = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1
    )
    for name, kind, ends in (("A", 2, [300, 0, 500, 0]), ("R", 3, [400, 200, 0, 400, 200, 90])):
        shade = Dictionary(
            ShadingType=kind, ColorSpace=Name.DeviceRGB, Coords=Array(ends), Function=ramp
        )
        pdf.pages[0].Resources[f"/Shading{name}"] = shade
    pdf.pages[0].Resources.Shading = Dictionary(
        A=pdf.pages[0].Resources.ShadingA, R=pdf.pages[0].Resources.ShadingR
    )


add(
    "pattern: shades",
    lambda: sheet(
        _shading,
        content=CONTENT + b"\nq 300 420 200 80 re W n /A sh Q q 300 100 200 200 re W n /R sh Q",
    ),
)


def _tiles(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(
        b"0.2 0.4 0.8 rg 0 0 6 6 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 12, 12]), XStep=12, YStep=12, Resources=Dictionary(),
    )  # fmt: skip
    pdf.pages[0].Resources.Pattern = Dictionary(P=tile)


add(
    "pattern: tiles",
    lambda: sheet(_tiles, content=CONTENT + b"\n/Pattern cs /P scn 300 100 200 200 re f"),
)


def _split(*parts: bytes) -> Callable[[], bytes]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = Array([pdf.make_stream(part) for part in parts])

    return lambda: sheet(change)


_HALF = CONTENT.index(b"BT /F1 11 Tf 0 g")
add("content: two streams", _split(CONTENT[:_HALF], CONTENT[_HALF:]))
add("content: split between an operand and its operator", _split(CONTENT + b" 99 99 9 9", b"re f"))
add(
    "content: split in a word",
    _split(CONTENT + b" BT /F1 9 Tf 99 99 Td (ab", b"cd) Tj ET"),
    is_steady=False,
)
add(
    "content: state opened here, closed there",
    _split(b"q 0.5 0 0 0.5 0 0 cm " + CONTENT, b"Q " + CONTENT),
)
add("content: empty streams between", _split(b"", CONTENT, b"", b" \n "))
add("content: three times the same", lambda: _repeated())


def _repeated() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_stream(b"q 1 0 0 1 0 -90 cm " + CONTENT + b" Q")
        pdf.pages[0].obj.Contents = Array([one, one, one])

    return sheet(change)


for _name, _content in {
    "state not closed": b"q q q 0.5 0 0 0.5 0 0 cm " + CONTENT,
    "state closed too often": CONTENT + b" Q Q Q 0 g 99 99 9 9 re f",
    "closed first": b"Q Q " + CONTENT,
    "text not closed": CONTENT + b" BT /F1 11 Tf 99 99 Td (a) Tj",
    "path not painted": CONTENT + b" 99 99 m 200 200 l",
    "unknown operators": b"BX 1 2 zz EX yy " + CONTENT + b" /a /b ww",
    "too few operands": CONTENT + b" 1 re f 2 cm (a) Tf",
    "numbers without end": CONTENT + b" 0 g 1e9 99 9 9 re f 99999999999 0 9 9 re f",
    "numbers as nobody writes them": CONTENT + b" 0 g +99. 99 .9e1 --9 re f 4.5.6 9 9 9 re f",
    "far coordinates": CONTENT + b" 3 w -30000 400 m 30000 400 l S",
    "clipped away": b"q 0 0 0 0 re W n " + CONTENT + b" Q 0 g 99 99 9 9 re f",
    "comments": b"% a comment\n" + CONTENT.replace(b"\n", b" % one more\n"),
    "white on white": CONTENT + b" BT /F1 11 Tf 1 g 99 99 Td (cach\xe9) Tj ET",
    "invisible": CONTENT + b" BT /F1 11 Tf 3 Tr 99 99 Td (cach\xe9) Tj ET",
    "text as a clip": CONTENT + b" q BT /F1 80 Tf 7 Tr 99 99 Td (ABC) Tj ET 1 0 0 rg 0 0 612 200 re f Q",
    "text outlined": CONTENT + b" 2 w BT /F1 60 Tf 1 Tr 99 150 Td (ABC) Tj ET",
    "image in line": CONTENT + b" q 99 0 0 99 300 150 cm BI /W 4 /H 4 /CS /G /BPC 8 ID 0Az\xff0Az\xff0Az\xff0Az\xff EI Q",
    "image in line with EI inside": CONTENT
    + b" q 99 0 0 99 300 150 cm BI /W 4 /H 4 /CS /G /BPC 8 ID 0A EI z\xff0Az\xff0Az\xff EI Q",
    "marks not closed": b"/P <</MCID 0>> BDC /Artifact BMC " + CONTENT,
    "marks closed too often": CONTENT + b" EMC EMC",
    "marks across the state": b"q /P <</MCID 0>> BDC Q " + CONTENT + b" EMC",
    "dashes of nothing": CONTENT + b" [0 0] 0 d 99 99 m 300 99 l S",
    "thinnest line": CONTENT + b" 0 w 99 99 m 500 199 l S",
    "letters in hexadecimal": CONTENT + b" BT /F1 14 Tf 99 99 Td <48656C6C6F2> Tj ET",
}.items():  # fmt: skip
    add(
        f"content: {_name}",
        lambda content=_content: sheet(content=content),
        may_be("damaged", "looks_different")
        if "numbers" in _name or "operands" in _name
        else ["accepted"],
        is_steady=not any(
            word in _name for word in ("numbers", "operands", "dashes", "EI inside", "clip")
        ),
    )

for _base in (
    "Times-Roman",
    "Courier-Bold",
    "Symbol",
    "ZapfDingbats",
    "Arial",
    "TimesNewRoman,Bold",
):
    # Letters of the two fonts of signs are left out by one viewer, and replaced by another.
    _is_letters = _base not in {"Symbol", "ZapfDingbats"}
    add(f"font: {_base}", lambda base=_base: sheet(_in_font(base)), is_steady=_is_letters)


def _in_font(base: str):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.Font.F1 = font(pdf, base)

    return change


def _type3(pdf: pikepdf.Pdf) -> None:
    draw = pdf.make_stream(b"600 0 0 0 600 700 d1 0 0 500 700 re f 1 g 100 100 300 300 re f")
    pdf.pages[0].Resources.Font.F1 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 700]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=32, LastChar=122,
        Widths=Array([600] * 91), CharProcs=Dictionary(a=draw), Resources=Dictionary(),
        Encoding=Dictionary(Differences=Array([32] + [Name.a] * 91)),
    )  # fmt: skip


def _composite(pdf: pikepdf.Pdf) -> None:
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.KozMinPro, Flags=4, ItalicAngle=0, Ascent=880,
        Descent=-120, CapHeight=700, StemV=80, FontBBox=Array([-100, -200, 1100, 900]),
    )  # fmt: skip
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.KozMinPro, FontDescriptor=described,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2),
    )  # fmt: skip
    pdf.pages[0].Resources.Font.F2 = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.KozMinPro, Encoding=Name("/90ms-RKSJ-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )  # fmt: skip


add("font: drawn letters", lambda: sheet(_type3))
add(
    "font: composite, not embedded",
    lambda: sheet(_composite, content=CONTENT + b"\nBT /F2 20 Tf 99 99 Td <82A0> Tj (abc) Tj ET"),
    is_steady=False,
)
add(
    "font: embedded file is not a font",
    lambda: by_hand(
        CONTENT,
        b"<< /Type /FontDescriptor /FontName /Arial /Flags 32 /FontFile2 7 0 R >>",
        stream(b"not a font at all", b"/Length1 17"),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 32 /LastChar 34 "
        b"/Widths [278 278 355] /FontDescriptor 6 0 R >>",
        resources=b"/Font << /F1 8 0 R >>",
    ),
    may_be("damaged"),
    is_steady=False,
)
add(
    "font: size of nothing",
    lambda: sheet(content=CONTENT + b" BT /F1 0 Tf 99 99 Td (a) Tj ET"),
    is_steady=False,
)
add(
    "font: none chosen", lambda: sheet(content=CONTENT + b" BT 99 99 Td (a) Tj ET"), is_steady=False
)
add(
    "font: upside down",
    lambda: sheet(content=CONTENT + b" BT /F1 20 Tf -1 0 0 -1 300 150 Tm (abc) Tj ET"),
)
