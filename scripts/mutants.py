"""Small lies in a table: every figure, cell, band end and comparison changed, one at a time."""

import copy
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

type Document = dict[str, Any]

UNREAD = {"row", "cite", "rule", "source", "note"}
ORDERED = {
    "days",
    "months",
    "years",
    "hours",
    "count",
    "integer",
    "money",
    "decimal",
    "date",
    "age",
}
TURNED = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "=="}
_COMPARED = re.compile(r">=|<=|==|!=|>|<")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_WORD = re.compile(r"\b(and|or)\b")


class Mutant(NamedTuple):
    """A table with one lie in it, and the lie in words."""

    says: str
    document: Document


def mutants_of(document: Document) -> Iterator[Mutant]:
    """Every lie that this module knows to tell in `document`."""
    for place, version in enumerate(document["version"]):
        for says, path, value in _changes(document, version):
            changed = copy.deepcopy(document)
            for holder_path, new in zip(path, value, strict=True):
                _put(changed["version"][place], holder_path, new)
            yield Mutant(f"{version['effective']} {says}", changed)


type Path = tuple[Any, ...]
type Changes = Iterator[tuple[str, list[Path], list[Any]]]


def _put(holder: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value


def _changes(document: Document, version: Document) -> Changes:
    yield from {
        "table": _of_table, "grid": _of_grid, "checks": _of_checks, "parameters": _of_parameters,
    }[document["kind"]](document, version)  # fmt: skip


def _of_table(document: Document, version: Document) -> Changes:
    columns, rows = version["columns"], version["rows"]
    for place, column in enumerate(columns):
        if column in UNREAD:
            continue
        spec = document["inputs"].get(column)
        if spec is None:
            spec = document.get("outputs", {}).get(column, {})
            others = [row[place] for row in rows]
            for number, row in enumerate(rows):
                for new in _lies(row[place], spec, others):
                    says = f"{row[0]}.{column}: {row[place]!r} -> {new!r}"
                    yield says, [("rows", number, place)], [new]
        elif spec["type"] in ORDERED:
            cells: dict[Path, Any] = {("rows", n, place): row[place] for n, row in enumerate(rows)}
            cells |= {
                ("outside", n, column): gap[column]
                for n, gap in enumerate(version.get("outside", []))
                if column in gap
            }
            yield from _moved_ends(column, cells, spec["type"])
        elif spec["type"] == "code":
            yield from _moved_codes(column, document, version)


def _moved_codes(column: str, document: Document, version: Document) -> Changes:
    """Each code of a list moved to the next line that differs in nothing else it reads."""
    place = version["columns"].index(column)
    others = [n for n, name in enumerate(version["columns"]) if name in document["inputs"]]
    others.remove(place)
    rows = version["rows"]
    for here, row in enumerate(rows):
        if not isinstance(row[place], list) or len(row[place]) == 1:
            continue
        around = [*range(here + 1, len(rows)), *range(here)]
        there = next((n for n in around if all(rows[n][o] == row[o] for o in others)), None)
        if there is None:
            continue
        cell = rows[there][place]
        for code in row[place]:
            left = [one for one in row[place] if one != code]
            more = [*(cell if isinstance(cell, list) else [cell]), code]
            yield (
                f"{column}: {code} moved from {row[0]} to {rows[there][0]}",
                [("rows", here, place), ("rows", there, place)],
                [left, more],
            )


def _of_grid(document: Document, version: Document) -> Changes:
    rows = version["rows"]
    others = [cell for row in rows for cell in row[2:]]
    for number, row in enumerate(rows):
        for place, cell in enumerate(row[2:], 2):
            for new in _lies(cell, document["cells"], others):
                says = f"r{number + 1}c{place - 1}: {cell!r} -> {new!r}"
                yield says, [("rows", number, place)], [new]
    for side in ("rows", "columns"):
        name, kind = document[side]["input"], document[side]["type"]
        if kind not in ORDERED:
            continue
        cells: dict[Path, Any] = {(side, n, 1): head[1] for n, head in enumerate(version[side])}
        cells |= {
            ("outside", n, name): gap[name]
            for n, gap in enumerate(version.get("outside", []))
            if name in gap
        }
        yield from _moved_ends(name, cells, kind)


def _of_checks(_: Document, version: Document) -> Changes:
    reasons = [row[2] for row in version["rows"]]
    for number, (name, text, reason, *_rest) in enumerate(version["rows"]):
        for found in (*_COMPARED.finditer(text), *_NUMBER.finditer(text), *_WORD.finditer(text)):
            old = found.group()
            new = TURNED.get(old) or {"and": "or", "or": "and"}.get(old) or _next(old)
            said = text[: found.start()] + new + text[found.end() :]
            yield f"{name}: {text} -> {said}", [("rows", number, 1)], [said]
        for other in [one for one in reasons if one != reason][:1]:
            yield f"{name}: reason {reason} -> {other}", [("rows", number, 2)], [other]


def _of_parameters(_: Document, version: Document) -> Changes:
    for number, (name, value, unit, *_rest) in enumerate(version["rows"]):
        if unit in ("text", "code"):
            continue
        for new in _lies(value, {"type": unit}, []):
            yield f"{name}: {value!r} -> {new!r}", [("rows", number, 1)], [new]


def _lies(value: Any, spec: Document, others: list[Any]) -> Iterator[Any]:
    """What `value` could be instead."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, list):
        if value:
            yield value[1:]
        more = [
            one
            for one in spec.get("values", [c for o in others if isinstance(o, list) for c in o])
            if one not in value
        ]
        if more:
            yield [*value, more[0]]
    elif spec.get("type") == "date":
        yield (date.fromisoformat(value) + timedelta(1)).isoformat()
    elif re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        yield _next(value)
    elif spec.get("type") != "text":
        known = [*spec.get("values", []), *(one for one in others if isinstance(one, str))]
        yield from [one for one in dict.fromkeys(known) if one != value][:1]


def _next(written: str) -> str:
    number = Decimal(written)
    return f"{number + Decimal(1).scaleb(int(number.as_tuple().exponent)):f}"


def _moved_ends(name: str, cells: dict[Path, Any], kind: str) -> Changes:
    """Each end of a band moved, in every cell that shares it, so that no case is lost or doubled."""
    ends = {end for cell in cells.values() for end in _ends(cell, kind)}
    for written, is_closed in sorted(ends):
        for says, move in (("end", _shifted), ("closed", _turned)):
            new = {path: move(cell, written, is_closed, kind) for path, cell in cells.items()}
            changed = {path: cell for path, cell in new.items() if cell != cells[path]}
            if changed:
                yield (
                    f"{name}: {says} {written} in "
                    + ", ".join(f"{cells[path]} -> {cell}" for path, cell in changed.items()),
                    list(changed),
                    list(changed.values()),
                )


def _ends(cell: Any, kind: str) -> Iterator[tuple[str, bool]]:
    """The upper ends of a cell: what is written, and whether the cell is a range `a..b`."""
    if not isinstance(cell, str):
        return
    if ".." in cell:
        high = cell.partition("..")[2].strip()
        if high:
            yield high, True
        low = cell.partition("..")[0].strip()
        if low and low != "0":
            yield _before(low, kind), True
    for _, bound in re.findall(r"(>=|<=|>|<)\s*([\w.-]+)", cell):
        yield bound, False


def _before(written: str, kind: str) -> str:
    return _stepped(written, kind, -1)


def _stepped(written: str, kind: str, by: int) -> str:
    if kind == "date":
        return (date.fromisoformat(written) + timedelta(by)).isoformat()
    number, _, unit = written.partition(" ")
    whole = Decimal(number) + (by if "." not in number else Decimal(by).scaleb(-2))
    return f"{whole:f} {unit}".strip()


def _shifted(cell: Any, written: str, is_range: bool, kind: str) -> Any:
    if not isinstance(cell, str):
        return cell
    if is_range and ".." in cell:
        low, _, high = (part.strip() for part in cell.partition(".."))
        if high == written:
            high = _stepped(high, kind, 1)
        if low and low != "0" and _before(low, kind) == written:
            low = _stepped(low, kind, 1)
        return f"{low}..{high}"
    if not is_range:
        return re.sub(
            rf"(>=|<=|>|<)(\s*){re.escape(written)}(?![\w.])",
            lambda found: f"{found[1]}{found[2]}{_stepped(written, kind, 1)}",
            cell,
        )
    return cell


def _turned(cell: Any, written: str, is_range: bool, kind: str) -> Any:
    if is_range or not isinstance(cell, str):
        return cell
    return re.sub(
        rf"(>=|<=|>|<)(\s*){re.escape(written)}(?![\w.])",
        lambda found: f"{TURNED[found[1]]}{found[2]}{written}",
        cell,
    )
