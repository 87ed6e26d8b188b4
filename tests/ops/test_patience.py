"""One setting multiplies every limit of the tests."""

import ast
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import patience
from tests.support.patience import patient
from tests.support.programs import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TESTS = Path(__file__).resolve().parents[1]
# Playwright's limits are stretched where it reads them, pytest's where a test begins.
STRETCHED_ELSEWHERE = (
    "expect(",
    ".click",
    ".wait_for",
    ".inner_text",
    "mark.timeout",
    ".goto",
    ".expect_response",
)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_business", lambda: 1.0)


@pytest.mark.parametrize(("setting", "limit"), [(None, 2.0), ("3", 6.0), ("0.5", 2.0), ("", 2.0)])
def test_it_multiplies_by_the_setting_and_never_shortens(
    quiet: None, monkeypatch: pytest.MonkeyPatch, setting: str | None, limit: float
) -> None:
    monkeypatch.delenv("AVENANT_TEST_PATIENCE", raising=False)
    if setting is not None:
        monkeypatch.setenv("AVENANT_TEST_PATIENCE", setting)

    assert patient(2) == limit


@pytest.mark.parametrize(
    ("said", "factor"),
    [("0.10 0.2 0.3 1/400 99", 1.0), ("9.0 1 1 2/400 99", 4.5), ("0.5 1 1 12/400 99", 6.0),
     ("99.0 1 1 2/400 9", patience.MOST)],
)  # fmt: skip
def test_it_stretches_with_those_who_want_the_processor(
    monkeypatch: pytest.MonkeyPatch, said: str, factor: float
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda _self: said)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    assert patience._business() == factor


def test_it_stretches_what_is_awaited(quiet: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVENANT_TEST_PATIENCE", "30")
    began = time.monotonic()

    wait_until(lambda: time.monotonic() - began > 0.3, seconds=0.05)


def test_it_stretches_the_limit_of_each_test(request: pytest.FixtureRequest) -> None:
    mark = request.node.get_closest_marker("timeout")

    assert mark.args[0] >= float(request.config.getini("timeout"))


@pytest.mark.browser
def test_it_stretches_what_a_browser_waits_for(
    quiet: None, monkeypatch: pytest.MonkeyPatch, browser: "Browser"
) -> None:
    """What comes after 400 ms is found with a limit of 50 ms, once that is multiplied by 100."""
    from playwright.sync_api import expect

    monkeypatch.setenv("AVENANT_TEST_PATIENCE", "100")
    page = browser.new_page()
    late = "setTimeout(() => document.body.append('late'), 400)"
    page.set_content("<body></body>")

    page.evaluate(f"() => {{ {late} }}")
    page.get_by_text("late").wait_for(timeout=50)
    page.set_content("<body></body>")
    page.evaluate(f"() => {{ {late} }}")
    expect(page.get_by_text("late")).to_be_visible(timeout=50)
    page.close()


def limits_out_of_reach(text: str) -> list[int]:
    """The lines that give something a number of seconds to wait."""
    return [
        call.lineno
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and any(w.arg == "timeout" and isinstance(w.value, ast.Constant) for w in call.keywords)
        and not any(one in str(ast.get_source_segment(text, call)) for one in STRETCHED_ELSEWHERE)
    ]


def test_it_finds_no_limit_that_the_setting_does_not_reach() -> None:
    found = {
        str(file.relative_to(TESTS)): lines
        for file in sorted(TESTS.rglob("*.py"))
        if (lines := limits_out_of_reach(file.read_text("utf-8")))
    }

    assert found == {}, "write patient(…) (tests/support/patience.py)"
    assert limits_out_of_reach("process.wait(timeout=5)") == [1]
