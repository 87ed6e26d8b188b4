"""Every cell of a pack's tables says what the document prints.

The packs are read as files and the facts as CSV: neither side knows of the other.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.facts import packs
from tests.facts.load import fact, facts
from tests.facts.words import (
    COVERAGES,
    NOT_OFFERED,
    PAYMENT_FREQUENCIES,
    PAYMENT_ITEMS,
    PAYMENT_MODES,
    PROGRAMMES,
    REQUIREMENTS,
    REQUIREMENTS_PRINTED_TWICE,
    UNITS,
)
from tests.support.cases import each

REQUIREMENT_TABLES = [
    pytest.param("3.1.1", marks=pytest.mark.rule("2/REQ-11")),
    pytest.param("3.1.2", marks=pytest.mark.rule("2/REQ-12")),
    pytest.param("3.1.3", marks=pytest.mark.rule("2/REQ-13")),
    pytest.param("3.1.4", marks=pytest.mark.rule("2/REQ-14")),
    pytest.param("3.1.5", marks=pytest.mark.rule("2/REQ-15")),
    pytest.param("3.1.6", marks=pytest.mark.rule("2/REQ-16")),
    pytest.param("3.1.7", marks=pytest.mark.rule("2/REQ-17")),
]


def _grid(table: str) -> dict[str, Any]:
    return packs.first_version(f"requirements_{table.replace('.', '_')}")


def _printed(table: str) -> list[dict[str, str]]:
    return [row for row in facts("requirements") if row["table"] == table]


def _codes(cell: list[dict[str, str]]) -> list[str] | str:
    """Give what a printed cell asks for, in the words of the packs."""
    if [row["printed"] for row in cell] == [NOT_OFFERED]:
        return "not_offered"
    codes: list[str] = []
    for row in cell:
        code = REQUIREMENTS[row["printed"]]
        codes.append(REQUIREMENTS_PRINTED_TWICE[code] if code in codes else code)
    return codes


def _differences(grid: dict[str, Any], printed: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Give the cells, by their labels, in which the pack says something else than the print."""
    found = []
    for row, (label, _, *cells) in enumerate(grid["rows"], 1):
        for column, ((heading, _), cell) in enumerate(zip(grid["columns"], cells, strict=True), 1):
            place = (str(row), str(column))
            asked = [each for each in printed if (each["row"], each["column"]) == place]
            labels = {(each["row_label"], each["column_label"]) for each in asked}
            if labels != {(label, heading)} or cell != _codes(asked):
                found.append((label, heading))
    return found


@each("table", REQUIREMENT_TABLES)
def test_asks_in_each_cell_for_what_is_printed(table: str) -> None:
    assert _differences(_grid(table), _printed(table)) == []


@each("table", REQUIREMENT_TABLES)
def test_would_find_any_one_cell_that_is_wrong(table: str) -> None:
    for row in range(len(_grid(table)["rows"])):
        for column in range(len(_grid(table)["columns"])):
            grid = deepcopy(_grid(table))
            label, _, *cells = grid["rows"][row]
            grid["rows"][row][2 + column] = [*packs.many(cells[column]), "ecg"]

            assert _differences(grid, _printed(table)) == [(label, grid["columns"][column][0])]


@each("table", REQUIREMENT_TABLES)
def test_has_no_cell_more_or_less_than_the_print(table: str) -> None:
    grid = _grid(table)

    cells = {
        (str(row), str(column))
        for row, (_, _, *printed) in enumerate(grid["rows"], 1)
        for column, _ in enumerate(printed, 1)
    }

    assert cells == {(row["row"], row["column"]) for row in _printed(table)}


@each("table", REQUIREMENT_TABLES)
def test_reads_each_printed_age_band_as_printed(table: str) -> None:
    bands = {row[0]: row[1] for row in _grid(table)["rows"]}

    for row in _printed(table):
        days = " days" if row["age_from_unit"] == "days" else ""
        assert bands[row["row_label"]] == f"{row['age_from']}{days}..{row['age_to']}"


