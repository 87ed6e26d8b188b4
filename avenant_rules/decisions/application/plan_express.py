"""Which Plan Express declarations are shown, what the answers lead to, and the way on.

Source: guide of the electronic application, « Déclarations – Plan Express », « 6.1 » to « 6.3 »
(APP-03, APP-05, APP-19 to APP-25).
"""

from collections.abc import Sequence
from typing import Literal

from avenant_rules.decision import Because, Given, Struct, decision

type Product = Literal["association", "plan_express", "association_and_plan_express"]
type Answer = Literal["exact", "inexact"]
type Guarantee = Literal["critical_illness", "monthly_income"]
type Declaration = Literal["critical_illness", "monthly_income", "general"]
type Status = Literal[
    "eligible", "not_eligible_plan_express", "not_eligible_guarantee", "incomplete",
    "not_applicable",
]  # fmt: skip
type Message = Literal["plan_express", "critical_illness", "monthly_income"]
type Action = Literal[
    "choose_product_without_plan_express", "decline_critical_illness", "decline_monthly_income",
    "new_illustration_without_plan_express", "new_illustration_without_guarantee",
    "send_illustration_to_client",
]  # fmt: skip

WITHOUT_PLAN_EXPRESS: frozenset[Product] = frozenset({"association"})
PRODUCTS: frozenset[Product] = frozenset(
    {"association", "plan_express", "association_and_plan_express"}
)
DECLINE: dict[Guarantee, Action] = {
    "critical_illness": "decline_critical_illness",
    "monthly_income": "decline_monthly_income",
}


class PlanExpressAnswers(Struct):
    """The product chosen, the two gate questions, and the answers of each declaration.

    One item a statement; None where it is unanswered.
    """

    product: Product
    wants_critical_illness: bool | None = None
    wants_monthly_income: bool | None = None
    answers_general: list[Answer | None] | None = None
    answers_critical_illness: list[Answer | None] | None = None
    answers_monthly_income: list[Answer | None] | None = None


class PlanExpressEligibility(Struct):
    """What is shown, what the person is not eligible for, and what to do to go on."""

    is_section_shown: Given[bool]
    declarations: Given[frozenset[Declaration]]
    status: Given[Status]
    messages: Given[frozenset[Message]]
    required_actions: Given[frozenset[Action]]
    allowed_products: Given[frozenset[Product]]


@decision(
    "application.plan_express",
    rules=[
        "4/APP-03", "4/APP-05", "4/APP-19", "4/APP-20", "4/APP-21", "4/APP-22", "4/APP-23",
        "4/APP-24",
    ],
)  # fmt: skip
def plan_express(answers: PlanExpressAnswers, because: Because) -> PlanExpressEligibility:
    """Declarations shown for Plan Express, eligibility that follows from the answers, and the way on.

    One "inexact" is enough, whatever is still unanswered; a declaration that is not shown counts
    for nothing, but the general one rules out Plan Express whichever product is chosen now.
    """
    is_general_inexact = "inexact" in (answers.answers_general or ())
    allowed = WITHOUT_PLAN_EXPRESS if is_general_inexact else PRODUCTS
    if answers.product in WITHOUT_PLAN_EXPRESS:
        because.rule("4/APP-03", "hidden")
        return _outcome("not_applicable", allowed, is_section_shown=False)
    shown = _shown(answers)
    because.rule("4/APP-19")
    refused = [name for name in DECLINE if name in shown and "inexact" in (shown[name] or ())]
    if is_general_inexact:
        because.rule("4/APP-21")
    for guarantee in refused:
        because.rule("4/APP-24", guarantee=guarantee)
    status = _status(answers, shown, refused, is_general_inexact=is_general_inexact)
    if status == "eligible":
        because.rule("4/APP-20")
    if status == "incomplete":
        because.rule("4/APP-05")
    return _outcome(
        status,
        allowed,
        declarations=frozenset(shown),
        messages=frozenset(refused) | ({"plan_express"} if is_general_inexact else frozenset()),
        required_actions=_actions(refused, is_general_inexact=is_general_inexact),
    )


def _shown(answers: PlanExpressAnswers) -> dict[Declaration, Sequence[Answer | None] | None]:
    """The declarations shown, each with its answers."""
    shown: dict[Declaration, Sequence[Answer | None] | None] = {"general": answers.answers_general}
    if answers.wants_critical_illness:
        shown["critical_illness"] = answers.answers_critical_illness
    if answers.wants_monthly_income:
        shown["monthly_income"] = answers.answers_monthly_income
    return shown


def _status(
    answers: PlanExpressAnswers,
    shown: dict[Declaration, Sequence[Answer | None] | None],
    refused: list[Guarantee],
    *,
    is_general_inexact: bool,
) -> Status:
    if is_general_inexact:
        return "not_eligible_plan_express"
    if refused:
        return "not_eligible_guarantee"
    gates = (answers.wants_critical_illness, answers.wants_monthly_income)
    # No answer at all is unanswered, not "nothing inexact".
    if None in gates or any(not given or None in given for given in shown.values()):
        return "incomplete"
    return "eligible"


def _actions(refused: list[Guarantee], *, is_general_inexact: bool) -> frozenset[Action]:
    """What to do; without Plan Express its guarantees need no declining."""
    if is_general_inexact:
        return frozenset(
            {
                "choose_product_without_plan_express",
                "new_illustration_without_plan_express",
                "send_illustration_to_client",
            }
        )
    if not refused:
        return frozenset()
    declined = {DECLINE[guarantee] for guarantee in refused}
    return frozenset(
        declined | {"new_illustration_without_guarantee", "send_illustration_to_client"}
    )


def _outcome(
    status: Status,
    allowed: frozenset[Product],
    *,
    is_section_shown: bool = True,
    declarations: frozenset[Declaration] = frozenset(),
    messages: frozenset[Message] = frozenset(),
    required_actions: frozenset[Action] = frozenset(),
) -> PlanExpressEligibility:
    return PlanExpressEligibility(
        is_section_shown=is_section_shown,
        declarations=declarations,
        status=status,
        messages=messages,
        required_actions=required_actions,
        allowed_products=allowed,
    )
