"""The printed tables as rows: `facts("requirements")`. README.md lists them."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def facts(name: str) -> list[dict[str, str]]:
    """Give the rows of one table, every value text as in the CSV; the list is shared, don't edit."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fact(name: str, **where: str) -> dict[str, str]:
    """Give the only row whose columns hold these values."""
    found = [row for row in facts(name) if all(row[key] == value for key, value in where.items())]
    if len(found) != 1:
        raise LookupError(f"{name} {where}: {len(found)} rows")
    return found[0]


def names() -> list[str]:
    """Give the name of each table."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))
