"""The income of a self-employed person or owner after the uplift: who has it, and how much it makes.

Source: Guide du conseiller, Sélection des risques, section 5.3 (FIN-19, FIN-20, FIN-22 to FIN-25), and
glossary, Majoration (3/GLO-10), read with the notes AMB-41 to AMB-44.
"""

from decimal import Decimal
from typing import Annotated

import msgspec

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import (
    EmploymentStatus,
    OccupationalClass,
    to_cent,
)
from avenant_rules.decisions.underwriting.uplift import (
    NOTHING,
    Year,
    base_of,
    say_steps,
    takes_mean,
    uplift_of,
)
from avenant_rules.values import Money, Quantity

type TwoYears = Annotated[list[Money], msgspec.Meta(min_length=2, max_length=2)]

UNINCORPORATED_NEEDS: tuple[str, ...] = ("net_income_by_year", "gross_income_by_year")
INCORPORATED_NEEDS: tuple[str, ...] = (
    "company_profit_by_year", "share_percent", "shareholder_count", "employment_income_by_year",
    "gross_income_by_year",
)  # fmt: skip


class UpliftFacts(Struct):
    """Amounts of the last two completed years, oldest first; gross of the company if incorporated.

    The net of an unincorporated business, or its gross and its expenses.
    """

    employment_status: EmploymentStatus
    occupational_class: OccupationalClass
    years_in_field: Quantity
    has_two_years_of_returns_and_statements: bool
    net_income_by_year: TwoYears | None = None
    gross_income_by_year: TwoYears | None = None
    business_expenses_by_year: TwoYears | None = None
    company_profit_by_year: TwoYears | None = None
    share_percent: Quantity | None = None
    shareholder_count: int | None = None
    employment_income_by_year: TwoYears | None = None


class UpliftedIncome(Struct):
    """`uplift_amount` is what is added in the end: gross income may hold it down.

    Incomes are None when the uplift does not apply.
    """

    is_eligible: bool
    income_before_uplift: Money | None = None
    uplift_amount: Money
    uplifted_income: Money | None = None


@decision(
    "underwriting.income_uplift",
    rules=[
        "2/FIN-19", "2/FIN-20", "2/FIN-22", "2/FIN-23", "2/FIN-24", "2/FIN-25", "3/GLO-10",
    ],
)  # fmt: skip
def income_uplift(
    facts: UpliftFacts, tables: Tables, because: Because, settings: Settings
) -> UpliftedIncome:
    """Income of a self-employed person or owner after the uplift.

    The lower of two years or their mean, by class, plus a share of it, never above gross income.
    """
    is_incorporated = facts.employment_status == "incorporated_owner"
    net = facts.net_income_by_year if not is_incorporated else None
    if net is None and not is_incorporated:
        net = _net_from_expenses(facts, because)
    if not _is_eligible(facts, net, tables, because, settings):
        return UpliftedIncome(is_eligible=False, uplift_amount=NOTHING)
    years = _company_years(facts, because, settings) if is_incorporated else _own_years(facts, net)
    is_mean = takes_mean(facts.occupational_class, tables)
    uplift = uplift_of(base_of(years, is_mean=is_mean, settings=settings), tables, settings)
    say_steps(uplift, years, is_mean=is_mean, tables=tables, because=because)
    return UpliftedIncome(
        is_eligible=True,
        income_before_uplift=uplift.base,
        uplift_amount=uplift.added,
        uplifted_income=uplift.income,
    )


def _net_from_expenses(facts: UpliftFacts, because: Because) -> list[Decimal] | None:
    """Gross less expenses of the tax return, for each year."""
    if facts.gross_income_by_year is None or facts.business_expenses_by_year is None:
        return None
    net: list[Decimal] = []
    for gross, expenses in zip(
        facts.gross_income_by_year, facts.business_expenses_by_year, strict=True
    ):
        net.append(gross - expenses)
        if facts.employment_status != "salaried":
            because.rule("2/FIN-25", gross=gross, expenses=expenses, net=gross - expenses)
    return net


def _is_eligible(
    facts: UpliftFacts,
    net: list[Decimal] | None,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> bool:
    """Whether every condition holds.

    Raises:
        MissingFacts: none is known to fail, and a fact that the conditions or the sum read is absent.
    """
    common = tables.income_uplift.check(facts)
    if facts.employment_status == "incorporated_owner":
        profit = facts.company_profit_by_year
        lowest = None if profit is None else min(profit)
        own = tables.income_uplift_incorporated.check(facts, lowest_result=lowest)
        needs = INCORPORATED_NEEDS
    else:
        lowest = None if net is None else min(net)
        own = tables.income_uplift_unincorporated.check(
            {"lowest_result": lowest, "is_aimed_at": _is_loss_aimed_at(facts, because, settings)}
        )
        needs = UNINCORPORATED_NEEDS
    failed = (*common.failed, *own.failed)
    if failed:
        because.rows(failed, lowest=lowest)
        return False
    because.rows((*common.held, *own.held), lowest=lowest)
    missing = [name for name in needs if getattr(facts, name) is None]
    if net is not None and "net_income_by_year" in missing:
        missing.remove("net_income_by_year")
    if missing:
        raise MissingFacts(missing)
    return True


def _is_loss_aimed_at(facts: UpliftFacts, because: Because, settings: Settings) -> bool:
    """Whether a loss rules the uplift out: AMB-44 for a business that is not registered."""
    if facts.employment_status != "self_employed":
        return True
    aimed_at = settings("underwriting.uplift_losses") == "every_status"
    if facts.net_income_by_year and min(facts.net_income_by_year) < 0:
        because.setting("underwriting.uplift_losses")
    return aimed_at


def _own_years(facts: UpliftFacts, net: list[Decimal] | None) -> list[Year]:
    grosses = facts.gross_income_by_year or []
    return [Year(income, income, gross) for income, gross in zip(net or [], grosses, strict=True)]


def _company_years(facts: UpliftFacts, because: Because, settings: Settings) -> list[Year]:
    """Share of the profit plus salary; the uplift bears on the share of the profit (AMB-43)."""
    share = (facts.share_percent or NOTHING) / 100
    bears_on = settings("underwriting.uplift_company_base")
    is_whole_gross = settings("underwriting.uplift_company_gross") == "whole_company"
    years: list[Year] = []
    for profit, salary, gross in zip(
        facts.company_profit_by_year or [],
        facts.employment_income_by_year or [],
        facts.gross_income_by_year or [],
        strict=True,
    ):
        income = share * profit + salary
        limit = gross if is_whole_gross else share * gross + salary
        because.rule(
            "2/FIN-24",
            profit=profit,
            salary=salary,
            part=to_cent(share * profit),
            income=to_cent(income),
        )
        if bears_on == "profit_before_share":
            years.append(Year(income, profit, limit, share))
        else:
            years.append(
                Year(income, income if bears_on == "profit_and_salary" else share * profit, limit)
            )
    because.setting("underwriting.uplift_company_base")
    return years
