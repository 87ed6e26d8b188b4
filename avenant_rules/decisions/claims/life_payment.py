"""What a life claim pays: the beneficiaries' shares, interest, tax slips, and the suicide clause.

Source: Guide du conseiller, Règlements – Assurance Vie, sections 3 and 5.1 (LIF-16 to LIF-18,
LIF-26), read with CAMB-16, CAMB-20 and CAMB-21.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from avenant_rules.dates import add_months, days_between
from avenant_rules.decision import Bag, Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.claims.amounts import CENT, NOTHING, to_cent
from avenant_rules.tables.parameters import Parameters
from avenant_rules.values import Money, Quantity

WHOLE_PERCENT = Decimal(100)


class LifePayment(Struct):
    """A life benefit paid to one payee. The carrier's rate is a fact: the guide gives none."""

    death_date: date
    paid_on: date
    benefit: Money
    annual_rate_percent: Quantity


class Interest(Struct):
    """Days from death to payment, the interest rounded to the cent, and whether a slip follows."""

    days: int
    is_interest_due: bool
    interest: Money
    is_tax_slip_issued: bool


class SharedInterest(Struct):
    """The interest of a claim, shared equally."""

    interest_total: Money
    payees: Annotated[
        list[str], msgspec.Meta(min_length=1, extra_json_schema={"x-unordered": True})
    ]


class TaxSlips(Struct):
    """Who receives a slip."""

    slip_payees: Bag[str]


class Beneficiary(Struct):
    """A designated beneficiary; no share when the insured set none."""

    name: str
    share_percent: Quantity | None = None


class Split(Struct):
    """An amount to share, between beneficiaries in the order in which they were designated."""

    amount: Money
    beneficiaries: list[Beneficiary]


class Share(Struct):
    """What one beneficiary is paid."""

    name: str
    amount: Money


class Shares(Struct):
    """The payments, which add up to the amount; none when the shares do not total 100 %."""

    payments: Bag[Share] | None
    error: Literal["shares_do_not_total_100"] | None


class SuicideCase(Struct):
    """A death by suicide. The length of the clause is the product's; there is no default."""

    effective_date: date
    death_date: date
    clause_months: int | None
    was_of_sound_mind: bool


class SuicideExclusion(Struct):
    """Whether the clause excludes; without a length a person decides."""

    decision: Literal["excluded", "not_excluded", "manual_review"]


@decision("claims.life_interest", rules=["3/LIF-17", "3/LIF-18"])
def life_interest(
    payment: LifePayment, tables: Tables, because: Because, settings: Settings
) -> Interest:
    """Interest on a life benefit (single payee).

    Due when the benefit is paid more than 30 days after the death; simple, by days over 365, from
    the day of death. A slip follows from 50 $ on.
    """
    figures = tables.claims_life_figures
    days = days_between(payment.death_date, payment.paid_on)
    is_due = days > figures.interest_free_days
    because.parameter(figures, "interest_free_days", days=days)
    if not is_due:
        because.rule("3/LIF-17", "none", days=days)
        return Interest(
            days=days, is_interest_due=False, interest=NOTHING, is_tax_slip_issued=False
        )
    interest = _interest(payment, days, figures, because, settings)
    is_slip = interest >= figures.slip_from
    because.parameter(figures, "slip_from", interest=interest)
    because.rule("3/LIF-18", "slip" if is_slip else "no_slip", interest=interest)
    return Interest(days=days, is_interest_due=True, interest=interest, is_tax_slip_issued=is_slip)


def _interest(
    payment: LifePayment, days: int, figures: Parameters, because: Because, settings: Settings
) -> Decimal:
    counted = days
    if settings("claims.interest_from") == "end_of_free_days":
        counted -= figures.interest_free_days
    rate = payment.annual_rate_percent / WHOLE_PERCENT
    years = Decimal(counted) / figures.interest_year_days
    if settings("claims.interest_method") == "compound":
        interest = to_cent(payment.benefit * ((1 + rate) ** years - 1))
    else:
        interest = to_cent(payment.benefit * rate * counted / figures.interest_year_days)
    because.rule(
        "3/LIF-17",
        "due",
        counted=counted,
        year_days=figures.interest_year_days,
        interest=interest,
    )
    because.setting("claims.interest_from")
    because.setting("claims.interest_method")
    return interest


