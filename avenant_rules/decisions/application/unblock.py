"""Whether an application blocked by a Plan Express answer may go on.

Source: guide of the electronic application, « 6.1 » to « 6.3 » (APP-21, APP-24, APP-25). After a
refusal of eligibility the client must have agreed to the new illustration.
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, decision
from avenant_rules.decisions.application.plan_express import (
    WITHOUT_PLAN_EXPRESS,
    Message,
    Product,
)


class BlockedApplication(Struct):
    """What blocked it, what is chosen now, and how far the new illustration is."""

    blocked_by: Message
    product: Product
    wants_critical_illness: bool
    wants_monthly_income: bool
    new_illustration: Literal["none", "uploaded", "sent", "validated"]


class Unblocking(Struct):
    """Whether it may go on."""

    is_unblocked: bool


@decision("application.unblock", rules=["4/APP-21", "4/APP-24", "4/APP-25"])
def unblock(blocked: BlockedApplication, because: Because) -> Unblocking:
    """Whether an application blocked by a Plan Express answer may go on.

    A product without Plan Express lifts a refused guarantee too.
    """
    is_choice_changed = blocked.product in WITHOUT_PLAN_EXPRESS or (
        blocked.blocked_by == "critical_illness" and not blocked.wants_critical_illness
    ) or (blocked.blocked_by == "monthly_income" and not blocked.wants_monthly_income)  # fmt: skip
    is_unblocked = is_choice_changed and blocked.new_illustration == "validated"
    because.rule(
        "4/APP-21" if blocked.blocked_by == "plan_express" else "4/APP-24",
        "unblocked" if is_unblocked else "still_blocked",
    )
    return Unblocking(is_unblocked=is_unblocked)
