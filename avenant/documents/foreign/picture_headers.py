"""What a packed picture says of its own size: a small one by its PDF may be a flood by its header."""

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from avenant.documents.foreign.budget import MAX_IMAGE
from avenant.guarded import Refusal

_FORMATS = {"/DCTDecode": ("JPEG", 3), "/JPXDecode": ("JPEG2000", 16)}  # and bytes for a point
_PAGE_INFORMATION = 48  # JBIG2's kind of segment that gives the size


def check_header(kind: str, data: bytes) -> None:
    """See that a picture is no larger than what is let in, by its own header.

    Raises:
        Refusal: "image_too_large".
    """
    if kind == "/JBIG2Decode":
        size, bytes_a_point = _size_of_jbig2(data), 1 / 8
    elif kind in _FORMATS:
        format_name, bytes_a_point = _FORMATS[kind]
        size = _size_by_pillow(data, format_name)
    else:
        return
    if size[0] * size[1] * bytes_a_point > MAX_IMAGE:
        raise Refusal("image_too_large")


def _size_by_pillow(data: bytes, format_name: str) -> tuple[int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[format_name]) as picture:
                return picture.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal("image_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0, 0  # no reader draws it: the picture of the page says so


def _size_of_jbig2(data: bytes) -> tuple[int, int]:
    """The size in the first segment, where every encoder puts it (ITU-T T.88, 7.2 and 7.4.8)."""
    if len(data) < 19 or data[4] & 0x3F != _PAGE_INFORMATION:
        return 0, 0
    start = 11 if not data[4] & 0x40 else 14  # the page's number takes one byte or four
    width, height = (int.from_bytes(data[start + at : start + at + 4]) for at in (0, 4))
    return width, 0 if height == 0xFFFFFFFF else height
