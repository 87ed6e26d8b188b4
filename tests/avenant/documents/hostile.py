"""The corpus of hostile uploads (promise G6), built here and never kept as files: what it is named,
what it holds, and the code of the problem it must be refused for.

Some are refused for any of several reasons, because which one comes first does not matter.
"""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.raw_pdf import CATALOG, PAGE, PAGES, deflated, raw, stream, zeros

# In place of a code: it comes in, and nothing of what is wrong with it does.
REBUILT = "rebuilt"
CORPUS: dict[str, tuple[str, Callable[[], bytes], frozenset[str]]] = {}
MAX_BYTES = 10 * 1024 * 1024


def _add(
    name: str, build: Callable[[], bytes], *codes: str, file_name: str = "soumission.pdf"
) -> None:
    CORPUS[name] = (file_name, build, frozenset(codes))


@cache
def plain(pages: int = 1) -> bytes:
    """An honest PDF to start from."""
    return altered(lambda pdf: None, pages)


def altered(change: Callable[[pikepdf.Pdf], None], pages: int = 1, **saving: object) -> bytes:
    """A small PDF after a change."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Contents = pdf.make_stream(b"0.9 g 100 100 200 50 re f")
    change(pdf)
    out = io.BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


# ---- names

for _label, _file_name, _code in (
    ("name: not a pdf", "soumission.docx", "pdf_only"),
    ("name: none", "", "pdf_only"),
    ("name: only an extension", ".pdf", "pdf_only"),
    ("name: executable after pdf", "soumission.pdf.exe", "pdf_only"),
    ("name: executable before pdf", "soumission.exe.pdf", "name_double_extension"),
    ("name: page before pdf", "soumission.HTML.pdf", "name_double_extension"),
    ("name: script before pdf", "soumission.php.pdf", "name_double_extension"),
    ("name: drawing before pdf", "soumission.svg.pdf", "name_double_extension"),
    ("name: NUL cuts it", "soumission.php\0.pdf", "name_hidden_characters"),
    ("name: NUL at end", "soumission.pdf\0", "name_hidden_characters"),
    ("name: new line", "soumission\r\nSet-Cookie: a.pdf", "name_hidden_characters"),
    ("name: escape", "soumission\x1b[2J.pdf", "name_hidden_characters"),
    ("name: written backwards", "soumission\u202efdp.exe.pdf", "name_hidden_characters"),
    ("name: isolates", "a\u2066b\u2069.pdf", "name_hidden_characters"),
    ("name: climbs", "../../etc/passwd.pdf", "name_is_path"),
    ("name: climbs on Windows", "..\\..\\boot.pdf", "name_is_path"),
    ("name: absolute", "/etc/cron.d/x.pdf", "name_is_path"),
    ("name: drive", "C:\\fakepath\\x.pdf", "name_is_path"),
    ("name: encoded slash", "..%2f..%2fx.pdf", "name_is_path"),
    ("name: dots", "a..pdf", "name_is_path"),
    ("name: device", "con.pdf", "name_forbidden"),
    ("name: device with more", "LPT1.soumission.pdf", "name_forbidden"),
    ("name: shell", "$(rm -rf).pdf", "name_forbidden"),
    ("name: markup", "<img src=x>.pdf", "name_forbidden"),
    ("name: stream of NTFS", "x.pdf:evil.pdf", "name_forbidden"),
    ("name: semicolon", "x;.pdf", "name_forbidden"),
    ("name: look-alike dot", "soumission․pdf", "pdf_only"),
):
    _add(_label, plain, _code, file_name=_file_name)

# ---- not a PDF, or not only one


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


_add("magic: nothing", lambda: b"", "empty")
_add("magic: text", lambda: b"Bonjour", "not_a_pdf")
_add("magic: archive", _zip, "not_a_pdf")
_add("magic: program", lambda: b"MZ" + bytes(2_000), "not_a_pdf")
_add("magic: Linux program", lambda: b"\x7fELF" + bytes(2_000), "not_a_pdf")
_add("magic: page", lambda: b"<html><script>alert(1)</script></html>", "not_a_pdf")
_add("magic: picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_pdf")
_add("magic: late header", lambda: b"\n" * 100 + plain(), REBUILT)
_add("magic: byte order mark", lambda: b"\xef\xbb\xbf" + plain(), REBUILT)
_add("magic: unknown version", lambda: plain().replace(b"%PDF-1.", b"%PDF-7.", 1), REBUILT)
_add("magic: header alone", lambda: b"%PDF-1.7\n", "damaged")
_add("magic: PostScript", lambda: b"%!PS-Adobe-3.0\n" + plain(), "two_faces")
_add("polyglot: archive after", lambda: plain() + _zip(), "two_faces")
_add(
    "polyglot: page inside the head",
    lambda: b"%PDF-1.7\n%<html><script>alert(1)</script>\n" + plain()[9:],
    "two_faces",
)
_add(
    "polyglot: PHP inside the head",
    lambda: b"%PDF-1.7\n%<?php system($_GET[0]); ?>\n" + plain()[9:],
    "two_faces",
)
_add(
    "polyglot: drawing inside the head",
    lambda: b"%PDF-1.7\n%<svg onload=alert(1)>\n" + plain()[9:],
    "two_faces",
)
_add(
    "polyglot: archive inside the head",
    lambda: b"%PDF-1.7\n%PK\x03\x04" + b"\n" + plain()[9:],
    "two_faces",
)
_add("polyglot: page after", lambda: plain() + b"<script>alert(1)</script>", "two_faces")

# ---- things that run


def _action(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**entries)

    return change


def _annotation(pdf: pikepdf.Pdf, **entries: object) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 99, 99]), **entries)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _link(**action: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: _annotation(pdf, Subtype=Name.Link, A=Dictionary(**action))


_SCRIPT = {"S": Name.JavaScript, "JS": String("app.alert(1)")}
_add(
    "script: at opening",
    lambda: altered(_action(**_SCRIPT)),
    REBUILT,
)


def _named_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), Dictionary(**_SCRIPT)]))
    )


_add("script: in names", lambda: altered(_named_script), REBUILT)
_add("script: in a link", lambda: altered(_link(**_SCRIPT)), REBUILT)
_add(
    "script: hidden in an object stream",
    lambda: altered(_link(**_SCRIPT), object_stream_mode=pikepdf.ObjectStreamMode.generate),
    REBUILT,
)
_add(
    "script: name written in hexadecimal",
    lambda: raw(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /#4a#61vaScript /#4aS (1) >> >>",
        PAGES,
        PAGE,
        stream(b""),
    ),
    REBUILT,
)


def _script_in_stream(pdf: pikepdf.Pdf) -> None:
    code = pdf.make_stream(b"app.alert(1)")
    _link(S=Name.JavaScript, JS=code)(pdf)


_add("script: in a stream", lambda: altered(_script_in_stream), REBUILT)
_add(
    "script: chained after another action",
    lambda: altered(_link(S=Name.URI, URI=String("https://a.test"), Next=Dictionary(**_SCRIPT))),
    REBUILT,
)
_add(
    "script: as a rendition",
    lambda: altered(_link(S=Name.Rendition, JS=String("1"))),
    REBUILT,
)


def _page_action(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(**_SCRIPT))


def _catalog_action(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))


_add("action: when a page opens", lambda: altered(_page_action), REBUILT)
_add("action: when closing", lambda: altered(_catalog_action), REBUILT)
_add(
    "action: print at opening",
    lambda: altered(_action(S=Name.Named, N=Name.Print)),
    REBUILT,
)
_add(
    "action: address at opening",
    lambda: altered(_action(S=Name.URI, URI=String("https://a.test"))),
    REBUILT,
)
_LAUNCH = {"S": Name.Launch, "F": String("cmd.exe")}
_add("launch: at opening", lambda: altered(_action(**_LAUNCH)), REBUILT)
_add("launch: in a link", lambda: altered(_link(**_LAUNCH)), REBUILT)
_add(
    "launch: Windows parameters",
    lambda: altered(_link(S=Name.Launch, Win=Dictionary(F=String("cmd.exe"), P=String("/c calc")))),
    REBUILT,
)
_add("launch: another file", lambda: altered(_link(S=Name.GoToR, F=String("b.pdf"))), REBUILT)
_add("launch: an embedded file", lambda: altered(_link(S=Name.GoToE, T=Dictionary())), REBUILT)
_add(
    "form: sends data",
    lambda: altered(_link(S=Name.SubmitForm, F=String("https://a.test"))),
    REBUILT,
)
_add(
    "form: imports data",
    lambda: altered(_link(S=Name.ImportData, F=String("a.fdf"))),
    REBUILT,
)


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def _field_script(pdf: pikepdf.Pdf) -> None:
    _annotation(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), AA=Dictionary(K=Dictionary(**_SCRIPT))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))


_add("form: XFA", lambda: altered(_xfa), "active_form")
_add("form: script at each key", lambda: altered(_field_script), REBUILT)

# ---- things that carry others


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def _attached_note(pdf: pikepdf.Pdf) -> None:
    file = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)
    _annotation(
        pdf,
        Subtype=Name.FileAttachment,
        FS=Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=file)),
    )


def _portfolio(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def _nameless_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)


_add("inside: attachment", lambda: altered(_attachment), "embedded_file")
_add("inside: attached by a note", lambda: altered(_attached_note), "embedded_file")
_add("inside: portfolio", lambda: altered(_portfolio), "embedded_file")
_add("inside: attachment under no name", lambda: altered(_nameless_attachment), REBUILT)
for _media in ("RichMedia", "Movie", "Sound", "Screen", "3D"):
    _add(
        f"inside: {_media}",
        lambda media=_media: altered(lambda pdf: _annotation(pdf, Subtype=Name(f"/{media}"))),
        "rich_media",
    )


def _postscript(pdf: pikepdf.Pdf) -> None:
    drawing = pdf.make_stream(b"{pop}", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].add_resource(drawing, Name.XObject)


def _layers(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("vrai montant")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def _layers_by_default(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("vrai montant")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(BaseState=Name.OFF))


_add("inside: PostScript", lambda: altered(_postscript), REBUILT)
_add("layers: one hidden", lambda: altered(_layers), REBUILT)
_add("layers: all hidden", lambda: altered(_layers_by_default), REBUILT)
_add(
    "layers: switched by a link",
    lambda: altered(_link(S=Name.SetOCGState, State=Array([]))),
    REBUILT,
)

# ---- locked, broken, too large


def _locked(owner: str, user: str) -> bytes:
    return altered(lambda pdf: None, encryption=pikepdf.Encryption(owner=owner, user=user, R=6))


_add("locked: with a password", lambda: _locked("a", "b"), "encrypted")
_add("locked: opens without a password", lambda: _locked("a", ""), REBUILT)
_add("broken: cut in the middle", lambda: plain()[: len(plain()) // 2], "damaged")
_add("broken: last bytes missing", lambda: plain()[:-7], REBUILT)
_add(
    "broken: wrong place of the table",
    lambda: plain().replace(b"startxref\n", b"startxref\n9"),
    REBUILT,
)
_add(
    "broken: no catalog",
    lambda: raw(b"<< /Type /Other >>", PAGES, PAGE, stream(b"")),
    "damaged",
)
_add("broken: no page", lambda: raw(CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"), "damaged")
_add(
    "broken: pages that hold themselves",
    lambda: raw(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    "damaged",
    "unsafe",
)
_add(
    "broken: nested 10,000 deep",
    lambda: raw(CATALOG, PAGES, PAGE, stream(b""), b"[" * 10_000 + b"]" * 10_000),
    REBUILT,
)
_add("size: one byte too many", lambda: _of_size(MAX_BYTES + 1), "too_large")
_add("size: twice too many", lambda: bytes(2 * MAX_BYTES), "too_large")
_add("pages: one too many", lambda: altered(lambda pdf: None, 201), "too_many_pages")


def _many_pages() -> bytes:
    kids = b"<< /Type /Pages /Count 100000 /Kids [" + b"3 0 R " * 100_000 + b"] >>"
    return raw(CATALOG, kids, PAGE, stream(b""))


_add("pages: 100,000 times the same", _many_pages, "too_many_pages", "unsafe")
_add(
    "pages: 100,000 true ones",
    lambda: raw(
        CATALOG,
        b"<< /Type /Pages /Count 100000 /Kids ["
        + b" ".join(b"%d 0 R" % number for number in range(3, 100_003))
        + b"] >>",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 100_000,
    ),
    "too_many_pages",
    "too_complex",
    "unsafe",
)
_add(
    "pages: 50,000 hidden behind a small count",
    lambda: raw(
        CATALOG,
        b"<< /Type /Pages /Count 1 /Kids [" + b"3 0 R " * 50_000 + b"] >>",
        PAGE,
        stream(b""),
    ),
    "too_many_pages",
    "too_complex",
    "damaged",
    "unsafe",
)


def _sized(width: int, height: int) -> bytes:
    return raw(
        CATALOG,
        PAGES,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] >>" % (width, height),
    )


_add("pages: kilometres wide", lambda: _sized(10_000_000, 792), "page_size")
_add("pages: without area", lambda: _sized(0, 0), REBUILT)


def _image(width: int, height: int) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            b"\0" * 99,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        pdf.pages[0].add_resource(image, Name.XObject)

    return change


_add("flood: pixels of a huge image", lambda: altered(_image(60_000, 60_000)), REBUILT)
_add("flood: one row of pixels", lambda: altered(_image(2_000_000_000, 1)), REBUILT)
_add("flood: negative image", lambda: altered(_image(-5, 9)), REBUILT)
_add(
    "bomb: page of 60 MB",
    lambda: raw(CATALOG, PAGES, PAGE, zeros(60)),
    "too_complex",
)
_add(
    "bomb: page of 150 MB",
    lambda: raw(CATALOG, PAGES, PAGE, zeros(150)),
    "too_complex",
    "unsafe",
    "damaged",
)
_add(
    "bomb: packed three times",
    lambda: raw(CATALOG, PAGES, PAGE, deflated(bytes(60_000_000), 3)),
    "too_complex",
    "unsafe",
    "damaged",
)
_add(
    "bomb: 300,000 objects",
    lambda: raw(CATALOG, PAGES, PAGE, stream(b""), *[b"0"] * 300_000),
    "too_complex",
    "too_large",
    "unsafe",
)


_add(
    "bomb: inside a page's form",
    lambda: raw(
        CATALOG,
        PAGES,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [4 0 R 4 0 R 4 0 R] >>",
        zeros(20),
    ),
    "too_complex",
)
_add("virus: the test file", lambda: plain()[:-6] + b"%" + TEST_VIRUS + b"\n%%EOF\n", "virus")

TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _of_size(size: int) -> bytes:
    """An honest PDF of exactly so many bytes."""
    rest = size - 2_000
    while True:
        pdf = raw(CATALOG, PAGES, PAGE, stream(b""), stream(b"\0" * rest))
        if len(pdf) == size:
            return pdf
        rest += size - len(pdf)


# ---- what a rebuilt file may hold

_PAGE_KEYS = {"/Type", "/MediaBox", "/Resources", "/Contents", "/Parent", "/Annots"}
_DOCUMENT_KEYS = {"/Type", "/Pages"}


def beyond_printing(pdf: bytes) -> set[str]:
    """Whatever a rebuilt file holds that printing does not use; asked of the whole file."""
    with pikepdf.open(io.BytesIO(pdf)) as rebuilt:
        found = {str(key) for key in rebuilt.Root if key not in _DOCUMENT_KEYS}
        found |= {str(key) for key in rebuilt.trailer} & {"/Encrypt", "/Info"}
        for page in rebuilt.pages:
            found |= {str(key) for key in page.obj if key not in _PAGE_KEYS}
            for note in page.obj.get("/Annots", []):
                if (note.Subtype, note.A.S) != ("/Link", "/URI"):
                    found.add(f"{note.Subtype} {note.A.S}")
                found |= {str(key) for key in note.A if key not in {"/S", "/URI"}}
        for entry in rebuilt.objects:
            found |= _active_keys(entry)
    return found


def _active_keys(entry: object) -> set[str]:
    if isinstance(entry, pikepdf.Array):
        return set().union(*map(_active_keys, entry))
    if not isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
        return set()
    keys = {str(key) for key in entry}
    inner = (value for _key, value in entry.items() if not getattr(value, "is_indirect", False))
    bad = {"/JS", "/AA", "/OpenAction", "/EF", "/OC", "/Launch", "/Next", "/AcroForm", "/Metadata"}
    return (keys & bad).union(*map(_active_keys, inner))


# ---- what must still come in: the neighbours of the above, which honest tools write


def harmless() -> dict[str, tuple[str, bytes]]:
    """Honest files that look a little like the hostile ones."""

    def opens_at_page(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])

    def goes_to_page(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))

    def form(pdf: pikepdf.Pdf) -> None:
        _annotation(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))

    return {
        "accents and a version": ("Soumission détaillée v1.2 (finale).pdf", plain()),
        "capital extension": ("SOUMISSION.PDF", plain()),
        "decomposed accents": ("Soumission de\u0301taille\u0301e.pdf", plain()),
        "opens at a page": ("a.pdf", altered(opens_at_page)),
        "goes to a page at opening": ("a.pdf", altered(goes_to_page)),
        "link to a site": ("a.pdf", altered(_link(S=Name.URI, URI=String("https://a.test")))),
        "plain form": ("a.pdf", altered(form)),
        "object streams": (
            "a.pdf",
            altered(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        ),
        "200 pages": ("a.pdf", plain(200)),
        "exactly the size allowed": ("a.pdf", _of_size(MAX_BYTES)),
        "large but sane image": ("a.pdf", altered(_image(8_000, 8_000))),
    }
