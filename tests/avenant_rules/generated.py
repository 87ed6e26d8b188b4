"""Inputs made from a decision's schema: fitting ones, and ones spoilt in one place."""

import copy
import string
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

FIRST_DAY = date(1930, 1, 1)
DAYS = 40_000
SPOILT: list[Any] = [
    None, True, 0, -1, 3, 10**30, 1.5, "", " ", "x", "NaN", "1E+3", "1", "1.5", "1.50", "-0.01",
    "1,50", "٣.00", "2026-02-30", "2026-02-28", "20260228", "2026-1-1", "2026-02-28T00:00:00",
    "2026-13", [], [None], ["x"], {}, {"x": 1},
]  # fmt: skip


def fitting(schema: dict[str, Any], random: Random) -> Any:
    """A value that fits the schema."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "null" in kinds and random.random() < 0.25:
        return None
    kind = kinds[0]
    if kind == "object":
        return {
            name: fitting(part, random)
            for name, part in schema["properties"].items()
            if name in schema["required"] or random.random() < 0.75
        }
    if kind == "array":
        least = schema.get("minItems", 0)
        most = schema.get("maxItems", least + 3)
        return [fitting(schema["items"], random) for _ in range(random.randint(least, most))]
    if kind == "boolean":
        return random.random() < 0.5
    if kind == "integer":
        low = schema.get("minimum", -5)
        return random.randint(low, schema.get("maximum", low + random.choice([3, 40, 120])))
    return _text(schema, random)


def _text(schema: dict[str, Any], random: Random) -> str:
    if "enum" in schema:
        return str(random.choice([code for code in schema["enum"] if code is not None]))
    if schema.get("format") == "date":
        return (FIRST_DAY + timedelta(random.randrange(DAYS))).isoformat()
    pattern = schema.get("pattern", "")
    whole = random.choice(
        [0, random.randrange(100), random.randrange(5000), random.randrange(10**6)]
    )
    if pattern == r"^-?[0-9]+\.[0-9]{2}$":
        return f"{whole}.{random.choice(['00', '00', '01', '50', '99'])}"
    if pattern == r"^-?[0-9]+(\.[0-9]+)?$":
        return f"{whole % 200}{random.choice(['', '', '.5', '.25', '.125'])}"
    if pattern == r"^[0-9]+\.[0-9]$":
        return f"{whole % 60}.{random.randrange(10)}"
    if pattern == r"^[0-9]{4}-[0-9]{2}$":
        return f"{random.randint(2000, 2030)}-{random.randint(1, 12):02}"
    return "".join(
        random.choices(string.ascii_letters + string.digits + " -é", k=random.randrange(9))
    )


def spoilt(value: Any, random: Random) -> Any:
    """`value` changed in one place: a field dropped, added or replaced, at any depth."""
    changed = copy.deepcopy(value)
    places = list(_places(changed))
    if not places or random.random() < 0.1:
        changed[random.choice(["unknown_field", "Product", ""])] = 1
        return changed
    holder, key = random.choice(places)
    if isinstance(holder, dict) and random.random() < 0.3:
        del holder[key]
    else:
        holder[key] = copy.deepcopy(random.choice(SPOILT))
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    entries: Any = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for key, item in entries:
        yield value, key
        yield from _places(item)
