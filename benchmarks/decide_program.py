"""`avenant decide` as another program calls it: one line, and ten thousand lines of all kinds.

Both are held against what is promised for them, 0.25 s and 2 s, in processor time: a program of one
thread that has the processor to itself takes just that. Best of a few runs.
"""

import json
import os
import resource
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

from avenant_rules.examples import examples_in
from avenant_rules.packs import CARRIERS
from benchmarks.rows import Row

CLONE = Path(__file__).resolve().parents[1]
DECIDE = [sys.executable, "-m", "avenant.cli", "decide"]
LINES = 10_000
ONE_LINE_PROMISE, ALL_LINES_PROMISE = 0.25, 2.0
REPEATS = 5
# As an installation has it: Python keeps the compiled modules.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run() -> list[Row]:
    """One line and many lines, against their promises."""
    lines = mixed_lines()
    processor_time(DECIDE, lines[0])  # compiles the modules, proves the tables, keeps both
    one = min(processor_time(DECIDE, lines[0]) for _ in range(REPEATS))
    content = b"\n".join(islice(cycle(lines), LINES)) + b"\n"
    processor_time(DECIDE, content)
    many = min(processor_time(DECIDE, content) for _ in range(3))
    return [
        Row(
            "one line through `avenant decide`, CPU", one, "its promise", ONE_LINE_PROMISE, 1, True
        ),
        Row(f"{LINES:,} mixed lines, CPU", many, "its promise", ALL_LINES_PROMISE, 1, True),
    ]


def mixed_lines() -> list[bytes]:
    """A line for each worked example of every pack, decisions of all kinds one after the other."""
    by_decision = [
        [
            json.dumps({"decision": path.stem, "input": example.input}, default=str).encode()
            for example in examples_in(path)
        ]
        for path in sorted(CARRIERS.glob("*/examples/*.toml"))
    ]
    longest = max(map(len, by_decision))
    return [lines[n] for n in range(longest) for lines in by_decision if n < len(lines)]


def processor_time(command: list[str], content: bytes) -> float:
    """Seconds of processor the command used, its children's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer(command, content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def answer(command: list[str], content: bytes) -> None:
    done = subprocess.run(
        command, input=content, capture_output=True, cwd=CLONE, env=ENVIRONMENT, check=False
    )
    expected = content.count(b"\n") or bool(content)
    if done.stdout.count(b"\n") != expected:
        raise SystemExit(f"{expected} lines asked, other answered: {done.stderr.decode()[-500:]}")
