"""Which rules of the catalogue the tests bear, and which decisions, machines and packs cite."""

import re
from collections.abc import Iterator
from pathlib import Path

from avenant_rules.packs import CARRIERS, ROOT

_CITED = re.compile(r"[\"']([1-4]/(?:[A-Z]+-[0-9]+[a-z]?|[0-9]+\.[0-9]+))[\"']")
_MARKED = re.compile(r"mark\.rule\(\s*((?:[\"'][^\"']+[\"'],?\s*)+)\)")
_SHOWN = re.compile(r'^rule\s*=\s*"([^"]+)"', re.MULTILINE)


def marked(folder: Path = ROOT / "tests") -> Iterator[tuple[str, str]]:
    """Each rule that a test bears with `@pytest.mark.rule`, and where: `(file:line, rule)`."""
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text("utf-8")
        for marks in _MARKED.finditer(text):
            place = f"{path.relative_to(folder)}:{text.count('\n', 0, marks.start()) + 1}"
            yield from ((place, rule) for rule in re.findall(r"[\"']([^\"']+)[\"']", marks[1]))


def borne_by_tests() -> set[str]:
    """The rules that some test bears, or some worked example of a pack shows."""
    borne = {rule for _, rule in marked()}
    for path in CARRIERS.glob("*/examples/*.toml"):
        borne |= set(_SHOWN.findall(path.read_text("utf-8")))
    return borne


def cited() -> dict[str, Path]:
    """The rules that decisions, machines and packs cite, each with a file that cites it."""
    rules = ROOT / "avenant_rules"
    files = [
        *rules.glob("decisions/**/*.py"),
        *rules.glob("machines/*.toml"),
        *CARRIERS.glob("*/tables/*.toml"),
        *CARRIERS.glob("*/settings/*.toml"),
    ]
    return {rule: path for path in files for rule in _CITED.findall(path.read_text("utf-8"))}
