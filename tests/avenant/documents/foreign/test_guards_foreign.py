"""Each bound and refusal of the rebuilding of strangers' files, in this process: fails without it."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from avenant.documents.foreign import reduce
from avenant.documents.foreign.budget import Budget
from avenant.documents.foreign.content import read_drawing, unpacked
from avenant.documents.foreign.copying import Copier
from avenant.documents.foreign.frames import frame_of
from avenant.documents.foreign.functions import check_function
from avenant.documents.foreign.images import picture_data
from avenant.documents.foreign.notes import read_notes
from avenant.documents.foreign.reduce import reduce_pdf
from avenant.documents.lay_in import FigureMissingError, lay_in
from avenant.guarded import Refusal
from tests.avenant.documents.foreign.making import TEXT, amount, field, form, made, note
from tests.avenant.documents.raw_pdf import CATALOG, PAGE, PAGES, raw, stream

pytestmark = [pytest.mark.promise("G20"), pytest.mark.promise("G25")]
MIB = 1024 * 1024


def outcome(act: Callable[[], object]) -> str:
    """The code of the refusal, or "accepted"."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "accepted"


def test_it_unpacks_96_mebibytes_of_a_file_and_no_more() -> None:
    budget = Budget()
    budget.unpack(96 * MIB)

    with pytest.raises(Refusal, match="too_complex"):
        budget.unpack(1)


def test_it_goes_64_deep_into_a_file_and_no_deeper() -> None:
    Budget().look(64)

    with pytest.raises(Refusal, match="too_complex"):
        Budget().look(65)


def test_it_looks_at_200_000_objects_of_a_file_and_no_more() -> None:
    budget = Budget()
    for _ in range(200_000):
        budget.look()

    with pytest.raises(Refusal, match="too_complex"):
        budget.look()


@pytest.mark.parametrize(("size", "code"), [(8 * MIB, "accepted"), (8 * MIB + 1, "too_complex")])
def test_it_reads_a_drawing_of_eight_mebibytes(size: int, code: str) -> None:
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(b" " * size)

        assert outcome(lambda: read_drawing([stream], Budget())) == code


def test_it_unpacks_nothing_that_is_no_stream() -> None:
    with pytest.raises(Refusal, match="damaged"):
        unpacked(7, Budget())


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [
        (2_000, 2_000, "accepted"),
        (2_001, 2_000, "image_too_large"),
        (-1, 5, "image_too_large"),
        (5, -1, "image_too_large"),
    ],
)
def test_it_draws_a_picture_inside_a_drawing_of_four_million_points(
    width: int, height: int, code: str
) -> None:
    picture = b"BI /W %d /H %d /BPC 1 /IM true ID \x00 EI" % (width, height)
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(picture)

        assert outcome(lambda: read_drawing([stream], Budget())) == code


def test_it_draws_no_text_in_a_font_that_the_file_has_not() -> None:
    with pytest.raises(Refusal, match="damaged"):
        reduce_pdf(made(content=TEXT.replace(b"/F1", b"/F9")), 200)


@pytest.mark.parametrize(("times", "code"), [(10, "accepted"), (50, "too_complex")])
def test_it_counts_the_steps_of_a_form_each_time_it_is_drawn(times: int, code: str) -> None:
    """50 × 50 × 50 × 50 steps are more than three million, 10 × 10 × 10 × 10 are not."""
    with pikepdf.new() as target, pikepdf.new() as pdf:
        inner = form(pdf, b"0 0 5 5 re f ")
        for _ in range(3):
            inner = form(pdf, b"/X Do " * times, XObject=Dictionary({"/X": inner}))
        page = pdf.make_stream(b"/X Do " * times)
        resources = Dictionary(XObject=Dictionary({"/X": inner}))
        copier = Copier(target, Budget())

        assert outcome(lambda: copier.page([page], resources)) == code


