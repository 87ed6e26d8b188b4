"""A health claim: what is eligible, what a receipt must bear, and how much is reimbursed.

Source: Guide du conseiller, Règlement – Santé/Dentaire, sections 2 and 3 (HLT-02 to HLT-06, HLT-09,
HLT-11 to HLT-16, HLT-18, HLT-19; DEN-08, DEN-10), read with CAMB-01 to CAMB-03, CAMB-28, CAMB-29,
CAMB-31 and CAMB-32.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from avenant_rules.dates import add_months, age_at
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
from avenant_rules.decisions.claims.forms import Province
from avenant_rules.values import Money, Quantity

type ReceiptItem = Literal[
    "letterhead", "patient_name", "service_dates", "service_description", "service_cost",
    "professional_name", "professional_type", "licence_number",
]  # fmt: skip


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


class Receipt(Struct):
    """What a receipt bears."""

    is_prescription_drug: bool
    present: frozenset[ReceiptItem]


class ReceiptCheck(Struct):
    """Whether it is valid, and what it lacks."""

    is_valid: bool
    missing: frozenset[ReceiptItem]


class Practitioner(Struct):
    """Who gave the service, where, and the body he or she belongs to. Chiropodist: podologue."""

    specialty: Literal["podiatrist", "chiropodist", "psychologist", "psychotherapist"]
    province: Province
    member_of: (
        Literal[
            "ordre_podiatres_quebec", "association_podologues", "professional_association",
            "ordre_psychologues_quebec", "ordre_psychologues_ontario",
        ]
        | None
    )  # fmt: skip


class PractitionerEligibility(Struct):
    """Whether the services are eligible."""

    is_eligible: bool


class Massage(Struct):
    """A massage therapy service and its prescription."""

    prescribed_by: Literal["physician", "physiotherapist", "chiropractor"] | None
    signed_on: date | None
    service_date: date


class MassageEligibility(Struct):
    """Whether the service is eligible with regard to its prescription."""

    is_eligible: bool


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


@decision("claims.receipt", rules=["3/HLT-18", "3/HLT-19", "3/DEN-10"])
def receipt(receipt: Receipt, tables: Tables, because: Because, settings: Settings) -> ReceiptCheck:
    """Whether a receipt bears what is needed.

    For anything but prescription drugs, dental care included: the letterhead and the seven items.
    """
    if receipt.is_prescription_drug:
        because.rule("3/HLT-19", "not_asked")
        return ReceiptCheck(is_valid=True, missing=frozenset())
    rows = tables.claims_receipt_items.rows
    if settings("claims.receipt_letterhead") == "not_checked":
        rows = [row for row in rows if row.row != "letterhead"]
        because.setting("claims.receipt_letterhead")
    lacking = [row for row in rows if row.row not in receipt.present]
    if lacking:
        because.rows(lacking)
        because.rule("3/HLT-18", "returned")
    else:
        because.rule("3/HLT-18", "complete")
    return ReceiptCheck(is_valid=not lacking, missing=frozenset(row.row for row in lacking))


@decision("claims.practitioner", rules=["3/HLT-13", "3/HLT-14", "3/HLT-15"])
def practitioner(
    practitioner: Practitioner, tables: Tables, because: Because, settings: Settings
) -> PractitionerEligibility:
    """Whether the services of a practitioner are eligible.

    Foot care outside Québec and Ontario is not in the guide: a person decides.
    """
    province: str = practitioner.province
    is_foot_care = practitioner.specialty in ("podiatrist", "chiropodist")
    if is_foot_care and province not in ("QC", "ON"):
        because.setting("claims.foot_care_elsewhere")
        if settings("claims.foot_care_elsewhere") == "as_in_ontario":
            province = "ON"
    row = tables.claims_practitioners.match(
        specialty=practitioner.specialty,
        province=province,
        member_of=practitioner.member_of or "nobody",
    )
    because.row(row)
    return PractitionerEligibility(is_eligible=row.is_eligible)


@decision("claims.massage_therapy", rules=["3/HLT-12"])
def massage_therapy(
    massage: Massage, tables: Tables, because: Because, settings: Settings
) -> MassageEligibility:
    """Whether a massage therapy service is eligible with regard to its prescription.

    A physician's, valid from the day it is signed to its twelve-month anniversary, included.
    """
    prescriber = massage.prescribed_by or "nobody"
    row = tables.claims_massage_prescribers.match(prescribed_by=prescriber)
    because.row(row)
    if not row.is_accepted:
        return MassageEligibility(is_eligible=False)
    if massage.signed_on is None:
        because.rule("3/HLT-12", "unknown")
        raise MissingFacts(["signed_on"])
    figures = tables.claims_health_figures
    last_day = add_months(massage.signed_on, figures.prescription_months)
    if settings("claims.prescription_last_day") == "anniversary_excluded":
        last_day -= timedelta(1)
    because.setting("claims.prescription_last_day")
    is_valid = massage.signed_on <= massage.service_date <= last_day
    because.parameter(figures, "prescription_months", last_day=last_day)
    is_before = massage.service_date < massage.signed_on
    key = "valid" if is_valid else "signed_later" if is_before else "expired"
    because.rule("3/HLT-12", key, last_day=last_day)
    return MassageEligibility(is_eligible=is_valid)
