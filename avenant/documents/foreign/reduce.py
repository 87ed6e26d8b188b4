"""Rebuilds a foreign PDF as what printing uses, and proves that it looks the same.

Runs in a guarded child: bytes in, bytes out. Each page comes out with one box that starts at 0 0,
upright, in points, drawn by one form; fields and annotations are drawn into it; plain links stay.
Everything else stays behind: programs, actions, forms, files, layers, tags, other revisions.
"""

from io import BytesIO
from typing import Any

import msgspec
import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Stream

from avenant.documents.foreign.budget import Budget
from avenant.documents.foreign.content import what_failed
from avenant.documents.foreign.copying import Copier
from avenant.documents.foreign.frames import Frame, frame_of
from avenant.documents.foreign.notes import Link, asks_to_draw_fields, draw_notes, read_notes
from avenant.documents.foreign.pictures import first_difference, with_fields_drawn
from avenant.guarded import Refusal

_DRAWN = "/AvenantPage"
_MAX_CONTENTS = 1_000  # streams of one page
_MAX_NODES = 10_000  # of the tree of pages, looked at before the library does
# What qpdf says when it had to look for the objects itself.
_REPAIRED = ("file is damaged", "Attempting to reconstruct")


class Work(Struct, frozen=True, kw_only=True):
    """What the child is told before the file itself."""

    max_pages: int


class Reduced(Struct, frozen=True, kw_only=True):
    """What the child says before the new file: how many pages it has."""

    pages: int


def reduce_work(work: bytes) -> bytes:
    """The child's side: `pack(Work, file)` to `pack(Reduced, new file)`."""
    told, content = unpack(work, Work)
    printable, pages = reduce_pdf(content, told.max_pages)
    return pack(Reduced(pages=pages), printable)


def pack(head: Struct, content: bytes) -> bytes:
    """A few words before some bytes."""
    line = msgspec.json.encode(head)
    return len(line).to_bytes(4) + line + content


def unpack[Head: Struct](packed: bytes, head: type[Head]) -> tuple[Head, bytes]:
    """The words and the bytes of `pack`."""
    end = 4 + int.from_bytes(packed[:4])
    return msgspec.json.decode(packed[4:end], type=head), packed[end:]


def reduce_pdf(content: bytes, max_pages: int) -> tuple[bytes, int]:
    """The rebuilt file and its number of pages.

    Raises:
        Refusal: with the code of the first reason for which it cannot come in.
    """
    try:
        with pikepdf.open(BytesIO(content)) as foreign:
            has_layers = "/OCProperties" in foreign.Root
            printable = _rebuilt(foreign, content, max_pages)
            pages = len(foreign.pages)
    except pikepdf.PasswordError:
        raise Refusal("encrypted") from None
    except pikepdf.PikepdfError as error:
        raise Refusal(what_failed(error)) from None
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        raise Refusal("damaged") from None
    different = first_difference(content, printable)
    if different == 0:
        raise Refusal("damaged")  # browsers cannot open it, or find other pages in it
    if different is not None:
        raise Refusal("hidden_layers" if has_layers else "looks_different")
    return printable, pages


def _rebuilt(foreign: pikepdf.Pdf, content: bytes, max_pages: int) -> bytes:
    _check_files(foreign)
    _check_pages(foreign, max_pages)
    count = len(foreign.pages)
    if not count:
        raise Refusal("damaged")
    if count > max_pages:
        raise Refusal("too_many_pages")
    budget = Budget()
    links = read_notes(foreign, budget)
    if not asks_to_draw_fields(foreign):
        return _copied(foreign, links, budget)
    # Each reader makes the fields in its own way: they are taken as browsers make them.
    with pikepdf.open(BytesIO(with_fields_drawn(content))) as drawn:
        return _copied(drawn, links, budget)


def _copied(foreign: pikepdf.Pdf, links: list[list[Link]], budget: Budget) -> bytes:
    with pikepdf.new() as target:
        copier = Copier(target, budget)
        draw_notes(foreign)
        for page, found in zip(foreign.pages, links, strict=True):
            _add_page(target, page, found, copier)
        _check_whole(foreign, copier)
        out = BytesIO()
        target.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return out.getvalue()


def _check_files(foreign: pikepdf.Pdf) -> None:
    """Files inside the file would be lost: they are to be joined by themselves."""
    names = foreign.Root.get("/Names")
    holds_files = isinstance(names, Dictionary) and "/EmbeddedFiles" in names
    if holds_files or "/Collection" in foreign.Root:
        raise Refusal("embedded_file")


def _check_pages(foreign: pikepdf.Pdf, most: int) -> None:
    """Count the pages without having the library list them all, which costs 3 KB a page."""
    waiting, found, looked = [foreign.Root.get("/Pages")], 0, 0
    while waiting and looked < _MAX_NODES:
        node, looked = waiting.pop(), looked + 1
        if not isinstance(node, Dictionary):
            continue
        kids = node.get("/Kids")
        if not isinstance(kids, Array):
            found += 1
            if found > most:
                raise Refusal("too_many_pages")
            continue
        for place in range(min(len(kids), most + 1)):
            waiting.append(kids[place])


def _check_whole(foreign: pikepdf.Pdf, copier: Copier) -> None:
    """A file that had to be repaired may have lost something: nothing that is drawn may lack."""
    warnings = [str(warning) for warning in foreign.get_warnings()]
    if any("limits error" in warning for warning in warnings):
        raise Refusal("too_complex")
    was_repaired = any(sign in warning for warning in warnings for sign in _REPAIRED)
    if was_repaired and copier.missing:
        raise Refusal("damaged")


def _add_page(target: pikepdf.Pdf, page: pikepdf.Page, links: list[Link], copier: Copier) -> None:
    frame = frame_of(page)
    contents = _contents(page)
    if not contents:
        copier.missing.add("/Contents")
    drawing, resources = copier.page(contents, _resources(page.obj))
    form = target.make_stream(drawing)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(list(frame.box))
    form.Matrix = frame.matrix.as_array()
    form.Resources = resources
    # Not the page's own transparency group: on white paper the drawing looks the same without it,
    # and in a form PDFium would draw it apart, with other edges.
    made = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, frame.width, frame.height]),
        Resources=Dictionary(XObject=Dictionary({_DRAWN: form})),
        Contents=target.make_stream(f"{_DRAWN} Do".encode()),
    )
    if links:
        made.Annots = Array([_link(link, frame) for link in links])
    target.pages.append(pikepdf.Page(target.make_indirect(made)))


def _contents(page: pikepdf.Page) -> list[Stream]:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    if len(streams) > _MAX_CONTENTS:
        raise Refusal("too_complex")
    return [stream for stream in streams if isinstance(stream, Stream)]


def _resources(page: Any) -> Any:
    for _ in range(64):
        if not isinstance(page, Dictionary):
            break
        if "/Resources" in page:
            return page["/Resources"]
        page = page.get("/Parent")
    return Dictionary()


def _link(link: Link, frame: Frame) -> Dictionary:
    left, bottom, right, top = link.corners
    corners = [frame.matrix.transform((x, y)) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Border=Array([0, 0, 0]),
        Rect=Array([min(across), min(up), max(across), max(up)]),
        A=Dictionary(S=Name.URI, URI=pikepdf.String(link.address)),
    )
