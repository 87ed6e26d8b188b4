"""The CSV are what the documents print, no more and no less.

Read from the documents anew when their folder stands beside the project; skipped where it does not.
"""

import re
from collections import defaultdict
from decimal import Decimal

import pytest

from tests.facts.load import FOLDER, facts, names
from tests.facts.parse.catalogue import TABLES
from tests.facts.parse.document import CHAPTERS, SEEDS, Documents
from tests.facts.parse.facts import listing
from tests.support.cases import each

needs_documents = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents (../shared/seeds) are not beside the project"
)


@needs_documents
@pytest.mark.parametrize("name", sorted(TABLES))
def test_reads_from_the_document_what_the_csv_holds(name: str) -> None:
    printed = TABLES[name].text(Documents())

    kept = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")

    assert kept == printed


# An example's shares of time, and hours that are a parsed column of `overhead_limits`.
NOT_FACTS = {"20 %", "80 %", "18 heures"}
FIGURE = re.compile(
    r"(?:\d{1,3}(?: \d{3})+|\d+(?:,\d+)?)\)?"
    r" (?:%|\$|jours|mois|ans?\b|heures|premiers|derni\w+|cigares|pages?|employés|actionnaires)"
)


@needs_documents
@pytest.mark.parametrize("chapter", list(CHAPTERS))
def test_leaves_no_figure_of_the_guide_out(chapter: str) -> None:
    kept = " ".join(
        " ".join((row["row_label"], row["column_label"], row["printed"]))
        for name in names()
        for row in facts(name)
    )

    printed = set(FIGURE.findall(Documents().chapter(chapter).text))

    assert {figure for figure in printed - NOT_FACTS if figure not in kept} == set()


def test_keeps_one_csv_for_each_parser_and_none_besides() -> None:
    assert names() == sorted(TABLES)


def test_lists_every_table_with_what_it_holds() -> None:
    kept = (FOLDER / "TABLES.md").read_text(encoding="utf-8")

    assert kept == listing(TABLES.values())
    assert all(table.parse.__doc__ for table in TABLES.values())


@each("name", sorted(TABLES))
def test_leaves_no_cell_without_its_place_and_value(name: str) -> None:
    rows = facts(name)

    places = [tuple(row[key] for key in TABLES[name].columns) for row in rows]

    assert rows
    assert all(row["table"] and row["row"] and row["column"] for row in rows)
    assert len(set(places)) == len(rows)


def _shape(name: str, table: str) -> tuple[int, int]:
    cells = [row for row in facts(name) if row["table"] == table]
    return len({row["row"] for row in cells}), len({row["column"] for row in cells})


@each(
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


@each("table", [f"3.1.{number}" for number in range(1, 8)])
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


def test_fills_the_whole_grid_of_body_mass() -> None:
    cells = {(int(row["bmi"]), row["height_m"]) for row in facts("bmi_grid")}

    heights = [f"{1.48 + step * 0.02:.2f}" for step in range(17)]
    assert cells == {(bmi, height) for bmi in range(18, 36) for height in heights}


def test_prints_weights_near_the_formula_yet_by_no_single_rounding() -> None:
    off = [
        Decimal(row["weight_kg"]) - Decimal(row["bmi"]) * Decimal(row["height_m"]) ** 2
        for row in facts("bmi_grid")
    ]

    assert max(abs(each) for each in off) < Decimal("1.25")
    assert sum(1 for each in off if abs(each) > Decimal("0.5")) == 101


def test_prints_weights_that_rise_with_the_index_and_with_the_height() -> None:
    weights = {
        (int(row["row"]), int(row["column"])): int(row["printed"]) for row in facts("bmi_grid")
    }

    for (row, column), weight in weights.items():
        assert weight < weights.get((row + 1, column), 10**6)
        assert weight < weights.get((row, column + 1), 10**6)


def test_parts_the_days_of_reinstatement_without_gap_or_overlap() -> None:
    rows = {row["row"]: row for row in facts("reinstatement")}

    bands = [(row["days_from"], row["days_to"]) for _, row in sorted(rows.items())]

    assert bands == [("", "30"), ("31", "45"), ("46", "90"), ("90", "")]


@each(
    ("name", "rows", "columns"),
    [
        ("reclassification", 6, 6),
        ("vendors", 2, 8),
        ("privilege_rules", 3, 2),
        ("document_recipients", 9, 2),
        ("travel_router", 9, 2),
        ("payment_modes", 3, 2),
        ("document_validity", 9, 1),
        ("home_worker", 10, 1),
        ("bmi_classification", 4, 2),
        ("plan_prices", 1, 6),
    ],
)
def test_has_every_row_and_column_of_the_print(name: str, rows: int, columns: int) -> None:
    cells = {(row["row"], row["column"]) for row in facts(name)}

    assert len({row for row, _ in cells}) == rows
    assert len({column for _, column in cells}) == columns
    assert len(cells) == rows * columns


def test_asks_the_same_income_in_the_list_and_in_the_table_of_reclassification() -> None:
    listed = {
        (row["class_from"], row["class_to"]): row["income_above"]
        for row in facts("reclassification_income")
    }

    ticked = {
        (row["class_from"], row["class_to"]): row["number"]
        for row in facts("reclassification")
        if row["unit"] == "dollars" and row["is_required"] == "yes"
    }

    assert ticked == listed
