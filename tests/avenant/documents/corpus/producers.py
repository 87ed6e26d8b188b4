"""What the programs write that people have: libraries that are run here, and the shape of files by
word processors. `kept/` has those of programs too heavy to run at each test (`make_kept.py`)."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from avenant.documents import fonts
from tests.avenant.documents import samples
from tests.avenant.documents.corpus.entry import ACCEPTED, CONTENT, add, may_be, saved, sheet
from tests.avenant.documents.corpus.scans import paper

KEPT = Path(__file__).with_name("kept")
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_ROWS = [
    ("Garantie", "Montant", "Prime"),
    ("Invalidité", "2 500 $", "86,40 $"),
    ("Bureau", "1 500 $", "31,15 $"),
]


def _reportlab_table() -> bytes:
    out, styles = BytesIO(), getSampleStyleSheet()
    table = Table(_ROWS, colWidths=[200, 120, 120])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.lightblue),
            ]
        )
    )
    story = [Paragraph("Soumission d’assurance", styles["Title"]), table, Spacer(1, 24)]
    story += [Paragraph("Texte inventé pour l’essai. " * 40, styles["BodyText"]) for _ in range(8)]
    SimpleDocTemplate(out, pagesize=A4, invariant=1, title="Soumission").build(story)
    return out.getvalue()


def _reportlab_canvas(is_embedded: bool = False) -> bytes:
    out = BytesIO()
    page = canvas.Canvas(out, pagesize=letter, invariant=1)
    page.setTitle("Soumission")
    if is_embedded:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        path = fonts.font_folder() / fonts.FILES[0]
        pdfmetrics.registerFont(TTFont("Propre", str(path)))
    page.setFont("Propre" if is_embedded else "Times-Roman", 16)
    page.drawString(72, 700, "Prime mensuelle : 86,40 $ – œuvre, été")
    page.linearGradient(100, 300, 400, 300, (colors.red, colors.blue))
    page.drawInlineImage(paper("RGB"), 72, 72, 120, 150)
    page.linkURL("https://exemple.test", (72, 690, 300, 720))
    page.showPage()
    page.setPageRotation(90)
    page.drawString(72, 72, "Deuxième page")
    page.save()
    return out.getvalue()


def _reportlab_form() -> bytes:
    out = BytesIO()
    page = canvas.Canvas(out, pagesize=letter, invariant=1)
    page.drawString(72, 700, "Prime mensuelle")
    page.acroForm.textfield(name="prime", value="86,40 $", x=200, y=690, width=120, height=24)
    page.acroForm.checkbox(name="oui", checked=True, x=200, y=650)
    page.acroForm.choice(
        name="c", value="30", options=["30", "60"], x=200, y=600, width=80, height=24
    )
    for place, value in enumerate("ab"):
        page.acroForm.radio(name="r", value=value, selected=value == "a", x=200 + 40 * place, y=560)
    page.save()
    return out.getvalue()


def _fpdf(kind: str) -> bytes:
    pdf = FPDF(format="letter")
    pdf.set_creation_date(_MOMENT)
    pdf.add_page()
    if kind == "embedded":
        pdf.add_font("Propre", fname=str(fonts.font_folder() / fonts.FILES[0]))
        pdf.set_font("Propre", size=14)
    else:
        pdf.set_font("Helvetica", size=14)
    pdf.cell(text="Prime mensuelle : 86,40 $", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if kind == "note":
        pdf.free_text_annotation("MODIFIE 100 000 $", x=60, y=80, w=80, h=20)
    elif kind == "table":
        with pdf.table() as table:
            for row in [("Garantie", "Prime"), ("Bureau", "31,15 $")]:
                table.row(row)
        pdf.image(paper("RGB"), w=60)
    elif kind == "drawing":
        pdf.set_fill_color(200, 220, 255)
        pdf.ellipse(50, 60, 80, 40, style="FD")
        with pdf.local_context(fill_opacity=0.4):
            pdf.rect(70, 70, 60, 60, style="F")
        with pdf.rotation(30, 100, 200):
            pdf.text(100, 200, "De travers")
        pdf.set_link(pdf.add_link(), page=1)
    elif kind == "marks":
        pdf.write(text="Un texte ")
        with pdf.highlight("note", title="Auteur"):
            pdf.write(text="surligné")
    return bytes(pdf.output())


def _typst(body: str, **options: object) -> bytes:
    return typst.compile(
        body.encode(), font_paths=fonts.load(), timestamp=int(_MOMENT.timestamp()), **options
    )


_TYPST = """#set page(paper: "us-letter", flipped: {flipped})
#set text(font: "Source Sans 3")
= Soumission d’assurance
#table(columns: 2, [Garantie], [Prime], [Bureau], [31,15 \\$])
#rect(fill: gradient.linear(red, blue), width: 60%, height: 40pt)
#link("https://exemple.test")[Tarifs]
#pagebreak()
#rotate(12deg)[De travers] #circle(fill: rgb(10, 90, 200, 40%), radius: 40pt)"""


_XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="application/pdf"/></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def word_like(change=None, **saving: object) -> bytes:
    """The shape of a word processor's export: tags, marked content, colour intent, metadata."""
    tagged = (
        b"/Artifact <</Type /Pagination /Subtype /Header>> BDC q 0 0 612 792 re W* n Q EMC "
        b"/P <</MCID 0>> BDC " + CONTENT + b" EMC /Span <</MCID 1 /ActualText <FEFF0061>>> BDC "
        b"BT /F1 9 Tf 0 g 72 220 Td [(T) 70 (exte)] TJ ET EMC"
    )

    def shape(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, Pg=page, K=Array([0, 1]))
        )
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([element])))
        element.P = root
        root.ParentTree = Dictionary(Nums=Array([0, Array([element, element])]))
        page.StructParents, page.Tabs = 0, Name.S
        page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        pdf.Root.Lang = String("fr-CA")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
                    Info=String("sRGB"),
                )
            ]
        )  # fmt: skip
        pdf.Root.Metadata = pdf.make_stream(_XMP, Type=Name.Metadata, Subtype=Name.XML)
        pdf.docinfo["/Producer"] = String("traitement de texte")
        if change is not None:
            change(pdf)

    return sheet(shape, content=tagged, **saving)


def hybrid() -> bytes:
    """A table for old readers and a stream for new ones, as some word processors write."""
    whole = word_like(object_stream_mode=ObjectStreamMode.disable)
    place = whole.rindex(b"startxref")
    table = int(whole[place + 10 :].split()[0])
    size = int(whole[table:].split(b"/Size ")[1].split()[0])
    entry = b"<< /Type /XRef /Size %d /W [1 2 1] /Index [%d 1] /Length 4 >>" % (size + 1, size)
    update = b"%d 0 obj\n%b\nstream\n\1%b\0\nendstream\nendobj\n" % (size, entry, b"%b")
    packed = update.replace(b"%b", len(whole).to_bytes(3)[1:])
    head = whole[:place].rstrip()
    again = head.rindex(b">>")
    trailer = head[head.rindex(b"trailer") : again] + b"/XRefStm %d /Prev %d >>\n" % (
        len(whole),
        table,
    )
    late = len(whole) + len(packed)
    return whole + packed + b"xref\n0 0\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % late


add("ReportLab: table of two pages", _reportlab_table)
add("ReportLab: drawing", _reportlab_canvas)
add("ReportLab: embedded font", lambda: _reportlab_canvas(is_embedded=True))
add("ReportLab: form", _reportlab_form, may_be("looks_different", "annotation_without_appearance"))
for _kind in ("plain", "embedded", "table", "drawing"):
    add(f"fpdf2: {_kind}", lambda kind=_kind: _fpdf(kind))
add(
    "fpdf2: free text",
    lambda: _fpdf("note"),
    may_be("annotation_without_appearance"),
    is_steady=False,
)
add(
    "fpdf2: highlight",
    lambda: _fpdf("marks"),
    may_be("annotation_without_appearance"),
    is_steady=False,
)
add("Typst: plain", lambda: _typst(_TYPST.replace("{flipped}", "false")))
add("Typst: on its side", lambda: _typst(_TYPST.replace("{flipped}", "true")))
add(
    "Typst: for archives",
    lambda: _typst(_TYPST.replace("{flipped}", "false"), pdf_standards=["a-2b"]),
)
add("Typst: the demo's illustration", samples.illustration_pdf)
add("word processor: tagged", word_like)
add("word processor: packed", lambda: word_like(object_stream_mode=ObjectStreamMode.generate))
add("word processor: table and stream", hybrid)
add("word processor: for the web", lambda: word_like(linearize=True))
add(
    "word processor: linearised and packed",
    lambda: word_like(linearize=True, object_stream_mode=ObjectStreamMode.generate),
)
for _path in sorted(KEPT.glob("*.pdf")):
    add(f"kept: {_path.stem}", _path.read_bytes)
add("joined: three producers", lambda: _joined(), [ACCEPTED])


def _joined() -> bytes:
    pdf = pikepdf.new()
    for part in (_reportlab_canvas(), _fpdf("table"), word_like()):
        with pikepdf.open(BytesIO(part)) as one:
            pdf.pages.extend(one.pages)
    return saved(pdf)
