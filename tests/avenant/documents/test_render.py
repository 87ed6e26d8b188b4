from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from avenant.documents import fonts
from avenant.documents.payload import Illustration, Item, Section
from avenant.documents.render import RenderError, render_application
from tests.avenant.documents import samples
from tests.avenant.documents.pdf_reading import tags, texts

DRAWN = "/AvenantIllustration"


def _illustration_pages(document: pikepdf.Pdf) -> list[pikepdf.Page]:
    return [page for page in document.pages if DRAWN in page.Resources.get("/XObject", {})]


@pytest.mark.rule("4/APP-39")
@pytest.mark.rule("4/SIG-15")
@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("fr", ["Proposition", "Soumission jointe", "Signatures", "Information additionnelle"]),
        ("en", ["Application", "Attached illustration", "Signatures", "Additional information"]),
    ],
)
def test_puts_the_illustration_then_the_signatures_then_the_additional_information(
    language, parts, tmp_path
) -> None:
    pdf = render_application(samples.application(language))

    headings = [
        line.strip().removeprefix('H1 "').removesuffix('" (block)')
        for line in tags(pdf, tmp_path).splitlines()
        if line.strip().startswith("H1")
    ]
    assert headings[1:] == parts


@pytest.mark.rule("4/APP-38")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_bears_its_number_and_its_place_on_every_page(language, tmp_path) -> None:
    pages = texts(render_application(samples.application(language)), tmp_path)

    word = {"fr": "de", "en": "of"}[language]
    for place, page in enumerate(pages, 1):
        assert samples.NUMBER in page
        assert page.endswith(f"Page {place} {word} {len(pages)}")


@pytest.mark.promise("G14")
@pytest.mark.parametrize(("language", "lang"), [("fr", "fr-CA"), ("en", "en-CA")])
def test_is_pdf_ua_with_its_language_and_title(language, lang) -> None:
    pdf = render_application(samples.application(language))

    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.Lang == lang
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert samples.NUMBER in str(document.docinfo["/Title"])
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert all(page.obj.Tabs == "/S" for page in document.pages)


def test_gives_the_same_bytes_for_the_same_document() -> None:
    first = render_application(samples.application("fr", "submitted"))

    second = render_application(samples.application("fr", "submitted"))

    assert first == second


def test_draws_the_illustration_inside_its_tagged_figure(printed, tmp_path) -> None:
    pages = texts(printed, tmp_path)

    with pikepdf.open(BytesIO(printed)) as document:
        figure_pages = _illustration_pages(document)
        assert len(figure_pages) == 2
        operators = [
            (str(entry.operator), entry.operands)
            for entry in pikepdf.parse_content_stream(figure_pages[0])
        ]
    names = [operator for operator, _ in operators]
    drawn = next(
        n for n, (name, what) in enumerate(operators) if name == "Do" and "Illu" in str(what[0])
    )
    opened = next(
        n for n in range(drawn, -1, -1) if names[n] == "BDC" and "/Alt" in operators[n][1][1]
    )
    assert "EMC" not in names[opened:drawn]
    assert "Page 1 de 2" in str(operators[opened][1][1].Alt)
    assert "prime de 161,57 $ par mois" in str(operators[opened][1][1].Alt)
    assert any("Garanties proposées" in page and "161,57" in page for page in pages)
    assert any("Primes cumulées" in page for page in pages)


