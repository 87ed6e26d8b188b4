"""Who sees commission statements and for how long; how a negative balance is settled.

Source: Guide du conseiller, Ententes et commissions, sections 4.1 and 4.3 (COM-01, COM-02, COM-05).
"""

from datetime import date
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, Settings, Struct, Tables, decision
from avenant_rules.values import Money

DECEMBER = 12


class Consultation(Struct):
    """A statement, the day of the consultation, and whether the user holds an administrative code."""

    statement_date: date
    as_of: date
    has_administrative_code: bool


class StatementAccess(Struct):
    """Whether the statement is visible."""

    is_visible: bool


@decision("commission.statement_access", rules=["1/COM-01", "1/COM-02"])
def statement_access(
    consultation: Consultation, tables: Tables, because: Because, settings: Settings
) -> StatementAccess:
    """Whether a user sees a commission statement.

    Through the same day of the month, the months of the history later (AMB-24).
    """
    figures = tables.statement_figures
    last_day = add_months(consultation.statement_date, figures.history_months)
    if settings("commission.statement_history") == "calendar_year":
        last_day = last_day.replace(month=DECEMBER, day=31)
    has_code, is_kept = consultation.has_administrative_code, consultation.as_of <= last_day
    because.rule("1/COM-02", "code" if has_code else "no_code")
    if not is_kept or has_code:
        because.parameter(figures, "history_months", last_day=last_day)
        because.setting("commission.statement_history")
    return StatementAccess(is_visible=has_code and is_kept)


class Settlement(Struct):
    """A balance, and how the partner means to settle it."""

    balance: Money
    method: Literal["cheque", "credit_card", "bank_transfer"]
    card_details_channel: Literal["telephone", "email", "fax", "mail"] | None = None


class SettlementAnswer(Struct):
    """Whether the method is accepted."""

    is_accepted: bool


@decision("commission.negative_balance_settlement", rules=["1/COM-05"])
def negative_balance_settlement(
    settlement: Settlement, tables: Tables, because: Because
) -> SettlementAnswer:
    """Whether a way of settling a negative commission balance is accepted.

    A balance that is not negative leaves nothing to settle.
    """
    if settlement.balance >= 0:
        because.rule("1/COM-05", "nothing_owed")
        return SettlementAnswer(is_accepted=False)
    row = tables.balance_settlements.match(
        method=settlement.method, card_details_channel=settlement.card_details_channel
    )
    because.row(row)
    return SettlementAnswer(is_accepted=row.is_accepted)
