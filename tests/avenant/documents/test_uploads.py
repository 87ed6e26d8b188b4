import hashlib
import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from avenant.documents.foreign.reduce import Work, pack
from avenant.documents.upload_words import CODES
from avenant.documents.uploads import (
    LIMITS,
    MAX_PAGES,
    CheckedUpload,
    UploadProblem,
    check_pdf,
)
from avenant.documents.virus_scan import (
    ClamAv,
    Scan,
    ScannerUnavailableError,
)
from avenant.guarded import Refusal, Stopped, Use, run
from tests.avenant.documents.hostile import CORPUS, REBUILT, beyond_printing, harmless, plain
from tests.support.scanning import StandInScanner

HARMLESS = harmless()
REDUCE = "avenant.documents.foreign.reduce:reduce_work"


@pytest.mark.rule("4/APP-17")
@pytest.mark.promise("G6")
@pytest.mark.parametrize("name", CORPUS)
def test_refuses_each_hostile_file_or_rebuilds_it_without_what_is_hostile(name) -> None:
    file_name, build, codes = CORPUS[name]

    answer = check_pdf(build(), file_name, scanner=StandInScanner())

    if isinstance(answer, CheckedUpload):
        assert REBUILT in codes
        assert beyond_printing(answer.printable) == set()
    else:
        assert answer.code in codes


@pytest.mark.promise("G6")
def test_holds_at_least_eighty_hostile_files_with_a_sentence_each() -> None:
    assert len(CORPUS) >= 80
    assert sum(REBUILT not in codes for _, _, codes in CORPUS.values()) >= 60
    assert frozenset().union(*(codes for _, _, codes in CORPUS.values())) <= CODES | {REBUILT}


@pytest.mark.trust
@pytest.mark.timeout(1800)
@pytest.mark.promise("G6")
def test_spends_at_most_five_seconds_and_300_megabytes_on_a_file() -> None:
    """Of processor time, as the system counted it for the child that looked at the file."""
    over = {}
    for name, (_file_name, build, _codes) in CORPUS.items():
        use = _use_of(build())
        if (
            use is None or use.cpu_seconds > 6 or use.peak_memory > 300 * 1024 * 1024
        ):  # a second to be stopped in
            over[name] = use

    assert over == {}


def _use_of(content: bytes) -> Use | None:
    try:
        return run(REDUCE, pack(Work(max_pages=MAX_PAGES), content), LIMITS)[1]
    except (Refusal, Stopped) as stopped:
        return stopped.use


@pytest.mark.promise("G6")
@pytest.mark.parametrize("name", HARMLESS)
def test_lets_honest_files_in(name) -> None:
    file_name, content = HARMLESS[name]

    answer = check_pdf(content, file_name)

    assert isinstance(answer, CheckedUpload)
    assert answer.sha256 == hashlib.sha256(content).hexdigest()
    assert answer.size == len(content)


def test_keeps_a_composed_name_and_counts_the_pages() -> None:
    answer = check_pdf(plain(3), "  Soumission   de\u0301taille\u0301e .PDF")

    assert isinstance(answer, CheckedUpload)
    assert answer.name == "Soumission détaillée.pdf"
    assert answer.pages == 3


def test_shortens_a_name_without_losing_its_extension() -> None:
    answer = check_pdf(plain(), "é" * 300 + ".pdf")

    assert isinstance(answer, CheckedUpload)
    assert answer.name == "é" * 116 + ".pdf"


@pytest.mark.rule("4/APP-17")
def test_says_that_nothing_was_scanned_when_there_is_no_scanner() -> None:
    answer = check_pdf(plain(), "a.pdf")

    assert isinstance(answer, CheckedUpload)
    assert (answer.scan, answer.scan_engine) == ("not_scanned", "")


@pytest.mark.promise("G11")
def test_refuses_rather_than_pretend_when_the_scanner_is_down() -> None:
    answer = check_pdf(plain(), "a.pdf", scanner=ClamAv("unix:/nowhere/clamd"))

    assert answer == UploadProblem(code="scanner_unavailable")
    assert "Réessayez" in answer.sentence("fr")


def test_runs_nothing_of_the_file_in_this_process(monkeypatch) -> None:
    """The PDF library must not open the file here, where a crash would take everyone down."""
    content = plain()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("opened in the web process")

    monkeypatch.setattr(pikepdf, "open", refuse)
    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)

    assert isinstance(check_pdf(content, "a.pdf"), CheckedUpload)


@pytest.mark.parametrize(
    ("answer", "scan"),
    [
        (b"stream: OK\0", Scan(virus="", engine="ClamAV")),
        (b"stream: Eicar-Signature FOUND\0", Scan(virus="Eicar-Signature", engine="ClamAV")),
    ],
)
def test_speaks_to_clamav(answer, scan, tmp_path) -> None:
    content = os.urandom(150_000)

    with _daemon(tmp_path / "clamd", answer) as (address, received):
        said = ClamAv(address).scan(content)

    assert said == scan
    assert received[0] == content


@pytest.mark.promise("G11")
@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY", b"hello"]
)
def test_takes_no_doubtful_answer_of_clamav_for_a_verdict(answer, tmp_path) -> None:
    with (
        _daemon(tmp_path / "clamd", answer) as (address, _),
        pytest.raises(ScannerUnavailableError),
    ):
        ClamAv(address).scan(b"abc")


@contextmanager
def _daemon(path: Path, answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A clamd of one question: takes the chunks of INSTREAM, then answers."""
    received: list[bytes] = []
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(1)

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!L", stream.read(4))[0]:
                content += stream.read(size)
            received.append(content)
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"unix:{path}", received
    finally:
        thread.join(5)
        listener.close()
