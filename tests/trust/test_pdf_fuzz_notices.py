"""The fuzzer's own checks can fail: a door that is too kind is found out."""

import os

import pytest

from avenant.documents import uploads
from tests.avenant.documents.corpus import FILES
from tests.avenant.documents.corpus.entry import CONTENT, sheet
from tests.trust import pdf_fuzz, pdf_fuzz_run
from tests.trust.pdf_fuzz_run import apart, run_over

STRUCTURAL = 1  # a number whose file is spoilt by its structure, and not by its bytes


@pytest.fixture
def seeds(monkeypatch) -> range:
    """One file, not spoilt at all."""
    monkeypatch.setattr(pdf_fuzz_run, "spoilt", lambda _seed: sheet())
    return range(1)


def kept(printable: bytes) -> uploads.CheckedUpload:
    return uploads.CheckedUpload(
        name="a.pdf", sha256="", size=1, pages=1, printable=printable, scan="not_scanned"
    )


@pytest.mark.promise("G19")
@pytest.mark.parametrize(
    "printable",
    [
        sheet(content=CONTENT.replace(b"(86,40 $) Tj", b"() Tj")),
        FILES["note: stamp over an amount"].build(),
        sheet(pages=2),
        b"not a PDF",
    ],
    ids=["an amount is lost", "an amount is covered", "a page too many", "no PDF at all"],
)
def test_notices_what_is_kept_otherwise_than_it_came(monkeypatch, seeds, printable: bytes) -> None:
    monkeypatch.setattr(uploads, "check_pdf", lambda *_: kept(printable))

    assert len(run_over(seeds).faults) == 1


@pytest.mark.promise("G6")
def test_notices_a_door_that_fails(monkeypatch, seeds) -> None:
    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(uploads, "check_pdf", fail)

    assert run_over(seeds).faults == ["0: the door raises KeyError"]


def test_notices_a_viewer_that_dies() -> None:
    assert "SIGABRT" in apart(lambda: str(os.abort()))


def test_notices_a_maker_that_fails(monkeypatch) -> None:
    def fail(*_: object) -> bytes:
        raise KeyError

    monkeypatch.setattr(pdf_fuzz, "sources", lambda: (sheet(),))
    monkeypatch.setattr(pdf_fuzz, "by_structure", fail)

    with pytest.raises(AssertionError, match="the maker"):
        pdf_fuzz.spoilt(STRUCTURAL)


def test_leaves_a_file_whose_maker_dies(monkeypatch) -> None:
    monkeypatch.setattr(pdf_fuzz, "sources", lambda: (sheet(),))
    monkeypatch.setattr(pdf_fuzz, "by_structure", lambda *_: os.abort())

    assert pdf_fuzz.spoilt(STRUCTURAL) == sheet()
