"""A pack's tables as their files say, read without the application's own loader."""

import operator
import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

CROIX_BLEUE = Path(__file__).resolve().parents[2] / "carriers" / "croix_bleue"

_BOUND = re.compile(r"(>=|<=|>|<) (\d+(?:\.\d+)?)")
_OPERATORS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


@cache
def read(path: str) -> dict[str, Any]:
    """Give a file of the pack, by its path in it."""
    with (CROIX_BLEUE / path).open("rb") as file:
        return tomllib.load(file)


def first_version(table: str) -> dict[str, Any]:
    """Give the oldest version of a table: the one that states the printed document."""
    versions: list[dict[str, Any]] = read(f"tables/{table}.toml")["version"]
    return min(versions, key=lambda version: version["effective"])


def rows(table: str) -> list[dict[str, Any]]:
    """Give the rows of a plain table, by column name."""
    version = first_version(table)
    return [dict(zip(version["columns"], row, strict=True)) for row in version["rows"]]


def parameters(table: str) -> dict[str, tuple[str, str]]:
    """Give the value, as a plain decimal, and the unit of each figure of a table of parameters."""
    return {
        name: (str(Decimal(str(value)).normalize().__format__("f")), unit)
        for name, value, unit, *_ in first_version(table)["rows"]
        if unit not in {"code", "codes", "text", "yes_no", "date"}
    }


def many(value: Any) -> list[Any]:
    """Give what a cell holds as a list: packs write one value bare."""
    return value if isinstance(value, list) else [value]


def holds(interval: str, amount: int) -> bool:
    """Say whether « >= 0 and < 100000 » holds for an amount."""
    bounds = _BOUND.findall(interval)
    if not bounds or len(bounds) != len(interval.split(" and ")):
        raise ValueError(f"{interval!r} is not an interval")
    return all(_OPERATORS[sign](amount, Decimal(end)) for sign, end in bounds)
