"""The travel tables of a pack say what the note on old contracts prints, cell by cell."""

from typing import Any

import pytest

from tests.facts import packs
from tests.facts.load import fact, facts
from tests.facts.words import (
    TRAVEL_CHANNELS,
    TRAVEL_COVERAGES,
    TRAVEL_FAMILIES,
    TRAVEL_ORIGINS,
)

MOMENTS = ("before", "after")
Case = tuple[str, str, str, str]


def _answers(rows: list[dict[str, Any]], *, inherited: bool) -> dict[Case, str]:
    return {
        (row["family"], row["coverage_class"], row["origin"], moment): row["channel"]
        for row in rows
        if row["is_inherited"] is inherited
        for moment in (MOMENTS if row["moment"] == "-" else packs.many(row["moment"]))
    }


def _case(row: dict[str, str], moment: str) -> Case:
    return (
        TRAVEL_FAMILIES[row["product"]],
        TRAVEL_COVERAGES[row["coverage"]],
        TRAVEL_ORIGINS[row["origin"]],
        moment,
    )


@pytest.mark.rule("4/TRV-30")
def test_answers_every_printed_cell_as_printed() -> None:
    printed = {
        _case(row, row["moment"]): TRAVEL_CHANNELS[row["channel"]]
        for row in facts("travel_router")
        if row["channel"]
    }

    assert _answers(packs.rows("travel_router"), inherited=False) == printed


@pytest.mark.rule("4/G-20")
def test_gives_the_blank_cells_the_answer_printed_above_them() -> None:
    above: dict[tuple[str, str], str] = {}
    expected: dict[Case, str] = {}
    for row in facts("travel_router"):
        for moment in [row["moment"]] if row["moment"] else MOMENTS:
            if row["channel"]:
                above[row["column"], moment] = TRAVEL_CHANNELS[row["channel"]]
            else:
                expected[_case(row, moment)] = above[row["column"], moment]

    assert _answers(packs.rows("travel_router"), inherited=True) == expected


@pytest.mark.rule("4/TRV-01")
@pytest.mark.rule("4/TRV-02")
def test_starts_on_the_printed_day_and_knows_the_printed_letters() -> None:
    rows = {name: value for name, value, *_ in packs.first_version("travel_figures")["rows"]}

    starts_on = rows["new_process_from"]
    assert (
        f"{starts_on.day} juin {starts_on.year}"
        == fact("travel_figures", key="starts_on")["printed"]
    )
    assert (
        rows["partner_space_prefix"] == fact("travel_figures", key="new_system_prefix")["printed"]
    )
