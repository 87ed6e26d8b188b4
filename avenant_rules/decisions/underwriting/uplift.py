"""The uplift of income as arithmetic: the year or mean it starts from, what is added, where it stops.

Source: Guide du conseiller, Sélection des risques, section 5.3 (FIN-20, FIN-24), read with the notes
AMB-41 to AMB-43. Amounts are exact until they are rounded to the cent: base, part, gross, uplift.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from avenant_rules.decision import Because, Settings, Tables
from avenant_rules.decisions.underwriting.kinds import OccupationalClass, to_cent

NOTHING = Decimal("0.00")


class Year(NamedTuple):
    """Income of a year, the part of it the uplift bears on, and the gross it may not exceed.

    `scale`: what the uplift itself is multiplied by (a share of a company), 1 elsewhere.
    """

    income: Decimal
    part: Decimal
    gross: Decimal | None
    scale: Decimal = Decimal(1)


class Uplift(NamedTuple):
    """The steps: the base, what the rate gives, what it is held to, and the income in the end."""

    base: Decimal
    part: Decimal
    at_rate: Decimal
    held_to: Decimal
    gross: Decimal | None
    income: Decimal

    @property
    def added(self) -> Decimal:
        """What is added in the end: `income` is `base` plus this, unless gross is below `base`."""
        return max(self.income - self.base, NOTHING)


def takes_mean(occupational_class: OccupationalClass, tables: Tables) -> bool:
    """Whether the class starts from the mean of two years instead of the lower one."""
    return bool(occupational_class in tables.income_uplift_figures.mean_classes)


def base_of(years: Sequence[Year], *, is_mean: bool, settings: Settings) -> Year:
    """The mean of the years, or the lowest, with the gross that goes with it (AMB-42, AMB-43)."""
    by_profit = settings("underwriting.uplift_lowest_year") == "profit"
    chosen = min(
        years,
        key=lambda year: (year.part if by_profit else year.income, year.gross or NOTHING),
    )
    grosses = [year.gross for year in years if year.gross is not None]
    of_year = settings("underwriting.uplift_gross_year")
    gross: Decimal | None = None
    if len(grosses) == len(years):
        if of_year == "lowest":
            gross = min(grosses)
        elif of_year == "mean" or is_mean:
            gross = sum(grosses, NOTHING) / len(grosses)
        else:
            gross = chosen.gross
    if is_mean:
        count = len(years)
        return Year(
            income=sum((year.income for year in years), NOTHING) / count,
            part=sum((year.part for year in years), NOTHING) / count,
            gross=gross,
            scale=chosen.scale,
        )
    return chosen._replace(gross=gross)


def uplift_of(year: Year, tables: Tables, settings: Settings) -> Uplift:
    """The uplift on `year`, rounded to the cent, and the income after it, never above gross.

    What the ceiling holds is the uplift, the income it is taken of, or the result (AMB-41).
    """
    rate: Decimal = tables.income_uplift_figures.rate
    ceiling: Decimal = tables.income_uplift_figures.maximum
    base = to_cent(year.income)
    at_rate = to_cent(year.part * rate / 100 * year.scale)
    meant = settings("underwriting.uplift_ceiling")
    if meant == "on_income":
        held_to = to_cent(min(year.part, ceiling) * rate / 100 * year.scale)
    elif meant == "on_result":
        held_to = min(at_rate, max(ceiling - base, NOTHING))
    else:
        held_to = to_cent(min(year.part * rate / 100, ceiling) * year.scale)
    gross = None if year.gross is None else to_cent(year.gross)
    income = base + held_to if gross is None else min(base + held_to, gross)
    return Uplift(base, to_cent(year.part * year.scale), at_rate, held_to, gross, income)


def say_steps(
    uplift: Uplift, years: Sequence[Year], *, is_mean: bool, tables: Tables, because: Because
) -> None:
    """Note the steps of an uplift, with their amounts, in the order they are worked out."""
    because.rule(
        "2/FIN-20",
        "mean" if is_mean else "lowest",
        first=to_cent(years[0].income),
        second=to_cent(years[1].income),
        base=uplift.base,
    )
    because.parameter(
        tables.income_uplift_figures, "rate", part=uplift.part, at_rate=uplift.at_rate
    )
    if uplift.held_to != uplift.at_rate:
        because.parameter(tables.income_uplift_figures, "maximum", held_to=uplift.held_to)
        because.setting("underwriting.uplift_ceiling")
    because.rule(
        "2/FIN-20", "sum", base=uplift.base, added=uplift.held_to, sum=uplift.base + uplift.held_to
    )
    if uplift.gross is not None and uplift.base + uplift.held_to > uplift.gross:
        because.rule("3/GLO-10", gross=uplift.gross, added=uplift.added)
        because.setting("underwriting.uplift_gross_year")
