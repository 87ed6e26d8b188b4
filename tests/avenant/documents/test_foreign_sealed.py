"""The picture of a stranger's page inside the sealed application is the one that was shown (G19)."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import batched

import pikepdf
import pytest

from avenant.documents.payload import Illustration
from avenant.documents.render import render_application
from avenant.documents.seal import seal
from avenant.documents.seal_keys import SealKey
from avenant.documents.uploads import CheckedUpload
from tests.avenant.documents import samples
from tests.avenant.documents.conftest import SEALED_AT
from tests.avenant.documents.corpus import FILES
from tests.avenant.documents.corpus.entry import CONTENT, sheet
from tests.avenant.documents.figures import figure_pictures
from tests.avenant.documents.pictures import by_pdfium, difference
from tests.avenant.documents.test_foreign_files import FEW, judged

_TOGETHER = 60  # files laid into one application; the first pages of each
_PAGES = 3


def joined(parts: Sequence[bytes]) -> bytes:
    """The first pages of several files as one, since printing an application costs more."""
    pdf = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as one:
            pdf.pages.extend(list(one.pages)[:_PAGES])
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def printed(illustration: bytes) -> bytes:
    """A submitted application with this illustration, not sealed."""
    attached = Illustration(content=illustration, name="soumission.pdf", version="1")
    return render_application(samples.application("fr", "submitted", illustration=attached))


def unlike(illustration: bytes, application: bytes) -> Iterator[str]:
    """The pages of the illustration that the application shows otherwise."""
    pages = by_pdfium(illustration)
    figures = figure_pictures(application, [max(page.size) for page in pages])
    for number, (page, figure) in enumerate(zip(pages, figures, strict=True), 1):
        found = difference(page, figure)
        if found.is_seen:
            yield f"page {number}: {found}"


def sealed_bytes(application: bytes, key: SealKey) -> bytes:
    return seal(
        application, key, number=samples.NUMBER, stage="submitted", at=SEALED_AT,
        reason="Proposition transmise", location="Montréal",
    ).pdf  # fmt: skip


def faults(names: Sequence[str], key: SealKey) -> list[str]:
    """What of these files is not shown in a sealed application as it was at the door."""
    kept = [answer for name in names if isinstance(answer := judged(name), CheckedUpload)]
    found = []
    for group in batched(kept, _TOGETHER):
        illustration = joined([answer.printable for answer in group])
        found += unlike(illustration, sealed_bytes(printed(illustration), key))
    return found


@pytest.mark.rule("4/APP-39")
@pytest.mark.promise("G19")
def test_seals_the_pages_that_were_shown(seal_key) -> None:
    assert faults(FEW, seal_key) == []


@pytest.mark.trust
@pytest.mark.timeout(1800)
@pytest.mark.promise("G19")
def test_seals_the_pages_of_every_file_that_it_takes(seal_key) -> None:
    names = [name for name in FILES if name not in FEW]

    assert faults(names, seal_key) == []


@pytest.mark.promise("G19")
@pytest.mark.parametrize(
    "content",
    [
        CONTENT.replace(b"(86,40 $) Tj", b"() Tj"),
        CONTENT.replace(b"300 320 60 90 re", b"300 308 60 90 re"),
        CONTENT + b" 1 g 430 540 90 16 re f",
    ],
    ids=["an amount is missing", "a box is elsewhere", "an amount is covered"],
)
def test_would_notice_that(content: bytes) -> None:
    """The check can fail: the application bears another page than the one that was shown."""
    application = printed(sheet(content=content))

    assert len(list(unlike(sheet(), application))) == 1
