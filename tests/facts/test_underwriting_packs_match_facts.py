"""Every figure and list of the underwriting tables says what the document prints."""

import re

import pytest

from tests.facts import packs
from tests.facts.load import fact, facts
from tests.facts.words import NEWCOMER_DOCUMENTS

_FIGURE = re.compile(r"(\w+) (>=|<=|>|<|==) (-?\d+(?:\.\d+)?)")


def _compared(table: str, row: str) -> list[tuple[str, str, str]]:
    """Give the comparisons with a figure in a row of checks: name, sign, figure."""
    conditions = {name: condition for name, condition, *_ in packs.first_version(table)["rows"]}
    return _FIGURE.findall(conditions[row])


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("hours", "hours_per_week_from"),
        ("months", "months_per_year_from"),
        ("benefit", "monthly_benefit_from"),
    ],
)
def test_admits_to_disability_insurance_from_the_printed_figures(row: str, key: str) -> None:
    [(_, sign, figure)] = _compared("disability_eligibility", row)

    assert (sign, figure) == (">=", fact("disability_eligibility", key=key)["number"])


def test_offers_the_regular_occupation_rider_from_the_printed_years() -> None:
    [(_, sign, figure)] = _compared("regular_occupation_rider", "years")

    printed = fact("disability_eligibility", key="regular_occupation_years_in_job_from")
    assert (sign, figure) == (">=", printed["number"])


@pytest.mark.parametrize(
    ("row", "key"), [("hours", "hours_per_week_from"), ("months", "months_per_year_from")]
)
def test_admits_newcomers_from_the_printed_figures(row: str, key: str) -> None:
    [(_, sign, figure)] = _compared("newcomer_eligibility", row)

    assert (sign, figure) == (">=", fact("newcomer_eligibility", key=key)["number"])


def test_refuses_the_printed_statuses() -> None:
    conditions = {
        name: text for name, text, *_ in packs.first_version("newcomer_eligibility")["rows"]
    }

    refused = [row["printed"] for row in facts("newcomer_eligibility") if "refused" in row["key"]]

    assert refused == ["réfugiés", "détenteurs d'un visa de travail", "d'étudiant"]
    assert conditions["barred"] == (
        "not residency_status in ['refugee', 'work_visa', 'student_visa']"
    )


def test_asks_newcomers_for_the_printed_documents() -> None:
    [documents] = [
        value for name, value, *_ in packs.first_version("newcomer_figures")["rows"]
        if name == "first_year_documents"
    ]  # fmt: skip

    assert documents == [NEWCOMER_DOCUMENTS[row["printed"]] for row in facts("newcomer_documents")]
