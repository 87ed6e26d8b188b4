"""The measure by which pages are compared: it must see what people would, and nothing else."""

import pytest

from tests.avenant.documents.corpus.entry import CONTENT, annotation, sheet
from tests.avenant.documents.pictures import (
    FINE,
    MOST_DIFFERENT,
    by_mupdf,
    by_pdfium,
    by_poppler,
    coarse_difference,
    difference,
)

_PLAIN = sheet()
_MOVED = {
    "an amount is missing": CONTENT.replace(b"(86,40 $) Tj", b"() Tj"),
    "an amount is another": CONTENT.replace(b"(86,40 $) Tj", b"(250 000 $) Tj"),
    "a box is elsewhere": CONTENT.replace(b"300 320 60 90 re", b"300 310 60 90 re"),
    "a line of text is elsewhere": CONTENT.replace(b"72 690 Td", b"72 680 Td"),
    "a box has another colour": CONTENT.replace(b"0.2 0.6 0.3 rg", b"0.6 0.2 0.3 rg"),
    "all is half an inch lower": b"1 0 0 1 0 -36 cm " + CONTENT,
    "all is one hundredth smaller": b"0.98 0 0 0.98 0 0 cm " + CONTENT,
}
_COVERED = sheet(
    lambda pdf: annotation(pdf, "Stamp", [430, 540, 520, 556], b"1 g 0 0 90 16 re f") and None
)


@pytest.mark.promise("G19")
@pytest.mark.parametrize("what", _MOVED)
def test_sees_that(what: str) -> None:
    one, other = by_pdfium(_PLAIN)[0], by_pdfium(sheet(content=_MOVED[what]))[0]

    assert difference(one, other).is_seen
    assert coarse_difference(one, other).is_seen


@pytest.mark.promise("G19")
def test_sees_an_amount_under_a_stamp_though_it_is_little_of_the_page() -> None:
    one, other = by_pdfium(_PLAIN)[0], by_pdfium(_COVERED)[0]

    assert difference(one, other).page < MOST_DIFFERENT
    assert difference(one, other).is_seen
    assert coarse_difference(one, other).is_seen


@pytest.mark.parametrize("viewer", [by_poppler, by_mupdf])
@pytest.mark.parametrize("what", ["a line of text is elsewhere", "an amount is missing"])
def test_sees_across_programs_that(what: str, viewer) -> None:
    one, other = by_pdfium(_PLAIN)[0], viewer(sheet(content=_MOVED[what]))[0]

    assert coarse_difference(one, other).is_seen


@pytest.mark.parametrize("viewer", [by_poppler, by_mupdf])
def test_passes_over_another_cut_of_the_letters(viewer) -> None:
    assert not coarse_difference(by_pdfium(_PLAIN)[0], viewer(_PLAIN)[0]).is_seen


@pytest.mark.parametrize("shift", [0.3, 0.5, 0.7])
def test_passes_over_part_of_a_pixel(shift: float) -> None:
    moved = sheet(content=b"1 0 0 1 %.1f %.1f cm " % (shift, shift) + CONTENT)

    assert not difference(by_pdfium(_PLAIN)[0], by_pdfium(moved)[0]).is_seen


@pytest.mark.promise("G19")
@pytest.mark.parametrize("other", [b"(25,00", b"(86,90"])
def test_sees_another_digit_in_small_print(other: bytes) -> None:
    changed = sheet(content=CONTENT.replace(b"(86,40", other))

    assert difference(by_pdfium(_PLAIN, FINE)[0], by_pdfium(changed, FINE)[0]).is_seen


def test_sees_another_shape_of_page() -> None:
    wide = sheet(size=(792, 612))

    assert difference(by_pdfium(_PLAIN)[0], by_pdfium(wide)[0]).is_seen
