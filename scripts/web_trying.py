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
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CellType, CodeType, FunctionType
from typing import Any

import pytest
from web_guards import ROOT, Guard
from web_other_guards import drop
from web_reach import BROKEN, ENDS, NOTICED, SURVIVED, UNREACHED, Reach, forked
from web_watch import codes


class Tried:
    """How each guard ended, kept beside the code that it stood in: a run that is cut short goes on."""

    def __init__(self) -> None:
        self.path = ROOT / "var" / "mutation" / "tried.json"
        self.ends: dict[str, list[str]] = {}
        if self.path.exists():
            self.ends = json.loads(self.path.read_text("utf-8"))
        self.sums: dict[Path, str] = {}

    def has(self, guard: Guard) -> bool:
        return self.ends.get(guard.name, ["", ""])[1] == self._sum(guard.path)

    def end_of(self, guard: Guard) -> str:
        return self.ends[guard.name][0] if self.has(guard) else "untried"

    def note(self, guard: Guard, end: str) -> None:
        self.ends[guard.name] = [end, self._sum(guard.path)]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: `--figures` reads it meanwhile, and a run may be cut short here.
        whole = self.path.with_suffix(".new")
        whole.write_text(json.dumps(self.ends, indent=0, sort_keys=True), "utf-8")
        whole.replace(self.path)

    def _sum(self, path: Path) -> str:
        if path not in self.sums:
            self.sums[path] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        return self.sums[path]


class Trial:
    """The plugin that takes the place of running the collected tests."""

    def __init__(self, guards: list[Guard], *, jobs: int, seconds: float, anew: bool) -> None:
        self.guards, self.jobs, self.seconds, self.anew = guards, jobs, seconds, anew
        self.ends: dict[str, str] = {}
        self.tried_before = Tried()
        self.prepare: Callable[[], None] | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        self.items = {one.nodeid: one for one in session.items}
        load_all()
        self.reach = Reach(session, self.jobs, anew=self.anew)
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
                pid = forked(lambda g=guard, t=tests: self.tried(g, t))
                running[pid] = (guard, time.monotonic() + limit)
            if not running:
                break
            self.reap(running)

    def reap(self, running: dict[int, tuple[Guard, float]]) -> None:
        for pid, (guard, until) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and time.monotonic() > until:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)  # and the programs it started
                continue
            if ended:
                del running[pid]
                began = until - (30 + 4 * self.seconds)
                # Never taken for noticed: what ran too long is said, and looked at by somebody.
                end = BROKEN if os.WIFSIGNALED(status) else ENDS[os.waitstatus_to_exitcode(status)]
                self.say(guard, end, time.monotonic() - began)
        time.sleep(0.02)

    def say(self, guard: Guard, end: str, seconds: float) -> None:
        self.ends[guard.name] = end
        self.tried_before.note(guard, end)
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
        else:
            if guard.is_of_a_view:
                ask_of_these(addresses_of(guard))
            if not take_out(guard):
                return BROKEN
        self.session.items[:] = [self.items[one] for one in tests]
        return SURVIVED if passes(self.session) else NOTICED


def addresses_of(guard: Guard) -> set[str]:
    """The names of the addresses that lead to this view."""
    from django.urls import URLPattern, get_resolver

    module, view = module_of(guard.path).__name__, guard.function.partition(".")[0]
    waiting, found = list(get_resolver().url_patterns), set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, URLPattern):
            waiting += one.url_patterns
        elif (one.callback.__module__, one.callback.__qualname__) == (module, view):
            found.add(one.name or str(one.pattern))
    return found


def ask_of_these(names: set[str]) -> None:
    """Have the access matrix asked for these addresses alone: whole, it takes two minutes."""
    from tests.trust.matrix import ROWS

    for name in set(ROWS) - names if names else ():
        del ROWS[name]


def load_all() -> None:
    """Import every module that may hold a guard: what is imported later is neither watched nor changed."""
    for path in sorted((ROOT / "avenant").rglob("*.py")):
        place = path.relative_to(ROOT).parts
        if (
            not {"migrations", "frontend", "ops", "management"} & set(place)
            and "__" not in path.name
        ):
            with contextlib.suppress(Exception):
                module_of(path)


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
    new = _codes_of(tree, module.__file__)
    changed = 0
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == module.__file__:
            place = (one.__code__.co_qualname, one.__code__.co_firstlineno)
            if place in new and new[place].co_freevars != one.__code__.co_freevars:
                _keep_names(tree, place[1], one.__code__.co_freevars)
                new = _codes_of(tree, module.__file__)
            code = new.get(place)
            if code is not None and code != one.__code__:
                one.__code__ = code
                changed += 1
    return changed > 0


def _codes_of(tree: ast.Module, file: str) -> dict[tuple[str, int], CodeType]:
    return {
        (one.co_qualname, one.co_firstlineno): one for one in codes(compile(tree, file, "exec"))
    }


def _keep_names(tree: ast.Module, line: int, names: tuple[str, ...]) -> None:
    """Have a function that lost its only use of an outer name go on naming it: the code of a function
    that lives can only be replaced by one with the same outer names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if first == line:
                node.body.append(ast.parse(f"lambda: ({', '.join(names)},)").body[0])
    ast.fix_missing_locations(tree)


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
        if isinstance(holder, CellType):  # a function made by another remembers it
            if holder.cell_contents is old:
                holder.cell_contents = new
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
