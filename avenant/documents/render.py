"""Prints an application as a tagged PDF (PDF/UA-1): application pages, the attached illustration
page by page, the signature page, then the additional information page.

Source: electronic application guide, 4/APP-37, 4/APP-39, 4/APP-32, 4/SIG-15. Pure: the same
document gives the same bytes, so a rendering repeated after a crash changes nothing.
"""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from avenant.documents import fonts
from avenant.documents.lay_in import FigureMissingError, lay_in, page_sizes
from avenant.documents.payload import ApplicationDocument
from avenant.documents.view import JsonObject, alternatives, application_view

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "documents"


class RenderError(Exception):
    """The document could not be printed; the message holds no personal data."""


class IllustrationError(RenderError):
    """What stands in the way is the attached illustration: another one may be printed."""


def render_application(document: ApplicationDocument, *, font_folder: Path | None = None) -> bytes:
    """The unsealed PDF of an application at its stage.

    Raises:
        IllustrationError: the illustration cannot be read, or not be printed whole.
        RenderError: the template refused the document.
    """
    content = document.illustration.content
    try:
        with pikepdf.open(BytesIO(content)) as illustration:
            sizes = page_sizes(illustration)
            view = application_view(document, sizes)
            printed = compile_template("application.typ", view, document.created_at, font_folder)
            return lay_in(printed, illustration, alternatives(view))
    except pikepdf.PdfError as error:
        raise IllustrationError("the illustration cannot be read") from error
    except FigureMissingError as error:
        raise IllustrationError(f"the illustration is not printed whole: {error}") from error


def compile_template(
    template: str,
    view: JsonObject,
    moment: datetime,
    font_folder: Path | None = None,
    *,
    is_accessible: bool = True,
) -> bytes:
    """Compile one of `documents/*.typ` with its data; `moment` is the creation date in the file.

    Raises:
        RenderError: Typst refused; the message names the template and the rule, not the data.
    """
    try:
        pdf = typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=fonts.load(font_folder),
            sys_inputs={"view": json.dumps(view, ensure_ascii=False)},
            pdf_standards=["ua-1"] if is_accessible else ["1.7"],
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise RenderError(f"{template}: {error.message}") from error
    return bytes(pdf)