@each("table", REQUIREMENT_TABLES)
def test_puts_each_printed_amount_in_its_own_column(table: str) -> None:
    intervals = dict(_grid(table)["columns"])

    for row in _printed(table):
        ends = [int(row["amount_from"])] if row["amount_from"] else []
        if row["amount_to"]:
            ends.append(int(row["amount_to"]) - (row["amount_band"] == "below"))
        for amount in ends:
            inside = [
                label for label, interval in intervals.items() if packs.holds(interval, amount)
            ]
            assert inside == [row["column_label"]], amount


@pytest.mark.rule("2/REQ-10")
def test_reads_each_coverage_from_the_table_that_names_it() -> None:
    chosen = {
        coverage: row["table"]
        for row in packs.rows("requirement_tables")
        for coverage in packs.many(row["coverage"])
    }

    assert chosen == {
        COVERAGES[row["coverage"]]: f"requirements_{row['table'].replace('.', '_')}"
        for row in facts("requirement_coverages")
    }


@each(
    ("parameter", "key"),
    [
        pytest.param("counted_months", "counted_months", marks=pytest.mark.rule("2/REQ-02")),
        pytest.param(
            "policyholder_interviewed_through_age",
            "interview_with_policyholder_age_to",
            marks=pytest.mark.rule("2/REQ-04"),
        ),
        pytest.param(
            "overhead_percent",
            "overhead_share_added_to_disability",
            marks=pytest.mark.rule("2/REQ-06"),
        ),
        pytest.param(
            "extended_inspection_from",
            "amplified_report_monthly_benefit_from",
            marks=pytest.mark.rule("2/REQ-18"),
        ),
    ],
)
def test_counts_with_the_figures_of_section_3_1(parameter: str, key: str) -> None:
    printed = fact("requirement_notes", key=key)

    value, unit = packs.parameters("requirement_figures")[parameter]

    assert (value, unit) == (printed["number"], UNITS.get(printed["unit"], printed["unit"]))


@each(
    ("parameter", "table"),
    [("lower_band_end_life_hybrid", "3.1.4"), ("lower_band_end_disability_hybrid", "3.1.5")],
)
@pytest.mark.rule("2/REQ-09")
def test_names_the_round_figure_that_no_column_prints(parameter: str, table: str) -> None:
    first = next(row for row in _printed(table) if row["column"] == "1")

    value, unit = packs.parameters("requirement_figures")[parameter]

    assert (value, unit) == (first["amount_to"], "CAD")


@pytest.mark.rule("1/ADM-11")
def test_offers_on_paper_the_modes_and_frequencies_printed() -> None:
    offered = {
        (mode, frequency)
        for row in packs.rows("payment_modes")
        if row["refusal_reason"] == "offered" and row["channel"] in {"-", "paper"}
        for mode in packs.many(row["mode"])
        for frequency in packs.many(row["frequency"])
    }

    assert offered == {
        (PAYMENT_MODES[row["mode"]], PAYMENT_FREQUENCIES[row["frequency"]])
        for row in facts("payment_modes")
        if row["is_offered"] == "yes"
    }


@pytest.mark.rule("1/ADM-12")
@pytest.mark.rule("1/ADM-13")
@pytest.mark.rule("1/ADM-14")
def test_encloses_with_each_mode_of_payment_what_is_printed() -> None:
    asked = {row["mode"]: set(row["required_items"]) for row in packs.rows("payment_items")}

    assert asked == {
        code: {
            PAYMENT_ITEMS[row["column_label"]]
            for row in facts("payment_items")
            if row["mode"] == mode and row["is_asked"] == "yes"
        }
        for mode, code in PAYMENT_MODES.items()
    }


