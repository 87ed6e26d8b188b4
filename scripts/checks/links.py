"""Every relative link in the documents leads to a file, and every #part to a heading."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

CLONE = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=CLONE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [CLONE / name for name in listed.stdout.split("\0") if name and (CLONE / name).exists()]


def anchors(document: Path) -> set[str]:
    """The names that a reader's browser gives to the headings."""
    headings = HEADING.findall(CODE.sub(lambda code: code[0].strip("`"), document.read_text()))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


def broken(document: Path) -> list[str]:
    found = []
    for groups in LINK.findall(CODE.sub("", document.read_text())):
        target = next(group for group in groups if group)
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, part = target.partition("#")
        file = (document.parent / unquote(path)).resolve() if path else document
        if not file.exists():
            found.append(f"{target}: no such file")
        elif part and file.suffix == ".md" and part not in anchors(file):
            found.append(f"{target}: no such heading")
    return found


def main() -> int:
    wrong = [
        f"{document.relative_to(CLONE)}: {link}"
        for document in documents()
        for link in broken(document)
    ]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
