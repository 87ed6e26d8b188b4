"""Whether an applicant counts as a smoker.

Source: Guide du conseiller, Sélection des risques, section 2.2 (ELIG-09 to ELIG-11), read with the
notes AMB-05 to AMB-07.
"""

from datetime import date
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Bag, Because, Settings, Struct, Tables, decision
from avenant_rules.tables import Row

type Product = Literal[
    "cigarette", "e_cigarette", "cigarillo", "cigar", "pipe", "chewing_tobacco", "snuff",
    "shisha", "betel_nut", "nicotine_gum", "other_nicotine_product",
]  # fmt: skip
type TestResult = Literal["negative", "positive"]
type ResultThatCounts = Literal["negative", "positive", "no_test"]


class TobaccoUse(Struct):
    """A product, and the day it was last used."""

    product: Product
    last_used_on: date


class OccasionalCigar(Struct):
    """What is put forward for the tolerance; no `cotinine_test` means no test.

    `test_attempt`: rank of that test for this request, from 1. `previous_results`: oldest first.
    """

    cigars_per_year: int
    is_declared: bool
    cotinine_test: TestResult | None = None
    test_attempt: int
    previous_results: list[TestResult] | None = None


class TobaccoHistory(Struct):
    """Products used, on the day of the application or of the request to review the status."""

    application_date: date
    tobacco_use: Bag[TobaccoUse]
    occasional_cigar: OccasionalCigar | None = None


class SmokerStatus(Struct):
    """The status for the premium."""

    status: Literal["non_smoker", "smoker"]


@decision("underwriting.smoker_status", rules=["2/ELIG-09", "2/ELIG-10", "2/ELIG-11"])
def smoker_status(
    history: TobaccoHistory, tables: Tables, because: Because, settings: Settings
) -> SmokerStatus:
    """Smoker status of an applicant.

    A use on the very day twelve months before still counts (AMB-05). Cigars alone may be tolerated,
    on the strength of the first test of the request.
    """
    recent = _recent_uses(history, tables, because, settings)
    if not recent:
        return SmokerStatus(status="non_smoker")
    if history.occasional_cigar is None:
        return SmokerStatus(status="smoker")
    is_tolerated = _is_tolerated(history.occasional_cigar, recent, tables, because, settings)
    return SmokerStatus(status="non_smoker" if is_tolerated else "smoker")


def _recent_uses(
    history: TobaccoHistory, tables: Tables, because: Because, settings: Settings
) -> list[Row]:
    """The uses of the last months, each as the line of its product."""
    since = add_months(history.application_date, -tables.tobacco_figures.tobacco_free_months)
    counts_that_day = settings("underwriting.tobacco_anniversary") == "still_smoker"
    rows: list[Row] = []
    for use in sorted(history.tobacco_use, key=lambda one: one.last_used_on, reverse=True):
        if use.last_used_on == since:
            because.setting("underwriting.tobacco_anniversary")
        if use.last_used_on > since or (use.last_used_on == since and counts_that_day):
            row = tables.tobacco_products.match(product=use.product)
            because.row(row, product=use.product, last_used_on=use.last_used_on, since=since)
            rows.append(row)
    if not rows:
        because.parameter(tables.tobacco_figures, "tobacco_free_months", since=since)
    return rows


def _is_tolerated(
    cigar: OccasionalCigar, recent: list[Row], tables: Tables, because: Because, settings: Settings
) -> bool:
    kinds = {row.kind for row in recent}
    tolerated = {"cigar"}
    if "cigarillo" in kinds:
        because.setting("underwriting.cigarillos")
        if settings("underwriting.cigarillos") == "like_cigars":
            tolerated.add("cigarillo")
    result = _result_that_counts(cigar, because, settings)
    checked = tables.cigar_tolerance.check(cigar, is_cigars_alone=kinds <= tolerated, result=result)
    because.checks(checked, cigars_per_year=cigar.cigars_per_year, result=result)
    return not checked.failed


def _result_that_counts(
    cigar: OccasionalCigar, because: Because, settings: Settings
) -> ResultThatCounts:
    """The first test of this request, or of all requests where the carrier chose so (AMB-07).

    A first result that is not on file is no negative test.
    """
    earlier = cigar.previous_results or []
    first: TestResult | None = cigar.cotinine_test
    if earlier:
        because.setting("underwriting.cotinine_tests")
    if earlier and settings("underwriting.cotinine_tests") == "one_ever":
        first = earlier[0]
    elif cigar.test_attempt > 1:
        before = cigar.test_attempt - 1
        first = earlier[-before] if len(earlier) >= before else None
        because.rule("2/ELIG-11", attempt=cigar.test_attempt)
    return first or "no_test"
