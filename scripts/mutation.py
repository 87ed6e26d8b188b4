"""What the two mutation scripts share: what notices a change, tried in a process of its own."""

import contextlib
import io
import os
import re
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "avenant_rules" / "decisions"
REASONS = ROOT / "tests" / "avenant_rules" / "test_reasons.py"
AIM = 95
# How much of a change is printed.
SHOWN = 300
SURVIVED = "survived"
ENDS = (SURVIVED, "proof", "examples", "tests", "broken")
NO_PLUGINS = ["django", "randomly", "xdist", "cacheprovider", "schemathesis", "playwright", "zeal"]
CONFIG = (
    "[pytest]\nmarkers =\n  rule(id): x\n  walk: x\n  trust: x\n  promise(id): x\n  browser: x\n"
)
# It compares lists of files and says nothing of what stands in them.
OF_FILES = "test_compares_every_table_of_the_pack_with_the_print"
# Longer than any family's tests: a change that never ends is noticed too.
SECONDS = 120


def in_a_child(noticed_by: Callable[[], str]) -> str:
    """What `noticed_by` gives, in a forked process, so that nothing it changed or read is left."""
    child = os.fork()
    if child == 0:
        code = ENDS.index("broken")
        with contextlib.suppress(BaseException):
            # Left at its default: the kernel ends a child that hangs.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(SECONDS)
            code = ENDS.index(noticed_by())
        os._exit(code)
    status = os.waitpid(child, 0)[1]
    return "tests" if os.WIFSIGNALED(status) else ENDS[os.waitstatus_to_exitcode(status)]


def unnoticed_in(output: Path) -> set[tuple[str, str]]:
    """Where and what was changed without being noticed, by the printed output of a former run.

    Lines of modules are left out: they move.
    """
    said = re.compile(r"(?:SURVIVED|BROKEN) ([^\s:]+)(?::\d+)? (.*)")
    found = (said.fullmatch(line) for line in output.read_text("utf-8").splitlines())
    return {(match[1], match[2]) for match in found if match}


def has_wrong_example(names: set[str]) -> bool:
    """Whether a worked example of one of these decisions is answered otherwise, or not at all."""
    from avenant_rules.examples import differences, example_files, examples_in

    try:
        return any(
            differences(file.stem, one, file.parent.parent.name)
            for file in example_files()
            if file.stem in names
            for one in examples_in(file)
        )
    except Exception:
        return True


def has_failure(tests: list[str], config: Path) -> bool:
    """Whether one of these files of tests fails."""
    import pytest

    off = [word for name in NO_PLUGINS for word in ("-p", f"no:{name}")]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = pytest.main(
            ["-x", "-q", "--noconftest", "-c", str(config), f"--rootdir={ROOT}",
             "-m", "not walk and not trust", "-k", f"not {OF_FILES}", *off, *tests]
        )  # fmt: skip
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(code)
    return code == pytest.ExitCode.TESTS_FAILED


@cache
def sources() -> dict[Path, str]:
    """The text of each module of decisions."""
    return {path: path.read_text("utf-8") for path in sorted(DECISIONS.glob("*/*.py"))}


def with_importers(modules: set[Path]) -> set[Path]:
    """These modules of decisions, and those that import them."""
    found = set(modules)
    for _ in range(3):
        names = {f"{path.parent.name}.{path.stem}" for path in found}
        found |= {
            path
            for path, text in sources().items()
            if any(f"decisions.{name} import" in text for name in names)
        }
    return found


def decisions_in(modules: set[Path]) -> set[str]:
    """The decisions that these modules declare."""
    declared = re.compile(r'^@decision\(\s*"([a-z_]+\.[a-z0-9_]+)"', re.MULTILINE)
    return {name for path in modules for name in declared.findall(sources()[path])}


def tests_naming(pattern: str, names: set[str]) -> list[str]:
    """The files of tests where `pattern` is found or one of the decisions is named.

    First the one that compares the reasons of all worked examples.
    """
    return [
        str(REASONS),
        *(
            str(path)
            for path, text in _texts_of_tests()
            if re.search(pattern, text) or any(f'"{one}"' in text for one in names)
        ),
    ]


@cache
def _texts_of_tests() -> list[tuple[Path, str]]:
    return list(_read_tests())


def _read_tests() -> Iterator[tuple[Path, str]]:
    for folder in ("avenant_rules", "facts", "carriers"):
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py")):
            if "walk" not in path.parts and path.stem != "test_program":
                yield path, path.read_text("utf-8")