@decision("claims.interest_tax_slips", rules=["3/LIF-18"])
def interest_tax_slips(
    shared: SharedInterest, tables: Tables, because: Because, settings: Settings
) -> TaxSlips:
    """Payees who receive a tax slip for interest shared equally.

    Each payee is a taxpayer: the 50 $ are looked at share by share, before the odd cent is placed.
    """
    figures = tables.claims_life_figures
    tested = Fraction(shared.interest_total)
    if settings("claims.slip_threshold") == "per_payee":
        tested /= len(shared.payees)
    is_slip = tested >= Fraction(figures.slip_from)
    because.parameter(figures, "slip_from")
    because.setting("claims.slip_threshold")
    because.rule(
        "3/LIF-18",
        "each_receives" if is_slip else "nobody_receives",
        part=_down_to_cent(tested),
        count=len(shared.payees),
    )
    return TaxSlips(slip_payees=sorted(shared.payees) if is_slip else [])


def _down_to_cent(amount: Fraction) -> Decimal:
    return Decimal(amount * 100 // 1) * CENT


@decision("claims.beneficiary_split", rules=["3/LIF-16"])
def beneficiary_split(split: Split, because: Because, settings: Settings) -> Shares:
    """Share of each beneficiary of a life benefit.

    Equal parts unless the insured set shares. Each part is cut to the cent; spare cents go one by
    one to the largest fractions, then in the order of designation.
    """
    fractions = _fractions(split.beneficiaries)
    if fractions is None:
        because.rule("3/LIF-16", "not_100")
        return Shares(payments=None, error="shares_do_not_total_100")
    has_shares = any(one.share_percent is not None for one in split.beneficiaries)
    because.rule("3/LIF-16", "specific" if has_shares else "equal", count=len(fractions))
    cents = [Fraction(split.amount) * 100 * part for part in fractions]
    whole = [int(exact // 1) for exact in cents]
    spare = int(Fraction(split.amount) * 100) - sum(whole)
    if spare:
        because.rule("3/LIF-16", "spare_cents", spare=spare)
        because.setting("claims.spare_cents")
    if settings("claims.spare_cents") == "largest_fraction":
        order = sorted(range(len(cents)), key=lambda place: whole[place] - cents[place])
        for place in order[:spare]:
            whole[place] += 1
    else:
        whole[0] += spare
    payments = [
        Share(name=one.name, amount=Decimal(part) * CENT)
        for one, part in zip(split.beneficiaries, whole, strict=True)
    ]
    because.rule("3/LIF-16", "parts", parts=[one.amount for one in payments])
    return Shares(payments=payments, error=None)


def _fractions(beneficiaries: list[Beneficiary]) -> list[Fraction] | None:
    """The part of each, of 1 in all; None when specific shares do not total 100 %."""
    shares = [one.share_percent for one in beneficiaries]
    if beneficiaries and all(one is None for one in shares):
        return [Fraction(1, len(beneficiaries))] * len(beneficiaries)
    parts = [Fraction(one or 0) / 100 for one in shares]
    return parts if sum(parts) == 1 and min(parts) >= 0 else None


@decision("claims.suicide_exclusion", rules=["3/LIF-26"])
def suicide_exclusion(
    case: SuicideCase, tables: Tables, because: Because, settings: Settings
) -> SuicideExclusion:
    """Whether the suicide clause excludes a life claim.

    Whatever the state of mind. The first months count from the effective date; the day they end is
    out of the clause.
    """
    figures = tables.claims_life_figures
    months = case.clause_months
    if months is None:
        because.setting("claims.suicide_clause_missing")
        if settings("claims.suicide_clause_missing") == "manual_review":
            because.rule(
                "3/LIF-26",
                "manual_review",
                shorter=figures.suicide_months_shorter,
                longer=figures.suicide_months_longer,
            )
            return SuicideExclusion(decision="manual_review")
        months = int(figures.suicide_months_longer)
    ends = add_months(case.effective_date, months)
    is_excluded = case.death_date < ends
    because.rule(
        "3/LIF-26", "excluded" if is_excluded else "not_excluded", months=months, ends=ends
    )
    if is_excluded:
        because.rule("3/LIF-26", "state_of_mind")
    return SuicideExclusion(decision="excluded" if is_excluded else "not_excluded")
