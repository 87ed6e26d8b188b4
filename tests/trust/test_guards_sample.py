"""A sample of the web half's guards is taken out, each alone: the tests notice (docs/mutation.md)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_the_tests_notice_when_a_guard_is_gone() -> None:
    alone = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    ended = subprocess.run(
        [sys.executable, "scripts/mutate_web.py", "--sample", "60"],
        cwd=ROOT, env=alone, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
