"""Tries guards: the tests are collected once, then each guard is taken out in a forked process, which
runs the tests that reach it and ends at the first that notices."""

import ast
import contextlib
import gc
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from web_guards import ROOT, Guard
from web_other_guards import drop

SURVIVED, NOTICED, BROKEN, UNREACHED = "survived", "noticed", "broken", "unreached"
ENDS = (SURVIVED, NOTICED, BROKEN)
WATCHED = (str(ROOT / "avenant") + "/", str(ROOT / "avenant_rules" / "machines.py"))
TOOL = 4  # a number of sys.monitoring that no debugger or profiler takes
MATRIX = "test_it_gives_each_actor_what_the_matrix_says"
# Tests that look at the settings of an installation as a whole.
OF_SETTINGS = (
    "test_guards_settings",
    "test_deployment",
    "test_ordinary_things",
    "test_accounts",
    "test_guards_accounts",
)


def forked(act: Callable[[], str], seconds: float) -> int:
    """Start a process that ends with what `act` says."""
    child = os.fork()
    if child:
        return child
    code = ENDS.index(BROKEN)
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        if "MUTATE_LOUD" not in os.environ:
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        code = ENDS.index(act())
    except BaseException:
        import traceback

        traceback.print_exc()
    os._exit(code)


class Trial:
    """The plugin that takes the place of running the collected tests."""

    def __init__(self, guards: list[Guard], *, jobs: int, seconds: float, again: bool) -> None:
        self.guards, self.jobs, self.seconds, self.again = guards, jobs, seconds, again
        self.ends: dict[str, str] = {}
        self.prepare: Callable[[], None] | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        self.items = {one.nodeid: one for one in session.items}
        self.reach = Reach(session, self.jobs, again=self.again)
        self.run()
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        result = yield
        if fixturedef.argname == "django_db_setup" and self.prepare is not None:
            self.prepare()
        return result

    def run(self) -> None:
        waiting = list(reversed(self.guards))
        running: dict[int, tuple[Guard, float]] = {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                guard = waiting.pop()
                tests = self.reach.tests_of(guard, self.seconds)
                if not tests:
                    self.say(guard, UNREACHED, 0.0)
                    continue
                limit = 30 + 4 * self.seconds
                pid = forked(lambda g=guard, t=tests: self.tried(g, t), limit)
                running[pid] = (guard, time.monotonic() + limit)
            if not running:
                break
            self.reap(running)

    def reap(self, running: dict[int, tuple[Guard, float]]) -> None:
        for pid, (guard, until) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and time.monotonic() > until:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                continue
            if ended:
                del running[pid]
                began = until - (30 + 4 * self.seconds)
                # A change that never ends, or ends the process, is noticed too.
                end = NOTICED if os.WIFSIGNALED(status) else ENDS[os.waitstatus_to_exitcode(status)]
                self.say(guard, end, time.monotonic() - began)
        time.sleep(0.02)

    def say(self, guard: Guard, end: str, seconds: float) -> None:
        self.ends[guard.name] = end
        if end != NOTICED:
            sys.__stdout__.write(
                f"{end.upper()} {guard.name} (line {guard.line}, {seconds:.0f} s)\n"
            )
            sys.__stdout__.flush()

    def tried(self, guard: Guard, tests: list[str]) -> str:
        if guard.kind == "fresh":
            return fresh(guard, tests)
        if guard.kind == "database":
            self.prepare = lambda: drop(guard, os.environ["DATABASE_URL"])
        elif not take_out(guard):
            return BROKEN
        self.session.items[:] = [self.items[one] for one in tests]
        return SURVIVED if passes(self.session) else NOTICED


def passes(session: pytest.Session) -> bool:
    """Whether all the tests of the session pass; it stops at the first that does not."""
    from _pytest.main import pytest_runtestloop

    with contextlib.suppress(session.Failed, session.Interrupted):
        pytest_runtestloop(session)
    with contextlib.suppress(Exception):
        session._setupstate.teardown_exact(None)
    return session.testsfailed == 0


def take_out(guard: Guard) -> bool:
    """Change this process as if the guard had never been written."""
    if guard.kind == "machine":
        return replaced_machine(guard)
    guard.take_out()
    tree = ast.fix_missing_locations(guard.tree)
    module = module_of(guard.path)
    if guard.kind == "limit":
        return replaced_limit(guard, module)
    if guard.kind == "decorator":
        return made_anew(guard, module)
    new = {
        (one.co_qualname, one.co_firstlineno): one
        for one in codes(compile(tree, module.__file__, "exec"))
    }
    changed = 0
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == module.__file__:
            code = new.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code is not None and code != one.__code__:
                one.__code__ = code
                changed += 1
    return changed > 0


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


def module_of(path: Path) -> Any:
    import importlib

    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def made_anew(guard: Guard, module: Any) -> bool:
    """Make the decorated function once more, without, and put it wherever the old one is known."""
    name = guard.function
    old = vars(module)[name]
    node = next(one for one in guard.tree.body if getattr(one, "name", "") == name)
    exec(compile(ast.Module([node], []), module.__file__, "exec"), vars(module))
    replace_everywhere(old, vars(module)[name])
    return True


def replace_everywhere(old: Any, new: Any) -> None:
    for holder in gc.get_referrers(old):
        if holder is old or isinstance(holder, FunctionType):
            continue
        known = holder if isinstance(holder, dict) else getattr(holder, "__dict__", None)
        if isinstance(known, dict) and "old" not in known:
            for key in [key for key, value in known.items() if value is old]:
                known[key] = new


def replaced_limit(guard: Guard, module: Any) -> bool:
    name = guard.says.split()[0]
    node = next(
        one
        for one in guard.tree.body
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name
    )
    old = vars(module)[name]
    new = eval(compile(ast.Expression(node.value), module.__file__, "eval"), vars(module))
    for one in list(sys.modules.values()):
        known = getattr(one, "__dict__", {})
        if str(getattr(one, "__name__", "")).startswith("avenant") and known.get(name) == old:
            known[name] = new
    return new != old


def replaced_machine(guard: Guard) -> bool:
    import msgspec

    from avenant_rules import machines

    changed = msgspec.convert(guard.document, machines.Machine)  # type: ignore[attr-defined]
    kept = machines.machine
    machines._by_state_and_trigger.cache_clear()

    def machine(name: str) -> machines.Machine:
        return changed if name == changed.id else kept(name)

    machine.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
    replace_everywhere(kept, machine)
    machines.machine = machine  # type: ignore[assignment]
    return True


STARTS_CHANGED = """
import importlib.machinery
kept = importlib.machinery.SourceFileLoader.get_code
def get_code(loader, name):
    if getattr(loader, "path", "") == {path!r}:
        return compile({source!r}, {path!r}, "exec")
    return kept(loader, name)
importlib.machinery.SourceFileLoader.get_code = get_code
"""


def fresh(guard: Guard, tests: list[str]) -> str:
    """Run the tests in a process, and in those it starts, that read the changed text."""
    guard.take_out()
    source = ast.unparse(ast.fix_missing_locations(guard.tree))
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "sitecustomize.py"
        start.write_text(STARTS_CHANGED.format(path=str(guard.path), source=source))
        env = os.environ | {"PYTHONPATH": f"{folder}:{ROOT}"}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:randomly",
            "-n",
            "0",
            *tests,
        ]
        ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    return SURVIVED if ended.returncode == 0 else NOTICED


