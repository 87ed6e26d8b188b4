"""The catalogue of rules, the decisions and the tests speak of the same rules.

A test or decision that names a rule outside the catalogue fails; the rules of the catalogue that
no test bears are named.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]


def catalogue() -> dict[str, str]:
    """Id and title of each rule. A file holds `[[rule]]` tables or one table an id."""
    rules: dict[str, str] = {}
    for file in sorted((CLONE / "docs" / "rules").glob("*.toml")):
        content = tomllib.loads(file.read_text())
        for entry in content.get("rule", []):
            if entry["id"] in rules:
                raise SystemExit(f"{file.name}: {entry['id']} is there twice")
            if not entry.get("title") or not entry.get("source"):
                raise SystemExit(f"{file.name}: {entry['id']} lacks its title or source")
            rules[entry["id"]] = str(entry["title"])
    return rules


def python_files(*folders: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders],
        cwd=CLONE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = [name for name in listed.stdout.split("\0") if name.endswith(".py")]
    return [CLONE / name for name in names if (CLONE / name).exists()]


def texts(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def named_by_tests(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "pytest.mark.rule",
            "mark.rule",
        }:
            for argument in node.args:
                yield from ((node.lineno, text) for text in texts(argument))


def named_by_decisions(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("decision"):
            for keyword in node.keywords:
                if keyword.arg == "rules":
                    yield from ((node.lineno, text) for text in texts(keyword.value))


def main() -> int:
    rules = catalogue()
    wrong: list[str] = []
    borne: set[str] = set()
    for file in python_files("tests"):
        for line, rule in named_by_tests(file):
            borne.add(rule)
            if rule not in rules:
                wrong.append(f"{file.relative_to(CLONE)}:{line}: {rule} is not in docs/rules")
    for file in python_files("avenant_rules"):
        for line, rule in named_by_decisions(file):
            if rule not in rules:
                wrong.append(f"{file.relative_to(CLONE)}:{line}: {rule} is not in docs/rules")
    print("\n".join(wrong))
    if bare := [rule for rule in rules if rule not in borne]:
        print(f"notice: {len(bare)} of {len(rules)} rules have no test: {', '.join(bare)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
