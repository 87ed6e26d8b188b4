"""What a file costs is bounded by us: looked at once, counted in processor time (faults A1, A4, K2)."""

import zlib
from collections.abc import Callable

import pikepdf
import pytest
from msgspec import structs
from pikepdf import Array, Dictionary, Name, Pdf

from avenant.documents import uploads
from avenant.documents.foreign import budget, reduce
from avenant.documents.foreign.reduce import Work, pack
from avenant.documents.uploads import LIMITS, UploadProblem, check_pdf, rebuild
from avenant.guarded import Refusal, Stopped, Use, run
from tests.avenant.documents.foreign.making import TEXT, amount, form, made, note

REDUCE = "avenant.documents.foreign.reduce:reduce_work"


def looked_at(content: bytes) -> tuple[str, Use]:
    """What comes of a file in a guarded child, and what it used."""
    try:
        _answer, use = run(REDUCE, pack(Work(max_pages=200), content), LIMITS)
    except (Refusal, Stopped) as stopped:
        assert stopped.use is not None  # noqa: PT017
        return str(stopped), stopped.use
    return "accepted", use


def nested(depth: int, times: int) -> bytes:
    """Forms so many levels deep, each drawing the next so many times."""

    def change(pdf: Pdf) -> None:
        inner = form(pdf, b"0 0 5 5 re f ")
        for _ in range(depth):
            inner = form(pdf, b"/X Do " * times, XObject=Dictionary({"/X": inner}))
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary({"/X": inner}))

    return made(change, b"/X Do")


def sharing(forms: int) -> bytes:
    """Forms that share one dictionary of resources, which holds them all."""

    def change(pdf: Pdf) -> None:
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary()))
        for number in range(forms):
            one = form(pdf, b"%d 0 5 5 re f" % number)
            one.Resources = shared
            shared.XObject[f"/X{number}"] = one
        pdf.pages[0].Resources = shared

    return made(change, b" ".join(b"/X%d Do" % number for number in range(forms)))


def packed_twice(megabytes: int) -> bytes:
    def change(pdf: Pdf) -> None:
        one = form(pdf, b"")
        data = zlib.compress(zlib.compress(b" " * megabytes * 1_000_000, 9), 9)
        one.write(data, filter=Array([Name.FlateDecode, Name.FlateDecode]))
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary({"/X": one}))

    return made(change, b"/X Do")


def tiled(step: float) -> bytes:
    def change(pdf: Pdf) -> None:
        tile = pdf.make_stream(
            b"0 0 1 1 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 1, 1]),
            XStep=step,
            YStep=step,
            Resources=Dictionary(),
        )
        pdf.pages[0].Resources = Dictionary(Pattern=Dictionary({"/P": tile}))

    return made(change, b"/Pattern cs /P scn 0 0 612 792 re f")


def noted(count: int) -> bytes:
    def change(pdf: Pdf) -> None:
        look = amount(pdf, b"1")
        one = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([0, 0, 9, 9]), AP=look)
        )
        pdf.pages[0].Annots = Array([one] * count)

    return made(change)


HEAVY: dict[str, Callable[[], bytes]] = {
    "10^12 draws": lambda: nested(12, 10),
    "two filters, 700 MB": lambda: packed_twice(700),
    "20,000 notes": lambda: noted(20_000),
}


@pytest.mark.promise("G20")
@pytest.mark.parametrize("name", HEAVY)
def test_it_refuses_what_would_cost_too_much_before_it_costs_it(name: str) -> None:
    said, use = looked_at(HEAVY[name]())

    assert said == "too_complex"
    assert use.cpu_seconds < 3
    assert use.peak_memory < 300 * 1024 * 1024


@pytest.mark.promise("G20")
def test_it_stops_a_drawing_that_never_ends_at_its_processor_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A tile with a tiny step, which nothing but drawing it could tell."""
    monkeypatch.setattr(uploads, "LIMITS", structs.replace(LIMITS, cpu_seconds=1))

    with pytest.raises(Refusal, match="too_complex"):
        rebuild(tiled(0.001))


@pytest.mark.promise("G20")
@pytest.mark.parametrize("forms", [3, 60])
def test_it_looks_at_shared_resources_once(forms: int) -> None:
    said, use = looked_at(sharing(forms))

    assert said == "accepted"
    assert use.cpu_seconds < 1


@pytest.mark.promise("G20")
def test_it_counts_what_it_looks_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_OBJECTS", 100)

    with pytest.raises(Refusal, match="too_complex"):
        reduce.reduce_pdf(sharing(60), 200)
    assert reduce.reduce_pdf(sharing(3), 200)[1] == 1


@pytest.mark.parametrize("depth", [1, 25])
def test_it_takes_forms_as_deep_as_honest_tools_nest_them(depth: int) -> None:
    assert looked_at(nested(depth, 1))[0] == "accepted"


@pytest.mark.promise("G25")
@pytest.mark.parametrize("cut", [0.5, 0.7])
def test_it_refuses_a_file_of_which_a_part_is_missing(cut: float) -> None:
    content = made()

    answer = check_pdf(content[: int(len(content) * cut)], "a.pdf")

    assert answer == UploadProblem(code="damaged")


REPAIRED = {
    "a wrong place of the table": lambda pdf: pdf.replace(b"startxref\n", b"startxref\n1"),
    "the end-of-file sign of DOS": lambda pdf: pdf + b"\x1a",
    "zeros after the end": lambda pdf: pdf + bytes(40),
    "no end": lambda pdf: pdf[: pdf.rindex(b"%%EOF")],
    "a byte order mark": lambda pdf: b"\xef\xbb\xbf" + pdf,
}


@pytest.mark.promise("G25")
@pytest.mark.parametrize("name", REPAIRED)
def test_it_repairs_what_every_reader_repairs(name: str) -> None:
    kept, pages = rebuild(REPAIRED[name](made()))

    assert (kept, pages) == rebuild(made())


@pytest.mark.promise("G25")
@pytest.mark.parametrize("strength", [2, 3, 4, 6])
def test_it_opens_what_opens_without_a_password(strength: int) -> None:
    allowed = pikepdf.Permissions(extract=False, modify_other=False)
    lock = pikepdf.Encryption(
        owner="secret", user="", R=strength, allow=allowed, aes=strength > 3, metadata=strength > 3
    )

    kept, _pages = rebuild(made(encryption=lock))

    assert kept == rebuild(made())[0]


@pytest.mark.promise("G25")
def test_it_refuses_what_asks_for_a_password() -> None:
    lock = pikepdf.Encryption(owner="secret", user="secret", R=6)

    assert check_pdf(made(encryption=lock), "a.pdf") == UploadProblem(code="encrypted")


def test_it_takes_text_and_notes_together() -> None:
    content = made(
        lambda pdf: note(pdf, Subtype=Name.Stamp, AP=amount(pdf, b"9")) and None, TEXT * 3
    )

    assert looked_at(content)[0] == "accepted"
