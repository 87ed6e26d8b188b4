"""Copies the data of a picture, unpacked and packed again unless a picture's own filter packs it."""

import base64
import binascii
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from avenant.documents.foreign.budget import MAX_IMAGE, Budget
from avenant.documents.foreign.content import unpacked, what_failed
from avenant.documents.foreign.picture_headers import check_header
from avenant.documents.foreign.shapes import PICTURE_FILTERS
from avenant.guarded import Refusal

# Bytes that a reader needs for one point: JPEG 2000 is unpacked in whole numbers.
_BYTES_A_POINT = {"/JPXDecode": 16, "/DCTDecode": 3}
_MAX_SIDE = 65_500
_MAX_WRAPPED = 32 * 1024 * 1024  # bytes of a packed picture
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
        try:
            data, parameters = _packed(source, filters), _parameters(target, source, budget)
        except pikepdf.PikepdfError as error:
            raise Refusal(what_failed(error)) from None
        budget.unpack(len(data))
        check_header(filters[-1], data)
        copy.write(data, filter=Name(filters[-1]), decode_parms=parameters, type_check=False)
        return
    data = unpacked(source, budget)
    if len(data) < _least_size(source):
        raise Refusal("damaged")  # each reader makes up the rest in its own way
    copy.write(data)


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


def _least_size(source: Any) -> int:
    """Bytes that the points of a picture take, as far as its colours are counted here."""
    bits = 1 if source.get("/ImageMask") is True else _whole(source.get("/BitsPerComponent", 8))
    space = source.get("/ColorSpace")
    family = space[0] if isinstance(space, Array) and len(space) else space
    colours = {"/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(family), 1)
    row = (_whole(source.get("/Width")) * bits * colours + 7) // 8
    return row * _whole(source.get("/Height"))


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def _packed(source: Any, filters: list[str]) -> bytes:
    """The picture as its own filter packs it, out of what that is wrapped in."""
    data = bytes(source.read_raw_bytes())
    for wrapping in filters[:-1]:
        data = _unwrapped(data, wrapping)
    return data


def _unwrapped(data: bytes, wrapping: str) -> bytes:
    try:
        match wrapping:
            case "/FlateDecode" | "/Fl":
                unpacker = zlib.decompressobj()
                data = unpacker.decompress(data, _MAX_WRAPPED)
                is_whole = not unpacker.unconsumed_tail
            case "/ASCIIHexDecode" | "/AHx":
                data, is_whole = binascii.unhexlify(b"".join(data.split()).rstrip(b">")), True
            case "/ASCII85Decode" | "/A85":
                data, is_whole = base64.a85decode(data.strip().removesuffix(b"~>")), True
            case _:
                is_whole = False
    except (ValueError, zlib.error):
        raise Refusal("damaged") from None
    if not is_whole:
        raise Refusal("too_complex")
    return data


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
