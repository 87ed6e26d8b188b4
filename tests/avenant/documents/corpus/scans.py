"""Scanners' files: one picture a page, with the words that a machine read laid under it unseen."""

import time
import zlib
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from tests.avenant.documents.corpus.entry import add, may_be, sheet

_PLACE = b"q 612 0 0 792 0 0 cm /X Do Q"
_WORDS = b" BT 3 Tr /F1 12 Tf 80 690 Td (Prime mensuelle 86,40 $) Tj ET"


@cache
def paper(mode: str = "L", width: int = 306, height: int = 396) -> Image.Image:
    """A page as a scanner sees it: a heading, lines of writing, a box."""
    seen = Image.new("RGB", (width, height), (250, 248, 240))
    draw = ImageDraw.Draw(seen)
    draw.rectangle((18, 14, width - 18, 30), fill=(30, 70, 140))
    for line in range(12):
        draw.text((36, 50 + 18 * line), f"Ligne {line} : {line * 17},40 $", fill=(20, 20, 20))
    draw.rectangle((40, 290, 140, 340), outline=(0, 0, 0), width=2)
    return seen.convert(mode)


def _packed(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scanned(data: bytes, image: Image.Image, words: bytes = b"", **entries: object) -> bytes:
    """A page of one picture, already packed."""

    def change(pdf: pikepdf.Pdf) -> None:
        given = {"BitsPerComponent": 8} | entries
        drawn = pdf.make_stream(
            data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            **given,
        )
        pdf.pages[0].Resources.XObject = Dictionary(X=drawn)

    return sheet(change, content=_PLACE + words)


def _jpeg(mode: str, space: Name, words: bytes = b"", **entries: object) -> bytes:
    image = paper(mode)
    packed = _packed(image, "JPEG", quality=70)
    return scanned(packed, image, words, ColorSpace=space, Filter=Name.DCTDecode, **entries)


_RGB, _GRAY = Name.DeviceRGB, Name.DeviceGray
add("scan: JPEG", lambda: _jpeg("RGB", _RGB))
add("scan: JPEG with words under it", lambda: _jpeg("RGB", _RGB, _WORDS))
add("scan: grey JPEG", lambda: _jpeg("L", _GRAY))
add("scan: grey JPEG, turned over by Decode", lambda: _jpeg("L", _GRAY, Decode=Array([1, 0])))
add(
    "scan: JPEG of four inks",
    lambda: _jpeg("CMYK", Name.DeviceCMYK, Decode=Array([1, 0] * 4)),
    is_steady=False,
    why="viewers turn inks to colours each their own way",
)
add(
    "scan: JPEG by Flate",
    lambda: scanned(
        zlib.compress(_packed(paper("RGB"), "JPEG")),
        paper("RGB"),
        ColorSpace=_RGB,
        Filter=Array([Name.FlateDecode, Name.DCTDecode]),
    ),
)
add("scan: JPEG 2000", lambda: _jpeg2000(), may_be("unsafe", "damaged"))
add("scan: fax", lambda: _fax(), is_steady=False)
add("scan: black on nothing", lambda: _one_bit(ImageMask=True))
add("scan: one bit", lambda: _one_bit(ColorSpace=_GRAY))
add("scan: palette", lambda: _palette())
add("scan: 16 bits", lambda: _deep())
add("scan: soft mask", lambda: _masked("SMask"))
add("scan: hard mask", lambda: _masked("Mask"))
add("scan: colours that count as nothing", lambda: _keyed(), is_steady=False)
add("scan: three pages", lambda: _pillow())
add("scan: picture smaller than it says", lambda: _short(), may_be("damaged"), is_steady=False)
add("scan: shown smooth", lambda: _jpeg("L", _GRAY, Interpolate=True), is_steady=False)


def _jpeg2000() -> bytes:
    image = paper("RGB")
    packed = _packed(image, "JPEG2000", quality_mode="rates", quality_layers=[20])
    return scanned(packed, image, ColorSpace=_RGB, Filter=Name.JPXDecode)


def _fax() -> bytes:
    image = paper("1")
    with Image.open(BytesIO(_packed(image, "TIFF", compression="group4"))) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    packed = _packed(image, "TIFF", compression="group4")[start : start + length]
    parameters = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=True)
    return scanned(
        packed, image, ColorSpace=_GRAY, BitsPerComponent=1, Filter=Name.CCITTFaxDecode,
        DecodeParms=parameters,
    )  # fmt: skip


def _one_bit(**entries: object) -> bytes:
    image = paper("1")
    return scanned(image.tobytes(), image, BitsPerComponent=1, **entries)


def _palette() -> bytes:
    image = paper("RGB").quantize(16)
    colours = bytes(image.getpalette()[:48] + [0] * 48)[:48]
    table = Array([Name.Indexed, _RGB, 15, pikepdf.String(colours)])
    return scanned(image.tobytes(), image, ColorSpace=table)


def _deep() -> bytes:
    image = paper("L")
    return scanned(
        b"".join(bytes((value, value)) for value in image.tobytes()),
        image, ColorSpace=_GRAY, BitsPerComponent=16,
    )  # fmt: skip


def _masked(kind: str) -> bytes:
    image = paper("RGB")

    def change(pdf: pikepdf.Pdf) -> None:
        size = {"Width": image.width, "Height": image.height}
        cover = paper("L") if kind == "SMask" else paper("1")
        looks = (
            {"ColorSpace": _GRAY, "BitsPerComponent": 8}
            if kind == "SMask"
            else {"ImageMask": True, "BitsPerComponent": 1}
        )
        mask = pdf.make_stream(
            cover.tobytes(), Type=Name.XObject, Subtype=Name.Image, **size, **looks
        )
        drawn = pdf.make_stream(
            image.tobytes(), Type=Name.XObject, Subtype=Name.Image, ColorSpace=_RGB,
            BitsPerComponent=8, **size,
        )  # fmt: skip
        drawn[f"/{kind}"] = mask
        pdf.pages[0].Resources.XObject = Dictionary(X=drawn)

    return sheet(change, content=b"0.3 0.7 0.5 rg 0 0 612 792 re f " + _PLACE)


def _keyed() -> bytes:
    image = paper("L")
    return scanned(image.tobytes(), image, ColorSpace=_GRAY, Mask=Array([240, 255]))


def _short() -> bytes:
    image = paper("L")
    return scanned(image.tobytes()[:20_000], image, ColorSpace=_GRAY)


def _pillow() -> bytes:
    """What Pillow itself writes: phones and small tools use it."""
    out = BytesIO()
    first, *others = (paper("RGB").rotate(turn, expand=True) for turn in (0, 90, 180))
    moment = time.gmtime(1_767_225_600)
    first.save(
        out, "PDF", save_all=True, append_images=others, resolution=72,
        creationDate=moment, modDate=moment,
    )  # fmt: skip
    return out.getvalue()
