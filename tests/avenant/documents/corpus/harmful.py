"""Files that act, reach out or carry others when opened, written so that a reader which looks in
the usual places does not see it. What is let in bears none of it any more."""

import zlib

from tests.avenant.documents.corpus.broken import by_hand
from tests.avenant.documents.corpus.entry import ACCEPTED, CONTENT, add, may_be
from tests.avenant.documents.raw_pdf import CATALOG, raw, stream

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_ACTIVE = may_be("embedded_file", "active_form", "rich_media", "damaged")


def _page(entries: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> %b >>" % entries
    )


def _of(catalog: bytes = CATALOG, page: bytes = b"", *more: bytes) -> bytes:
    return raw(catalog, _PAGES, _page(page), stream(CONTENT), _FONT, *more)


def _in_trailer(entries: bytes, *more: bytes) -> bytes:
    """The catalogue is written in the trailer itself, where no list of objects shows it."""
    root = b"/Root << /Type /Catalog /Pages 2 0 R %b >>" % entries
    return raw(b"null", _PAGES, _page(), stream(CONTENT), _FONT, *more, root=root)


_JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
_FILE = stream(b"MZ", b"/Type /EmbeddedFile")
_SPEC = b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>"
_CATALOGUE = {
    "action at closing": (b"/AA << /WC %b >>" % _JS,),
    "script at opening": (b"/OpenAction %b" % _JS,),
    "launch at opening": (b"/OpenAction << /S /Launch /F (cmd.exe) >>",),
    "print at opening": (b"/OpenAction << /S /Named /N /Print >>",),
    "address at opening": (b"/OpenAction << /S /URI /URI (https://a.test) >>",),
    "form at opening": (b"/OpenAction << /S /SubmitForm /F (https://a.test) >>",),
    "named scripts": (b"/Names << /JavaScript << /Names [(a) %b] >> >>" % _JS,),
    "embedded file": (b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", _SPEC, _FILE),
    "portfolio": (b"/Collection << /Type /Collection >>",),
    "associated file": (b"/AF [6 0 R]", _SPEC, _FILE),
    "rules of another reader": (
        b"/Extensions << /ADBE << /BaseVersion /1.7 >> >> /NeedsRendering true",
    ),
    "outline that runs": (
        b"/Outlines << /First 6 0 R /Last 6 0 R >>",
        b"<< /Title (a) /A %b >>" % _JS,
    ),
    "web capture": (b"/SpiderInfo << /V 1.0 >>",),
    "base address": (b"/URI << /Base (javascript:) >>",),
    "threads": (b"/Threads [<< /F 6 0 R >>]", b"<< /Type /Bead >>"),
}
for _name, (_entries, *_more) in _CATALOGUE.items():
    add(
        f"harmful: {_name}",
        lambda e=_entries, m=_more: _of(CATALOG[:-2] + e + b" >>", b"", *m),
        _ACTIVE,
    )
    add(
        f"harmful: {_name}, in the trailer", lambda e=_entries, m=_more: _in_trailer(e, *m), _ACTIVE
    )

_NOTE = b"/Annots [<< /Type /Annot /Subtype /%b /Rect [72 440 372 470] /F 4 /Border [0 0 0] %b >>]"
_NOTES = {
    "link that runs": (b"Link", b"/A %b" % _JS),
    "link that runs after another": (
        b"Link",
        b"/A << /S /URI /URI (https://a.test) /Next %b >>" % _JS,
    ),
    "link that launches": (b"Link", b"/A << /S /Launch /F (a.exe) >>"),
    "link to a server's share": (b"Link", b"/A << /S /GoToR /F (\\\\\\\\serveur.test\\\\a.pdf) >>"),
    "link to a file beside": (b"Link", b"/A << /S /GoToR /F (../../b.pdf) /D [0 /Fit] >>"),
    "link into an attachment": (b"Link", b"/A << /S /GoToE /T << /R /C >> >>"),
    "link that hides": (b"Link", b"/A << /S /Hide /T (prime) >>"),
    "link that sends": (b"Link", b"/A << /S /SubmitForm /F (https://a.test) >>"),
    "link that imports": (b"Link", b"/A << /S /ImportData /F (a.fdf) >>"),
    "link that plays": (b"Link", b"/A << /S /Rendition /OP 0 >>"),
    "link under the mouse": (
        b"Link",
        b"/AA << /E %b >> /A << /S /URI /URI (https://a.test) >>" % _JS,
    ),
    "link by a name of bytes": (b"Link", b"/#41 << /#53 /#4aavaScript /JS (1) >>"),
    "address as a map": (b"Link", b"/A << /S /URI /URI (https://a.test) /IsMap true >>"),
    "address of 60,000 letters": (
        b"Link",
        b"/A << /S /URI /URI (https://a.test/%b) >>" % (b"a" * 60_000),
    ),
    "address in two alphabets": (
        b"Link",
        b"/A << /S /URI /URI (https://exe\\260mple.test/\\000a) >>",
    ),
    "film": (b"Movie", b"/Movie << /F (a.avi) >>"),
    "sound": (b"Sound", b"/Sound 6 0 R"),
    "screen": (b"Screen", b"/A << /S /Rendition /OP 0 >>"),
    "rich media": (b"RichMedia", b"/RichMediaContent << >>"),
    "3D": (b"3D", b"/3DD 6 0 R"),
    "attached by a note": (b"FileAttachment", b"/FS %b" % _SPEC),
}
for _name, (_kind, _entries) in _NOTES.items():
    add(
        f"harmful: {_name}",
        lambda k=_kind, e=_entries: _of(CATALOG, _NOTE % (k, e), b"null", _FILE),
        [*_ACTIVE, "annotation_without_appearance"],
        is_steady=_kind == b"Link",
    )
add("harmful: page that acts", lambda: _of(CATALOG, b"/AA << /O %b >>" % _JS), _ACTIVE)
add(
    "harmful: page that turns by itself",
    lambda: _of(CATALOG, b"/Trans << /S /Split >> /Dur 1"),
    _ACTIVE,
)
add(
    "harmful: page with its program's data",
    lambda: _of(CATALOG, b"/PieceInfo << /A << /Private 6 0 R >> >>", _FILE),
    _ACTIVE,
)
add(
    "harmful: page kept by a program",
    lambda: _of(CATALOG, b"/Thumb 6 0 R", stream(b"MZ" * 9)),
    _ACTIVE,
)
_FAR = b"/Filter /FlateDecode /F (\\\\\\\\serveur.test\\\\a.bin) /FFilter /FlateDecode"
add(
    "harmful: content kept on a server",
    lambda: by_hand(zlib.compress(CONTENT), entries=_FAR),
    [*_ACTIVE, "unsafe"],
    is_steady=False,
)
add(
    "harmful: drawing kept on a server",
    lambda: by_hand(
        CONTENT + b" q 99 0 0 99 99 99 cm /X Do Q",
        stream(
            b"",
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /F << /FS /URL /F (https://a.test) >>",
        ),
        resources=b"/XObject << /X 6 0 R >>",
    ),
    [*_ACTIVE, "unsafe"],
    is_steady=False,
)
add(
    "harmful: page taken from another file",
    lambda: by_hand(
        CONTENT + b" /X Do",
        stream(b"", b"/Subtype /Form /BBox [0 0 9 9] /Ref << /F (b.pdf) /Page 0 >>"),
        resources=b"/XObject << /X 6 0 R >>",
    ),
    _ACTIVE,
)
add(
    "harmful: picture with another for printing",
    lambda: by_hand(
        CONTENT + b" q 200 0 0 40 72 180 cm /X Do Q",
        stream(b"\x80", b"/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
               b"/Alternates [<< /Image 7 0 R /DefaultForPrinting true >>]"),
        stream(b"\x00", b"/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        resources=b"/XObject << /X 6 0 R >>",
    ),
    may_be("looks_different"),
)  # fmt: skip
add(
    "harmful: PostScript drawing",
    lambda: by_hand(
        CONTENT + b" /X Do",
        stream(b"(a.txt) (w) file", b"/Type /XObject /Subtype /PS"),
        resources=b"/XObject << /X 6 0 R >>",
    ),
    [ACCEPTED],
)
add(
    "harmful: script nobody refers to",
    lambda: by_hand(CONTENT, _JS, _FILE),
    [*_ACTIVE],
)
