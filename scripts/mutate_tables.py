"""Do the tests notice when a table lies? Changes the packs' tables one cell at a time and says.

    python scripts/mutate_tables.py                      every table, every change (long)
    python scripts/mutate_tables.py reinstatement        one table
    python scripts/mutate_tables.py --sample 200         200 changes drawn over all tables
    python scripts/mutate_tables.py --again OUTPUT       what a former run's output says survived

A change is killed when the proof of the file refuses it, a worked example answers otherwise, or a
test of a decision that reads the table (or of the facts) fails. What survives is printed; the exit
code is 1 under 95 %. Works on a copy of the packs in a temporary folder.
"""

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from mutation import (
    AIM,
    CONFIG,
    ROOT,
    SHOWN,
    SURVIVED,
    decisions_in,
    has_failure,
    has_wrong_example,
    in_a_child,
    sources,
    tests_naming,
    unnoticed_in,
    with_importers,
)

NOTICED = ("proof", "examples", "tests")


def main() -> int:
    """Change, try, and say; 1 when too many changes go unnoticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="file names without .toml")
    parser.add_argument("--sample", type=int, help="how many changes to draw")
    parser.add_argument("--seed", default="tables")
    parser.add_argument("--again", type=Path, metavar="OUTPUT", help="a former run's output")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        carriers = Path(folder) / "carriers"
        shutil.copytree(ROOT / "carriers", carriers)
        # Before anything of the rules is imported: they read it once.
        os.environ["AVENANT_CARRIERS"] = str(carriers)
        os.environ["AVENANT_VAR"] = str(Path(folder) / "var")
        (Path(folder) / "pytest.ini").write_text(CONFIG)
        sys.path.insert(0, str(ROOT))
        return run(carriers, options)


def run(carriers: Path, options: argparse.Namespace) -> int:
    """Try the changes asked for on the copy in `carriers`."""
    import hypothesis  # noqa: F401 - loaded once, for every child
    import pytest  # noqa: F401
    from mutants import mutants_of

    from avenant_rules.packs import parse

    drawn: list[tuple[Path, Any]] = []
    for path in sorted(carriers.glob("*/tables/*.toml")):
        if not options.tables or path.stem in options.tables:
            drawn += [
                (path, one)
                for one in mutants_of(parse(path, path.read_bytes()))
                if ": reason " not in one.says or tells_reasons(path.stem)
            ]
    if options.again:
        again = unnoticed_in(options.again)
        drawn = [one for one in drawn if (place_of(one[0]), one[1].says[:SHOWN]) in again]
    total = len(drawn)
    if options.sample and options.sample < total:
        drawn = random.Random(options.seed).sample(drawn, options.sample)
    drawn.sort(key=lambda one: one[0])
    sys.stdout.write(f"{len(drawn)} of {total} changes\n")
    began = time.monotonic()
    ends: Counter[str] = Counter()
    fails_unchanged: dict[Path, str] = {}
    for path, mutant in drawn:
        sound = path.read_bytes()
        if path not in fails_unchanged:
            fails_unchanged[path] = tried(path)
        if fails_unchanged[path] != SURVIVED:
            ends["untried"] += 1
            continue
        path.write_text(as_toml(mutant.document), "utf-8")
        end = tried(path)
        path.write_bytes(sound)
        ends[end] += 1
        if end not in NOTICED:
            sys.stdout.write(f"{end.upper()} {place_of(path)} {mutant.says[:SHOWN]}\n")
        sys.stdout.flush()
    for path, end in fails_unchanged.items():
        if end != SURVIVED:
            sys.stdout.write(f"UNTRIED {path.stem}: the {end} fail without any change\n")
    tried_now = len(drawn) - ends["untried"]
    killed = sum(ends[end] for end in NOTICED)
    rate = 100 * killed / max(1, tried_now)
    by = ", ".join(f"{ends[end]} by the {end}" for end in NOTICED)
    sys.stdout.write(
        f"{killed} of {tried_now} killed ({rate:.1f} %): {by}; {time.monotonic() - began:.0f} s\n"
    )
    return 0 if rate >= AIM else 1


def place_of(path: Path) -> str:
    """How a table is called in what is printed."""
    return f"{path.parent.parent.name}/{path.stem}"


def as_toml(document: dict[str, Any]) -> str:
    """The document as TOML, one line a key."""
    return "".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in document.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        parts = (
            f"{json.dumps(key)} = {item if key == 'effective' else _toml(item)}"
            for key, item in value.items()
        )
        return "{ " + ", ".join(parts) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def tried(path: Path) -> str:
    """What notices the change in the file."""
    return in_a_child(lambda: noticed_by(path))


def noticed_by(path: Path) -> str:
    """What notices the change, the quickest first."""
    from avenant_rules.checking import faults_of_file
    from tests.facts import packs

    if faults_of_file(path):
        return "proof"
    names = decisions_reading(path.stem)
    if has_wrong_example(names):
        return "examples"
    stem = re.sub(r"(_\d+)+$", "", path.stem)
    tests = tests_naming(rf"\b{path.stem}\b|\b{stem}_", names)
    packs.CROIX_BLEUE = path.parents[2] / "croix_bleue"
    return "tests" if has_failure(tests, path.parents[3] / "pytest.ini") else SURVIVED


def tells_reasons(table: str) -> bool:
    """Whether the codes of failed checks leave the module that reads them: else they mean nothing."""
    readers = [text for text in sources().values() if re.search(rf"\b{table}\b", text)]
    return not readers or any(re.search(r"\.reasons?\b", text) for text in readers)


def decisions_reading(table: str) -> set[str]:
    """The decisions whose module, or a module it imports, names the table; else its whole family."""
    stem = re.sub(r"(_\d+)+$", "", table)
    readers = {path for path, text in sources().items() if re.search(rf"\b{table}\b", text)}
    readers = readers or {path for path, text in sources().items() if f"{stem}_" in text}
    # A table chosen while the rule runs is named in no module.
    readers = readers or {path for path, text in sources().items() if "tables.get(" in text}
    return decisions_in(with_importers(readers))


if __name__ == "__main__":
    sys.exit(main())
