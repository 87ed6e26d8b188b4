"""The catalogue of tables: each parser gives a name, columns and rows, all text."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.facts.parse.document import Documents, Part
from tests.facts.parse.figures import numbers, unit

type Row = dict[str, str]
type Parser = Callable[[Documents], Iterable[Row]]

KEYED = ("key", "number", "unit")
COMMON = ("table", "row", "column", "row_label", "column_label", "printed")


@dataclass(frozen=True)
class FactTable:
    """One CSV: its name, its columns and the parser that makes it."""

    name: str
    columns: tuple[str, ...]
    parse: Parser

    def rows(self, documents: Documents) -> list[Row]:
        """Read the documents and give the rows, every column filled or empty."""
        rows = []
        for row in self.parse(documents):
            unknown = set(row) - set(self.columns)
            if unknown:
                raise ValueError(f"{self.name}: unknown columns {sorted(unknown)}")
            rows.append({column: row.get(column, "") for column in self.columns})
        return rows

    def text(self, documents: Documents) -> str:
        """Give the CSV, as it is kept."""
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows(documents))
        return out.getvalue()


TABLES: dict[str, FactTable] = {}


def listing(tables: Iterable[FactTable]) -> str:
    """Give the list of tables, as TABLES.md keeps it."""
    lines = [
        "# The tables",
        "",
        "Written by `python -m tests.facts.parse`. Columns after the six common ones.",
        "",
        "| table | what it holds | its own columns |",
        "|---|---|---|",
    ]
    for table in sorted(tables, key=lambda each: each.name):
        what = " ".join((table.parse.__doc__ or "").split())
        columns = ", ".join(f"`{column}`" for column in table.columns[len(COMMON) :])
        lines.append(f"| `{table.name}` | {what} | {columns} |")
    return "\n".join([*lines, ""])


def fact_table(name: str, *columns: str) -> Callable[[Parser], Parser]:
    """Put a parser in the catalogue; its columns follow the six common ones."""

    def keep(parse: Parser) -> Parser:
        if name in TABLES:
            raise ValueError(f"{name} is there twice")
        TABLES[name] = FactTable(name, (*COMMON, *columns), parse)
        return parse

    return keep


def cell(
    table: str,
    row: int,
    column: int,
    printed: str,
    *,
    row_label: str = "",
    column_label: str = "",
    **parsed: str,
) -> Row:
    """Give one cell."""
    return {
        "table": table,
        "row": str(row),
        "column": str(column),
        "row_label": row_label,
        "column_label": column_label,
        "printed": printed,
        **parsed,
    }


def listed(
    table: str,
    labels: Iterable[str],
    *,
    row_label: str = "",
    column: int = 1,
    column_label: str = "",
) -> Iterator[Row]:
    """Give a printed list: one row an item, its place in the list as the row number."""
    for row, label in enumerate(labels, 1):
        yield cell(table, row, column, label, row_label=row_label, column_label=column_label)


def keyed(table: str, part: Part, patterns: Mapping[str, str]) -> Iterator[Row]:
    """Give figures that stand in prose: for each key the only place its pattern fits, group 1."""
    for row, (key, pattern) in enumerate(patterns.items(), 1):
        printed = part.find(pattern)[1]
        found = numbers(printed)
        yield cell(
            table,
            row,
            1,
            printed,
            key=key,
            number=found[0] if len(found) == 1 else "",
            unit=unit(printed) if found else "",
        )
