"""Whether an applicant counts as a smoker."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

APPLIED = date(2024, 6, 15)
CIGAR = {"cigars_per_year": 5, "is_declared": True, "cotinine_test": "negative", "test_attempt": 1}


def _status(*uses: tuple[str, date], settings: dict[str, str] | None = None, **facts: Any) -> str:
    answer = decide(
        "underwriting.smoker_status",
        {
            "application_date": APPLIED,
            "tobacco_use": [{"product": one, "last_used_on": on} for one, on in uses],
        }
        | facts,
        settings=settings,
    )
    status: str = answer.outcome.status
    return status


@pytest.mark.rule("2/ELIG-09")
@each(
    ("applied", "last", "status"),
    [
        (date(2024, 6, 15), date(2023, 6, 16), "smoker"),
        (date(2024, 6, 15), date(2023, 6, 15), "smoker"),
        (date(2024, 6, 15), date(2023, 6, 14), "non_smoker"),
        (date(2024, 2, 29), date(2023, 2, 28), "smoker"),
        (date(2024, 2, 29), date(2023, 2, 27), "non_smoker"),
        (date(2025, 2, 28), date(2024, 2, 29), "smoker"),
        (date(2025, 2, 28), date(2024, 2, 27), "non_smoker"),
    ],
)
def test_needs_twelve_months_and_a_day_without_tobacco(
    applied: date, last: date, status: str
) -> None:
    found = _status(("cigarette", last), application_date=applied)

    assert found == status


@pytest.mark.rule("2/AMB-05")
@each(("reading", "status"), [("still_smoker", "smoker"), ("non_smoker", "non_smoker")])
def test_reads_the_anniversary_as_the_carrier_chose(reading: str, status: str) -> None:
    found = _status(
        ("pipe", date(2023, 6, 15)), settings={"underwriting.tobacco_anniversary": reading}
    )

    assert found == status


@pytest.mark.rule("2/ELIG-09")
@each(
    "product",
    [
        "cigarette", "e_cigarette", "cigarillo", "cigar", "pipe", "chewing_tobacco", "snuff",
        "shisha", "betel_nut", "nicotine_gum", "other_nicotine_product",
    ],
)  # fmt: skip
def test_counts_every_product_with_tobacco_or_nicotine(product: str) -> None:
    assert _status((product, date(2024, 5, 1))) == "smoker"


def test_is_a_non_smoker_without_any_use() -> None:
    assert _status() == "non_smoker"


@pytest.mark.rule("2/ELIG-10")
@each(
    ("changed", "status"),
    [
        ({}, "non_smoker"),
        ({"cigars_per_year": 12}, "non_smoker"),
        ({"cigars_per_year": 13}, "smoker"),
        ({"is_declared": False}, "smoker"),
        ({"cotinine_test": "positive"}, "smoker"),
        ({"cotinine_test": None}, "smoker"),
    ],
)
def test_tolerates_declared_occasional_cigars_with_a_negative_test(
    changed: dict[str, Any], status: str
) -> None:
    found = _status(("cigar", date(2024, 5, 1)), occasional_cigar=CIGAR | changed)

    assert found == status


@pytest.mark.rule("2/ELIG-10")
@each(
    ("other", "last", "status"),
    [
        ("cigarette", date(2024, 5, 1), "smoker"),
        ("cigarillo", date(2024, 5, 1), "smoker"),
        ("cigarette", date(2022, 5, 1), "non_smoker"),
    ],
)
def test_tolerates_cigars_alone(other: str, last: date, status: str) -> None:
    found = _status(("cigar", date(2024, 5, 1)), (other, last), occasional_cigar=CIGAR)

    assert found == status


@pytest.mark.rule("2/AMB-06")
@each(
    "product",
    [
        "cigarette",
        "e_cigarette",
        "pipe",
        "chewing_tobacco",
        "snuff",
        "shisha",
        "betel_nut",
        "nicotine_gum",
        "other_nicotine_product",
    ],
)
def test_tolerates_nothing_else_where_cigarillos_are_like_cigars(product: str) -> None:
    found = _status(
        (product, date(2024, 5, 1)),
        settings={"underwriting.cigarillos": "like_cigars"},
        occasional_cigar=CIGAR,
    )

    assert found == "smoker"


@pytest.mark.rule("2/AMB-06")
@each(("reading", "status"), [("apart", "smoker"), ("like_cigars", "non_smoker")])
def test_reads_cigarillos_as_the_carrier_chose(reading: str, status: str) -> None:
    found = _status(
        ("cigarillo", date(2024, 5, 1)),
        settings={"underwriting.cigarillos": reading},
        occasional_cigar=CIGAR,
    )

    assert found == status


@pytest.mark.rule("2/ELIG-11")
@each(
    ("attempt", "test", "earlier", "status"),
    [
        (2, "negative", ["positive"], "smoker"),
        (2, "negative", None, "smoker"),
        (2, "positive", ["negative"], "non_smoker"),
        (3, "negative", ["positive", "negative"], "smoker"),
        (1, "negative", ["positive"], "non_smoker"),
    ],
)
def test_lets_the_first_test_of_the_request_stand(
    attempt: int, test: str, earlier: list[str] | None, status: str
) -> None:
    found = _status(
        ("cigar", date(2024, 5, 1)),
        occasional_cigar=CIGAR
        | {"cotinine_test": test, "test_attempt": attempt, "previous_results": earlier},
    )

    assert found == status


@pytest.mark.rule("2/AMB-07")
@each(("reading", "status"), [("one_a_request", "non_smoker"), ("one_ever", "smoker")])
def test_counts_tests_of_earlier_requests_as_the_carrier_chose(reading: str, status: str) -> None:
    found = _status(
        ("cigar", date(2024, 5, 1)),
        settings={"underwriting.cotinine_tests": reading},
        occasional_cigar=CIGAR | {"previous_results": ["positive"]},
    )

    assert found == status


def test_says_every_condition_of_the_tolerance_that_fails() -> None:
    answer = decide(
        "underwriting.smoker_status",
        application_date=APPLIED,
        tobacco_use=[{"product": "cigar", "last_used_on": date(2024, 5, 1)}],
        occasional_cigar=CIGAR
        | {"cigars_per_year": 20, "is_declared": False, "cotinine_test": None},
    )

    assert [(reason.rule, reason.row) for reason in answer.because] == [
        ("2/ELIG-09", "4"),
        ("2/ELIG-10", "count"),
        ("2/ELIG-10", "declared"),
        ("2/ELIG-10", "test"),
    ]


@pytest.mark.rule("2/ELIG-09")
@each(
    ("product", "words"),
    [
        ("cigarette", "cigarettes"),
        ("e_cigarette", "cigarettes électroniques"),
        ("cigarillo", "cigarillos"),
        ("cigar", "cigares"),
        ("pipe", "pipe"),
        ("chewing_tobacco", "tabac à chiquer ou à priser"),
        ("snuff", "tabac à chiquer ou à priser"),
        ("shisha", "chicha"),
        ("betel_nut", "noix de bétel"),
        ("nicotine_gum", "tout autre produit dérivé du tabac ou contenant de la nicotine"),
        ("other_nicotine_product", "tout autre produit dérivé du tabac ou contenant de la nicotine"),
    ],
)  # fmt: skip
def test_cites_the_words_that_name_the_product(product: str, words: str) -> None:
    answer = decide(
        "underwriting.smoker_status",
        application_date=date(2024, 6, 15),
        tobacco_use=[{"product": product, "last_used_on": date(2024, 5, 1)}],
    )

    assert answer.because[0].source.endswith(f"« {words} »")
