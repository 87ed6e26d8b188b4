"""How much of a health expense is reimbursed, eye exams included, and what is eligible in principle.

Source: Guide du conseiller, Règlement – Santé/Dentaire, sections 2 and 3.2 (HLT-02 to HLT-06,
HLT-09, HLT-11, HLT-16, DEN-08), read with CAMB-01 to CAMB-03 and CAMB-28.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from avenant_rules.dates import add_months, age_at
from avenant_rules.decision import Bag, Because, Settings, Struct, Tables, decision
from avenant_rules.decisions.claims.amounts import NOTHING, not_negative, share, to_cent
from avenant_rules.values import Money, Quantity


class Expense(Struct):
    """An eligible expense, once the provincial plan has paid, and the terms of the contract."""

    expense: Money
    maximum_remaining: Money | None
    deductible_remaining: Money
    covered_percent: Quantity
    other_insurer_amount: Money


class Reimbursement(Struct):
    """What is reimbursed, rounded once."""

    reimbursement: Money


class HealthExpense(Struct):
    """What decides in principle."""

    is_excluded_by_contract: bool
    is_medically_necessary: bool


class HealthEligibility(Struct):
    """Whether the expense is eligible, and the first reason why not."""

    is_eligible: bool
    reason: Literal["contract_exclusion", "not_medically_necessary"] | None = None


class EarlierExam(Struct):
    """An eye exam reimbursed before."""

    service_date: date
    amount_paid: Money


class EyeExam(Struct):
    """An eye exam to reimburse."""

    birth_date: date
    service_date: date
    charge: Money
    earlier_exams: Bag[EarlierExam]
    is_more_frequent_exam_indicated: bool


class EyeExamAmount(Struct):
    """What is payable; None where the rule does not apply, from 65 on."""

    does_rule_apply: bool
    payable_amount: Money | None


@decision(
    "claims.health_reimbursement",
    rules=["3/HLT-02", "3/HLT-03", "3/HLT-04", "3/HLT-05", "3/HLT-06", "3/DEN-08"],
)
def health_reimbursement(expense: Expense, because: Because, settings: Settings) -> Reimbursement:
    """Reimbursement of a health or dental expense.

    Maximum, then deductible, then percentage, then the other insurer; never below zero, rounded
    once at the end.
    """
    maximum = expense.maximum_remaining
    caps_payment = settings("claims.maximum_caps") == "payment"
    amount = not_negative(expense.expense)
    if maximum is not None and not caps_payment:
        amount = _capped(amount, maximum, because)
    if settings("claims.percentage_order") == "after_deductible":
        amount = _less_deductible(amount, expense, because)
        amount = _covered(amount, expense, because)
    else:
        amount = _covered(amount, expense, because)
        amount = _less_deductible(amount, expense, because)
    if maximum is not None:
        if caps_payment:
            amount = _capped(amount, maximum, because)
        because.setting("claims.maximum_caps")
    if expense.covered_percent != 100 and expense.deductible_remaining:
        because.setting("claims.percentage_order")
    amount = _less_other_insurer(amount, expense, because, settings)
    reimbursement = to_cent(amount)
    because.rule("3/HLT-02", "reimbursed", reimbursement=reimbursement)
    return Reimbursement(reimbursement=reimbursement)


def _capped(amount: Decimal, maximum: Decimal, because: Because) -> Decimal:
    left = not_negative(maximum)
    counted = min(amount, left)
    because.rule("3/HLT-03", "maximum", maximum=left, counted=to_cent(counted))
    return counted


def _less_deductible(amount: Decimal, expense: Expense, because: Because) -> Decimal:
    taken = min(amount, not_negative(expense.deductible_remaining))
    if taken:
        because.rule("3/HLT-04", "deductible", taken=to_cent(taken), left=to_cent(amount - taken))
    return amount - taken


def _covered(amount: Decimal, expense: Expense, because: Because) -> Decimal:
    covered = share(expense.covered_percent, amount)
    if covered != amount:
        because.rule(
            "3/HLT-05", "percent", percent=expense.covered_percent, covered=to_cent(covered)
        )
    return covered


def _less_other_insurer(
    amount: Decimal, expense: Expense, because: Because, settings: Settings
) -> Decimal:
    other = not_negative(expense.other_insurer_amount)
    if not other:
        return amount
    if settings("claims.other_insurer") == "complete":
        left = not_negative(min(amount, expense.expense - other))
    else:
        left = not_negative(amount - other)
    because.rule("3/HLT-06", "other_insurer", other=other, left=to_cent(left))
    because.setting("claims.other_insurer")
    return left


@decision("claims.health_eligibility", rules=["3/HLT-09", "3/HLT-11"])
def health_eligibility(
    expense: HealthExpense, tables: Tables, because: Because
) -> HealthEligibility:
    """Whether a health expense is eligible in principle.

    Every ground is said; `reason` is the first, the contract's exclusion.
    """
    checked = tables.claims_health_eligibility.check(expense)
    if checked.failed:
        because.checks(checked)
    else:
        because.rule("3/HLT-09", "eligible")
    return HealthEligibility(
        is_eligible=not checked.failed,
        reason=checked.failed[0].reason if checked.failed else None,
    )


@decision("claims.eye_exam", rules=["3/HLT-16"])
def eye_exam(exam: EyeExam, tables: Tables, because: Because, settings: Settings) -> EyeExamAmount:
    """Amount payable for an eye exam.

    Under 65 on the day of the exam: 50 $ in all in 24 months, whatever calls for more exams. An
    earlier exam stops counting on its 24-month anniversary.
    """
    figures = tables.claims_health_figures
    age = age_at(exam.birth_date, exam.service_date)
    because.parameter(figures, "eye_exam_below_age", age=age.years)
    if age.years >= figures.eye_exam_below_age:
        because.rule("3/HLT-16", "too_old")
        return EyeExamAmount(does_rule_apply=False, payable_amount=None)
    months: int = figures.eye_exam_months
    if settings("claims.eye_exam_window") == "rolling":
        paid = _paid_lately(exam, months)
    else:
        paid = _paid_in_block(exam, months)
    left = not_negative(figures.eye_exam_amount - paid)
    payable = not_negative(min(exam.charge, left))
    because.parameter(figures, "eye_exam_amount", months=months, paid=paid, left=left)
    if exam.earlier_exams:
        because.setting("claims.eye_exam_window")
    if exam.is_more_frequent_exam_indicated:
        because.rule("3/HLT-16", "more_frequent")
    because.rule("3/HLT-16", "payable", payable=payable)
    return EyeExamAmount(does_rule_apply=True, payable_amount=payable)


def _paid_lately(exam: EyeExam, months: int) -> Decimal:
    """What was paid for exams whose anniversary is still to come."""
    return _total(
        one
        for one in exam.earlier_exams
        if add_months(one.service_date, months) > exam.service_date
    )


def _paid_in_block(exam: EyeExam, months: int) -> Decimal:
    """What was paid in the block of months, counted from the first exam, in which this one falls."""
    start = min((one.service_date for one in exam.earlier_exams), default=exam.service_date)
    block = 0
    while add_months(start, (block + 1) * months) <= exam.service_date:
        block += 1
    begins, ends = add_months(start, block * months), add_months(start, (block + 1) * months)
    return _total(one for one in exam.earlier_exams if begins <= one.service_date < ends)


def _total(exams: Iterable[EarlierExam]) -> Decimal:
    return sum((one.amount_paid for one in exams), NOTHING)
