"""Copies the data of a picture, unpacked and packed again unless a picture's own filter packs it."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from avenant.documents.foreign.budget import MAX_IMAGE, Budget
from avenant.documents.foreign.content import unpacked, what_failed
from avenant.documents.foreign.shapes import PICTURE_FILTERS
from avenant.guarded import Refusal

_WRAPPINGS = frozenset({"/ASCII85Decode", "/ASCIIHexDecode", "/A85", "/AHx"})
# Bytes that a reader needs for one point: JPEG 2000 is unpacked in whole numbers.
_BYTES_A_POINT = {"/JPXDecode": 16, "/DCTDecode": 3}
_MAX_SIDE = 65_500
# What the parameters of a picture's filter may be.
_PARAMETERS = [
    "/K",
    "/EndOfLine",
    "/EncodedByteAlign",
    "/Columns",
    "/Rows",
    "/EndOfBlock",
    "/BlackIs1",
    "/DamagedRowsBeforeError",
    "/ColorTransform",
]


def picture_data(target: pikepdf.Pdf, source: Any, copy: Any, budget: Budget) -> None:
    """Give the new picture its data, with the filters that it needs.

    Raises:
        Refusal: "image_too_large", or "damaged" where it cannot be unpacked.
    """
    filters = _filters(source)
    _check_size(source, filters)
    if filters and filters[-1] in PICTURE_FILTERS:
        if any(one not in _WRAPPINGS for one in filters[:-1]):
            raise Refusal("too_complex")
        try:
            data, parameters = _packed(source, filters), _parameters(target, source, budget)
        except pikepdf.PdfError as error:
            raise Refusal(what_failed(error)) from None
        copy.write(data, filter=Name(filters[-1]), decode_parms=parameters, type_check=False)
        return
    copy.write(unpacked(source, budget))


def _filters(source: Any) -> list[str]:
    filters = source.get("/Filter")
    if filters is None:
        return []
    if isinstance(filters, Array):
        return [str(one) for one in list(filters)]
    return [str(filters)]


def _check_size(source: Any, filters: list[str]) -> None:
    width, height = (_whole(source.get(key)) for key in ("/Width", "/Height"))
    if min(width, height) < 0 or max(width, height) > _MAX_SIDE:
        raise Refusal("image_too_large")
    bits = (
        1
        if source.get("/ImageMask")
        else max(1, min(_whole(source.get("/BitsPerComponent", 8)), 16))
    )
    bytes_a_point = _BYTES_A_POINT.get(
        filters[-1] if filters else "", bits * 4 / 8 if bits > 1 else 1 / 8
    )
    if width * height * bytes_a_point > MAX_IMAGE:
        raise Refusal("image_too_large")


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def _packed(source: Any, filters: list[str]) -> bytes:
    if len(filters) == 1:
        return bytes(source.read_raw_bytes())
    # qpdf undoes the wrappings and leaves the picture as it is packed.
    return bytes(source.read_bytes(pikepdf.StreamDecodeLevel.generalized))


def _parameters(target: pikepdf.Pdf, source: Any, budget: Budget) -> Dictionary | None:
    given = source.get("/DecodeParms", source.get("/DP"))
    if isinstance(given, Array):
        given = given[-1] if len(given) else None
    if not isinstance(given, Dictionary):
        return None
    kept = Dictionary(
        {
            key: given[key]
            for key in _PARAMETERS
            if key in given
            and isinstance(given[key], int | float | bool | pikepdf.Object)
            and not isinstance(given[key], Dictionary | Array)
        }
    )
    shared = given.get("/JBIG2Globals")
    if isinstance(shared, pikepdf.Stream):
        kept.JBIG2Globals = target.make_stream(unpacked(shared, budget))
    return kept
