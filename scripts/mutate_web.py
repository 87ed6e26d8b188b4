"""Does a test notice when a guard of the web half is gone? Takes the guards out, one at a time.

    python scripts/mutate_web.py                      every guard (long)
    python scripts/mutate_web.py --list [PATTERN]     their names
    python scripts/mutate_web.py --only live/actions  those whose names have this (a regular expression)
    python scripts/mutate_web.py --sample 60          60 drawn over all
    python scripts/mutate_web.py --again OUTPUT       those that a former run's output says survived
    python scripts/mutate_web.py --figures            what all runs together have found, tries nothing
    python scripts/mutate_web.py --resume             those that no run has tried since the code changed

A guard is noticed when a test that reaches it fails without it. What survives is printed, but for
those whose reason stands in docs/mutation.md; the exit code is 1 under 95 %, or when one survives
without a reason. No file of the tree is changed.
"""

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from mutation import AIM
from web_guards import ROOT, Guard, guards_of_code, named
from web_other_guards import guards_of_database, guards_of_machines, guards_of_settings
from web_reach import NOTICED
from web_trying import Trial, Tried

TESTS = ["tests/avenant", "tests/trust", "tests/avenant_rules/test_machines.py",
         "tests/avenant_rules/signature", "tests/avenant_rules/application"]  # fmt: skip
# They try programs, in processes that a change made here does not reach.
OF_PROGRAMS = [
    "test_database_killed",
    "test_crashes",
    "test_one_act_over_http",
    "test_live_session_holds",
]
PAGE = ROOT / "docs" / "mutation.md"


def main() -> int:
    """Take out, try, and say; 1 when too many go unnoticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="say the names and try nothing")
    parser.add_argument("--only", metavar="PATTERN", help="a regular expression found in the name")
    parser.add_argument("--sample", type=int, help="how many to draw")
    parser.add_argument("--seed", default="web")
    parser.add_argument("--again", type=Path, metavar="OUTPUT", help="a former run's output")
    parser.add_argument("--figures", action="store_true", help="of what was tried, and try nothing")
    parser.add_argument("--resume", action="store_true", help="pass over what was tried before")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    parser.add_argument("--seconds", type=float, default=60, help="of tests for a guard, at most")
    parser.add_argument("--tests", nargs="*", metavar="PATH", help="ask these tests alone")
    parser.add_argument(
        "--anew", action="store_true", help="note anew which test reaches which line"
    )
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
    os.environ.setdefault("PYTEST_VERSION", pytest.__version__)
    drawn = chosen(options)
    if options.figures:
        return figures(drawn, Tried())
    if options.list:
        sys.stdout.writelines(f"{one.name} (line {one.line})\n" for one in drawn)
        sys.stdout.write(f"{len(drawn)} guards\n")
        return 0
    return run(drawn, options)


def every_guard() -> list[Guard]:
    """All of them, named."""
    import django

    django.setup()
    return named(
        [*guards_of_code(), *guards_of_settings(), *guards_of_machines(), *guards_of_database()]
    )


def chosen(options: argparse.Namespace) -> list[Guard]:
    """The guards that the command line asks for."""
    drawn = every_guard()
    if options.only:
        drawn = [one for one in drawn if re.search(options.only, one.name)]
    if options.again:
        said = options.again.read_text("utf-8")
        again = set(re.findall(r"^(?:SURVIVED|BROKEN|UNREACHED) (.+) \(line ", said, re.MULTILINE))
        drawn = [one for one in drawn if one.name in again]
    if options.resume:
        known = Tried()
        drawn = [one for one in drawn if not known.has(one)]
    if options.sample and options.sample < len(drawn):
        kept = set(map(id, random.Random(options.seed).sample(drawn, options.sample)))
        drawn = [one for one in drawn if id(one) in kept]
    return drawn


def run(drawn: list[Guard], options: argparse.Namespace) -> int:
    """Try the guards drawn."""
    began = time.monotonic()
    trial = Trial(drawn, jobs=options.jobs, seconds=options.seconds, anew=options.anew)
    pytest.main(
        ["-x", "-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-n", "0",
         "-m", "not trust and not walk and not browser",
         *(f"--ignore=tests/trust/{name}.py" for name in OF_PROGRAMS), *(options.tests or TESTS)],
        plugins=[trial],
    )  # fmt: skip
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")
    return said({one.name: trial.ends[one.name] for one in drawn if one.name in trial.ends}, drawn)


def figures(drawn: list[Guard], tried: Tried) -> int:
    """Say how all the guards ended in the runs so far, and which were not tried as they stand."""
    for one in drawn:
        end = tried.end_of(one)
        if end != NOTICED:
            sys.stdout.write(f"{end.upper()} {one.name} (line {one.line})\n")
    return said({one.name: tried.end_of(one) for one in drawn if tried.has(one)}, drawn)


def said(ended: dict[str, str], drawn: list[Guard]) -> int:
    """Print the share of those noticed; 1 when it is too small, or one survives without a reason."""
    ends = Counter(ended.values())
    reasons = set(re.findall(r"^\| `([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    unexplained = [n for n, end in ended.items() if end != NOTICED and n not in reasons]
    rate = 100 * ends[NOTICED] / max(1, len(ended))
    others = ", ".join(f"{count} {end}" for end, count in ends.items() if end != NOTICED)
    sys.stdout.write(
        f"{ends[NOTICED]} of {len(ended)} noticed ({rate:.1f} %); {others or 'none else'}; "
        f"{len(unexplained)} without a reason; {len(drawn) - len(ended)} not tried\n"
    )
    return 0 if rate >= AIM and not unexplained and len(ended) == len(drawn) else 1


if __name__ == "__main__":
    sys.exit(main())
