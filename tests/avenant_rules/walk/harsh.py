"""Inputs at the edges: band ends of the packs' tables, days, extreme dates and amounts, empty lists."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.avenant_rules.generated import fitting

CARRIERS = Path(__file__).parents[3] / "carriers"
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
NEAR = date(2026, 3, 31)
DATES = [
    FIRST, date(1, 12, 31), date(1900, 2, 28), date(1999, 12, 31), date(2024, 2, 29),
    date(2026, 1, 31), date(2026, 2, 28), date(2026, 12, 31), date(2028, 2, 29), date(9998, 12, 31),
    LAST,
]  # fmt: skip
AMOUNTS = ["0.00", "0.01", "-0.01", "-1500.00", "0.99", "9" * 36 + ".99", "-" + "9" * 35 + ".99"]
QUANTITIES = ["0", "-0", "-0.5", "100", "99.999999", "100.000001", "0." + "0" * 30 + "1", "9" * 40]
WHOLE = [0, 1, -1, 10**6, 2**63, -(2**63), 10**30]
TEXTS = ["", " ", "{x}", "é", "0" * 500, "\u0000", "😀", "null"]


@cache
def band_ends() -> list[str]:
    """Every number written in a table of a pack."""
    found: set[str] = set()
    for path in CARRIERS.glob("*/tables/*.toml"):
        found |= set(re.findall(r"(?<![\d.-])\d{1,9}(?:\.\d+)?(?![\d-])", path.read_text("utf-8")))
    return sorted(found)


def harsh(schema: dict[str, Any], random: Random) -> Any:
    """A value that fits the schema and stands on an edge about every second time."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "null" in kinds and random.random() < 0.3:
        return None
    if kinds[0] == "object":
        keeps = random.choice([0.0, 0.5, 0.9, 1.0])
        return {
            name: harsh(part, random)
            for name, part in schema["properties"].items()
            if name in schema["required"] or random.random() < keeps
        }
    if kinds[0] == "array":
        return _list(schema, random)
    if random.random() < 0.4 or kinds[0] == "boolean" or "enum" in schema:
        return fitting({**schema, "type": kinds[0]}, random)
    if kinds[0] == "integer":
        return _whole(schema, random)
    return _text(schema, random)


def moved(example: dict[str, Any], schema: dict[str, Any], random: Random) -> dict[str, Any]:
    """`example` with one or two of its facts put on an edge, or left out where that is allowed."""
    value = dict(example)
    names = list(schema["properties"])
    for name in random.sample(names, k=min(len(names), random.choice([1, 1, 2]))):
        if name not in schema["required"] and random.random() < 0.4:
            value.pop(name, None)
        else:
            value[name] = harsh(schema["properties"][name], random)
    return value


def _list(schema: dict[str, Any], random: Random) -> list[Any]:
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", 99), max(least, random.choice([0, 1, 2, 2, 5])))
    items = [harsh(schema["items"], random) for _ in range(most)]
    if len(items) > 1 and random.random() < 0.2:
        items[-1] = items[0]
    return items


def _whole(schema: dict[str, Any], random: Random) -> int:
    edges = WHOLE + [schema[word] for word in ("minimum", "maximum") if word in schema]
    whole = random.choice([random.choice(edges), int(float(random.choice(band_ends())))])
    whole += random.choice([0, 0, 1, -1])
    return max(schema.get("minimum", whole), min(schema.get("maximum", whole), whole))


def _text(schema: dict[str, Any], random: Random) -> str:
    if schema.get("format") == "date":
        return _date(random)
    pattern = schema.get("pattern", "")
    whole = str(int(float(random.choice(band_ends()))))
    if pattern == r"^-?[0-9]+\.[0-9]{2}$":
        return random.choice([random.choice(AMOUNTS), f"{whole}.00", f"{whole}.01"])
    if pattern == r"^-?[0-9]+(\.[0-9]+)?$":
        return random.choice([random.choice(QUANTITIES), whole, f"{whole}.000001"])
    if pattern == r"^[0-9]+\.[0-9]$":
        return random.choice(["0.0", "9" * 38 + ".9", f"{whole}.0", f"{whole}.9"])
    if pattern == r"^[0-9]{4}-[0-9]{2}$":
        return random.choice(["0000-00", "0001-01", "2026-13", "2026-02", "9999-12", "9999-99"])
    return random.choice(TEXTS)


def _date(random: Random) -> str:
    if random.random() < 0.3:
        return random.choice(DATES).isoformat()
    # Near one day, so that the differences between dates of one input fall on the bands' ends.
    days = int(float(random.choice([end for end in band_ends() if len(end) < 4])))
    day = NEAR + timedelta(random.choice([days, -days]) + random.choice([0, 0, 1, -1]))
    if random.random() < 0.3:
        years = int(float(random.choice([end for end in band_ends() if len(end) < 3])))
        return date(day.year - years, day.month, min(day.day, 28)).isoformat()
    return day.isoformat()
