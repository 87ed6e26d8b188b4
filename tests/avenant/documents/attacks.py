"""What someone does to a sealed PDF to change it unseen: the eight structural attacks of promise
G1, and single bits. Each takes the sealed bytes and gives the changed ones."""

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Attack = Callable[[bytes], bytes]
_NUMBERS = re.compile(rb"/ByteRange\s*\[([^\]]*)\]")


def append_bytes(pdf: bytes) -> bytes:
    """Comes after the end, where readers do not look."""
    return pdf + b"\n% nothing to see\n"


def paint_over_amount(pdf: bytes) -> bytes:
    """Draws another amount on a page, in a new revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    drawn = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 300 600 200 20 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), drawn])
    writer.update_container(page)
    return _written(writer)


def add_annotation(pdf: bytes) -> bytes:
    """Sticks a note on the first page, in a new revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(n) for n in (100, 100, 300, 140)]
            ),
            generic.pdf_name("/Contents"): generic.pdf_string("5 000 000 $"),
            generic.pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def save_again(pdf: bytes) -> bytes:
    """Opens and saves with an ordinary tool, which keeps the seal's dictionary."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def strip_signature(pdf: bytes) -> bytes:
    """Takes the seal out and leaves a clean-looking PDF."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.Root.AcroForm
        del document.Root.Perms
        for page in document.pages:
            if "/Annots" in page:
                page.Annots = pikepdf.Array(
                    [a for a in page.Annots if a.get("/Subtype") != pikepdf.Name.Widget]
                )
        document.save(out)
    return out.getvalue()


def empty_byte_range(pdf: bytes) -> bytes:
    """Leaves the seal in place, over nothing."""
    return _NUMBERS.sub(lambda m: b"/ByteRange [" + b" " * (len(m[0]) - 13) + b"]", pdf)


def zero_contents(pdf: bytes) -> bytes:
    """Replaces the signature by zeros of the same length."""
    start, end = _room(pdf)
    return pdf[: start + 1] + b"0" * (end - start - 2) + pdf[end - 1 :]


def write_in_padding(pdf: bytes) -> bytes:
    """Hides bytes in the unused end of the signature's room, which no signature covers."""
    _, end = _room(pdf)
    hidden = b"DEADBEEF"
    return pdf[: end - 1 - len(hidden)] + hidden + pdf[end - 1 :]


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        append_bytes,
        paint_over_amount,
        add_annotation,
        save_again,
        strip_signature,
        empty_byte_range,
        zero_contents,
        write_in_padding,
    )
}


def flipped_bits(pdf: bytes, count: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """`count` copies, each with one bit turned over somewhere; with the position."""
    places = random.Random(seed)
    for _ in range(count):
        position = places.randrange(len(pdf) * 8)
        changed = bytearray(pdf)
        changed[position // 8] ^= 1 << position % 8
        yield position, bytes(changed)


def _room(pdf: bytes) -> tuple[int, int]:
    """Where the signature is written, its angle brackets included."""
    found = _NUMBERS.search(pdf)
    assert found
    _, start, end, _ = (int(number) for number in found[1].split())
    return start, end


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
