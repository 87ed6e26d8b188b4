"""The command lines that the pages print, in their order."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^( *)```(sh|sql)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A command as it is printed, a comment behind it left out."""

    language: str
    text: str


def printed(page: str) -> list[Line]:
    """Every command line of a page (a path in the repository)."""
    text = (ROOT / page).read_text("utf-8")
    return [
        Line(language, line)
        for indent, language, block in _BLOCK.findall(text)
        for line in _commands(language, re.sub(f"^{indent}", "", block, flags=re.MULTILINE))
    ]


def _commands(language: str, block: str) -> list[str]:
    if language == "sql":
        return [one.strip() for one in block.split(";") if one.strip()]
    # A line that is not finished goes on in the next: behind a pipe, or within quotes.
    lines: list[str] = []
    for line in block.splitlines():
        is_open = bool(lines) and (lines[-1].endswith("|") or lines[-1].count("'") % 2)
        if is_open:
            lines[-1] += f"\n{line}"
        elif bare := re.sub(r"\s{2,}#.*$", "", line).strip():
            lines.append(bare)
    return lines
