"""Which tests reach which lines of the web half, and how long each takes: noted once, and kept."""

import ast
import contextlib
import hashlib
import inspect
import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from web_guards import ROOT, Guard
from web_watch import Watch

SURVIVED, NOTICED, BROKEN, UNREACHED = "survived", "noticed", "broken", "unreached"
ENDS = (SURVIVED, NOTICED, BROKEN)
OF_METHODS = "test_methods.py"
MATRIX = "test_it_gives_each_actor_what_the_matrix_says"
MANY = 300  # tests: what so many reach is about none of them
# Tests that look at the settings of an installation as a whole.
OF_SETTINGS = (
    "test_guards_settings",
    "test_deployment",
    "test_ordinary_things",
    "test_accounts",
    "test_guards_accounts",
)


def forked(act: Callable[[], str]) -> int:
    """Start a process that ends with what `act` says."""
    child = os.fork()
    if child:
        return child
    code = ENDS.index(BROKEN)
    os.setsid()
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        if "MUTATE_LOUD" not in os.environ:
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        code = ENDS.index(act())
    except BaseException:
        traceback.print_exc()
    os._exit(code)


class Reach:
    """Which tests reach which lines, and how long each takes; noted once for every file of tests."""

    def __init__(self, session: pytest.Session, jobs: int, *, anew: bool) -> None:
        self.session, self.jobs = session, jobs
        self.kept = ROOT / "var" / "mutation" / "reach.json"
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(self.kept.read_text()) if self.kept.exists() and not anew else {}
        by_file: dict[str, list[str]] = {}
        for one in session.items:
            by_file.setdefault(one.nodeid.partition("::")[0], []).append(one.nodeid)
        sources = _sum(
            sorted(one for one in (ROOT / "avenant").rglob("*.py") if "demo" not in one.parts)
        )
        if known.get("sources") != sources:
            known = {"sources": sources, "files": {}}
        self.files: dict[str, Any] = known["files"]
        self.items = {one.nodeid: one for one in session.items}
        self.texts: dict[str, str] = {}
        stale = [one for one in by_file if self.files.get(one, {}).get("sum") != _sum([ROOT / one])]
        if stale:
            self._note(stale, by_file, sources)
        self.tests: dict[str, dict[str, Any]] = {}
        for one in by_file:
            self.tests |= {k: v for k, v in self.files[one]["tests"].items() if k in by_file[one]}
        self.of_line: dict[str, list[str]] = {}
        for test, noted in sorted(self.tests.items(), key=lambda one: self._rank(one[0])):
            for line in noted["lines"] if noted["passed"] else []:
                self.of_line.setdefault(line, []).append(test)
        failing = [one for one, noted in self.tests.items() if not noted["passed"]]
        sys.__stdout__.write(
            f"{len(self.tests)} tests, {len(self.of_line)} lines reached\n"
            + "".join(f"fails without any change, not asked: {one}\n" for one in failing)
        )
        sys.__stdout__.flush()

    def _note(self, stale: list[str], by_file: dict[str, list[str]], sources: str) -> None:
        """Run these files of tests, watched, several at once."""
        items = {one.nodeid: one for one in self.session.items}
        waiting, running = list(stale), {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                file = waiting.pop()
                tests = [items[one] for one in by_file[file]]
                out = self.kept.with_name(f"{hashlib.sha256(file.encode()).hexdigest()[:12]}.json")
                pid = forked(lambda t=tests, o=out: self._watched(t, o))
                running[pid] = (file, out)
            pid, _ = os.wait()
            file, out = running.pop(pid)
            noted = json.loads(out.read_text()) if out.exists() else {}
            out.unlink(missing_ok=True)
            self.files[file] = {"sum": _sum([ROOT / file]), "tests": noted}
            self.kept.write_text(json.dumps({"sources": sources, "files": self.files}))

    def _watched(self, tests: list[pytest.Item], out: Path) -> str:
        from _pytest.main import pytest_runtestloop

        watch = Watch()
        self.session.config.pluginmanager.register(watch)
        self.session.config.option.maxfail = 0
        self.session.items[:] = tests
        with contextlib.suppress(self.session.Failed, self.session.Interrupted):
            pytest_runtestloop(self.session)
        out.write_text(json.dumps(watch.noted))
        with contextlib.suppress(Exception):
            self.session._setupstate.teardown_exact(None)
        return SURVIVED

    def tests_of(self, guard: Guard, seconds: float) -> list[str]:
        """The tests that reach the guard, the nearest and quickest first, as many as fit in `seconds`."""
        found = [
            one
            for one in dict.fromkeys(self._found(guard))
            if self.tests.get(one, {}).get("passed")
        ]
        spent, kept = 0.0, []
        # A test that goes everywhere takes its time and is about nothing: those come last.
        for test in sorted(found, key=lambda one: self._cost(guard, one) > seconds / 5):
            cost = self._cost(guard, test)
            if spent + cost <= seconds or not kept:
                spent += cost
                kept.append(test)
        return kept

    def _cost(self, guard: Guard, test: str) -> float:
        if guard.is_of_a_view and MATRIX in test:
            return 3.0  # asked for this view alone
        return float(self.tests[test]["seconds"])

    def _found(self, guard: Guard) -> Iterable[str]:
        place = str(guard.path.relative_to(ROOT))
        if guard.kind in {"body", "decorator"}:
            reaching = self.of_line.get(f"{place}:{guard.line}", [])
            if guard.kind == "body":
                reaching = self._nearest_first(guard, reaching)
            matrix = [one for one in self.tests if MATRIX in one] if guard.is_of_a_view else []
            if guard.says.startswith("@require_"):  # asked before a line of the page is reached
                matrix += [one for one in self.tests if OF_METHODS in one]
            return [*matrix, *reaching]
        if guard.kind == "limit":
            return self._lines_naming(guard.says.split()[0])
        if guard.kind == "machine":
            named = [one for one in self.tests if "avenant_rules" in one]
            return [*named, *self._reaching("avenant_rules/machines.py")]
        if guard.kind == "database":
            app = place.split("/")[1]
            return [
                *self._saying(guard.says),
                *self._reaching(f"avenant/{app}/actions/"),
                *self._reaching(f"avenant/{app}/"),
            ]
        if guard.path.name == "settings.py":
            word = guard.says.split()[0].rstrip(":")
            return [
                *self._saying(word),
                *(one for one in self.tests if any(f in one for f in OF_SETTINGS)),
            ]
        return [*self._saying(guard.path.stem), *self._reaching(place)]

    def _nearest_first(self, guard: Guard, found: list[str]) -> list[str]:
        """Those first that say a word of it that few say, then those that go where few go in the same
        function and in the same file: they are about this guard."""
        tree = ast.parse(guard.path.read_text("utf-8"))
        inside = [
            one
            for one in ast.walk(tree)
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
            and one.lineno <= guard.line <= (one.end_lineno or 0)
        ]
        if not inside:
            return found
        nearest = max(inside, key=lambda one: one.lineno)
        place = f"{guard.path.relative_to(ROOT)}:"
        here = self._rarest(
            f"{place}{line}"
            for line in range(nearest.lineno, (nearest.end_lineno or nearest.lineno) + 1)
        )
        beside = self._rarest(line for line in self.of_line if line.startswith(place))
        named = self._naming(set(re.findall(r"\w{5,}", guard.says)) | {nearest.name}, found)
        many = len(found)
        return sorted(
            found,
            key=lambda one: (
                min(named.get(one, many), here.get(one, many)),
                beside.get(one, many) if many > MANY else 0,
                self._rank(one),
            ),
        )  # fmt: skip

    def _naming(self, words: set[str], found: list[str]) -> dict[str, int]:
        """For each test that says one of the words, how many say the one that fewest say."""
        saying = [[one for one in found if word in self._text_of(one)] for word in words]
        rarest: dict[str, int] = {}
        for tests in sorted(saying, key=len):
            for test in tests:
                rarest.setdefault(test, len(tests))
        return rarest

    def _text_of(self, test: str) -> str:
        if test not in self.texts:
            item = self.items[test]
            self.texts[test] = (
                inspect.getsource(item.obj) if isinstance(item, pytest.Function) else ""
            )
        return self.texts[test]

    def _rarest(self, lines: Iterable[str]) -> dict[str, int]:
        """For each test, how many reach the line that fewest reach of those it reaches itself."""
        rarest: dict[str, int] = {}
        for tests in sorted((self.of_line.get(line, []) for line in lines), key=len):
            for test in tests:
                rarest.setdefault(test, len(tests))
        return rarest

    def _rank(self, test: str) -> tuple[bool, int]:
        """Those written for the guards first, then those that reach little beside."""
        return "/test_guards_" not in test, len(self.tests[test]["lines"])

    def _reaching(self, place: str) -> list[str]:
        found = {
            test for line, tests in self.of_line.items() if line.startswith(place) for test in tests
        }
        return sorted(found, key=self._rank)

    def _saying(self, word: str) -> list[str]:
        """The tests of the files where this word stands."""
        files = {
            one
            for one in self.files
            if (ROOT / one).exists() and word in (ROOT / one).read_text("utf-8")
        }
        found = [one for one in self.tests if one.partition("::")[0] in files]
        return sorted(found, key=self._rank)

    def _lines_naming(self, name: str) -> list[str]:
        lines = {
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for path in (ROOT / "avenant").rglob("*.py")
            if name in path.read_text("utf-8")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load))
            or (isinstance(node, ast.Attribute) and node.attr == name)
        }
        found = {test for line in lines for test in self.of_line.get(line, [])}
        return sorted(found, key=self._rank)


def _sum(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(one.read_bytes() for one in paths)).hexdigest()