class Reach:
    """Which tests reach which lines, and how long each takes; noted once for every file of tests."""

    def __init__(self, session: pytest.Session, jobs: int, *, again: bool) -> None:
        self.session, self.jobs = session, jobs
        self.kept = ROOT / "var" / "mutation" / "reach.json"
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        known = json.loads(self.kept.read_text()) if self.kept.exists() and not again else {}
        by_file: dict[str, list[str]] = {}
        for one in session.items:
            by_file.setdefault(one.nodeid.partition("::")[0], []).append(one.nodeid)
        sources = _sum(sorted((ROOT / "avenant").rglob("*.py")))
        if known.get("sources") != sources:
            known = {"sources": sources, "files": {}}
        self.files: dict[str, Any] = known["files"]
        stale = [one for one in by_file if self.files.get(one, {}).get("sum") != _sum([ROOT / one])]
        if stale:
            self._note(stale, by_file)
            self.kept.write_text(json.dumps({"sources": sources, "files": self.files}))
        self.tests: dict[str, dict[str, Any]] = {}
        for one in by_file:
            self.tests |= {k: v for k, v in self.files[one]["tests"].items() if k in by_file[one]}
        self.of_line: dict[str, list[str]] = {}
        for test, noted in sorted(self.tests.items(), key=lambda one: one[1]["seconds"]):
            for line in noted["lines"] if noted["passed"] else []:
                self.of_line.setdefault(line, []).append(test)
        failing = [one for one, noted in self.tests.items() if not noted["passed"]]
        sys.__stdout__.write(
            f"{len(self.tests)} tests, {len(self.of_line)} lines reached\n"
            + "".join(f"fails without any change, not asked: {one}\n" for one in failing)
        )
        sys.__stdout__.flush()

    def _note(self, stale: list[str], by_file: dict[str, list[str]]) -> None:
        """Run these files of tests, watched, several at once."""
        items = {one.nodeid: one for one in self.session.items}
        waiting, running = list(stale), {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                file = waiting.pop()
                tests = [items[one] for one in by_file[file]]
                out = self.kept.with_name(f"{hashlib.sha256(file.encode()).hexdigest()[:12]}.json")
                pid = forked(lambda t=tests, o=out: self._watched(t, o), 0)
                running[pid] = (file, out)
            pid, _ = os.wait()
            file, out = running.pop(pid)
            noted = json.loads(out.read_text()) if out.exists() else {}
            out.unlink(missing_ok=True)
            self.files[file] = {"sum": _sum([ROOT / file]), "tests": noted}

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
        """The tests that reach the guard, the quickest first, as many as fit in `seconds`."""
        found = list(dict.fromkeys(self._found(guard)))
        spent, kept = 0.0, []
        for test in found:
            noted = self.tests.get(test)
            if noted is None or not noted["passed"] or spent > seconds:
                continue
            spent += noted["seconds"]
            kept.append(test)
        return kept

    def _found(self, guard: Guard) -> Iterable[str]:
        place = str(guard.path.relative_to(ROOT))
        if guard.kind == "body":
            return self.of_line.get(f"{place}:{guard.line}", [])
        if guard.kind == "decorator":
            matrix = [one for one in self.tests if MATRIX in one]
            return [*self.of_line.get(f"{place}:{guard.line}", []), *matrix]
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

    def _reaching(self, place: str) -> list[str]:
        found = {
            test for line, tests in self.of_line.items() if line.startswith(place) for test in tests
        }
        return sorted(found, key=lambda one: self.tests[one]["seconds"])

    def _saying(self, word: str) -> list[str]:
        """The tests of the files where this word stands."""
        files = {
            one
            for one in self.files
            if (ROOT / one).exists() and word in (ROOT / one).read_text("utf-8")
        }
        found = [one for one in self.tests if one.partition("::")[0] in files]
        return sorted(found, key=lambda one: self.tests[one]["seconds"])

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
        return sorted(found, key=lambda one: self.tests[one]["seconds"])


def _sum(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(one.read_bytes() for one in paths)).hexdigest()


class Watch:
    """Notes the lines of the web half that each test reaches."""

    def __init__(self) -> None:
        self.noted: dict[str, Any] = {}
        self.lines: set[str] = set()
        self.has_passed = True
        monitoring = sys.monitoring
        monitoring.use_tool_id(TOOL, "reach")
        monitoring.register_callback(TOOL, monitoring.events.LINE, self._line)
        seen: set[CodeType] = set()
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(WATCHED):
                seen.update(codes(one.__code__))
        for code in seen:
            monitoring.set_local_events(TOOL, code, monitoring.events.LINE)

    def _line(self, code: CodeType, line: int) -> Any:
        self.lines.add(f"{code.co_filename.removeprefix(str(ROOT) + '/')}:{line}")
        return sys.monitoring.DISABLE

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.lines, self.has_passed, began = set(), True, time.monotonic()
        sys.monitoring.restart_events()
        result = yield
        self.noted[item.nodeid] = {
            "seconds": round(time.monotonic() - began, 3),
            "passed": self.has_passed,
            "lines": sorted(self.lines),
        }
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_passed = (
            self.has_passed and not report.failed and not (report.when == "call" and report.skipped)
        )
