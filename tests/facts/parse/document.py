"""A source document as text, and the few ways its tables are found and cut into cells.

The text is the document's own, with the marks its extraction left in it: `**bold**`, `\\$`,
`<ul>`, `^{re}`. Those marks and superfluous spaces are taken off; nothing else is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"

GUIDE = "004_96bab86866af3be3.txt"
APPLICATION_GUIDE = "000_c3b2bc521332d9c8.txt"
EXTENSION_GUIDE = "001_91032ea05ca3ab3d.txt"
SUBSCRIPTION_GUIDE = "002_fc6045a328cb3341.txt"
PAYMENT_GUIDE = "003_fac455066992ff79.txt"

CHAPTERS = {
    "products": "Aperçu des produits Croix Bleue",
    "agreements": "Ententes et Commissions",
    "administration": "Administration des contrats",
    "underwriting": "Sélection des risques",
    "disability_claims": "Règlements – Assurance Invalidité",
    "life_claims": "Règlements – Assurance Vie",
    "health_claims": "Règlement - Santé/Dentaire",
    "glossary": "Glossaire",
}

_TAG = re.compile(r"</?[a-z][^>]*>")
_EMPHASIS = re.compile(r"(?<!\*)(\*{1,2})(?=\w)([^*]+)\1(?!\*)")
_BOLD = re.compile(r"^\s*\*\*|(?<=\(Tangible\))\*\*\s*$")
_SUPERSCRIPT = re.compile(r"\^\{([^}]*)\}|\^(\w+)(?=\s)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_BULLET = re.compile(r"^\s*(?:[-•➔➤]|>)\s*(?:>\s*)?")


class NotFoundError(LookupError):
    """The document does not read as the parser expects."""


def clean(text: str) -> str:
    """Give the text as printed: extraction marks off, spaces single."""
    text = _SUPERSCRIPT.sub(lambda found: found[1] or found[2], text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(" ", re.sub(r"\\([$()])", r"\1", text))
    text = _BOLD.sub("", _EMPHASIS.sub(r"\2", text))
    return re.sub(r"\s+", " ", text).strip()


def items(cell: str) -> list[str]:
    """Cut a cell at its bullets; a cell without bullets is one item, an empty one none."""
    return [item for part in cell.split("•") if (item := clean(part))]


@dataclass(frozen=True)
class Part:
    """A run of lines of a document."""

    lines: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def index(self, heading: str, start: int = 0) -> int:
        """Give the line that is this heading and nothing else (contents carry a page number)."""
        for number in range(start, len(self.lines)):
            line = self.lines[number]
            if "\t" not in line and clean(line) == heading:
                return number
        raise NotFoundError(heading)

    def after(self, heading: str, *, until: str | None = None) -> "Part":
        """Give the lines below a heading, up to another one when it is named."""
        start = self.index(heading) + 1
        end = len(self.lines) if until is None else self.index(until, start)
        return Part(self.lines[start:end])

    def grids(self) -> list[list[list[str]]]:
        """Give every table in this part: a table is a run of lines with tabs, raw cells."""
        found: list[list[list[str]]] = []
        is_open = False
        for line in self.lines:
            if "\t" in line:
                if not is_open:
                    found.append([])
                found[-1].append(line.split("\t"))
            is_open = "\t" in line
        return found

    def grid(self, heading: str) -> list[list[str]]:
        """Give the first table below a heading."""
        grids = self.after(heading).grids()
        if not grids:
            raise NotFoundError(f"{heading}: no table")
        return grids[0]

    def bullets(self) -> list[str]:
        """Give the items of the bulleted lines, without their bullet."""
        return [
            clean(_BULLET.sub("", line, count=1))
            for line in self.lines
            if _BULLET.match(line) and clean(_BULLET.sub("", line, count=1))
        ]

    def first_bullets(self) -> list[str]:
        """Give the items of the first list alone: it ends with the first line that is not one."""
        kept: list[str] = []
        for line in self.lines:
            if _BULLET.match(line):
                kept.append(line)
            elif line.strip() and kept:
                break
        return Part(tuple(kept)).bullets()

    def paragraphs(self) -> list[str]:
        """Give the lines that say something and are neither bullets nor table rows."""
        return [
            clean(line)
            for line in self.lines
            if clean(line) and "\t" not in line and not _BULLET.match(line)
        ]

    @property
    def text(self) -> str:
        """Give the whole part on one line."""
        return clean(" ".join(self.lines)).replace("**", "")

    def find(self, pattern: str) -> re.Match[str]:
        """Find the only place where the pattern stands."""
        found = list(re.finditer(pattern, self.text))
        if len(found) != 1:
            raise NotFoundError(f"{pattern}: {len(found)} places")
        return found[0]

    def find_first(self, pattern: str) -> str:
        """Give group 1 of the first place where the pattern stands."""
        found = re.search(pattern, self.text)
        if found is None:
            raise NotFoundError(pattern)
        return found[1]


@dataclass(frozen=True)
class Documents:
    """The folder of source documents."""

    folder: Path = SEEDS

    def read(self, name: str) -> Part:
        """Give a whole document."""
        return Part(tuple((self.folder / name).read_text(encoding="utf-8").splitlines()))

    def chapter(self, code: str) -> Part:
        """Give the body of one chapter of the advisor's guide."""
        names = list(CHAPTERS)
        guide = self.read(GUIDE)
        body = Part(guide.lines[guide.index(CHAPTERS["products"]) :])
        following = names.index(code) + 1
        until = CHAPTERS[names[following]] if following < len(names) else None
        return body.after(CHAPTERS[code], until=until)

    @property
    def underwriting(self) -> Part:
        """Give the chapter on risk selection, where most tables are."""
        return self.chapter("underwriting")