def test_it_copies_no_function_that_is_made_of_itself() -> None:
    with pikepdf.new() as target, pikepdf.new() as pdf:
        own = pdf.make_indirect(Array([]))
        own.append(own)

        with pytest.raises(Refusal, match="too_complex"):
            Copier(target, Budget()).copy(own, "function", 0)


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        ((3, 14_400), "accepted"),
        ((2.9, 792), "page_size"),
        ((612, 14_401), "page_size"),
    ],
)
def test_it_takes_pages_of_three_points_to_five_metres(
    sides: tuple[float, float], code: str
) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.MediaBox = Array([0, 0, *sides])

        assert outcome(lambda: frame_of(page)) == code


@pytest.mark.parametrize(
    ("size", "code"),
    [(Array([2] * 4), "accepted"), (Array([2] * 5), "too_complex"), (3, "accepted")],
)
def test_it_takes_a_table_of_samples_of_four_colours(size: object, code: str) -> None:
    table = Dictionary(FunctionType=0, Size=size)

    assert outcome(lambda: check_function(table, Budget())) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (b"{" * 16 + b"}" * 16, "accepted"),
        (b"{" * 17 + b"}" * 17, "too_complex"),
        (b"{ 32 copy }", "accepted"),
        (b"{ 33 copy }", "too_complex"),
        (b"{ dup copy }", "too_complex"),
        (b" " * 16 * 1024, "accepted"),
        (b" " * (16 * 1024 + 1), "too_complex"),
    ],
)
def test_it_takes_the_small_calculators_of_honest_tools(written: bytes, code: str) -> None:
    with pikepdf.new() as pdf:
        calculator = pdf.make_stream(written, FunctionType=4)

        assert outcome(lambda: check_function(calculator, Budget())) == code


def jpeg(width: int, height: int) -> bytes:
    """A picture of one point whose header says that it is so large."""
    out = BytesIO()
    Image.new("L", (1, 1)).save(out, "JPEG")
    frame = out.getvalue().index(b"\xff\xc0") + 5
    sides = height.to_bytes(2) + width.to_bytes(2)
    return out.getvalue()[:frame] + sides + out.getvalue()[frame + 4 :]


PICTURES = {
    "whole": (bytes(16), {"Width": 4, "Height": 4}, "accepted"),
    "of which a point lacks": (bytes(15), {"Width": 4, "Height": 4}, "damaged"),
    "less than no column": (bytes(16), {"Width": -4, "Height": 4}, "image_too_large"),
    "less than no row": (bytes(16), {"Width": 4, "Height": -4}, "image_too_large"),
    "of one very long row": (bytes(65_501), {"Width": 65_501, "Height": 1}, "image_too_large"),
    "of forty million points": (b"", {"Width": 6_300, "Height": 6_300}, "image_too_large"),
    "that its header calls a flood": (
        jpeg(8_000, 8_000),
        {"Width": 4, "Height": 4, "Filter": Name.DCTDecode},
        "image_too_large",
    ),
    "as its header says": (
        jpeg(4, 4),
        {"Width": 4, "Height": 4, "Filter": Name.DCTDecode},
        "accepted",
    ),
    "wrapped in what nobody wraps it in": (
        jpeg(4, 4),
        {"Width": 4, "Height": 4, "Filter": Array([Name.LZWDecode, Name.DCTDecode])},
        "too_complex",
    ),
}


@pytest.mark.parametrize(("data", "entries", "code"), PICTURES.values(), ids=PICTURES.keys())
def test_it_takes_pictures_that_are_what_they_say(
    data: bytes, entries: dict[str, object], code: str
) -> None:
    with pikepdf.new() as target, pikepdf.new() as pdf:
        source = pdf.make_stream(b"", BitsPerComponent=8, ColorSpace=Name.DeviceGray)
        packing = entries.get("Filter")
        source.write(data, filter=packing, type_check=False)
        source.Width, source.Height = entries["Width"], entries["Height"]
        copy = target.make_stream(b"")

        assert outcome(lambda: picture_data(target, source, copy, Budget())) == code


@pytest.mark.parametrize(("count", "code"), [(2_000, "accepted"), (2_001, "too_complex")])
def test_it_takes_two_thousand_notes(count: int, code: str) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        one = pdf.make_indirect(Dictionary(Subtype=Name.Popup))
        page.Annots = Array([one] * count)

        assert outcome(lambda: read_notes(pdf, Budget())) == code


