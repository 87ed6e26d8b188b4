"""Sends spoilt PDFs through the door, and looks at what it takes: `python -m tests.trust.pdf_fuzz_run
FIRST COUNT ONE_IN`. Every file goes through the door, which compares its pictures itself; one in so
many is looked at again, finer, and printed. Writes one line of JSON. A process of its own, since the files are made to harm.
"""

import json
import os
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from itertools import batched

import django
from msgspec import Struct, field

from avenant.documents import uploads
from avenant.documents.upload_words import CODES
from avenant.guarded import Limits, Stopped, Use
from avenant.guarded import run as guarded_run
from tests.avenant.documents.figures import TOGETHER, joined, printed, unlike
from tests.avenant.documents.pictures import FINE, ViewerGaveUpError, by_pdfium, difference
from tests.trust.pdf_fuzz import spoilt

_SECONDS = 20  # of processor time to draw a file twice and compare
_MEMORY = 2 << 30
_SLACK = 1.5  # seconds: the kernel counts whole ones


class Report(Struct):
    """What became of the files. A fault is told with the number that makes the file again."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0
    faults: list[str] = field(default_factory=list)


def run_over(seeds: range, one_in: int = 1) -> Report:
    """What the door makes of the files of these numbers; one in so many is looked at again."""
    report, kept = Report(), dict[int, bytes]()
    for seed in seeds:
        content = spoilt(seed)
        answer = _at_the_door(content, seed, report)
        if answer is None:
            continue
        report.accepted += 1
        if seed % one_in:
            continue
        if fault := apart(lambda c=content, p=answer: _looks(c, p)):
            report.faults.append(f"{seed}: {fault}")
        else:
            kept[seed] = answer
    for group in batched(kept, TOGETHER, strict=False):
        report.faults += _laid_in({seed: kept[seed] for seed in group})
    return report


def _at_the_door(content: bytes, seed: int, report: Report) -> bytes | None:
    """What is kept of a file, if it is."""

    def measured(task: str, work: bytes, limits: Limits) -> tuple[bytes, Use]:
        try:
            answer, use = guarded_run(task, work, limits)
        except Stopped as stopped:
            report.stopped[str(stopped)] += 1
            if stopped.cause == "crash" and not stopped.detail.startswith("SIG"):
                report.faults.append(f"{seed}: the door fails with {stopped.detail}")
            raise
        report.slowest = max(report.slowest, use.cpu_seconds)
        report.largest = max(report.largest, use.peak_memory)
        if use.cpu_seconds > limits.cpu_seconds + _SLACK:
            report.faults.append(f"{seed}: {use.cpu_seconds:.1f} s of processor time")
        return answer, use

    uploads.run = measured
    try:
        answer = uploads.check_pdf(content, "soumission.pdf")
    except Exception as error:
        report.faults.append(f"{seed}: the door raises {type(error).__name__}")
        return None
    if isinstance(answer, uploads.UploadProblem):
        report.refused[answer.code] += 1
        if answer.code not in CODES:
            report.faults.append(f"{seed}: refused as {answer.code}, which nobody explains")
        return None
    return answer.printable


def _looks(content: bytes, printable: bytes) -> str:
    """What is wrong with the look of what is kept; nothing when it is the file's."""
    try:
        shown, kept = by_pdfium(content, FINE), by_pdfium(printable, FINE)
    except ViewerGaveUpError as error:
        return f"accepted though a viewer gives up: {error}"
    if len(shown) != len(kept):
        return f"{len(kept)} pages of {len(shown)}"
    for number, (one, other) in enumerate(zip(shown, kept, strict=True), 1):
        found = difference(one, other)
        if found.is_seen:
            return f"page {number} looks different: {found}"
    return ""


def _laid_in(group: dict[int, bytes]) -> list[str]:
    """The files of a group that cannot be printed, or not as they look: found by halves."""

    def look() -> str:
        illustration = joined(list(group.values()))
        return "; ".join(unlike(illustration, printed(illustration)))

    fault = apart(look, _SECONDS + 2 * len(group))
    if not fault or len(group) == 1:
        return [f"{seed}: once printed, {fault}" for seed in group if fault]
    seeds = list(group)
    halves = seeds[: len(seeds) // 2], seeds[len(seeds) // 2 :]
    alone = [one for half in halves for one in _laid_in({seed: group[seed] for seed in half})]
    return alone or [f"{seeds[0]} to {seeds[-1]}: only together, {fault}"]


def apart(work: Callable[[], str], seconds: int = _SECONDS) -> str:
    """What a piece of work says, done in a child with limits; or how the child died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _limit(seconds)
        try:
            said = work()
        except BaseException:
            said = traceback.format_exc(limit=-2)[-400:]
        os.write(writing, said.encode()[:4_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read().decode(errors="replace")
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"drawing it dies of {signal.Signals(os.WTERMSIG(status)).name}"
    return said


def _limit(seconds: int) -> None:
    signal.alarm(15 * seconds)  # on the clock, for what waits without end
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Report on COUNT files from FIRST on."""
    django.setup()
    first, count, one_in = (int(word) for word in sys.argv[1:])
    report = run_over(range(first, first + count), one_in)
    fields = {name: getattr(report, name) for name in Report.__struct_fields__}
    sys.stdout.write(json.dumps(fields))


if __name__ == "__main__":
    main()
