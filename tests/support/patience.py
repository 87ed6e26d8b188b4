"""How long tests wait for what should happen: one setting multiplies every limit.

`AVENANT_TEST_PATIENCE` (1) multiplies; on a busy machine limits stretch by themselves, since a
process that shares its processor with five others takes six times as long. What is awaited is
always an event: patience only decides when a test gives up.
"""

import os
from pathlib import Path
from typing import Any

MOST = 20.0


def patience() -> float:
    """By how much a limit is multiplied now, at least 1."""
    return max(1.0, float(os.environ.get("AVENANT_TEST_PATIENCE") or 1)) * _business()


def patient(limit: float) -> float:
    """The limit, in whatever unit it is, as this machine needs it now."""
    return limit * patience()


def _business() -> float:
    """How many processes want each processor: of late, or at this moment if that is more."""
    try:
        words = Path("/proc/loadavg").read_text().split()
    except OSError:
        return 1.0
    wanting = max(float(words[0]), float(words[3].partition("/")[0]))
    return min(max(wanting / (os.cpu_count() or 1), 1.0), MOST)


def stretch_browser() -> None:
    """Multiply every limit that a browser test names or leaves to Playwright."""
    from playwright._impl.frame import Frame
    from playwright._impl.timeout_settings import TimeoutSettings

    if getattr(TimeoutSettings, "is_patient", False):
        return
    TimeoutSettings.is_patient = True

    def stretched(name: str) -> None:
        usual = getattr(TimeoutSettings, name)
        setattr(TimeoutSettings, name, lambda self, limit: patient(usual(self, limit)))

    for name in ("timeout", "navigation_timeout"):
        stretched(name)
    expect = Frame._expect

    async def patiently(self: Any, selector: Any, expression: str, options: Any, title: Any) -> Any:
        options = {**options, "timeout": patient(options["timeout"])}
        return await expect(self, selector, expression, options, title)

    Frame._expect = patiently
