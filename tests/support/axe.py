"""Whether a page can be used by everyone, as far as axe-core can tell."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "avenant/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong on the page as it is shown now."""
    page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        RULES,
    )
    assert isinstance(found, list)
    return found


def assert_accessible(page: Page) -> None:
    """Fail with the rules broken and the elements that break them."""
    lines = [
        f"{rule['id']}: {rule['help']}\n    "
        + "\n    ".join(f"{node['target']} {node['html'][:160]}" for node in rule["nodes"][:5])
        for rule in violations(page)
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def assert_reflows(page: Page) -> None:
    """Nothing makes the whole page scroll sideways (WCAG 1.4.10)."""
    excess = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert excess <= 0, f"{page.url} is {excess} px wider than its window"
