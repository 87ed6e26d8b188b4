"""Watches tests run, and notes the lines of the web half that each reaches."""

import gc
import sys
import time
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest
from web_guards import ROOT

WATCHED = (str(ROOT / "avenant") + "/", str(ROOT / "avenant_rules" / "machines.py"))
TOOL = 4  # a number of sys.monitoring that no debugger or profiler takes


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code and all that is defined inside it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


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
