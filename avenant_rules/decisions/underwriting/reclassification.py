"""Moving to a better occupational class: whether it is granted, until when it may be asked, with what.

Source: Guide du conseiller, Sélection des risques, section 6.2 and Tableau 6.2.1 (OCC-02 to OCC-09),
section 5.3 (FIN-21), read with the notes AMB-48 to AMB-50.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from avenant_rules.dates import add_months, add_years
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import (
    EmploymentStatus,
    OccupationalClass,
    to_cent,
)
from avenant_rules.decisions.underwriting.uplift import (
    Year,
    base_of,
    say_steps,
    takes_mean,
    uplift_of,
)
from avenant_rules.tables import Row
from avenant_rules.values import Money, Quantity

type TwoYears = Annotated[list[Money], msgspec.Meta(min_length=2, max_length=2)]
type Condition = Literal[
    "outside_home", "experience", "income", "occupation_excluded", "no_such_row"
]
type Document = Literal[
    "short_health_declaration", "health_declaration_or_phone_interview", "income_evidence",
    "occupation_questionnaire",
]  # fmt: skip


class ReclassificationFacts(Struct):
    """Work, present class and class asked for; income of the last two years, oldest first.

    `is_uplift_eligible` and the gross income matter for who is not salaried.
    """

    employment_status: EmploymentStatus
    outside_home_percent: Quantity
    years_same_occupation: Quantity
    years_related_experience: Quantity
    is_occupation_reclassifiable: bool
    current_class: OccupationalClass
    requested_class: OccupationalClass
    income_by_year: TwoYears
    is_uplift_eligible: bool | None = None
    gross_income_by_year: TwoYears | None = None


class Reclassification(Struct):
    """Every condition that is not met; without a row in the table no income is asked."""

    is_reclassified: bool
    failed_conditions: frozenset[Condition]


class ReclassificationRequest(Struct):
    """When the contract was issued, and when the request came."""

    contract_issued_on: date
    requested_on: date


class RequestAnswer(Struct):
    """Whether it is in time, and what comes with it then."""

    is_accepted: bool
    documents: frozenset[Document]


@decision(
    "underwriting.reclassification",
    rules=["2/OCC-02", "2/OCC-03", "2/OCC-04", "2/OCC-05", "2/OCC-06", "2/FIN-21"],
)
def reclassification(
    facts: ReclassificationFacts, tables: Tables, because: Because, settings: Settings
) -> Reclassification:
    """Whether an occupational reclassification is granted.

    Income must exceed the threshold of the row: in each year for a salaried person, by the figure
    of the uplift for the others. For a company the uplift bears on the whole figure given here.
    """
    checked = tables.reclassification_conditions.check(facts)
    because.checks(checked)
    failed: set[Condition] = set(checked.reasons)
    without_related = tables.reclassification_conditions.check(facts, years_related_experience=0)
    if "experience" in without_related.reasons - checked.reasons:
        because.rule("2/OCC-05")
    row = tables.reclassification.match(
        current_class=facts.current_class, requested_class=facts.requested_class
    )
    because.row(row)
    if row.is_outside:
        failed.add("no_such_row")
    else:
        try:
            if not _has_income(facts, row, tables, because, settings):
                failed.add("income")
        except MissingFacts:
            # What already failed settles the refusal; otherwise income decides.
            if not failed:
                raise
    return Reclassification(is_reclassified=not failed, failed_conditions=frozenset(failed))


@decision("underwriting.reclassification_request", rules=["2/OCC-07", "2/OCC-08", "2/OCC-09"])
def reclassification_request(
    request: ReclassificationRequest, tables: Tables, because: Because, settings: Settings
) -> RequestAnswer:
    """Whether a request for reclassification is in time and the documents needed.

    From the issue to its fifth anniversary, that day included; exactly six months after the issue
    asks for the fuller list (AMB-49).
    """
    figures = tables.reclassification_request
    last_on = add_years(request.contract_issued_on, figures.request_years)
    because.parameter(figures, "request_years", last_on=last_on)
    is_in_time = request.contract_issued_on <= request.requested_on <= last_on
    if request.requested_on == last_on:
        because.setting("underwriting.reclassification_last_day")
        is_in_time = settings("underwriting.reclassification_last_day") == "included"
    if not is_in_time:
        return RequestAnswer(is_accepted=False, documents=frozenset())
    return RequestAnswer(is_accepted=True, documents=_documents(request, tables, because, settings))


def _documents(
    request: ReclassificationRequest, tables: Tables, because: Because, settings: Settings
) -> frozenset[Document]:
    figures = tables.reclassification_request
    edge = add_months(request.contract_issued_on, figures.early_months)
    is_early = request.requested_on < edge
    if request.requested_on == edge:
        because.setting("underwriting.reclassification_six_months")
        is_early = settings("underwriting.reclassification_six_months") == "short_list"
    name = "early_documents" if is_early else "late_documents"
    because.parameter(figures, name, edge=edge)
    documents: frozenset[Document] = getattr(figures, name)
    return documents


def _has_income(
    facts: ReclassificationFacts, row: Row, tables: Tables, because: Because, settings: Settings
) -> bool:
    threshold: Decimal = row.income_above
    is_average = settings("underwriting.reclassification_income") == "average"
    if facts.employment_status != "salaried":
        is_mean = is_average or takes_mean(facts.current_class, tables)
        return _has_figure(
            facts, threshold, is_mean=is_mean, tables=tables, because=because, settings=settings
        )
    first, second = facts.income_by_year
    mean = (first + second) / 2
    if min(first, second) <= threshold < mean:
        because.setting("underwriting.reclassification_income")
    if is_average:
        because.rule("2/OCC-02", "figure", figure=to_cent(mean), threshold=threshold)
        return mean > threshold
    because.rule("2/OCC-02", "each_year", first=first, second=second, threshold=threshold)
    return min(first, second) > threshold


def _has_figure(
    facts: ReclassificationFacts,
    threshold: Decimal,
    *,
    is_mean: bool,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> bool:
    """One figure for the self-employed and owners: the base, uplifted where that is open.

    Raises:
        MissingFacts: the uplift, or the gross income that holds it, decides and is not known.
    """
    years = _years(facts)
    uplift = uplift_of(base_of(years, is_mean=is_mean, settings=settings), tables, settings)
    if facts.is_uplift_eligible is False or (
        facts.is_uplift_eligible is None and uplift.base > threshold
    ):
        because.rule("2/OCC-02", "figure", figure=uplift.base, threshold=threshold)
        return uplift.base > threshold
    may_be_missing = uplift.income > threshold >= uplift.base
    if may_be_missing and (facts.is_uplift_eligible is None or uplift.gross is None):
        names = ("is_uplift_eligible", "gross_income_by_year")
        raise MissingFacts(name for name in names if getattr(facts, name) is None)
    because.rule("2/OCC-06")
    say_steps(uplift, years, is_mean=is_mean, tables=tables, because=because)
    because.rule("2/FIN-21")
    because.rule("2/OCC-02", "figure", figure=uplift.income, threshold=threshold)
    return uplift.income > threshold


def _years(facts: ReclassificationFacts) -> Sequence[Year]:
    grosses: Sequence[Decimal | None] = facts.gross_income_by_year or (None, None)
    return [
        Year(income, income, gross)
        for income, gross in zip(facts.income_by_year, grosses, strict=True)
    ]