@each("programme", list(PROGRAMMES))
@pytest.mark.rule("1/PROD-08")
@pytest.mark.rule("1/PROD-09")
def test_names_the_guarantees_of_the_application_as_the_product_table_does(programme: str) -> None:
    printed = {
        row["printed"] for row in facts("coverages") if row["table"] == PROGRAMMES[programme]
    }

    named = {
        guarantee["label"]["fr"]
        for guarantee in packs.read("products/association_express.toml")["guarantee"]
        if guarantee["programme"] == programme
    }

    assert named
    assert named <= printed


@pytest.mark.rule("4/APP-30")
def test_prints_as_many_children_as_the_form_has_lines_for() -> None:
    form = packs.read("forms/association_express/v1.toml")

    lines = [
        group["printed_rows"]
        for section in form["section"]
        for group in section.get("group", [])
        if group["id"] == "children"
    ]

    assert lines == [int(fact("application_figures", key="children_listed_above")["number"])]


@pytest.mark.rule("4/APP-38")
def test_begins_application_numbers_with_the_printed_letters() -> None:
    printed = fact("application_figures", key="reference_prefix")["printed"]

    given = {name: value for name, value, *_ in packs.first_version("reference_formats")["rows"]}
    assert given["application_prefix"] == printed


@pytest.mark.rule("4/APP-07")
def test_keeps_a_saved_application_as_long_as_printed() -> None:
    printed = fact("application_figures", key="retention_days")

    assert packs.parameters("application_retention")["days"] == (printed["number"], printed["unit"])
    assert fact("application_figures", key="extension_days")["number"] == printed["number"]


# A table with no printed counterpart, and why.
NOT_PRINTED: dict[str, str] = {
    "reference_formats": "sentences give the form of numbers: test_application_completeness",
    "balance_settlements": "section 4.3 names the two ways in one sentence",
    "quebec_holidays": "Québec's labour standards, not the guide: test_commission_pay_period.py",
    "simultaneous_issue": "section 2.1 settles the question without an answer in one sentence",
    "tracking_report": "section 7 describes the report in four paragraphs",
    "travel_provinces": "no document says where travel insurance is sold: demonstration data",
    "frequency_letter": "section 8.2 asks for the payer's dated letter in one sentence",
    "debit_figures": "28 is our limit: the guide of the electronic application gives none",
    "name_change": "section 8.2 asks for the letter and the certificate in one sentence",
    "premium_levelling": "section 8.2 says it in one sentence",
    "occupation_change": "section 8.2 says it in two sentences",
    "signature_evidence": "three sentences of the guide; no list prints them",
    "travel_consents": "two sentences of the note, step 4; no list prints them",
    "travel_flows": "which answers lead where is read from the screen of step 5",
    "claims_health_eligibility": "two sentences of section 3.2; no list prints them",
    "claims_impaired_driving": "one sentence in each chapter; the cases are read from it",
    "claims_information_release": "the sentences of section 6.5 and of life, section 5.2",
    "claims_massage_prescribers": "one sentence; the other prescribers are not printed",
    "claims_medical_evidence": "three sentences on who pays; no list prints them",
    "claims_owner_income": "one sentence of section 6.4",
    "claims_payment_methods": "two sentences on direct deposit",
    "claims_premium_waiver": "two sentences of section 6.4",
    "claims_teams": "two sentences of section 1 of each chapter",
    "claims_total_disability": "the two factors of section 6.3; the cases are read from them",
    "signature_figures": "the age of majority; the guide says nothing of minors",
}


def test_compares_every_table_of_the_pack_with_the_print() -> None:
    """A new table: compare it here or beside, or say in NOT_PRINTED why no document prints it."""
    beside = Path(__file__).parent.glob("test_*packs_match_facts.py")
    tests = "".join(path.read_text(encoding="utf-8") for path in beside)
    named = {f"requirements_3_1_{number}" for number in range(1, 8)} | set(NOT_PRINTED)

    tables = {path.stem for path in (packs.CROIX_BLEUE / "tables").glob("*.toml")}

    assert {table for table in tables - named if f'("{table}"' not in tests} == set()
