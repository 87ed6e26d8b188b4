"""What lies on the pages: fields and annotations are drawn into them, plain links are kept.

What viewers show is drawn ("screen": neither hidden nor marked as not to be viewed). What has no
appearance of its own is shown by each viewer in its own way, or not at all, and is refused.
"""

from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Stream

from avenant.documents.foreign.budget import Budget
from avenant.guarded import Refusal

_HIDDEN = 2 | 32  # hidden, not viewed
_REFUSED = {
    "/FileAttachment": "embedded_file",
    "/RichMedia": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/Screen": "rich_media",
    "/3D": "rich_media",
}
# A comment that opens when it is pressed is no part of the page.
_UNDRAWN = frozenset({"/Popup", "/Link", "/TrapNet"})
_SHOW_SOMETHING = frozenset(
    [
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Stamp",
        "/Caret",
        "/Ink",
        "/Redact",
        "/Text",
    ]
)
_SCHEMES = ("http://", "https://", "mailto:")
_MAX_LINK = 2_000  # letters
_MAX_KIN = 32  # steps from a field to its parents


class Link(Struct, frozen=True, kw_only=True):
    """A plain link of a page: where it is, in the page's own space, and where it leads."""

    corners: tuple[float, float, float, float]
    address: str


def draw_notes(pdf: pikepdf.Pdf, budget: Budget) -> list[list[Link]]:
    """Draw fields and annotations into the pages; gives the plain links of each page.

    Raises:
        Refusal: "annotation_without_appearance", "embedded_file", "rich_media", "active_form",
            "too_complex".
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            raise Refusal("active_form")
        if form.get("/NeedAppearances", False) is True:
            pdf.generate_appearance_streams()
    links = [_links_of(page, budget) for page in pdf.pages]
    pdf.flatten_annotations("screen")
    return links


def _links_of(page: pikepdf.Page, budget: Budget) -> list[Link]:
    notes = page.obj.get("/Annots")
    links = []
    for note in list(notes) if isinstance(notes, Array) else []:
        budget.look()
        if not isinstance(note, Dictionary):
            continue
        kind = str(note.get("/Subtype", ""))
        if kind in _REFUSED:
            raise Refusal(_REFUSED[kind])
        if kind == "/Link":
            link = _link(note)
            links += [link] if link else []
        elif not _is_hidden(note) and _lacks_appearance(note, kind):
            raise Refusal("annotation_without_appearance")
    return links


def _is_hidden(note: Dictionary) -> bool:
    flags = note.get("/F", 0)
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def _lacks_appearance(note: Dictionary, kind: str) -> bool:
    appearance = note.get("/AP")
    normal = appearance.get("/N") if isinstance(appearance, Dictionary) else None
    if isinstance(normal, Stream | Dictionary):
        return False
    if kind == "/Widget":
        return _inherited(note, "/FT") in (Name.Tx, Name.Ch) and _is_filled(note)
    return kind in _SHOW_SOMETHING


def _is_filled(field: Dictionary) -> bool:
    value = _inherited(field, "/V")
    return value is not None and str(value).strip() not in {"", "/Off"}


def _inherited(field: Any, key: str) -> Any:
    for _ in range(_MAX_KIN):
        if not isinstance(field, Dictionary):
            return None
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None


def _link(note: Dictionary) -> Link | None:
    action, place = note.get("/A"), note.get("/Rect")
    if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
        return None
    try:
        address = str(action.get("/URI", ""))
        corners = tuple(float(edge) for edge in list(place))
    except (TypeError, ValueError, OverflowError):
        return None
    is_plain = address.lower().startswith(_SCHEMES) and address.isascii() and address.isprintable()
    if not is_plain or len(address) > _MAX_LINK or len(corners) != 4:
        return None
    left, bottom, right, top = corners
    return Link(corners=(left, bottom, right, top), address=address)
