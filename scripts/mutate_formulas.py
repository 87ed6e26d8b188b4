"""Do the tests notice when a formula lies? Changes the decisions' code one operator at a time.

    python scripts/mutate_formulas.py                    every decision, every change (long)
    python scripts/mutate_formulas.py claims/benefit     one module, or one family: claims
    python scripts/mutate_formulas.py --sample 200       200 changes drawn over all modules
    python scripts/mutate_formulas.py --again OUTPUT     what a former run's output says survived

A change is killed when a worked example of a decision of the module (or of one that imports it)
answers otherwise or for other reasons, or a test that names one of these decisions fails. What survives is printed; the
exit code is 1 under 95 %. No file is changed: each child imports its own text of the module.

Not mutmut: it passes over every decorated function, and a decision is one.
"""

import argparse
import importlib.machinery
import os
import random
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

NOTICED = ("examples", "tests")


def main() -> int:
    """Change, try, and say; 1 when too many changes go unnoticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="family or family/module")
    parser.add_argument("--sample", type=int, help="how many changes to draw")
    parser.add_argument("--seed", default="formulas")
    parser.add_argument("--again", type=Path, metavar="OUTPUT", help="a former run's output")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AVENANT_VAR"] = str(Path(folder) / "var")
        config = Path(folder) / "pytest.ini"
        config.write_text(CONFIG)
        sys.path.insert(0, str(ROOT))
        return run(config, options)


def run(config: Path, options: argparse.Namespace) -> int:
    """Try the changes asked for."""
    import hypothesis  # noqa: F401 - loaded once, for every child
    import pytest  # noqa: F401
    from formula_mutants import mutants_of

    import avenant_rules.examples  # noqa: F401

    drawn = [
        (path, mutant)
        for path, text in sources().items()
        if not options.modules or named(path) & set(options.modules)
        for mutant in mutants_of(text)
    ]
    if options.again:
        again = unnoticed_in(options.again)
        drawn = [one for one in drawn if (place_of(one[0]), one[1].says[:SHOWN]) in again]
    total = len(drawn)
    if options.sample and options.sample < total:
        drawn = random.Random(options.seed).sample(drawn, options.sample)
    drawn.sort(key=lambda one: (one[0], one[1].line))
    sys.stdout.write(f"{len(drawn)} of {total} changes\n")
    began = time.monotonic()
    for path in sorted({path for path, _ in drawn}):
        if (end := tried(path, sources()[path], config)) != SURVIVED:
            sys.stdout.write(f"{module_of(path)}: the {end} fail without any change\n")
            return 1
    ends: Counter[str] = Counter()
    for path, mutant in drawn:
        end = tried(path, mutant.source, config)
        ends[end] += 1
        if end not in NOTICED:
            place = f"{place_of(path)}:{mutant.line}"
            sys.stdout.write(f"{end.upper()} {place} {mutant.says[:SHOWN]}\n")
        sys.stdout.flush()
    killed = sum(ends[end] for end in NOTICED)
    rate = 100 * killed / max(1, len(drawn))
    by = ", ".join(f"{ends[end]} by the {end}" for end in NOTICED)
    sys.stdout.write(
        f"{killed} of {len(drawn)} killed ({rate:.1f} %): {by}; {time.monotonic() - began:.0f} s\n"
    )
    return 0 if rate >= AIM else 1


def place_of(path: Path) -> str:
    """How a module is called in what is printed."""
    return f"{path.parent.name}/{path.name}"


def named(path: Path) -> set[str]:
    """What a module may be called on the command line."""
    return {path.parent.name, f"{path.parent.name}/{path.stem}"}


def module_of(path: Path) -> str:
    """The importable name of a module of decisions."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def tried(path: Path, text: str, config: Path) -> str:
    """What notices that the module at `path` says `text`."""
    return in_a_child(lambda: noticed_by(path, text, config))


def noticed_by(path: Path, text: str, config: Path) -> str:
    """What notices the change, the quickest first."""
    say_instead(path, text)
    names = decisions_in(with_importers({path}))
    if has_wrong_example(names):
        return "examples"
    pattern = rf"\bdecisions\.{path.parent.name}\.{path.stem} import"
    return "tests" if has_failure(tests_naming(pattern, names), config) else SURVIVED


def say_instead(path: Path, text: str) -> None:
    """Have the module at `path`, not imported yet, hold `text`."""
    kept = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: Any, name: str) -> Any:
        if name == module_of(path):
            return compile(text, str(path), "exec")
        return kept(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
