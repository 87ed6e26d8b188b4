"""What comes in is printed as it was shown, whatever the file's trick (faults A2, B1 to B4, K1, K8)."""

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from avenant.documents.foreign import notes, reduce
from avenant.documents.foreign.pictures import first_difference, pages_of, same_picture
from avenant.guarded import Refusal
from tests.avenant.documents.foreign.making import TEXT, amount, field, font, form, made, note
from tests.avenant.documents.hostile import beyond_printing


def printable(content: bytes) -> bytes:
    return reduce.reduce_pdf(content, 200)[0]


def shows_ink_at_the_note(pdf: bytes) -> bool:
    picture = next(pages_of(pdf)).convert("L").crop((72, 152, 300, 192))
    return picture.getextrema()[0] < 64


def stamp(text: bytes) -> Callable[[Pdf], None]:
    return lambda pdf: (
        note(pdf, Subtype=Name.Stamp, AP=amount(pdf, text, is_covering=True)) and None
    )


def box(key: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = value

    return change


SHOWN = {
    "a field with its appearance": made(
        lambda pdf: field(pdf, AP=amount(pdf, b"86,40 $")) and None
    ),
    "a note with its appearance": made(
        lambda pdf: note(pdf, Subtype=Name.FreeText, AP=amount(pdf, b"100 000 $")) and None
    ),
    "a stamp over an amount": made(
        stamp(b"25,00"), TEXT + b"BT /F1 24 Tf 76 610 Td (250,00) Tj ET"
    ),
}
BOXES = {
    "a smaller trim box": made(box("/TrimBox", Array([72, 72, 540, 720]))),
    "a crop box of its own": made(box("/CropBox", Array([36, 100, 560, 760]))),
    "a crop box without area": made(box("/CropBox", Array([10, 10, 10, 10]))),
    "a crop box of strings": made(box("/CropBox", Array([String("a")] * 4))),
    "a crop box beyond the page": made(box("/CropBox", Array([-500, -500, 900, 900]))),
    "corners the other way round": made(box("/MediaBox", Array([612, 792, 0, 0]))),
    "a page that does not start at 0": made(box("/MediaBox", Array([-100, 300, 512, 1092]))),
    **{f"turned by {turn}": made(box("/Rotate", turn)) for turn in (90, 180, 270, -90, 450)},
    "a unit of its own": made(box("/UserUnit", 2)),
}


@pytest.mark.promise("G19")
@pytest.mark.parametrize("name", SHOWN)
def test_it_prints_what_lies_on_the_page(name: str) -> None:
    kept = printable(SHOWN[name])

    assert shows_ink_at_the_note(kept)
    assert first_difference(SHOWN[name], kept) is None
    assert beyond_printing(kept) == set()


@pytest.mark.promise("G19")
@pytest.mark.parametrize("name", SHOWN)
def test_it_lets_nothing_in_that_would_be_printed_otherwise(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: were notes left out again, the picture would say so."""
    monkeypatch.setattr(reduce, "draw_notes", lambda pdf: None)

    with pytest.raises(Refusal, match="looks_different"):
        printable(SHOWN[name])


@pytest.mark.promise("G19")
@pytest.mark.parametrize("name", BOXES)
def test_it_takes_the_boxes_turns_and_units_of_a_page_once(name: str) -> None:
    kept = printable(BOXES[name])

    assert first_difference(BOXES[name], kept) is None
    with pikepdf.open(_file(kept)) as pdf:
        page = pdf.pages[0].obj
        assert {"/Rotate", "/UserUnit", "/CropBox", "/TrimBox"} & set(page.keys()) == set()
        assert [float(edge) for edge in page.MediaBox][:2] == [0, 0]


@pytest.mark.promise("G19")
def test_it_sees_a_digit_more_and_a_page_moved_aside() -> None:
    """The picture is a judge that can say no."""
    price, other = (
        made(content=TEXT + b"BT /F1 9 Tf 72 500 Td (%b) Tj ET" % text)
        for text in (b"25,00", b"250,00")
    )

    assert first_difference(price, other) == 1
    assert first_difference(price, made(content=b"1 0 0 1 2 0 cm " + TEXT)) == 1
    assert first_difference(price, price) is None


@pytest.mark.promise("G19")
def test_it_takes_a_picture_half_a_point_aside_for_the_same() -> None:
    one, other = (
        next(pages_of(made(content=b"1 0 0 1 %b 0 cm " % shift + TEXT))) for shift in (b"0", b"0.2")
    )

    assert same_picture(one, other)


@pytest.mark.promise("G25")
@pytest.mark.parametrize("kind", ["FreeText", "Square", "Ink", "Highlight", "Stamp", "Line"])
def test_it_refuses_a_note_that_each_reader_shows_in_its_own_way(kind: str) -> None:
    content = made(lambda pdf: note(pdf, Subtype=Name(f"/{kind}"), Contents="100 000 $") and None)

    with pytest.raises(Refusal, match="annotation_without_appearance"):
        printable(content)


@pytest.mark.promise("G25")
def test_it_refuses_a_filled_field_without_an_appearance() -> None:
    with pytest.raises(Refusal, match="annotation_without_appearance"):
        printable(made(lambda pdf: field(pdf) and None))


@pytest.mark.promise("G19")
def test_it_draws_the_fields_that_ask_for_it() -> None:
    def change(pdf: Pdf) -> None:
        field(pdf, DA="/Helv 18 Tf 0 g")
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.Root.AcroForm.DR = Dictionary(Font=Dictionary({"/Helv": font()}))
        pdf.Root.AcroForm.DA = "/Helv 18 Tf 0 g"

    content = made(change)

    kept = printable(content)

    assert shows_ink_at_the_note(kept)
    assert first_difference(content, kept) is None


@pytest.mark.promise("G19")
def test_it_leaves_out_what_no_viewer_shows() -> None:
    hidden = made(lambda pdf: note(pdf, Subtype=Name.Stamp, AP=amount(pdf, b"9")).update({"/F": 2}))

    assert not shows_ink_at_the_note(printable(hidden))


def _layer(state: Dictionary) -> bytes:
    def change(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("vrai montant")))
        page = pdf.pages[0]
        page.Resources.Properties = Dictionary({"/L": layer})
        for group in state.get("/AS", []):
            group.OCGs = Array([layer])
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=state)
        if "/OFF" in state:
            pdf.Root.OCProperties.D.OFF = Array([layer])

    return made(change, b"/OC /L BDC " + TEXT + b"EMC")


@pytest.mark.promise("G25")
@pytest.mark.parametrize(
    "state", [Dictionary(OFF=Array([])), Dictionary(BaseState=Name.OFF)], ids=["off", "base state"]
)
def test_it_refuses_a_layer_that_hides_what_would_be_printed(state: Dictionary) -> None:
    with pytest.raises(Refusal, match="hidden_layers"):
        printable(_layer(state))


def test_it_prints_a_layer_that_is_shown() -> None:
    kept = printable(_layer(Dictionary()))

    assert first_difference(made(), kept) is None
    assert beyond_printing(kept) == set()


@pytest.mark.promise("G25")
def test_it_takes_a_missing_drawing_for_nothing_as_every_reader_does() -> None:
    def change(pdf: Pdf) -> None:
        gone = pdf.make_indirect(Dictionary())
        pdf.pages[0].Resources.XObject = Dictionary({"/X9": gone})

    content = made(change, TEXT + b"/X9 Do").replace(b"/X9 4 0 R", b"/X9 9 0 R")

    assert first_difference(made(), printable(content)) is None


def test_it_keeps_plain_links_and_no_others() -> None:
    addresses = {
        "https://assureur.example/garanties": True,
        "mailto:aide@assureur.example": True,
        "javascript:app.alert(1)": False,
        "file:///etc/passwd": False,
        "\\\\serveur\\partage": False,
    }

    def change(pdf: Pdf) -> None:
        for address in addresses:
            action = Dictionary(S=Name.URI, URI=String(address), Next=Dictionary(S=Name.Launch))
            note(pdf, Subtype=Name.Link, A=action)
        note(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("\\\\serveur\\x.pdf")))

    kept = printable(made(change))

    with pikepdf.open(_file(kept)) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[0].Annots]
    assert links == [address for address, is_kept in addresses.items() if is_kept]
    assert beyond_printing(kept) == set()


@pytest.mark.promise("G6")
def test_it_leaves_programs_and_actions_behind_wherever_they_stand() -> None:
    def change(pdf: Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.AA = Dictionary(WC=script)
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script)]))
        )
        pdf.pages[0].obj.AA = Dictionary(O=script)
        field(pdf, AP=amount(pdf, b"86,40 $"), AA=Dictionary(F=script))
        pdf.pages[0].Resources.Font.F1.Evil = script

    kept = printable(made(change))

    assert beyond_printing(kept) == set()
    assert b"JavaScript" not in _unpacked(kept)


def test_it_copies_what_several_pages_share_once() -> None:
    def change(pdf: Pdf) -> None:
        shared = pdf.make_indirect(form(pdf, b"0 0 9 9 re f " * 1_000))
        for _ in range(19):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.Resources = Dictionary(XObject=Dictionary({"/X": shared}))
            page.Contents = pdf.make_stream(b"/X Do")

    kept = printable(made(change))

    with pikepdf.open(_file(kept)) as pdf:
        forms = {
            page.Resources.XObject.AvenantPage.Resources.XObject.X.objgen for page in pdf.pages
        }
    assert len(forms) == 1


def test_it_gives_the_same_bytes_for_the_same_file() -> None:
    assert printable(made()) == printable(made())


def _file(content: bytes) -> object:
    from io import BytesIO

    return BytesIO(content)


def _unpacked(content: bytes) -> bytes:
    from io import BytesIO

    with pikepdf.open(BytesIO(content)) as pdf:
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        return out.getvalue()


def test_it_knows_the_notes_that_carry_a_file_or_a_film() -> None:
    for kind, code in notes._REFUSED.items():
        with pytest.raises(Refusal, match=code):
            printable(made(lambda pdf, kind=kind: note(pdf, Subtype=Name(kind)) and None))


@pytest.mark.promise("G19")
@pytest.mark.parametrize("content", [b"Q Q " + TEXT, b"q q " + TEXT, TEXT + b"Q q Q Q"])
def test_it_closes_in_a_drawing_what_that_opened_and_no_more(content: bytes) -> None:
    """In some readers a form that closes a state too often closes the page's own."""
    with pikepdf.open(_file(printable(made(content=content)))) as pdf:
        drawing = pdf.pages[0].Resources.XObject.AvenantPage
        steps = [str(step.operator) for step in pikepdf.parse_content_stream(drawing)]

    depths = [
        steps[: end + 1].count("q") - steps[: end + 1].count("Q") for end in range(len(steps))
    ]
    assert min(depths) >= 0
    assert depths[-1] == 0
