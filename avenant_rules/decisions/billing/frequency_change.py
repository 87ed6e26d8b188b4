"""Whether a policy in force may be paid at another frequency.

Source: Guide du conseiller, Administration des contrats, sections 5 and 8.2 (ADM-11, ADM-26).
"""

from typing import Literal

from avenant_rules.decision import Because, Settings, Struct, Tables, decision

type Frequency = Literal["monthly", "quarterly", "annual"]
type Refusal = Literal[
    "payer_signature_required", "letter_date_required", "frequency_not_offered_for_mode"
]


class FrequencyRequest(Struct):
    """The letter that asks for another frequency, and the mode of payment in place."""

    mode: Literal["pre_authorised_debit", "credit_card", "cheque"]
    current_frequency: Frequency
    requested_frequency: Frequency
    letter_signed_by: Literal["payer", "policyholder", "insured", "advisor"]
    is_letter_dated: bool


class FrequencyAnswer(Struct):
    """Whether the change is accepted; of several obstacles, the first in the order of the letter."""

    is_accepted: bool
    refusal_reason: Refusal | None = None


@decision("billing.frequency_change", rules=["1/ADM-11", "1/ADM-26"])
def frequency_change(
    request: FrequencyRequest, tables: Tables, because: Because, settings: Settings
) -> FrequencyAnswer:
    """Whether a change of premium frequency is accepted.

    The payer's dated letter, and a frequency that the mode of payment has.
    """
    checked = tables.frequency_letter.check(request)
    because.rows(checked.failed)
    refusals: list[Refusal] = [row.reason for row in checked.failed]
    refusals += _refusal_of_mode(request, tables, because, settings)
    if not refusals:
        because.rule("1/ADM-26", "changed")
    return FrequencyAnswer(
        is_accepted=not refusals, refusal_reason=refusals[0] if refusals else None
    )


def _refusal_of_mode(
    request: FrequencyRequest, tables: Tables, because: Because, settings: Settings
) -> list[Refusal]:
    """The frequency against the printed ones; the glossary also names a quarterly premium."""
    if request.requested_frequency == "quarterly":
        because.setting("billing.quarterly_premium")
        if settings("billing.quarterly_premium") == "offered":
            return []
    row = tables.payment_modes.match(
        channel="paper", mode=request.mode, frequency=request.requested_frequency
    )
    because.row(row, frequency=request.requested_frequency)
    return [row.refusal_reason] if row.refusal_reason else []
