"""What is sealed is what was shown (G19), and each refusal is true (G25), over strangers' PDFs.

`make test` takes a part of the corpus, `make trust` all of it.
"""

from functools import cache

import pytest

from avenant.documents.upload_words import CODES
from avenant.documents.uploads import CheckedUpload, UploadProblem, check_pdf
from tests.avenant.documents.corpus import ACCEPTED, FILES
from tests.avenant.documents.pictures import (
    FINE,
    ViewerGaveUpError,
    by_mupdf,
    by_pdfium,
    by_poppler,
    coarse_difference,
    difference,
)
from tests.avenant.documents.second_opinion import CONFIRMED_BY, printed_again

_EVERY = 6
# Those that stand for what has gone wrong before: always looked at.
_ALWAYS = {
    "boxes: TrimBox smaller",
    "boxes: crop smaller",
    "turned: 90 with a crop that is off centre",
    "unit: two",
    "form: text drawn",
    "form: text without appearance",
    "form: amount that a program formats",
    "note: free text drawn",
    "note: free text without appearance",
    "note: stamp over an amount",
    "layer: hidden",
    "layer: seen, not printed",
    "locked: opens without a password, AES of 256 bits",
    "locked: with a password, AES of 256 bits",
    "broken: table one byte off",
    "broken: Ctrl-Z at the end",
    "references: a drawing that is not there",
    "bomb: three forms that share their resources",
    "bomb: forms 10 times, 12 deep",
    "harmful: named scripts, in the trailer",
    "link: javascript:alert(1)",
}
FEW = [
    name
    for place, name in enumerate(FILES)
    if name in _ALWAYS or (place % _EVERY == 0 and not name.startswith("bomb"))
]
CASES = [name if name in FEW else pytest.param(name, marks=pytest.mark.trust) for name in FILES]
# How a bomb is made says that it is too much; another program may be armed against it, and what
# that one prints of it may be as large.
HONEST = [
    case
    for name, case in zip(FILES, CASES, strict=True)
    if not name.startswith("bomb") or name in _ALWAYS
]


@cache
def judged(name: str) -> CheckedUpload | UploadProblem:
    return check_pdf(FILES[name].build(), "soumission.pdf")


@pytest.mark.rule("4/APP-17")
@pytest.mark.promise("G19")
@pytest.mark.parametrize("name", CASES)
def test_prints_a_strangers_page_as_viewers_show_it_or_refuses_it(name: str) -> None:
    file, answer = FILES[name], judged(name)

    if isinstance(answer, UploadProblem):
        assert answer.code in file.outcomes
        return
    assert ACCEPTED in file.outcomes
    shown, printed = by_pdfium(file.build(), FINE), by_pdfium(answer.printable, FINE)
    assert len(printed) == len(shown) == answer.pages
    for before, after in zip(shown, printed, strict=True):
        assert not difference(before, after).is_seen


@pytest.mark.promise("G19")
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("viewer", [by_poppler, by_mupdf])
def test_keeps_what_other_viewers_draw_the_same(name: str, viewer) -> None:
    """What is kept leaves no room for two readings, whatever the file did."""
    answer = judged(name)
    if isinstance(answer, UploadProblem):
        assert answer.code in CODES
        return

    ours, theirs = by_pdfium(answer.printable), viewer(answer.printable)

    assert len(theirs) == len(ours)
    if FILES[name].is_steady:
        for one, other in zip(ours, theirs, strict=True):
            assert not coarse_difference(one, other).is_seen


@pytest.mark.promise("G25")
@pytest.mark.parametrize("name", HONEST)
def test_refuses_for_a_reason_that_another_program_confirms(name: str) -> None:
    answer = judged(name)
    if isinstance(answer, CheckedUpload):
        assert answer.printable.startswith(b"%PDF-")
        return

    assert CONFIRMED_BY[answer.code](FILES[name].build())


@pytest.mark.promise("G25")
@pytest.mark.parametrize("name", HONEST)
def test_takes_the_file_once_it_is_printed_again(name: str) -> None:
    """The way that the sentences give: print it, or export it, as an ordinary PDF."""
    file, answer = FILES[name], judged(name)
    if isinstance(answer, CheckedUpload) or answer.code in {"too_many_pages", "page_size"}:
        return
    again = printed_again(file.build(), "secret")
    if again is None:  # nobody can print it
        return

    assert isinstance(check_pdf(again, "soumission.pdf"), CheckedUpload)


def test_looks_at_a_hundred_and_fifty_strangers_files_and_more() -> None:
    assert len(FILES) >= 150
    assert set(FEW) >= _ALWAYS
    assert frozenset().union(*(file.outcomes for file in FILES.values())) - {ACCEPTED} <= CODES
    with pytest.raises(ViewerGaveUpError):
        by_pdfium(b"not a PDF")
