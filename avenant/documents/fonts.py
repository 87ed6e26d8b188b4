"""The typefaces of the documents. Typst sees only what it is given: these files, copied from an
npm font package when the front end is built, and never the fonts of the machine."""

import os
from functools import cache
from pathlib import Path

import typst

FAMILY = "Source Sans 3"
FILES = (
    "SourceSans3_400Regular.ttf",
    "SourceSans3_400Regular_Italic.ttf",
    "SourceSans3_600SemiBold.ttf",
    "SourceSans3_600SemiBold_Italic.ttf",
    "SourceSans3_700Bold.ttf",
)
BUILT = Path(__file__).resolve().parent.parent / "frontend" / "dist" / "fonts"


class FontsMissingError(Exception):
    """The font files are not where they should be; the message names them."""


def font_folder() -> Path:
    """Where the font files are: `AVENANT_FONTS`, else where the front-end build puts them."""
    return Path(os.environ.get("AVENANT_FONTS", BUILT))


def missing(folder: Path | None = None) -> list[str]:
    """The names of the font files that are not there (for /readyz)."""
    place = folder or font_folder()
    return [name for name in FILES if not (place / name).is_file()]


def load(folder: Path | None = None) -> typst.Fonts:
    """The fonts for Typst, read once a process.

    Raises:
        FontsMissingError: a file is not there.
    """
    return _load(folder or font_folder())


@cache
def _load(folder: Path) -> typst.Fonts:
    absent = missing(folder)
    if absent:
        raise FontsMissingError(
            f"fonts missing in {folder}: {', '.join(absent)} (build the front end)"
        )
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder)],
    )