def _attach(pdf: Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def _name_nothing(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary())


def _deep(levels: int) -> bytes:
    """A file whose state of drawing holds lists in lists."""
    state = b"<< /Type /ExtGState /D " + b"[" * levels + b"]" * levels + b" >>"
    page = PAGE.replace(b" >>", b" /Resources << /ExtGState << /G 5 0 R >> >> >>")
    return raw(CATALOG, PAGES, page, stream(b"/G gs 0 0 50 50 re f"), state)


def _streams(count: int) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        rest = [pdf.make_indirect(pdf.make_stream(b" "))] * (count - 1)
        page.Contents = Array([page.Contents, *rest])

    return change


def _hidden(pdf: Pdf) -> None:
    note(pdf, Subtype=Name.FreeText, Contents="100 000 $").update({"/F": 2})


def _form_of_list(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Array([Name.XFA])


FILES: dict[str, tuple[bytes, str]] = {
    "a form that is a program": (
        made(lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(XFA=String("")))),
        "active_form",
    ),
    "a form that is none": (made(_form_of_list), "accepted"),
    "fields with their appearance": (
        made(lambda pdf: field(pdf, AP=amount(pdf, b"9")) and None),
        "accepted",
    ),
    "a hidden note": (made(_hidden), "accepted"),
    "a note that carries a film": (
        made(lambda pdf: note(pdf, Subtype=Name.Movie) and None),
        "rich_media",
    ),
    "a note that each reader shows otherwise": (
        made(lambda pdf: note(pdf, Subtype=Name.FreeText, Contents="100 000 $") and None),
        "annotation_without_appearance",
    ),
    "a file inside": (made(_attach), "embedded_file"),
    "a portfolio": (
        made(lambda pdf: setattr(pdf.Root, "Collection", Dictionary())),
        "embedded_file",
    ),
    "names of no file": (made(_name_nothing), "accepted"),
    "lists in lists": (_deep(20), "accepted"),
    "lists in lists that no reader goes into": (_deep(600), "too_complex"),
    "no page": (raw(CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"), "damaged"),
    "a thousand streams": (made(_streams(1_000)), "accepted"),
    "more than a thousand streams": (made(_streams(1_001)), "too_complex"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES.keys())
def test_it_says_why_a_file_does_not_come_in(content: bytes, code: str) -> None:
    assert outcome(lambda: reduce_pdf(content, 200)) == code


@pytest.mark.parametrize(("pages", "code"), [(3, "accepted"), (4, "too_many_pages")])
def test_it_counts_the_pages(pages: int, code: str) -> None:
    def change(pdf: Pdf) -> None:
        for _ in range(pages - 1):
            pdf.pages.append(pdf.pages[0])

    assert outcome(lambda: reduce_pdf(made(change), 3)) == code


@pytest.mark.parametrize(
    ("is_repaired", "lacks", "code"),
    [
        (False, False, "accepted"),
        (True, False, "accepted"),
        (False, True, "accepted"),
        (True, True, "damaged"),
    ],
)
def test_it_takes_no_repaired_file_of_which_something_drawn_lacks(
    is_repaired: bool, lacks: bool, code: str
) -> None:
    content = made(content=TEXT + (b"/X9 Do" if lacks else b""))
    if is_repaired:
        content = content.replace(b"startxref\n", b"startxref\n1")

    assert outcome(lambda: reduce_pdf(content, 200)) == code


@pytest.mark.promise("G19")
@pytest.mark.parametrize(
    ("different", "code"), [(0, "damaged"), (1, "looks_different"), (None, "accepted")]
)
def test_it_tells_what_no_browser_opens_from_what_looks_different(
    monkeypatch: pytest.MonkeyPatch, different: int | None, code: str
) -> None:
    monkeypatch.setattr(reduce, "first_difference", lambda _one, _other: different)

    assert outcome(lambda: reduce_pdf(made(), 200)) == code


@pytest.mark.promise("G19")
def test_it_prints_no_document_in_which_a_page_of_the_illustration_lacks() -> None:
    printed = made()
    with pikepdf.open(BytesIO(made())) as illustration, pytest.raises(FigureMissingError):
        lay_in(printed, illustration, ["Soumission, page 1"])