def test_leaves_the_tags_and_links_of_the_illustration_behind() -> None:
    """The demo illustration is itself a tagged PDF; its own marks would contradict ours."""
    pdf = render_application(samples.application("fr"))

    with pikepdf.open(BytesIO(pdf)) as document:
        drawings = [page.Resources.XObject[DRAWN] for page in _illustration_pages(document)]
        marks = {
            str(entry.operator)
            for drawing in drawings
            for entry in pikepdf.parse_content_stream(drawing)
        } & {"BDC", "BMC", "EMC"}
    assert len(drawings) == 2
    assert marks == set()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_prints_a_turned_page_upright(turn, tmp_path) -> None:
    with pikepdf.open(BytesIO(samples.illustration_pdf())) as original:
        for page in original.pages:
            page.rotate(turn, relative=False)
        out = BytesIO()
        original.save(out)
    illustration = samples.received(out.getvalue())

    pdf = render_application(samples.application("fr", illustration=illustration))

    with pikepdf.open(BytesIO(pdf)) as document:
        page = _illustration_pages(document)[0]
        width, height = (float(page.mediabox[n]) for n in (2, 3))
        assert (width > height) == (turn != 180)
        drawing = page.Resources.XObject[DRAWN]
        instructions = list(pikepdf.parse_content_stream(page))
        do = next(
            n
            for n, entry in enumerate(instructions)
            if str(entry.operator) == "Do" and entry.operands[0] == DRAWN
        )
        placed = pikepdf.Matrix(*[float(number) for number in instructions[do - 1].operands])
        own = pikepdf.Matrix(drawing.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
        box = [float(edge) for edge in drawing.BBox]
    corners = [
        placed.transform(own.transform((x, y))) for x in (box[0], box[2]) for y in (box[1], box[3])
    ]
    assert placed.a == placed.d > 0
    assert (placed.b, placed.c) == (0, 0)
    assert all(50 < x < width - 50 and 40 < y < height - 40 for x, y in corners)


@pytest.mark.rule("4/APP-32")
@pytest.mark.rule("4/SIG-14")
def test_prints_when_where_how_and_from_which_address_each_person_signed(tmp_path) -> None:
    pages = texts(render_application(samples.application("fr")), tmp_path)

    start = max(n for n, page in enumerate(pages) if "Information additionnelle" in page[:160])
    evidence = " ".join(pages[start:])
    for fact in (
        "13 avril 2026, 14 h 23 min 05 s HAE (UTC−04:00)",
        "Saint-Jean-sur-Richelieu (QC)",
        "À l’écran, dans la séance",
        "2001:db8:85a3:8d3:1319:8a2e:370:7348",
        "13 avril 2026, 14 h 28 min 05 s HAE (UTC−04:00)",
        "Gatineau (QC)",
        "Sur un téléphone cellulaire",
        "198.51.100.24",
        "Même adresse IP que la séance du représentant.",
        "Le relevé fiscal de 2025 suivra par la poste.",
    ):
        assert fact in evidence


@pytest.mark.rule("4/APP-30")
def test_prints_the_children_beyond_the_fourth(printed, tmp_path) -> None:
    pages = " ".join(texts(printed, tmp_path))

    assert "Rosalie Châteauneuf 1er mars 2019 Fille" in pages
    assert "Loïc Châteauneuf 30 novembre 2022 Fils" in pages


@pytest.mark.rule("4/APP-41")
def test_adds_the_representatives_date_and_address_once_submitted(tmp_path) -> None:
    created = " ".join(texts(render_application(samples.application("fr", "created")), tmp_path))

    submitted = " ".join(
        texts(render_application(samples.application("fr", "submitted")), tmp_path)
    )

    assert "13 avril 2026, 15 h 05 min 47 s HAE (UTC−04:00)" in submitted
    assert "192.0.2.88" in submitted
    assert "192.0.2.88" not in created
    assert "n’a pas encore été soumise" in created
    assert "n’a pas encore été soumise" not in submitted


def test_says_that_the_signatures_are_simple_electronic_signatures(printed, tmp_path) -> None:
    pages = " ".join(texts(printed, tmp_path))

    assert "sont des signatures électroniques simples" in pages


def test_prints_a_typed_name_and_says_so(printed, tmp_path) -> None:
    pages = " ".join(texts(printed, tmp_path))

    assert "Nom saisi au clavier, à titre de signature" in pages


@pytest.mark.parametrize(("is_demo", "marked"), [(True, True), (False, False)])
def test_marks_every_page_of_a_demonstration(is_demo, marked, tmp_path) -> None:
    pages = texts(render_application(samples.application("fr", is_demo=is_demo)), tmp_path)

    assert [("Document de démonstration, sans valeur" in page) for page in pages] == [marked] * len(
        pages
    )


def test_writes_each_kind_of_answer_as_it_is_read(tmp_path) -> None:
    items = [
        Item(label="Revenu", value="1234567.80", kind="money"),
        Item(label="Part", value="12.5", kind="percent"),
        Item(label="Fumeur", value=False, kind="yes_no"),
        Item(label="Né le", value="1984-06-01", kind="date"),
        Item(label="Vide", value=""),
        Item(label="Markup #strong[*x*] <b> $x$ \\ @ref", value="#panic(1) _a_ `b`"),
    ]
    sections = [Section(number="1", title="Essai", items=items)]

    pages = " ".join(texts(render_application(samples.application(sections=sections)), tmp_path))

    assert "Revenu 1 234 567,80 $" in pages.replace("\xa0", " ")
    assert "Part 12,5 %" in pages.replace("\xa0", " ")
    assert "Fumeur Non" in pages
    assert "Né le 1er juin 1984" in pages
    assert "Vide —" in pages
    assert "Markup #strong[*x*] <b> $x$ \\ @ref #panic(1) _a_ `b`" in pages


def test_prints_whatever_text_without_remarks_notices_or_agreements(tmp_path) -> None:
    document = samples.application(
        "en", remarks="", extra_children=[], confirmations=[], notices=None, signatures=[]
    )

    pages = " ".join(texts(render_application(document), tmp_path))

    assert "No remarks." in pages
    assert "Agreements given" not in pages


def test_refuses_an_illustration_that_cannot_be_read() -> None:
    illustration = Illustration(
        content=b"%PDF-1.7\nnothing", received_sha256="", name="a.pdf", version="1"
    )

    with pytest.raises(RenderError):
        render_application(samples.application(illustration=illustration))


def test_names_the_fonts_that_are_missing(tmp_path) -> None:
    (tmp_path / fonts.FILES[0]).touch()

    assert fonts.missing(tmp_path) == list(fonts.FILES[1:])
    with pytest.raises(fonts.FontsMissingError, match="SemiBold"):
        render_application(samples.application(), font_folder=Path(tmp_path))
