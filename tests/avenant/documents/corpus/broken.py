"""Damage as copying, mailing and careless programs do it. Every reader opens most of these: they are
repaired at the door, or refused truly."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Name, ObjectStreamMode

from tests.avenant.documents.corpus.entry import CONTENT, add, may_be, saved, sheet
from tests.avenant.documents.raw_pdf import CATALOG, raw, stream

_EITHER = may_be("damaged")
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> %b >> >>"
)


def by_hand(
    content: bytes = CONTENT, *more: bytes, resources: bytes = b"", entries: bytes = b""
) -> bytes:
    """The page of `sheet`, written by hand; further objects are numbered from 6."""
    return raw(CATALOG, _PAGES, _PAGE % resources, stream(content, entries), _FONT, *more)


def _plainly(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """A change of the bytes, which must do something."""

    def build() -> bytes:
        whole = by_hand()
        changed = change(whole)
        assert changed != whole
        return changed

    return build


def _swap(old: bytes, new: bytes) -> Callable[[], bytes]:
    return _plainly(lambda whole: whole.replace(old, new))


def _moved(by: int) -> Callable[[bytes], bytes]:
    return lambda whole: re.sub(
        rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + by), whole
    )


_READABLE = {
    "table one byte off": _moved(1),
    "table far off": _moved(100_000),
    "table before the file": lambda whole: re.sub(rb"startxref\n\d+", b"startxref\n-5", whole),
    "no place of the table": lambda whole: whole.replace(b"startxref\n", b""),
    "Ctrl-Z at the end": lambda whole: whole + b"\x1a",
    "NULs at the end": lambda whole: whole + bytes(2_000),
    "blank lines at the end": lambda whole: whole + b"\r\n" * 500,
    "a mail's foot at the end": lambda whole: whole + b"\r\n--boundary_42--\r\n",
    "words at the end": lambda whole: whole + b"sent from my telephone\n",
    "no end": lambda whole: whole.replace(b"%%EOF\n", b""),
    "end without line": lambda whole: whole.rstrip(),
    "lines of DOS": lambda whole: whole.replace(b"\n", b"\r\n"),
    "lines of old Macs in the table": lambda whole: whole.replace(b" n \n", b" n\r\n"),
    "table entries one byte short": lambda whole: whole.replace(b" n \n", b" n\n"),
    "every place in the table off": lambda whole: re.sub(
        rb"(\d{10}) 00000 n", lambda found: b"%010d 00000 n" % (int(found[1]) + 7), whole
    ),
    "table counts too many": lambda whole: whole.replace(b"xref\n0 6", b"xref\n0 9"),
    "table starts at one": lambda whole: whole.replace(b"xref\n0 6", b"xref\n1 6"),
    "size too small": lambda whole: whole.replace(b"/Size 6", b"/Size 3"),
    "length too small": lambda whole: re.sub(rb"/Length \d+", b"/Length 40", whole),
    "length too large": lambda whole: re.sub(rb"/Length \d+", b"/Length 99999", whole),
    "length negative": lambda whole: re.sub(rb"/Length \d+", b"/Length -1", whole),
    "length is a name": lambda whole: re.sub(rb"/Length \d+", b"/Length /Odd", whole),
    "no length": lambda whole: re.sub(rb"/Length \d+", b"", whole),
    "no endstream": lambda whole: whole.replace(b"\nendstream", b""),
    "no endobj": lambda whole: whole.replace(b"\nendobj", b""),
    "version unknown": lambda whole: whole.replace(b"%PDF-1.7", b"%PDF-1.9"),
    "version 2.0": lambda whole: whole.replace(b"%PDF-1.7", b"%PDF-2.0"),
    "version 1.0": lambda whole: whole.replace(b"%PDF-1.7", b"%PDF-1.0"),
    "no type of page": lambda whole: whole.replace(b"/Type /Page ", b""),
    "no type of catalogue": lambda whole: whole.replace(b"/Type /Catalog ", b""),
    "no parent": lambda whole: whole.replace(b"/Parent 2 0 R", b""),
    "count too large": lambda whole: whole.replace(b"/Count 1", b"/Count 9"),
    "count zero": lambda whole: whole.replace(b"/Count 1", b"/Count 0"),
    "count missing": lambda whole: whole.replace(b"/Count 1", b""),
    "kids hold a missing page": lambda whole: whole.replace(b"[3 0 R]", b"[3 0 R 99 0 R]"),
    "kids hold null": lambda whole: whole.replace(b"[3 0 R]", b"[3 0 R null]"),
    "kids hold the page twice": lambda whole: whole.replace(b"[3 0 R]", b"[3 0 R 3 0 R]"),
    "generation of a reference": lambda whole: whole.replace(b"4 0 R", b"4 5 R"),
    "dictionary not closed": lambda whole: whole.replace(b">> >>\nendobj\n4", b"\nendobj\n4"),
    "trailer twice": lambda whole: whole.replace(b"trailer\n", b"trailer\n<< >>\ntrailer\n"),
    "no table": lambda whole: re.sub(rb"xref\n0 6\n.*?trailer", b"trailer", whole, flags=re.DOTALL),
    "no trailer": lambda whole: re.sub(rb"trailer\n.*?startxref", b"startxref", whole, flags=re.DOTALL),
}  # fmt: skip
for _name, _change in _READABLE.items():
    add(
        f"broken: {_name}",
        _plainly(_change),
        may_be("damaged", "two_faces", "not_a_pdf", "looks_different"),
    )

_HEADS = may_be("not_a_pdf", "two_faces", "damaged")
add("broken: a line before the head", lambda: b"\n" + by_hand(), _HEADS)
add("broken: a mail's head before", lambda: b"MIME-Version: 1.0\r\n\r\n" + by_hand(), _HEADS)
add("broken: mark of UTF-8 before", lambda: b"\xef\xbb\xbf" + by_hand(), _HEADS)
add("broken: 2,000 bytes before", lambda: b" " * 2_000 + by_hand(), _HEADS)
add("broken: no head", lambda: by_hand()[9:], _HEADS)
for _share in (50, 80, 95, 99):
    add(
        f"broken: {_share} % of the file",
        lambda share=_share: by_hand()[: len(by_hand()) * share // 100],
        _EITHER,
        is_steady=False,
    )


def _packed() -> bytes:
    return sheet(
        object_stream_mode=ObjectStreamMode.generate, compress_streams=True, recompress_flate=True
    )


def _hit(place: bytes, after: int) -> bytes:
    """The packed file with one byte spoilt, so far after a mark."""
    whole = bytearray(_packed())
    whole[whole.index(place) + after] ^= 0x55
    return bytes(whole)


add("broken: object stream spoilt", lambda: _hit(b"/ObjStm", 120), _EITHER, is_steady=False)
add("broken: table stream spoilt", lambda: _hit(b"/XRef", 140), _EITHER, is_steady=False)
add("broken: checksum of a stream", lambda: _adler(), _EITHER, why="readers do not look at it")
add("broken: stream cut", lambda: _cut_stream(), _EITHER, is_steady=False)
add("broken: image cut", lambda: _cut_image(), _EITHER, is_steady=False)
add("broken: same object twice", lambda: _twice(), _EITHER, is_steady=False)


def _adler() -> bytes:
    packed = zlib.compress(CONTENT)
    return by_hand(packed[:-4] + b"\0\0\0\0", entries=b"/Filter /FlateDecode")


def _cut_stream() -> bytes:
    packed = zlib.compress(CONTENT)
    return by_hand(packed[: len(packed) * 2 // 3], entries=b"/Filter /FlateDecode")


def _cut_image() -> bytes:
    image = stream(
        zlib.compress(bytes(range(256)) * 100)[:200],
        b"/Type /XObject /Subtype /Image /Width 160 /Height 160 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode",
    )
    place = CONTENT + b" q 200 0 0 200 300 100 cm /X Do Q"
    return by_hand(place, image, resources=b"/XObject << /X 6 0 R >>")


def _twice() -> bytes:
    """Two objects of number 4, the table names the first: a reader that rebuilds takes the last."""
    whole = by_hand()
    second = b"4 0 obj\n" + stream(b"0 g 0 0 612 792 re f") + b"\nendobj\n"
    place = whole.index(b"xref\n0 6")
    return _moved(len(second))(whole[:place] + second + whole[place:])


def updated(whole: bytes, number: int, entry: bytes) -> bytes:
    """The file with one object written anew behind its end, as editors save."""
    place = len(whole)
    before = re.findall(rb"startxref\n(\d+)", whole)[-1]
    return whole + (
        b"%d 0 obj\n%b\nendobj\nxref\n%d 1\n%010d 00000 n \n" % (number, entry, number, place)
        + b"trailer\n<< /Size 6 /Root 1 0 R /Prev %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (before, place + len(b"%d 0 obj\n%b\nendobj\n" % (number, entry)))
    )


_AGAIN = CONTENT.replace(b"86,40", b"99,10")
add("updated: once", lambda: updated(by_hand(), 4, stream(_AGAIN)))
add("updated: twice", lambda: updated(updated(by_hand(), 4, stream(b"")), 4, stream(_AGAIN)))
add(
    "updated: page removed",
    lambda: updated(by_hand(), 2, b"<< /Type /Pages /Kids [] /Count 0 >>"),
    ["damaged"],
)
add("updated: previous table in a circle", lambda: _circle(), _EITHER)


def _circle() -> bytes:
    whole = updated(by_hand(), 4, stream(_AGAIN))
    last = re.findall(rb"startxref\n(\d+)", whole)[-1]
    return re.sub(rb"/Prev \d+", b"/Prev " + last, whole)


add(
    "references: a drawing that is not there",
    lambda: by_hand(resources=b"/XObject << /X9 99 0 R >>"),
)
add(
    "references: a drawing that is not there, drawn",
    lambda: by_hand(CONTENT + b" /X9 Do", resources=b"/XObject << /X9 99 0 R >>"),
)
add(
    "references: a font that is not there",
    lambda: by_hand(resources=b"/Font << /F1 99 0 R >>"),
    ["damaged"],
    is_steady=False,
)
add("references: content that is not there", lambda: _dangling_content(), may_be("damaged"))
add(
    "references: drawing is a number",
    lambda: by_hand(CONTENT + b" /X Do", resources=b"/XObject << /X 7 >>"),
    _EITHER,
)
add(
    "references: drawings are a name",
    lambda: by_hand(CONTENT + b" /X Do", resources=b"/XObject /Odd"),
    _EITHER,
)
add(
    "references: resources are null",
    lambda: by_hand().replace(b"/Resources <<", b"/Resourcez <<"),
    ["damaged"],
    is_steady=False,
)


def _dangling_content() -> bytes:
    with pikepdf.open(BytesIO(sheet(pages=2))) as pdf:
        absent = pikepdf.Object.parse(b"[ null ]")
        pdf.pages[0].obj.Contents.Kept = Name.Kept
        pdf.pages[1].obj.Contents = Array([pdf.pages[0].obj.Contents, *absent])
        return saved(pdf)
