"""What lies on the pages: fields and annotations are drawn into them, plain links are kept.

What viewers show is drawn ("screen": neither hidden nor marked as not to be viewed). What has no
appearance of its own is shown by each viewer in its own way, or not at all, and is refused.
"""

from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Stream

from avenant.documents.foreign.budget import MAX_NOTES, Budget
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


def read_notes(pdf: pikepdf.Pdf, budget: Budget) -> list[list[Link]]:
    """The plain links of each page, once it is sure that what else lies there can be drawn.

    Raises:
        Refusal: "annotation_without_appearance", "embedded_file", "rich_media", "active_form",
            "too_complex".
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        raise Refusal("active_form")
    notes = [_notes_of(page) for page in pdf.pages]
    if sum(map(len, notes)) > MAX_NOTES:
        raise Refusal("too_complex")
    are_fields_drawn = asks_to_draw_fields(pdf)
    return [_links_among(found, budget, are_fields_drawn) for found in notes]


def asks_to_draw_fields(pdf: pikepdf.Pdf) -> bool:
    """Whether readers are asked to make the appearance of the fields themselves."""
    form = pdf.Root.get("/AcroForm")
    asked: Any = form.get("/NeedAppearances") if isinstance(form, Dictionary) else None
    return asked is True


def draw_notes(pdf: pikepdf.Pdf) -> None:
    """Draw into the pages what viewers show of fields and annotations."""
    pdf.flatten_annotations("screen")


def _notes_of(page: pikepdf.Page) -> list[Dictionary]:
    notes = page.obj.get("/Annots")
    found: list[Any] = list(notes) if isinstance(notes, Array) else []
    return [note for note in found if isinstance(note, Dictionary)]


def _links_among(notes: list[Dictionary], budget: Budget, are_fields_drawn: bool) -> list[Link]:
    links = []
    for note in notes:
        budget.look()
        kind = str(note.get("/Subtype", ""))
        if kind in _REFUSED:
            raise Refusal(_REFUSED[kind])
        if kind == "/Link":
            link = _link(note)
            links += [link] if link else []
        elif kind == "/Widget" and are_fields_drawn:
            continue
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
    if not isinstance(place, Array):
        return None
    try:
        address = str(action.get("/URI", ""))
        corners = tuple(float(edge) for edge in place.as_list())
    except (TypeError, ValueError, OverflowError):
        return None
    is_plain = address.lower().startswith(_SCHEMES) and address.isascii() and address.isprintable()
    if not is_plain or len(address) > _MAX_LINK or len(corners) != 4:
        return None
    left, bottom, right, top = corners
    return Link(corners=(left, bottom, right, top), address=address)
