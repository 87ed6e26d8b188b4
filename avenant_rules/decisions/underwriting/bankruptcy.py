"""What a bankruptcy or a consumer proposal leaves possible: deferred, capped, or open by exception.

Source: Guide du conseiller, Sélection des risques, section 5.1 (FIN-01 to FIN-07), read with the notes
AMB-33 to AMB-35.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import BenefitPeriod, OccupationalClass
from avenant_rules.values import Money

type Product = Literal[
    "disability", "monthly_annuity", "express_monthly_annuity", "life", "critical_illness"
]
type Verdict = Literal[
    "admissible", "deferred", "not_considered", "may_be_considered",
    "may_be_offered_if_conditions_met", "request_exceeds_exception",
]  # fmt: skip

NONE_IN_FORCE = Decimal("0.00")


class InsolvencyFacts(Struct):
    """The person, the request and the day. Amounts in force that are not given are none.

    Group cover never counts. What follows it is read only for the exception of classes 3A and 4A.
    """

    as_of: date
    occupational_class: OccupationalClass
    bankruptcies_declared_on: list[date]
    has_opposition_to_discharge: bool
    is_consumer_proposal_in_progress: bool
    product: Product
    requested_amount: Money
    individual_in_force_amount: Money | None = None
    group_in_force_amount: Money | None = None
    annual_income_before_tax: Money | None = None
    has_fraud_history: bool | None = None
    has_nervous_disorder_history: bool | None = None
    has_lifestyle_criticism: bool | None = None
    benefit_period: BenefitPeriod | None = None
    waiting_period_days: int | None = None


class Insolvency(Struct):
    """`is_discharged` is None without bankruptcy. Total and new: life and critical illness.

    The monthly benefit and its terms: disability under the exception.
    """

    is_discharged: bool | None
    decision: Verdict
    maximum_total_amount: Money | None = None
    maximum_new_amount: Money | None = None
    maximum_monthly_benefit: Money | None = None
    maximum_benefit_period_years: int | None = None
    minimum_waiting_period_days: int | None = None


@decision(
    "underwriting.bankruptcy",
    rules=[
        "2/FIN-01", "2/FIN-02", "2/FIN-03", "2/FIN-04", "2/FIN-05", "2/FIN-06", "2/FIN-07",
    ],
)  # fmt: skip
def bankruptcy(
    facts: InsolvencyFacts, tables: Tables, because: Because, settings: Settings
) -> Insolvency:
    """What a bankruptcy or consumer proposal means for an application.

    A bankruptcy declared after the day in question is not known on that day.
    """
    declared = sorted(on for on in facts.bankruptcies_declared_on if on <= facts.as_of)
    is_discharged = _is_discharged(facts, declared, tables, because, settings)
    if facts.product in ("life", "critical_illness"):
        return _capped(facts, declared, is_discharged, tables, because, settings)
    is_undischarged = is_discharged is False
    if not is_undischarged and not facts.is_consumer_proposal_in_progress:
        because.rule("2/FIN-01", "nothing_pending")
        return Insolvency(is_discharged=is_discharged, decision="admissible")
    because.rule("2/FIN-01", "undischarged" if is_undischarged else "consumer_proposal")
    if facts.product == "express_monthly_annuity":
        because.rule("2/FIN-02")
        return Insolvency(is_discharged=is_discharged, decision="may_be_offered_if_conditions_met")
    if is_undischarged and _may_be_excepted(facts, tables, because, settings):
        return _excepted(facts, declared, tables, because, settings)
    because.rule("2/FIN-01", "deferred")
    return Insolvency(is_discharged=is_discharged, decision="deferred")


def _is_discharged(
    facts: InsolvencyFacts,
    declared: Sequence[date],
    tables: Tables,
    because: Because,
    settings: Settings,
) -> bool | None:
    """Treated as discharged so many months after the last declaration, unless opposed."""
    if not declared:
        return None
    name = "discharge_months_first" if len(declared) == 1 else "discharge_months_later"
    figures = tables.bankruptcy_figures
    discharged_on = add_months(declared[-1], getattr(figures, name))
    because.parameter(figures, name, declared_on=declared[-1], discharged_on=discharged_on)
    if facts.has_opposition_to_discharge:
        because.rule(figures.row(name).rule, "opposed")
        return False
    if facts.as_of == discharged_on:
        because.setting("underwriting.discharge_day")
        return settings("underwriting.discharge_day") == "discharged"
    return facts.as_of > discharged_on


def _capped(
    facts: InsolvencyFacts,
    declared: Sequence[date],
    is_discharged: bool | None,
    tables: Tables,
    because: Because,
    settings: Settings,
) -> Insolvency:
    """Life and critical illness: a ceiling on all individual cover, some months after."""
    aimed_at = settings("underwriting.bankruptcy_ceilings")
    is_capped = is_discharged is False or (aimed_at == "ever_bankrupt" and bool(declared))
    if is_discharged or facts.is_consumer_proposal_in_progress:
        because.setting("underwriting.bankruptcy_ceilings")
    if is_capped:
        months = tables.bankruptcy_figures.months_since_declaration
        if facts.as_of <= add_months(declared[-1], months):
            because.parameter(
                tables.bankruptcy_figures, "months_since_declaration", declared_on=declared[-1]
            )
            return Insolvency(is_discharged=is_discharged, decision="not_considered")
        return _with_ceiling(facts, is_discharged, tables, because)
    if facts.is_consumer_proposal_in_progress:
        if aimed_at == "with_proposals":
            return _with_ceiling(facts, is_discharged, tables, because)
        because.rule("2/FIN-03", "proposal_referred")
        return Insolvency(is_discharged=is_discharged, decision="may_be_considered")
    because.rule("2/FIN-03", "nothing_pending")
    return Insolvency(is_discharged=is_discharged, decision="admissible")


def _with_ceiling(
    facts: InsolvencyFacts, is_discharged: bool | None, tables: Tables, because: Because
) -> Insolvency:
    name = f"{facts.product}_maximum"
    maximum: Decimal = getattr(tables.bankruptcy_figures, name)
    in_force = facts.individual_in_force_amount or NONE_IN_FORCE
    new = max(maximum - in_force, NONE_IN_FORCE)
    because.parameter(tables.bankruptcy_figures, name, in_force=in_force, new=new)
    return Insolvency(
        is_discharged=is_discharged,
        decision="may_be_considered",
        maximum_total_amount=maximum,
        maximum_new_amount=new,
    )


def _may_be_excepted(
    facts: InsolvencyFacts, tables: Tables, because: Because, settings: Settings
) -> bool:
    """Whether the exception of the highest classes is for this request at all (AMB-35)."""
    if facts.product != "disability":
        return False
    if facts.occupational_class not in tables.bankruptcy_figures.exception_classes:
        return False
    if facts.is_consumer_proposal_in_progress:
        because.setting("underwriting.bankruptcy_exception_proposals")
        return settings("underwriting.bankruptcy_exception_proposals") == "covered"
    return True


def _excepted(
    facts: InsolvencyFacts,
    declared: Sequence[date],
    tables: Tables,
    because: Because,
    settings: Settings,
) -> Insolvency:
    """Disability of classes 3A and 4A: every condition, then the terms of the request."""
    figures = tables.bankruptcy_figures
    long_ago = facts.as_of > add_months(declared[-1], figures.months_since_declaration)
    conditions = tables.bankruptcy_exception.check(
        facts, bankruptcy_count=len(declared), is_declared_long_ago=long_ago
    )
    because.checks(conditions, bankruptcy_count=len(declared), declared_on=declared[-1])
    if conditions.failed:
        because.rule("2/FIN-01", "deferred")
        return Insolvency(is_discharged=False, decision="deferred")
    total = _total(facts, because, settings)
    terms = tables.bankruptcy_exception_terms.check(facts, total=total)
    missing = conditions.missing or (terms.missing if not terms.failed else frozenset())
    if missing:
        raise MissingFacts(name for name in facts.__struct_fields__ if name in missing)
    because.checks(terms, total=total)
    return Insolvency(
        is_discharged=False,
        decision="request_exceeds_exception" if terms.failed else "may_be_considered",
        maximum_monthly_benefit=figures.exception_maximum,
        maximum_benefit_period_years=figures.exception_benefit_years,
        minimum_waiting_period_days=figures.exception_waiting_days,
    )


def _total(facts: InsolvencyFacts, because: Because, settings: Settings) -> Decimal:
    """All individual disability, or the request alone where the carrier chose so (AMB-35)."""
    if not facts.individual_in_force_amount:
        return facts.requested_amount
    because.setting("underwriting.bankruptcy_exception_amount")
    if settings("underwriting.bankruptcy_exception_amount") == "requested_alone":
        return facts.requested_amount
    return facts.requested_amount + facts.individual_in_force_amount
