"""Income that counts: admissible sources, split income, dividends.

Source: Guide du conseiller, Sélection des risques, sections 5.2, 5.4 and 5.5 (FIN-16, FIN-26 to
FIN-30), read with the notes AMB-46 and AMB-47.
"""

from decimal import Decimal
from typing import Literal

from avenant_rules.decision import Bag, Because, Struct, Tables, decision
from avenant_rules.values import Money, Quantity

type Kind = Literal[
    "salary", "business_income", "rent", "interest", "royalties", "copyright", "pension",
    "annuity", "profit_sharing_plan", "deferred_compensation",
]  # fmt: skip
type SplitItem = Literal[
    "total_income", "income_after_split", "role_of_each_spouse", "spouse_duties_description",
    "business_financial_statements", "spouse_t4",
]  # fmt: skip

NOTHING = Decimal("0.00")


class Source(Struct):
    """A source of income and its annual amount; a loss is negative."""

    kind: Kind
    amount: Money


class Sources(Struct):
    """Everything a person lives on."""

    sources: Bag[Source]


class AdmissibleIncome(Struct):
    """The annual income that counts."""

    admissible_income: Money


class SplitRequest(Struct):
    """A request to count the income that was split with the spouse for tax reasons."""

    is_requested_in_writing: bool
    items_provided: frozenset[SplitItem]
    applicant_income: Money
    spouse_split_income: Money


class SplitAnswer(Struct):
    """What the underwriter may count at most; never does the spouse insure the same income."""

    may_count_spouse_portion: bool
    maximum_countable_income: Money
    may_spouse_insure_split_income: bool


class Dividends(Struct):
    """Dividends of the current year, and the business that pays them."""

    is_self_employed: bool
    months_in_business: int
    ownership_percent: Quantity
    is_business_profitable: bool
    dividends: Money
    business_net_income_before_tax: Money


class CountedDividends(Struct):
    """The part that counts as income."""

    counted_dividends: Money


@decision("underwriting.admissible_income", rules=["2/FIN-16"])
def admissible_income(facts: Sources, tables: Tables, because: Because) -> AdmissibleIncome:
    """Admissible income out of several sources.

    The sum of what is received in return for a service rendered.
    """
    total = NOTHING
    for source in facts.sources:
        row = tables.income_kinds.match(kind=source.kind)
        because.row(row, kind=source.kind, amount=source.amount)
        if row.is_admissible:
            total += source.amount
    because.rule("2/FIN-16", "total")
    return AdmissibleIncome(admissible_income=total)


@decision("underwriting.income_splitting", rules=["2/FIN-26", "2/FIN-27"])
def income_splitting(request: SplitRequest, tables: Tables, because: Because) -> SplitAnswer:
    """Whether the spouse's part of split income may count.

    The underwriter decides, up to the total (AMB-46); anything missing and the part is left out.
    """
    missing = tables.income_splitting.items - request.items_provided
    if not request.is_requested_in_writing:
        because.rule("2/FIN-27", "not_in_writing")
    if missing:
        because.rule("2/FIN-27", "missing", missing_items=missing)
    may_count = request.is_requested_in_writing and not missing
    maximum = request.applicant_income
    if may_count:
        maximum += request.spouse_split_income
        because.rule("2/FIN-27", "complete")
        because.rule("2/FIN-26", "may_count", total=maximum)
    because.rule("2/FIN-26", "spouse")
    return SplitAnswer(
        may_count_spouse_portion=may_count,
        maximum_countable_income=maximum,
        may_spouse_insure_split_income=False,
    )


@decision("underwriting.dividend_income", rules=["2/FIN-28", "2/FIN-29", "2/FIN-30"])
def dividend_income(facts: Dividends, tables: Tables, because: Because) -> CountedDividends:
    """Dividends that count as admissible income at issue.

    None unless every condition holds; then at most the net income of the business. The owner of a
    whole company counts as self-employed (AMB-47).
    """
    checked = tables.dividends.check(facts)
    because.checks(checked)
    if checked.failed:
        because.rule("2/FIN-28")
        return CountedDividends(counted_dividends=NOTHING)
    counted = max(min(facts.dividends, facts.business_net_income_before_tax), NOTHING)
    because.rule("2/FIN-30")
    return CountedDividends(counted_dividends=counted)
