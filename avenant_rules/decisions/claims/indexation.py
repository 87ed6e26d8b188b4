"""What a disability benefit becomes when it carries the indexation option.

Source: Guide du conseiller, Règlements – Assurance Invalidité, section 4.2 (DIS-28, DIS-29, DIS-52);
Glossaire, « Prestation indexée »; read with CAMB-07, CAMB-08 and CAMB-40.
"""

from datetime import date, timedelta
from decimal import Decimal

from avenant_rules.dates import add_months, add_years
from avenant_rules.decision import (
    Bag,
    Because,
    MissingFacts,
    Settings,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.amounts import share, to_cent
from avenant_rules.values import Money, Quantity

DAY = timedelta(1)


class Rate(Struct):
    """The index rate applied on 1 January of a year."""

    year: int
    rate_percent: Quantity


class Indexed(Struct):
    """A benefit that may carry the indexation option, looked at on the day `as_of`."""

    has_indexation_option: bool
    disability_date: date
    monthly_benefit: Money
    rates: Bag[Rate]
    as_of: date


class Indexation(Struct):
    """First 1 January of indexation (None: never), and the benefit on the day asked."""

    first_indexation_date: date | None
    benefit_as_of: Money


@decision(
    "claims.indexation",
    rules=["3/DIS-28", "3/DIS-29", "3/DIS-52", "3/GLO-04", "1/GLO-39"],
)
def indexation(
    benefit: Indexed, tables: Tables, because: Because, settings: Settings
) -> Indexation:
    """First indexation of a disability benefit and benefit on a given day.

    On 1 January of the year after the first 12 months end, then every 1 January, rounded to the
    cent each time. The insured amount caps the benefit before indexation, not after.
    """
    if not benefit.has_indexation_option:
        because.rule("3/DIS-28", "no_option")
        return Indexation(first_indexation_date=None, benefit_as_of=benefit.monthly_benefit)
    months = tables.claims_disability_figures.indexation_after_months
    end = add_months(benefit.disability_date, months)
    if settings("claims.twelve_months_end") == "day_before_anniversary":
        end -= DAY
    first = add_years(date(end.year, 1, 1), 1)
    because.rule("3/DIS-28", "first", months=months, end=end, first=first)
    if benefit.as_of < first:
        because.rule("3/DIS-28", "not_yet", first=first)
        return Indexation(first_indexation_date=first, benefit_as_of=benefit.monthly_benefit)
    last_year = first.year
    if settings("claims.indexation_repeats") == "every_january":
        last_year = benefit.as_of.year
    because.setting("claims.indexation_repeats")
    amount = _indexed(benefit, first.year, last_year, because, settings)
    because.rule("3/DIS-52", "not_capped")
    return Indexation(first_indexation_date=first, benefit_as_of=amount)


def _indexed(
    benefit: Indexed, first_year: int, last_year: int, because: Because, settings: Settings
) -> Decimal:
    """The benefit raised each year; to the cent each time, or once at the end (CAMB-40)."""
    amount: Decimal = benefit.monthly_benefit
    rounds_each_year = settings("claims.indexation_rounding") == "each_year"
    for year in range(first_year, last_year + 1):
        rates = {one.rate_percent for one in benefit.rates if one.year == year}
        if len(rates) != 1:
            because.rule("3/DIS-29", "unknown", year=year)
            raise MissingFacts(["rates"])
        (rate,) = rates
        before, amount = amount, amount + share(rate, amount)
        if rounds_each_year:
            amount = to_cent(amount)
        because.rule(
            "3/DIS-29",
            "raised",
            year=year,
            rate_percent=rate,
            before=to_cent(before),
            after=to_cent(amount),
        )
    if last_year > first_year:
        because.setting("claims.indexation_rounding")
    return to_cent(amount)
