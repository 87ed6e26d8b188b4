"""What closing an electronic application does, and the reminder that it was not submitted.

The two buttons mean the contrary of the habit: they are told apart by their effect. Source: guide
of the electronic application, « Pour terminer » (APP-45, APP-46).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, Struct, decision


class Closing(Struct):
    """The orange button was pressed; `button` is None while the reminder waits for an answer."""

    is_submitted: bool
    button: Literal["ok", "cancel"] | None = None


class ClosingResult(Struct):
    """Whether the reminder is shown, and where the advisor is afterwards."""

    is_warning_shown: Given[bool]
    result: Literal["ask", "closed", "back_to_form"]


@decision("application.close", rules=["4/APP-45", "4/APP-46"])
def close(closing: Closing, because: Because) -> ClosingResult:
    """What closing an electronic application does."""
    if closing.is_submitted:
        because.rule("4/APP-45", "submitted")
        return ClosingResult(is_warning_shown=False, result="closed")
    because.rule("4/APP-46", closing.button or "ask")
    if closing.button is None:
        return ClosingResult(is_warning_shown=True, result="ask")
    result: Literal["closed", "back_to_form"] = (
        "closed" if closing.button == "cancel" else "back_to_form"
    )
    return ClosingResult(is_warning_shown=True, result=result)
