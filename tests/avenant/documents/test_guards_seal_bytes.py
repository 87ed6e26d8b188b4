"""Each thing that must be right of the bytes around a seal, wrong alone, and what is said of it."""

import pytest

from avenant.documents.seal_reading import SealReading, read_seal
from tests.avenant.documents.conftest import SEALED_AT

pytestmark = pytest.mark.promise("G1")
END = b"\nstartxref\n0\n%%EOF\n"


def file(
    room: bytes = b"<00>", numbers: bytes = b"", before: bytes = b"", after: bytes = END
) -> bytes:
    """A file with a seal of this room, over all the rest unless other numbers are written."""
    start = len(b"%PDF-1.7 " + before) + 60
    written = numbers or b"0 %d %d %d" % (start, start + len(room), len(after))
    return b"%PDF-1.7 " + before + (b"/ByteRange [%b]" % written).ljust(60) + room + after


LONG = 512 * 1024
MALFORMED: dict[str, tuple[bytes, list[str]]] = {
    "no PDF": (b"Bonjour /ByteRange [0 1 2 3]", ["not_a_pdf"]),
    "no seal": (b"%PDF-1.7 Bonjour" + END, ["no_seal"]),
    "no signature in it": (file(), ["seal_unreadable"]),
    "words for numbers": (file(numbers=b"a b c d"), ["range_unreadable"]),
    "not from the start": (file(numbers=b"1 69 73 19"), ["range_unreadable"]),
    "a range that goes backwards": (file(numbers=b"0 73 69 9"), ["range_unreadable"]),
    "over the end": (file(numbers=b"0 69 73 20"), ["range_unreadable"]),
    "not to the end": (file(numbers=b"0 69 73 18"), ["not_whole_file", "seal_unreadable"]),
    "a room that opens otherwise": (file(b"(00>"), ["range_unreadable"]),
    "a room that closes otherwise": (file(b"<00)"), ["range_unreadable"]),
    "no digits": (file(b"<0g>"), ["seal_unreadable"]),
    "half a byte": (file(b"<000>"), ["seal_unreadable"]),
    "a room as large as there is": (
        file(b"<" + b"00" * (LONG // 2 - 1) + b">"),
        ["seal_unreadable"],
    ),
    "a larger room": (file(b"<" + b"00" * (LONG // 2) + b">"), ["range_unreadable"]),
    "the word far before": (file(before=b"/ByteRange ".ljust(300)), ["seal_unreadable"]),
    "the word too often before": (file(before=b"/ByteRange !".ljust(300) * 16), ["no_seal"]),
    "the word nearly too often": (
        file(before=b"/ByteRange !".ljust(300) * 15),
        ["seal_unreadable"],
    ),
    "lines after the end": (
        file(after=END + b"\n" * 300),
        ["bytes_after_end", "seal_unreadable"],
    ),
}


@pytest.mark.parametrize(("content", "faults"), MALFORMED.values(), ids=MALFORMED.keys())
def test_it_says_what_is_wrong_with_the_range_and_nothing_else(
    content: bytes, faults: list[str]
) -> None:
    assert read_seal(content).faults == faults


@pytest.mark.parametrize(("distance", "is_read"), [(1_900, True), (2_100, False)])
def test_it_reads_the_moment_in_the_seals_own_dictionary(distance: int, is_read: bool) -> None:
    content = file(before=b"/M (D:20260413190601Z)".ljust(distance - 60))

    assert read_seal(content).sealed_at == (SEALED_AT if is_read else None)


def test_it_calls_sound_what_has_a_seal_and_no_fault() -> None:
    assert SealReading("", has_seal=True).is_sound
    assert not SealReading("").is_sound
    assert not SealReading("", faults=["content_changed"], has_seal=True).is_sound
