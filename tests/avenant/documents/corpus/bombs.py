"""Small files that cost much: drawings that draw each other, what unpacks to gigabytes, pictures of
impossible size, circles. A door gives each the same short time and little memory."""

from tests.avenant.documents.corpus.broken import by_hand
from tests.avenant.documents.corpus.entry import CONTENT, add, may_be
from tests.avenant.documents.raw_pdf import CATALOG, PAGES, deflated, raw, stream, zeros

_HEAVY = may_be("too_complex", "unsafe", "damaged", "looks_different", "image_too_large")
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "


def _heavy(name: str, build, *more: str) -> None:
    add(f"bomb: {name}", build, [*_HEAVY, *more], is_steady=False)


def _shared_forms(count: int) -> bytes:
    """Forms that share the page's resources: a walk that forgets where it was never ends."""
    names = b" ".join(b"/X%d %d 0 R" % (place, 6 + place) for place in range(count))
    resources = b"/XObject << %b >>" % names
    forms = [
        stream(b"0 0 m 9 9 l S", _FORM + b"/Resources << /XObject << %b >> >>" % names)
        for _ in range(count)
    ]
    return by_hand(CONTENT + b" /X0 Do /X1 Do", *forms, resources=resources)


def _doubling(depth: int, times: int) -> bytes:
    """Each drawing draws the next `times` times."""
    forms = []
    for place in range(depth):
        names = b"/N %d 0 R" % (7 + place) if place < depth - 1 else b""
        draw = b"/N Do " * times if names else b"0 0 m 9 9 l S"
        forms.append(stream(draw, _FORM + b"/Resources << /XObject << %b >> >>" % names))
    return by_hand(CONTENT + b" /X Do", *forms, resources=b"/XObject << /X 6 0 R >>")


_heavy("three forms that share their resources", lambda: _shared_forms(3))
_heavy("twenty forms that share their resources", lambda: _shared_forms(20))
_heavy("forms 3 times, 12 deep", lambda: _doubling(12, 3))
_heavy("forms 10 times, 12 deep", lambda: _doubling(12, 10))
_heavy("forms once, 500 deep", lambda: _doubling(500, 1))
_heavy("form that draws itself", lambda: by_hand(
    CONTENT + b" /X Do", stream(b"/X Do", _FORM + b"/Resources << /XObject << /X 6 0 R >> >>"),
    resources=b"/XObject << /X 6 0 R >>",
))  # fmt: skip
_heavy("form that draws itself by the page's resources", lambda: by_hand(
    CONTENT + b" /X Do", stream(b"/X Do /X Do", _FORM), resources=b"/XObject << /X 6 0 R >>",
))  # fmt: skip
_heavy("form packed twice, 60 MB", lambda: by_hand(
    CONTENT + b" /X Do", deflated(b" " * 60_000_000, 2, _FORM), resources=b"/XObject << /X 6 0 R >>",
))  # fmt: skip
_heavy("form of 150 MB", lambda: by_hand(
    CONTENT + b" /X Do", zeros(150, _FORM), resources=b"/XObject << /X 6 0 R >>",
))  # fmt: skip
_heavy("page of 100 MB", lambda: raw(
    CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>", zeros(100),
))  # fmt: skip
_heavy("page of 3 million lines", lambda: raw(
    CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
    deflated(b"0 0 m 612 792 l S " * 850_000),
))  # fmt: skip
_heavy("states opened 2 million times", lambda: by_hand(b"q " * 2_000_000 + CONTENT))
_heavy("clips 20,000 times", lambda: by_hand(b"0 0 612 792 re W n " * 20_000 + CONTENT))


def _tiles(step: str, box: str = "0 0 1 1") -> bytes:
    tile = stream(
        b"0 0 1 1 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /Resources << >> "
        b"/BBox [%b] /XStep %b /YStep %b" % (box.encode(), step.encode(), step.encode()),
    )
    place = CONTENT + b" /Pattern cs /P scn 0 0 612 792 re f"
    return by_hand(place, tile, resources=b"/Pattern << /P 6 0 R >>")


for _step in ("0.001", "0.0000001", "0", "-1"):
    _heavy(f"tiles every {_step}", lambda step=_step: _tiles(step))
_heavy("tiles of a whole page every point", lambda: _tiles("1", "0 0 612 792"))


def _picture(width: int, height: int, data: bytes, entries: bytes) -> bytes:
    image = stream(
        data, b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height) + entries
    )
    place = CONTENT + b" q 99 0 0 99 99 99 cm /X Do Q"
    return by_hand(place, image, resources=b"/XObject << /X 6 0 R >>")


