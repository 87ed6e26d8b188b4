"""The CSV are what the documents print, no more and no less.

Read from the documents anew when their folder stands beside the project; skipped where it does not.
"""

from collections import defaultdict

import pytest

from tests.facts.load import FOLDER, facts, names
from tests.facts.parse.catalogue import TABLES
from tests.facts.parse.document import SEEDS, Documents


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents (../shared/seeds) are not beside the project"
)
@pytest.mark.parametrize("name", sorted(TABLES))
def test_reads_from_the_document_what_the_csv_holds(name: str) -> None:
    printed = TABLES[name].text(Documents())

    kept = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")

    assert kept == printed


def test_keeps_one_csv_for_each_parser_and_none_besides() -> None:
    assert names() == sorted(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_leaves_no_cell_without_its_place_and_value(name: str) -> None:
    rows = facts(name)

    places = [tuple(row[key] for key in TABLES[name].columns) for row in rows]

    assert rows
    assert all(row["table"] and row["row"] and row["column"] for row in rows)
    assert len(set(places)) == len(rows)


def _shape(name: str, table: str) -> tuple[int, int]:
    cells = [row for row in facts(name) if row["table"] == table]
    return len({row["row"] for row in cells}), len({row["column"] for row in cells})


@pytest.mark.parametrize(
    ("table", "rows", "columns"),
    [
        ("3.1.1", 2, 4),
        ("3.1.2", 4, 6),
        ("3.1.3", 4, 5),
        ("3.1.4", 4, 6),
        ("3.1.5", 4, 5),
        ("3.1.6", 4, 2),
        ("3.1.7", 3, 1),
    ],
)
def test_has_every_cell_of_the_requirement_tables(table: str, rows: int, columns: int) -> None:
    cells = {(row["row"], row["column"]) for row in facts("requirements") if row["table"] == table}

    assert _shape("requirements", table) == (rows, columns)
    assert len(cells) == rows * columns


@pytest.mark.parametrize("table", [f"3.1.{number}" for number in range(1, 8)])
def test_has_ages_and_amounts_that_only_rise(table: str) -> None:
    bands = defaultdict(set)
    for row in facts("requirements"):
        if row["table"] == table:
            start = "0" if row["age_from_unit"] == "days" else row["age_from"]
            bands["age"].add((int(row["row"]), int(start), int(row["age_to"] or 200)))
            bands["amount"].add(
                (
                    int(row["column"]),
                    int(row["amount_from"] or 0),
                    int(row["amount_to"] or 10**9),
                )
            )

    for found in bands.values():
        ordered = sorted(found)
        assert all(start <= end for _, start, end in ordered)
        assert all(
            before[2] < after[1] for before, after in zip(ordered, ordered[1:], strict=False)
        )
