"""Whether an illustration contains only what the application asks for.

Source: guide of the electronic application, « 6.1 » to « 6.3 » (APP-21, APP-24, APP-25): the new
illustration is free of what was refused. The advisor lists what an illustration from outside contains.
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Struct, decision
from avenant_rules.decisions.application.plan_express import (
    WITHOUT_PLAN_EXPRESS,
    Message,
    Product,
)

type Content = Literal["plan_express", "critical_illness", "monthly_income"]

GUARANTEES: tuple[Content, ...] = ("critical_illness", "monthly_income")


class IllustrationContent(Struct):
    """What of Plan Express the illustration contains, and what the application says of it.

    `contains`: "plan_express" for any of its guarantees that has no declaration of its own. A product
    or a question that is not answered yet excludes nothing.
    """

    contains: frozenset[Content]
    product: Product | None = None
    wants_critical_illness: bool | None = None
    wants_monthly_income: bool | None = None
    refused: frozenset[Message] = frozenset()


class IllustrationContentAnswer(Struct):
    """Whether it contains nothing else, and what it contains too much."""

    is_as_asked: bool
    excess: Given[frozenset[Content]]


@decision("application.illustration_content", rules=["4/APP-21", "4/APP-24", "4/APP-25"])
def illustration_content(
    illustration: IllustrationContent, because: Because
) -> IllustrationContentAnswer:
    """Whether an illustration contains only what the application asks for."""
    excess: frozenset[Content]
    if illustration.product in WITHOUT_PLAN_EXPRESS or "plan_express" in illustration.refused:
        excess = illustration.contains
        if excess:
            because.rule("4/APP-21", "illustration")
    else:
        excess = illustration.contains & _not_asked(illustration)
        for guarantee in GUARANTEES:
            if guarantee in excess:
                because.rule("4/APP-24", "illustration", guarantee=guarantee)
    if not excess:
        because.rule("4/APP-25")
    return IllustrationContentAnswer(is_as_asked=not excess, excess=excess)


def _not_asked(illustration: IllustrationContent) -> frozenset[Content]:
    """The guarantees that were refused, or to which the answer is « Non »."""
    wants: dict[Content, bool | None] = {
        "critical_illness": illustration.wants_critical_illness,
        "monthly_income": illustration.wants_monthly_income,
    }
    return frozenset(
        name for name, wanted in wants.items() if wanted is False or name in illustration.refused
    )