_GRAY = b"/ColorSpace /DeviceGray /BitsPerComponent 8 "
_FAX = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms "
_heavy("fax 60,000 wide", lambda: _picture(
    60_000, 60_000, b"\x00\x10\x01" * 9, _FAX + b"<< /K -1 /Columns 60000 /Rows 60000 >>",
))  # fmt: skip
_heavy("fax of two billions", lambda: _picture(
    9, 9, b"\x00\x10\x01" * 9, _FAX + b"<< /K -1 /Columns 2147483647 /Rows 2147483647 >>",
))  # fmt: skip
_heavy("JBIG2 of two billions", lambda: _picture(
    2_000, 2_000,
    b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\x7f\xff\xff\xff" * 2 + b"\0" * 11,
    b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
))  # fmt: skip
_heavy("JPEG 2000 of two billions", lambda: _picture(
    99, 99,
    b"\xff\x4f\xff\x51\x00\x29\x00\x00" + b"\x7f\xff\xff\xff" * 2 + b"\0" * 8
    + b"\x7f\xff\xff\xff" * 2 + b"\0" * 8 + b"\0\1\7\1\1\xff\xd9",
    b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode",
))  # fmt: skip
_heavy("JPEG that says 65,535 square", lambda: _picture(
    99, 99,
    b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    + b"\0" * 99 + b"\xff\xd9",
    _GRAY + b"/Filter /DCTDecode",
))  # fmt: skip
_heavy("picture of zeros, 9,000 square", lambda: _picture(
    9_000, 9_000, zeros(78)[zeros(78).index(b"stream\n") + 7 : -10], _GRAY + b"/Filter /FlateDecode",
))  # fmt: skip
_heavy("picture packed three times", lambda: _picture(
    3_000, 3_000, _thrice(bytes(9_000_000)), _GRAY + b"/Filter [/FlateDecode /FlateDecode /FlateDecode]",
))  # fmt: skip
_heavy("picture of run lengths", lambda: _picture(
    9_000, 9_000, b"\x81\x00" * 640_000, _GRAY + b"/Filter /RunLengthDecode",
))  # fmt: skip
_heavy("rows predicted a billion wide", lambda: _picture(
    99, 99, _thrice(bytes(999)),
    _GRAY + b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 /Colors 9 >>",
))  # fmt: skip
_heavy("mask of a mask of itself", lambda: _picture(9, 9, bytes(81), _GRAY + b"/SMask 6 0 R"))


def _thrice(data: bytes) -> bytes:
    packed = deflated(data, 3)
    return packed[packed.index(b"stream\n") + 7 : -10]


_NOTE = b"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [%d 9 99 99] /AP << /N 6 0 R >> >> "
_LOOK = stream(b"0 0 9 9 re f", _FORM)


def _many_notes(count: int) -> bytes:
    notes = b" ".join(_NOTE % place for place in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [%b] >>"
        % notes
    )
    return raw(CATALOG, PAGES, page, stream(CONTENT), b"null", _LOOK)


_heavy("100,000 notes", lambda: _many_notes(100_000))
_heavy("3,000 notes", lambda: _many_notes(3_000))


def _page(entries: bytes, *more: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %b >>" % entries
    return raw(CATALOG, PAGES, page, stream(CONTENT), b"null", *more)


_heavy("notes that hold their own list", lambda: _page(b"/Annots 6 0 R", b"[6 0 R 6 0 R]"))
_heavy("field that is its own parent", lambda: _page(
    b"/Annots [6 0 R]",
    b"<< /Type /Annot /Subtype /Widget /Rect [9 9 99 99] /Parent 6 0 R /Kids [6 0 R] /T (a) >>",
))  # fmt: skip
_heavy("pages that hold each other", lambda: raw(
    CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
), "too_many_pages")  # fmt: skip
_heavy("page that is its own parent", lambda: raw(
    CATALOG, PAGES, b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>", stream(CONTENT),
), "page_size")  # fmt: skip
_heavy("pages 5,000 deep", lambda: _deep_pages(5_000), "too_many_pages")
_heavy("content that is its own list", lambda: raw(
    CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
    b"[4 0 R 4 0 R]",
))  # fmt: skip
_heavy("a stream 100,000 times", lambda: raw(
    CATALOG, PAGES,
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [%b] >>" % (b"4 0 R " * 100_000),
    stream(CONTENT),
))  # fmt: skip
_heavy("resources that are their own", lambda: by_hand(
    CONTENT, b"<< /XObject 6 0 R /Font 6 0 R /F1 6 0 R >>",
).replace(b"/Resources <<", b"/Resources 6 0 R /Rest <<"))  # fmt: skip
_heavy("font that draws with itself", lambda: by_hand(
    CONTENT + b" BT /T 20 Tf 9 9 Td (aaaa) Tj ET",
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 "
    b"/LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 7 0 R >> "
    b"/Resources << /Font << /T 6 0 R >> >> >>",
    stream(b"1 0 d0 BT /T 1 Tf (aaaa) Tj ET"), resources=b"/Font << /F1 5 0 R /T 6 0 R >>",
))  # fmt: skip
_heavy("composite font below itself", lambda: by_hand(
    CONTENT + b" BT /T 20 Tf 9 9 Td (aaaa) Tj ET",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
    resources=b"/Font << /F1 5 0 R /T 6 0 R >>",
))  # fmt: skip
_heavy("font of 60 MB of zeros", lambda: by_hand(
    CONTENT + b" BT /T 20 Tf 9 9 Td (aaaa) Tj ET",
    b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 97 /LastChar 97 /Widths [500] "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 32 /FontFile2 7 0 R >> >>",
    zeros(60, b"/Length1 62914560"), resources=b"/Font << /F1 5 0 R /T 6 0 R >>",
))  # fmt: skip


def _deep_pages(depth: int) -> bytes:
    kids = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (place + 1, place - 1)
        for place in range(3, depth)
    ]
    last = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] >>" % (depth - 1)
    return raw(CATALOG, PAGES, *kids, last)


