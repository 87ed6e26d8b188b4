"""Year-end slips for commissions: who gets one, which, in whose name and by when.

Source: Guide du conseiller, Ententes et commissions, section 7 (COM-09 to COM-13).
"""

from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Province
from avenant_rules.values import Money

type Slip = Literal["t4a", "rl1"]


class Commissions(Struct):
    """What a partner received in a calendar year, and who was paid."""

    province: Province
    legal_form: Literal[
        "independent_advisor",
        "registered_business",
        "incorporated",
        "limited_company",
        "general_partnership",
    ]
    commissions_in_year: Money
    is_paid_to_entity_with_agreement: bool
    tax_year: int | None = None
    advisor_of_record: str | None = None
    bank_account_holder: str | None = None


class TaxSlip(Struct):
    """Whether a slip is produced, which ones, the last day for it, and the name on it."""

    is_slip_issued: Given[bool]
    slips: Given[frozenset[Slip]]
    due_on: date | None = None
    slip_name: str | None = None


@decision(
    "commission.tax_slip",
    rules=["1/COM-09", "1/COM-10", "1/COM-11", "1/COM-12", "1/COM-13"],
)
def tax_slip(
    commissions: Commissions, tables: Tables, because: Because, settings: Settings
) -> TaxSlip:
    """Whether, which, for whom and by when year-end commission slips are produced.

    The slip bears the name of the holder of the account paid, not of the advisor of record.
    """
    may_receive = _may_receive(commissions, tables, because)
    slips = _slips(commissions, tables, because, settings) if may_receive else frozenset[Slip]()
    if not slips:
        return TaxSlip(is_slip_issued=False, slips=slips)
    if commissions.bank_account_holder is not None:
        because.rule("1/COM-12", "holder")
    return TaxSlip(
        is_slip_issued=True,
        slips=slips,
        due_on=_due_on(commissions.tax_year, tables, because, settings),
        slip_name=commissions.bank_account_holder,
    )


def _may_receive(commissions: Commissions, tables: Tables, because: Because) -> bool:
    """Every obstacle is said: the form, the entity that is paid, nothing received."""
    form = tables.slip_legal_forms.match(
        legal_form=commissions.legal_form, province=commissions.province
    )
    because.row(form)
    may_receive: bool = form.may_receive
    if commissions.is_paid_to_entity_with_agreement:
        because.rule("1/COM-11", "paid_to_entity")
        may_receive = False
    if commissions.commissions_in_year <= 0:
        because.rule("1/COM-09", "nothing_received")
        may_receive = False
    return may_receive


def _slips(
    commissions: Commissions, tables: Tables, because: Because, settings: Settings
) -> frozenset[Slip]:
    """The slips of the province whose minimum the commissions reach."""
    amount = commissions.commissions_in_year
    row = tables.slip_minimums.match(province=commissions.province)
    because.row(row)
    if row.minimum is None:
        return _quebec_slips(commissions, tables, because, settings)
    if row.row == "elsewhere":
        because.setting("commission.slip_minimum_elsewhere")
        if settings("commission.slip_minimum_elsewhere") == "no_minimum":
            return frozenset({"t4a"})
    is_reached = _reaches(amount, row.minimum, because, settings)
    because.rule("1/COM-10", "reached" if is_reached else "not_reached", minimum=row.minimum)
    return frozenset({"t4a"}) if is_reached else frozenset()


def _quebec_slips(
    commissions: Commissions, tables: Tables, because: Because, settings: Settings
) -> frozenset[Slip]:
    """Both slips whatever the amount, unless the carrier wants the minimum for the T4A (AMB-19)."""
    because.setting("commission.quebec_slips")
    if settings("commission.quebec_slips") == "both":
        return frozenset({"t4a", "rl1"})
    minimum = tables.slip_minimums.match(province="ON").minimum
    is_reached = _reaches(commissions.commissions_in_year, minimum, because, settings)
    return frozenset({"t4a", "rl1"}) if is_reached else frozenset({"rl1"})


def _reaches(amount: Money, minimum: Money, because: Because, settings: Settings) -> bool:
    if amount != minimum:
        return amount > minimum
    because.setting("commission.slip_at_the_minimum")
    return settings("commission.slip_at_the_minimum") == "issued"


def _due_on(
    tax_year: int | None, tables: Tables, because: Because, settings: Settings
) -> date | None:
    if tax_year is None:
        return None
    if not MINYEAR <= tax_year < MAXYEAR:
        raise MissingFacts(["tax_year"])
    due_on = date(tax_year + 1, tables.slip_figures.due_month, tables.slip_figures.due_day)
    if settings("commission.slip_deadline") == "end_of_february":
        because.setting("commission.slip_deadline")
        due_on = add_months(date(due_on.year, due_on.month - 1, 31), 1)
    because.rule("1/COM-13", "due")
    return due_on
