"""The pictures of the attached illustration inside a printed or sealed application."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Matrix
from PIL import Image

from avenant.documents.payload import Illustration
from avenant.documents.render import render_application
from tests.avenant.documents import samples
from tests.avenant.documents.pictures import FINE, MOST_DIFFERENT, by_pdfium, cropped, difference

TOGETHER = 60  # files laid into one application; the first pages of each
_PAGES = 3
# A figure is the page at another scale, and hairlines fall on other pixels: up to 0.11 of a square in
# the corpus, where one digit of small print makes 0.16 and an amount 0.47.
SCALED_SPOT = 0.13
_RIM = 9  # pixels: six points of the page
_DRAWN = "/AvenantIllustration"
type Box = tuple[float, float, float, float]


def joined(parts: Sequence[bytes]) -> bytes:
    """The first pages of several files as one, since printing an application costs more."""
    pdf = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as one:
            pdf.pages.extend(list(one.pages)[:_PAGES])
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def printed(illustration: bytes) -> bytes:
    """A submitted application with this illustration, not sealed."""
    attached = Illustration(
        content=illustration, received_sha256="0" * 64, name="soumission.pdf", version="1"
    )
    return render_application(samples.application("fr", "submitted", illustration=attached))


def unlike(illustration: bytes, application: bytes) -> Iterator[str]:
    """The pages of the illustration that the application shows otherwise."""
    pages = by_pdfium(_with_plain_tiles(illustration), FINE)
    figures = figure_pictures(_with_plain_tiles(application), [max(page.size) for page in pages])
    for number, (page, figure) in enumerate(zip(pages, figures, strict=True), 1):
        found = difference(_within(page), _within(figure))
        if found.page > MOST_DIFFERENT or found.spot > SCALED_SPOT:
            yield f"page {number}: {found}"


def _with_plain_tiles(content: bytes) -> bytes:
    """The file with a plain area where it draws with tiles. PDFium lays tiles on whole pixels: at
    another scale they drift by one each, and nothing else does."""
    with pikepdf.open(BytesIO(content)) as pdf:
        tiles = [
            entry
            for entry in pdf.objects
            if isinstance(entry, pikepdf.Stream) and entry.get("/PatternType") == 1
        ]
        if not tiles:
            return content
        for tile in tiles:
            tile.write(b"-5000 -5000 10000 10000 re f")
            tile.BBox, tile.XStep, tile.YStep = [-5000, -5000, 5000, 5000], 10_000, 10_000
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def _within(picture: Image.Image) -> Image.Image:
    """Without the rim, where the figure's last points are mixed with the paper around it."""
    if min(picture.size) < 8 * _RIM:
        return picture
    return picture.crop((_RIM, _RIM, picture.width - _RIM, picture.height - _RIM))


def figure_pictures(application: bytes, pixels: Sequence[int]) -> list[Image.Image]:
    """What is seen of each page of the illustration, drawn by pdfium.

    `pixels`: how long the longer side of each page's picture is to be, so that it can be laid
    beside the picture of the page itself.
    """
    with pikepdf.open(BytesIO(application)) as document:
        places = [
            (number, place)
            for number, page in enumerate(document.pages)
            if (place := _place(page)) is not None
        ]
    assert len(places) == len(pixels), f"{len(places)} figures for {len(pixels)} pages"
    printed = pypdfium2.PdfDocument(application)
    return [
        _picture(printed[number], place, longest)
        for (number, place), longest in zip(places, pixels, strict=True)
    ]


def _picture(page: pypdfium2.PdfPage, place: Box, longest: int) -> Image.Image:
    left, bottom, right, top = place
    width, height = page.get_size()
    scale = longest / max(right - left, top - bottom)
    whole = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
    return cropped(whole, box)


def _place(page: pikepdf.Page) -> Box | None:
    """Where on the page the illustration is drawn, in points, if it is."""
    drawings = page.obj.get("/Resources", {}).get("/XObject", {})
    now, kept = Matrix(), list[Matrix]()
    for entry in pikepdf.parse_content_stream(page):
        match str(entry.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = Matrix(*[float(number) for number in entry.operands]) @ now
            case "Do" if str(entry.operands[0]).startswith(_DRAWN):
                return _box(drawings[str(entry.operands[0])], now)
    return None


def _box(drawing: pikepdf.Object, now: Matrix) -> Box:
    matrix = Matrix(*[float(number) for number in drawing.get("/Matrix", [1, 0, 0, 1, 0, 0])]) @ now
    x0, y0, x1, y1 = (float(edge) for edge in drawing.BBox)
    corners = [matrix.transform((x, y)) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