def _function(code: bytes, entries: bytes = b"/Domain [0 1] /Range [0 1 0 1 0 1]") -> bytes:
    program = stream(code, b"/FunctionType 4 " + entries)
    shade = b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 612 0] /Function 6 0 R >>"
    return by_hand(CONTENT + b" /S sh", program, resources=b"/Shading << /S %b >>" % shade)


_heavy(
    "function of a million steps", lambda: _function(b"{ " + b"dup mul " * 500_000 + b"dup dup }")
)
_heavy("function nested 100,000 deep", lambda: _function(b"{ " * 100_000 + b"}" * 100_000))
_heavy("function that piles up", lambda: _function(b"{ " + b"dup 100 copy " * 9_000 + b"}"))
_heavy("sampled function of many axes", lambda: by_hand(
    CONTENT + b" /S sh",
    stream(b"\0" * 99, b"/FunctionType 0 /Domain [%b] /Range [0 1 0 1 0 1] /Size [%b] /BitsPerSample 8"
           % (b"0 1 " * 30, b"9 " * 30)),
    resources=b"/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Function 6 0 R >> >>",
))  # fmt: skip
_heavy("functions stitched to themselves", lambda: by_hand(
    CONTENT + b" /S sh",
    b"<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R 6 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>",
    resources=b"/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function 6 0 R >> >>",
))  # fmt: skip
for _kind, _open, _close in (("lists", b"[", b"]"), ("dictionaries", b"<< /A ", b" >>")):
    _heavy(
        f"{_kind} nested 400 deep",
        lambda o=_open, c=_close: by_hand(CONTENT, o * 400 + b"0" + c * 400),
    )
    _heavy(
        f"{_kind} nested 50,000 deep",
        lambda o=_open, c=_close: by_hand(CONTENT, o * 50_000 + b"0" + c * 50_000),
    )
    _heavy(
        f"{_kind} nested in the content",
        lambda o=_open, c=_close: by_hand(CONTENT + b" " + o * 9_000 + b"0" + c * 9_000 + b" zz"),
    )
_heavy("a name of a megabyte", lambda: by_hand(CONTENT, b"/" + b"a" * 1_000_000))
_heavy("a number of a megabyte", lambda: by_hand(CONTENT + b" " + b"9" * 1_000_000 + b" w"))
_heavy("250,000 empty objects", lambda: by_hand(CONTENT, *[b"0"] * 250_000))
_heavy("blend groups 60 deep", lambda: _groups(60))
_heavy("dashes of a hair", lambda: by_hand(CONTENT + b" [0.00001] 0 d 0 0 m 612 792 l S"))
_heavy(
    "curve as wide as a country",
    lambda: by_hand(CONTENT + b" 1e7 w [3] 0 d 0 0 m 1e9 1e9 -1e9 1e9 9 9 c S"),
)
_heavy(
    "letters as large as a house",
    lambda: by_hand(CONTENT + b" BT /F1 1000000 Tf 1 Tr (" + b"a" * 500 + b") Tj ET"),
)


def _groups(depth: int) -> bytes:
    forms = [
        stream(
            b"/G gs /N Do" if place < depth - 1 else b"0 0 99 99 re f",
            _FORM
            + b"/Group << /S /Transparency /I true >> /Resources << /ExtGState << /G << /ca 0.9 "
            b"/BM /Luminosity >> >> /XObject << /N %d 0 R >> >>" % (7 + place),
        )
        for place in range(depth)
    ]
    return by_hand(CONTENT + b" /X Do", *forms, resources=b"/XObject << /X 6 0 R >>")
