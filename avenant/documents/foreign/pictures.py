"""Whether two PDFs look the same, page by page, as browsers draw them (PDFium).

The picture is the judge: whatever a file's trick, what is kept shows what was shown, or the file
does not come in (promise G19).
"""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

_LONGEST = 1_200  # points of the picture along the longer side, at most
_SMALLEST = 400  # and at least, for a small page
# A block of so many points a side whose mean differs by so much of 255 is a visible difference: a
# digit of small print makes three times as much, an edge drawn half a point aside does not.
_BLOCK = 6
_MEAN = 30
_POINT = 96  # how much one point differs to be counted
_SHARE = 0.005  # of a page's points that may differ (G19)


def first_difference(one: bytes, other: bytes) -> int | None:
    """The number of the first page that looks different, from 1; None when all look the same.

    0 when one of the two cannot be opened, or they have different numbers of pages.
    """
    try:
        with closing(_opened(one)) as left, closing(_opened(other)) as right:
            if len(left) != len(right) or not len(left):
                return 0
            for number in range(len(left)):
                with closing(left[number]) as here, closing(right[number]) as there:
                    if not _same(here, there):
                        return number + 1
    except pypdfium2.PdfiumError:
        return 0
    return None


def with_fields_drawn(pdf: bytes) -> bytes:
    """The PDF with its fields and annotations drawn into its pages as browsers draw them.

    Raises:
        ValueError: browsers cannot open it, or a page of it.
    """
    out = BytesIO()
    try:
        with closing(_opened(pdf)) as document:
            for page in document:
                with closing(page):
                    page.flatten()
            document.save(out, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as error:
        raise ValueError("no browser opens this") from error
    return out.getvalue()


def pages_of(pdf: bytes, scale: float = 1.0) -> Iterator[Image.Image]:
    """Every page as a picture, `scale` points of the picture for one of the page."""
    with closing(_opened(pdf)) as document:
        for page in document:
            with closing(page), closing(_drawn(page, scale)) as bitmap:
                yield bitmap.to_pil()


def same_picture(one: Image.Image, other: Image.Image) -> bool:
    """Whether an eye takes two pictures of a page for the same one."""
    if one.size != other.size:
        if max(abs(a - b) for a, b in zip(one.size, other.size, strict=True)) > 2:
            return False
        size = (min(one.width, other.width), min(one.height, other.height))
        one, other = one.crop((0, 0, *size)), other.crop((0, 0, *size))
    difference = ImageChops.difference(one, other)
    blocks = difference.reduce(_BLOCK)
    if any(high > _MEAN for _low, high in _extremes(blocks)):
        return False
    counts = difference.convert("L").histogram()
    return sum(counts[_POINT:]) <= _SHARE * one.width * one.height


def _extremes(picture: Image.Image) -> list[tuple[int, int]]:
    found: Any = picture.getextrema()
    return list(found) if isinstance(found[0], tuple) else [found]


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return document


def _same(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> bool:
    width, height = one.get_size()
    wide, high = other.get_size()
    if min(width, height, wide, high) <= 0:
        return False
    if abs(width / height - wide / high) > 0.01 * (wide / high):
        return False
    longest = max(wide, high)
    scale = min(_LONGEST / longest, max(1.0, _SMALLEST / longest))
    with (
        closing(_drawn(one, scale * wide / width)) as left,
        closing(_drawn(other, scale)) as right,
    ):
        # Most often to the last point; pictures are made only where they are not.
        is_identical = (left.width, left.height, left.stride, bytes(left.buffer)) == (
            right.width,
            right.height,
            right.stride,
            bytes(right.buffer),
        )
        return is_identical or same_picture(left.to_pil(), right.to_pil())


def _drawn(page: pypdfium2.PdfPage, scale: float) -> pypdfium2.PdfBitmap:
    # Screen, not print: what is marked as not to be viewed is not drawn, fields are. PDFium draws
    # the text of fields for an LCD whatever is asked: so all of it is drawn so.
    return page.render(scale=scale, optimize_mode="lcd")
