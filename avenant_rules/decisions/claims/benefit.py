"""What disability insurance pays a month: the cap by income, then what other sources already pay.

Source: Guide du conseiller, Règlements – Assurance Invalidité, sections 4.2 and 6.4 (DIS-30,
DIS-43, DIS-44, DIS-48 to DIS-53, put in order in DIS-56), read with CAMB-04 to CAMB-06.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from avenant_rules.decision import (
    Bag,
    Because,
    MissingFacts,
    Settings,
    Struct,
    Tables,
    decision,
)
from avenant_rules.decisions.claims.amounts import NOTHING, not_negative, share, to_cent
from avenant_rules.folding import folded
from avenant_rules.values import Money, Quantity


class Income(Struct):
    """A monthly work income: `net` of tax and source deductions, `gross` before personal tax."""

    net: Money
    gross: Money


class OtherBenefit(Struct):
    """A monthly disability benefit from somebody else."""

    kind: Literal["public", "public_child", "private", "creditor"]
    name: str
    first_granted_amount: Money
    current_amount: Money


class DisabilityClaim(Struct):
    """An accepted claim: what is insured, what was earned, what else is paid, all a month."""

    insured_amount: Money
    is_taxable: bool
    income_at_issue: Income | None
    income_before_disability: Income | None
    other_benefits: Bag[OtherBenefit]
    rental_income: Money | None = None


class DisabilityBenefit(Struct):
    """The benefit before and after the other sources, before indexation and tax."""

    income_limit: Money
    initial_benefit: Money
    monthly_benefit: Money


class ProfitOfYear(Struct):
    """The net profit of one fiscal year."""

    fiscal_year: int
    net_profit: Money


class OwnerIncome(Struct):
    """An owner of a company, on the day of the claim. Profits may be losses."""

    paid_by: Literal["dividends", "salary"]
    share_percent: Quantity
    net_profit_by_year: Bag[ProfitOfYear]
    last_fiscal_year: int
    dividends_received: Money


class WorkIncome(Struct):
    """The work income the benefit is measured against; each figure is rounded once."""

    annual_work_income: Money
    monthly_work_income: Money


@decision(
    "claims.disability_benefit",
    rules=[
        "3/DIS-30", "3/DIS-44", "3/DIS-48", "3/DIS-49", "3/DIS-50", "3/DIS-51", "3/DIS-52",
        "3/DIS-53", "3/DIS-56",
    ],
)  # fmt: skip
def disability_benefit(
    claim: DisabilityClaim, tables: Tables, because: Because, settings: Settings
) -> DisabilityBenefit:
    """Monthly disability benefit.

    Cap by income, less public plans, less what exceeds the income from all sources; never below
    zero, never above the insured amount, premiums never deducted.
    """
    if not (claim.income_at_issue or claim.income_before_disability):
        because.rule("3/DIS-51", "none")
        because.setting("claims.unproven_income")
        if settings("claims.unproven_income") == "asked":
            # Nothing was proven at issue: the income before disability is what can still be.
            raise MissingFacts(["income_before_disability"])
        return _without_income(claim, tables, because, settings)
    limit = _income_limit(claim, tables, because)
    first_cap = _first_cap(claim, limit, tables, because, settings)
    initial = not_negative(min(claim.insured_amount, first_cap))
    if first_cap < claim.insured_amount:
        because.rule("3/DIS-48", "capped", initial_benefit=initial, limit=first_cap)
    else:
        because.rule("3/DIS-52", "insured", initial_benefit=initial)
    after_public = _after_public_plans(claim, initial, tables, because, settings)
    benefit = _within_all_sources(claim, limit, after_public, tables, because, settings)
    if claim.rental_income:
        because.rule("3/DIS-44", "ignored")
    because.rule("3/DIS-56", "payable", monthly_benefit=benefit)
    return DisabilityBenefit(
        income_limit=limit, initial_benefit=initial, monthly_benefit=to_cent(benefit)
    )


def _without_income(
    claim: DisabilityClaim, tables: Tables, because: Because, settings: Settings
) -> DisabilityBenefit:
    """The insured amount less public plans: without an income there is nothing else to limit it."""
    insured = not_negative(claim.insured_amount)
    because.rule("3/DIS-52", "insured", initial_benefit=insured)
    benefit = _after_public_plans(claim, insured, tables, because, settings)
    because.rule("3/DIS-56", "payable", monthly_benefit=benefit)
    return DisabilityBenefit(
        income_limit=insured, initial_benefit=insured, monthly_benefit=to_cent(benefit)
    )


def _figures_on_file(claim: DisabilityClaim, *, is_gross: bool) -> list[Decimal]:
    proved = (claim.income_at_issue, claim.income_before_disability)
    return [one.gross if is_gross else one.net for one in proved if one is not None]


def _income_limit(claim: DisabilityClaim, tables: Tables, because: Because) -> Decimal:
    """100 % of the larger net income on file, or 90 % of the larger gross one when taxable."""
    incomes = _figures_on_file(claim, is_gross=claim.is_taxable)
    income = max(incomes)
    because.rule("3/DIS-51", "larger" if len(incomes) > 1 else "only", income=income)
    figures = tables.claims_disability_figures
    name = "gross_income_percent" if claim.is_taxable else "net_income_percent"
    limit = not_negative(to_cent(share(getattr(figures, name), income)))
    because.parameter(figures, name, income=income, limit=limit)
    return limit


def _first_cap(
    claim: DisabilityClaim, limit: Decimal, tables: Tables, because: Because, settings: Settings
) -> Decimal:
    """The cap on the initial benefit: the same limit, unless the carrier reads « net » in print."""
    if not claim.is_taxable:
        return limit
    because.setting("claims.taxable_income")
    if settings("claims.taxable_income") == "before_tax":
        return limit
    net = max(_figures_on_file(claim, is_gross=False))
    percent = tables.claims_disability_figures.gross_income_percent
    return not_negative(to_cent(share(percent, net)))


def _after_public_plans(
    claim: DisabilityClaim, initial: Decimal, tables: Tables, because: Because, settings: Settings
) -> Decimal:
    public = [one for one in claim.other_benefits if one.kind == "public"]
    if any(one.kind == "public_child" for one in claim.other_benefits):
        because.rule("3/DIS-30", "children")
    if not public:
        return initial
    for one in public:
        if one.first_granted_amount != one.current_amount:
            is_first = _is_first_granted(one, tables, settings)
            because.rule(
                "3/DIS-30",
                "first_granted" if is_first else "as_paid",
                name=one.name,
                amount=one.first_granted_amount if is_first else one.current_amount,
            )
            because.setting("claims.public_plan_amount")
    subtracted = _public_total(public, tables, settings)
    after = not_negative(initial - subtracted)
    because.rule("3/DIS-49", "subtracted", initial=initial, public=subtracted, after=after)
    return after


def _within_all_sources(
    claim: DisabilityClaim,
    limit: Decimal,
    after_public: Decimal,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> Decimal:
    """The benefit less what all sources together pay above the limit; equal to it: no cut."""
    others = claim.other_benefits
    if any(one.kind == "creditor" for one in others):
        because.rule("3/DIS-53", "left_out")
    if not any(one.kind in ("public", "private") for one in others):
        return after_public
    public = [one for one in others if one.kind == "public"]
    total = after_public + sum(one.current_amount for one in others if one.kind == "private")
    if settings("claims.frozen_amount_in_total") == "frozen":
        total += _public_total(public, tables, settings)
    else:
        total += sum((one.current_amount for one in public), NOTHING)
    if settings("claims.child_benefits") == "counted_in_total":
        total += sum(one.current_amount for one in others if one.kind == "public_child")
        because.setting("claims.child_benefits")
    excess = total - limit
    if excess <= 0:
        because.rule("3/DIS-50", "within", total=total, limit=limit)
        return after_public
    if settings("claims.all_sources_limit") == "left_to_the_analyst":
        because.rule("3/DIS-50", "left_to_the_analyst", total=total, limit=limit, excess=excess)
        because.setting("claims.all_sources_limit")
        return after_public
    benefit = not_negative(after_public - excess)
    because.rule("3/DIS-50", "cut", total=total, limit=limit, excess=excess, benefit=benefit)
    return benefit


def _public_total(public: Sequence[OtherBenefit], tables: Tables, settings: Settings) -> Decimal:
    amounts = [
        one.first_granted_amount if _is_first_granted(one, tables, settings) else one.current_amount
        for one in public
    ]
    return sum(amounts, NOTHING)


def _is_first_granted(benefit: OtherBenefit, tables: Tables, settings: Settings) -> bool:
    """Whether the plan counts at the amount first granted: RRQ and RPC, by any of their names."""
    if settings("claims.public_plan_amount") == "first_granted_for_all":
        return True
    name = f" {_plain(benefit.name)} "
    plans: frozenset[str] = tables.claims_disability_figures.plans_at_first_granted_amount
    return any(f" {plan} " in name for plan in plans)


def _plain(name: str) -> str:
    """`name` in small letters, without accents, punctuation as single spaces."""
    return re.sub(r"[\W_]+", " ", folded(name)).strip()


@decision("claims.owner_work_income", rules=["3/DIS-43"])
def owner_work_income(owner: OwnerIncome, tables: Tables, because: Because) -> WorkIncome:
    """Work income of a business owner at claim time.

    The company's net profit of its last fiscal year, by the share of the shares held. Earlier years
    and dividends are ignored; a loss counts as nothing. An owner paid by salary is another matter.
    """
    basis = tables.claims_owner_income.match(paid_by=owner.paid_by)
    percent_of_profit = basis.profit_percent
    profits = {
        one.net_profit
        for one in owner.net_profit_by_year
        if one.fiscal_year == owner.last_fiscal_year
    }
    if len(profits) != 1:
        because.rule("3/DIS-43", "unknown")
        raise MissingFacts(["net_profit_by_year"])
    (profit,) = profits
    annual = not_negative(share(owner.share_percent, share(percent_of_profit, profit)))
    outcome = WorkIncome(
        annual_work_income=to_cent(annual), monthly_work_income=to_cent(annual / 12)
    )
    because.row(basis, profit=profit)
    if profit < 0:
        because.rule("3/DIS-43", "loss")
    if owner.dividends_received:
        because.rule("3/DIS-43", "dividends")
    return outcome
