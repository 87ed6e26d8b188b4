"""Overhead expense at issue: the highest amount, and which expenses may be covered for how much.

Source: Guide du conseiller, Sélection des risques, section 7, Tableaux 7.1 and 7.2 (OVH-02, OVH-03,
OVH-06 to OVH-10, 3/DIS-58), read with the notes AMB-57 to AMB-59.
"""

from decimal import Decimal
from typing import Literal

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import OccupationalClass, to_cent
from avenant_rules.values import Money, Quantity

type Item = Literal[
    "rent", "mortgage_payments", "property_tax", "water_tax", "electricity", "heating",
    "landline_phone", "accounting_services", "maintenance_contract", "property_insurance",
    "income_tax", "vehicle_insurance_premium", "licence_plates", "contract_parking",
    "equipment_rental", "equipment_purchase", "fuel", "maintenance_and_repair",
    "driving_licence", "employee_salaries", "business_tax_and_permits", "postage",
    "communication_services", "laundry", "contractual_advertising", "professional_dues",
    "liability_insurance", "loan_part_covered_by_other_insurer",
    "expense_not_owed_before_disability", "overdue_invoices", "legal_fees", "moving_costs",
    "travel_costs", "entertainment", "cost_of_goods_sold", "professional_books",
    "materials_and_supplies", "insured_or_replacement_salary",
]  # fmt: skip

NOTHING = Decimal("0.00")


class OverheadRequest(Struct):
    """A monthly amount of overhead expense insurance, and for whom."""

    occupational_class: OccupationalClass
    is_farmer: bool
    monthly_amount: Money


class OverheadLimit(Struct):
    """The highest monthly amount is None for who is not eligible."""

    is_admissible: bool
    maximum_monthly_amount: Money | None


class Expense(Struct):
    """A business expense of a month; a purchase by its interest and accounting depreciation.

    Employees are counted without the insured (AMB-59). The capital repaid never counts.
    """

    item: Item
    monthly_amount: Money
    business_use_percent: Quantity
    interest_amount: Money | None = None
    depreciation_amount: Money | None = None
    principal_amount: Money | None = None
    employee_count: int | None = None


class EligibleExpense(Struct):
    """The part of a month that may be covered, before the maximum of the coverage."""

    eligible_amount: Money


@decision("underwriting.overhead_limit", rules=["2/OVH-02", "2/OVH-03", "3/DIS-58"])
def overhead_limit(
    request: OverheadRequest, tables: Tables, because: Because, settings: Settings
) -> OverheadLimit:
    """Whether an overhead expense amount is admissible.

    A farmer is not eligible, whatever the class (AMB-57).
    """
    is_farmer = request.is_farmer
    if is_farmer:
        because.setting("underwriting.overhead_farmers")
        is_farmer = settings("underwriting.overhead_farmers") == "never"
    row = tables.overhead_limits.match(
        occupational_class=request.occupational_class, is_farmer=is_farmer
    )
    because.row(row)
    maximum: Decimal | None = row.maximum
    if maximum is None:
        return OverheadLimit(is_admissible=False, maximum_monthly_amount=None)
    is_admissible = request.monthly_amount <= maximum
    because.rule("2/OVH-02", "within" if is_admissible else "above", maximum=maximum)
    return OverheadLimit(is_admissible=is_admissible, maximum_monthly_amount=maximum)


@decision(
    "underwriting.overhead_expense",
    rules=["2/OVH-06", "2/OVH-07", "2/OVH-08", "2/OVH-09", "2/OVH-10"],
)
def overhead_expense(expense: Expense, tables: Tables, because: Because) -> EligibleExpense:
    """Part of a business expense that overhead insurance may cover.

    The place of business and the equipment count in proportion to their use for the business, to
    the cent, half a cent up; running costs count whole.

    Raises:
        MissingFacts: the interest, the depreciation or the number of employees is absent.
    """
    row = tables.overhead_expenses.match(item=expense.item)
    because.row(row)
    if row.method == "none":
        return EligibleExpense(eligible_amount=NOTHING)
    if row.method == "small_business":
        return EligibleExpense(eligible_amount=_salaries(expense, tables, because))
    if row.method == "whole":
        because.rule("2/OVH-10", "whole")
        return EligibleExpense(eligible_amount=expense.monthly_amount)
    amount = expense.monthly_amount
    if row.method == "purchase":
        amount = _cost_of_purchase(expense, because)
    eligible = to_cent(amount * expense.business_use_percent / 100)
    because.rule("2/OVH-10", "proportion", amount=amount)
    return EligibleExpense(eligible_amount=eligible)


def _salaries(expense: Expense, tables: Tables, because: Because) -> Decimal:
    """Salaries of employees count in a small business alone."""
    if expense.employee_count is None:
        raise MissingFacts(["employee_count"])
    because.parameter(tables.overhead_figures, "employees_to")
    is_small = expense.employee_count <= tables.overhead_figures.employees_to
    return expense.monthly_amount if is_small else NOTHING


def _cost_of_purchase(expense: Expense, because: Because) -> Decimal:
    """Interest of the loan and depreciation; not the capital."""
    interest, depreciation = expense.interest_amount, expense.depreciation_amount
    if interest is None or depreciation is None:
        known = {"interest_amount": interest, "depreciation_amount": depreciation}
        raise MissingFacts(name for name, value in known.items() if value is None)
    because.rule("2/OVH-07", "purchase", sum=interest + depreciation)
    return interest + depreciation
