"""What a PDF looks like, by three programs that are not ours, and whether two looks agree.

A share of differing pixels alone would not do: a price that is missing is 0.05 % of a page. So the
worst spot counts too: squares of a quarter of an inch, of which each must agree by itself.
"""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageChops, ImageFilter

LONGEST = 792  # pixels of a page's longer side: a letter page is drawn at one pixel a point
FINE = 1_188  # one and a half: at less, « 86,40 » and « 25,00 » of small print look alike
MOST_DIFFERENT = 0.005  # of a page's pixels (promise G19)
WORST_SPOT = 0.06  # of a square's pixels
_SPOT = 18
_SECONDS = 30


class ViewerGaveUpError(Exception):
    """A viewer could not draw the file, or took too long."""


class Difference(Struct, frozen=True):
    """Shares of pixels that differ: of the page, and of the square where it is worst."""

    page: float
    spot: float
    where: tuple[int, int] = (0, 0)

    @property
    def is_seen(self) -> bool:
        """Whether people would see it."""
        return self.page > MOST_DIFFERENT or self.spot > WORST_SPOT


def by_pdfium(pdf: bytes, longest: int = LONGEST) -> list[Image.Image]:
    """Each page as Chromium's viewer shows it, fields and annotations included.

    Raises:
        ViewerGaveUpError: pdfium cannot open it.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
        if document.get_formtype():
            document.init_forms()
        return [_pdfium_page(page, longest) for page in document]
    except pypdfium2.PdfiumError as error:
        raise ViewerGaveUpError(str(error)) from error


def _pdfium_page(page: pypdfium2.PdfPage, longest: int) -> Image.Image:
    if not all(page.get_size()):
        raise ViewerGaveUpError("pdfium sees a page of no size")
    scale = longest / max(page.get_size())
    return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")


def by_poppler(pdf: bytes, longest: int = LONGEST) -> list[Image.Image]:
    """Each page as Linux desktops' viewers show it.

    Raises:
        ViewerGaveUpError: poppler cannot open it, or takes half a minute.
    """
    return _by("pdftoppm", "-cropbox", "-scale-to", str(longest), "IN", "OUT/page", pdf=pdf)


def by_mupdf(pdf: bytes, longest: int = LONGEST) -> list[Image.Image]:
    """Each page as mupdf shows it.

    Raises:
        ViewerGaveUpError: mupdf cannot open it, or takes half a minute.
    """
    size = str(longest)
    return _by(
        "mutool", "draw", "-q", "-w", size, "-h", size, "-o", "OUT/page%04d.ppm", "IN", pdf=pdf
    )


def _by(*command: str, pdf: bytes) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.pdf"
        source.write_bytes(pdf)
        out = folder / "out"
        out.mkdir()
        given = [str(source) if part == "IN" else part.replace("OUT", str(out)) for part in command]
        try:
            subprocess.run(given, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise ViewerGaveUpError(f"{command[0]} took too long") from error
        pages = [Image.open(path).convert("RGB") for path in sorted(out.glob("*.ppm"))]
        if not pages:
            raise ViewerGaveUpError(f"{command[0]} shows no page")
        return pages


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """How far two pictures by the same program differ; a shift of one pixel does not count."""
    return _compared(one, other, blur=1, reach=1, contrast=32)


def coarse_difference(one: Image.Image, other: Image.Image) -> Difference:
    """How far two pictures by different programs differ: letters of another cut do not count, a
    word that is missing or a block elsewhere does."""
    return _compared(one.convert("L"), other.convert("L"), blur=4, reach=4, contrast=26)


def _compared(
    one: Image.Image, other: Image.Image, *, blur: int, reach: int, contrast: int
) -> Difference:
    if not _is_same_shape(one, other):
        return Difference(1.0, 1.0)
    if other.size != one.size:
        other = other.resize(one.size, Image.Resampling.BOX)
    a, b = (image.filter(ImageFilter.BoxBlur(blur)) for image in (one, other))
    outside = ImageChops.lighter(_outside(a, b, reach), _outside(b, a, reach))
    bands = outside.split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    marked = most.point(lambda value: 255 if value > contrast else 0)
    return _counted(marked)


def _outside(one: Image.Image, other: Image.Image, reach: int) -> Image.Image:
    """How far each pixel of one lies outside what the other has near it."""
    size = 2 * reach + 1
    lighter = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(size)))
    darker = ImageChops.subtract(other.filter(ImageFilter.MinFilter(size)), one)
    return ImageChops.lighter(lighter, darker)


def _counted(marked: Image.Image) -> Difference:
    total = marked.histogram()[255] / (marked.width * marked.height)
    whole = Image.new("L", (_up(marked.width), _up(marked.height)))  # no square is cut at the edge
    whole.paste(marked)
    spots = whole.reduce(_SPOT)
    worst = max(spots.tobytes())
    place = spots.tobytes().index(worst)
    where = (place % spots.width * _SPOT, place // spots.width * _SPOT)
    return Difference(total, worst / 255, where)


def _up(side: int) -> int:
    return -(-side // _SPOT) * _SPOT


def _is_same_shape(one: Image.Image, other: Image.Image) -> bool:
    """The same proportions, but for a pixel of rounding."""
    wide = one.width * other.height / max(one.height, 1)
    return abs(wide - other.width) <= 2 + other.width / one.width


def cropped(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """A part of a picture; the box is in shares of its width and height, from the top left."""
    left, top, right, bottom = box
    return picture.crop(
        (
            round(left * picture.width), round(top * picture.height),
            round(right * picture.width), round(bottom * picture.height),
        )
    )  # fmt: skip


def as_bytes(picture: Image.Image) -> bytes:
    """A PNG, to look at."""
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
