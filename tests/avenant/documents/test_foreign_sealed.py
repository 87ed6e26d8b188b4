"""The picture of a stranger's page inside the sealed application is the one that was shown (G19)."""

from collections.abc import Sequence
from io import BytesIO
from itertools import batched

import pikepdf
import pytest

from avenant.documents.seal import seal
from avenant.documents.seal_keys import SealKey
from avenant.documents.uploads import CheckedUpload
from tests.avenant.documents import samples
from tests.avenant.documents.conftest import SEALED_AT
from tests.avenant.documents.corpus import FILES
from tests.avenant.documents.corpus.entry import CONTENT, sheet
from tests.avenant.documents.figures import TOGETHER, joined, printed, unlike
from tests.avenant.documents.test_foreign_files import FEW, judged


def sealed_bytes(application: bytes, key: SealKey) -> bytes:
    return seal(
        application, key, number=samples.NUMBER, stage="submitted", at=SEALED_AT,
        reason="Proposition transmise", location="Montréal",
    ).pdf  # fmt: skip


def faults(names: Sequence[str], key: SealKey) -> list[str]:
    """What of these files is not shown in a sealed application as it was at the door."""
    kept = [answer for name in names if isinstance(answer := judged(name), CheckedUpload)]
    found = []
    for group in batched(kept, TOGETHER, strict=False):
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


@pytest.mark.promise("G19")
def test_sees_tiles_that_are_lost_and_not_that_they_drift() -> None:
    tiles = FILES["pattern: tiles"].build()
    with pikepdf.open(BytesIO(tiles)) as pdf:
        page = pdf.pages[0]
        drawn = page.Contents.read_bytes()
        assert b"/P scn 300 100 200 200 re f" in drawn
        page.Contents = pdf.make_stream(drawn.replace(b"/P scn 300 100 200 200 re f", b""))
        out = BytesIO()
        pdf.save(out)

    assert list(unlike(tiles, printed(tiles))) == []
    assert len(list(unlike(tiles, printed(out.getvalue())))) == 1
