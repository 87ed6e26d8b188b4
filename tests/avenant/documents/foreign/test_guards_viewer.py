"""What a viewer cannot draw, or draws by chance, is refused; each fails without its guard."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary

from avenant.documents.foreign.pictures import with_fields_drawn
from avenant.documents.foreign.reduce import reduce_pdf
from avenant.guarded import Refusal
from tests.avenant.documents.corpus import FILES

pytestmark = [pytest.mark.promise("G19"), pytest.mark.promise("G20")]
BROUGHT = "ReportLab: embedded font"
OF_THE_READER = "pattern: tiles"
OF_DRAWINGS = "font: drawn letters"
OF_OTHERS = "fpdf2: embedded"


def without_names(file: str, having: str, *, also: str = "/Nothing") -> bytes:
    """A file of the corpus whose fonts that have a certain key have no name."""
    with pikepdf.open(BytesIO(FILES[file].build())) as pdf:
        fonts = [
            entry
            for entry in pdf.objects
            if isinstance(entry, Dictionary) and entry.get("/Type") == "/Font" and having in entry
        ]
        assert fonts
        for font in fonts:
            for key in {"/BaseFont", also} & set(font.keys()):
                del font[key]
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_it_takes_no_font_that_has_neither_a_name_nor_letters() -> None:
    """PDFium draws it with a font that depends on what it has drawn before."""
    with pytest.raises(Refusal, match="damaged"):
        reduce_pdf(without_names(OF_THE_READER, "/BaseFont"), 200)


def test_it_takes_no_font_without_a_name_whose_letters_are_gone() -> None:
    with pytest.raises(Refusal, match="damaged"):
        reduce_pdf(without_names(BROUGHT, "/FontDescriptor", also="/FontDescriptor"), 200)


def test_it_takes_a_font_without_a_name_that_brings_its_letters() -> None:
    assert reduce_pdf(without_names(BROUGHT, "/FontDescriptor"), 200)


def test_what_no_browser_opens_has_no_fields_to_draw() -> None:
    """As an error that the door knows how to tell, and not the viewer's own."""
    with pytest.raises(ValueError, match="no browser"):
        with_fields_drawn(b"not a PDF")


def test_it_takes_a_font_made_of_drawings_which_has_no_name() -> None:
    assert reduce_pdf(FILES[OF_DRAWINGS].build(), 200)


def test_it_takes_a_font_made_of_others_which_have_a_name() -> None:
    assert reduce_pdf(without_names(OF_OTHERS, "/DescendantFonts"), 200)
