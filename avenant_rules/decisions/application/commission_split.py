"""Whether the commission shares of an application are valid.

Source: guide of the electronic application, « Commissions du représentant » (APP-33 to APP-35): the
shares total exactly 100, and a second representative has a name and a distributor number.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from avenant_rules.decision import Because, Given, Struct, decision
from avenant_rules.values import Hundredths, Quantity

type Fault = Literal[
    "total_not_100", "second_name_required", "second_code_required", "percent_out_of_range"
]

WHOLE = Decimal(100)


class SecondRepresentative(Struct):
    """The second representative; name and code may be empty while they are being typed."""

    name: str
    code: str
    percent: Quantity


class Shares(Struct):
    """The representative's own share and the second's, in percent."""

    own_percent: Quantity
    second_representative: SecondRepresentative | None = None


class SharesAnswer(Struct):
    """Whether the shares are valid, their sum, and every error."""

    is_valid: bool
    total_percent: Given[Hundredths]
    errors: frozenset[Fault]


@decision("application.commission_split", rules=["4/APP-33", "4/APP-34", "4/APP-35"])
def commission_split(shares: Shares, because: Because) -> SharesAnswer:
    """Whether the commission shares of an application are valid.

    The sum is compared exactly and shown rounded to two digits.
    """
    second = shares.second_representative
    percents: list[Decimal] = [shares.own_percent] + ([second.percent] if second else [])
    total = sum(percents, Decimal(0))
    errors: set[Fault] = set()
    if total != WHOLE:
        errors.add("total_not_100")
        because.rule("4/APP-35")
    if any(not 0 < percent <= WHOLE for percent in percents):
        errors.add("percent_out_of_range")
        because.rule("4/APP-35", "range")
    if second and not second.name.strip():
        errors.add("second_name_required")
    if second and not second.code.strip():
        errors.add("second_code_required")
    if errors & {"second_name_required", "second_code_required"}:
        because.rule("4/APP-34")
    if not errors:
        because.rule("4/APP-35", "valid") if second else because.rule("4/APP-33")
    return SharesAnswer(
        is_valid=not errors,
        total_percent=total.quantize(Decimal("0.01"), ROUND_HALF_UP),
        errors=frozenset(errors),
    )
