"""Every measure beside its peer, in one run: `make bench`, or some of them by name.

    python -m benchmarks                       all, one table
    python -m benchmarks decisions live_session

No time is asserted: a missed aim is said, and the exit code is 0. What each row counts is in
docs/benchmarks.md.
"""

import sys
import traceback
from importlib import import_module

from benchmarks.rows import Row, table

MODULES = ("decisions", "decide_program", "typst_weasyprint", "live_session")


def main(asked: list[str]) -> int:
    """Run them one after the other and print the table; 1 only when one could not run."""
    unknown = sorted(set(asked) - set(MODULES))
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there are {', '.join(MODULES)}\n")
        return 2
    rows: list[Row] = []
    failed: list[str] = []
    for name in asked or MODULES:
        sys.stderr.write(f"{name}…\n")
        try:
            rows += import_module(f"benchmarks.{name}").run()
        except Exception:  # the others are still worth their time
            traceback.print_exc()
            failed.append(name)
    if rows:
        sys.stdout.write(f"\n{table(rows)}\n\n")
    missed = [row.name.strip() for row in rows if not row.is_met]
    sys.stdout.write(f"{len(rows) - len(missed)} of {len(rows)} aims met in this run.\n")
    if missed:
        sys.stdout.write(f"Missed: {'; '.join(missed)}.\n")
    if failed:
        sys.stdout.write(f"Could not run: {', '.join(failed)}.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
