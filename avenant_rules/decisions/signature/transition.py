"""What becomes of a signature of the live session when the signer acts, or on resume.

Source: guide of the electronic application, « Signature à l'écran », « Signature à l'aide d'un
téléphone » (SIG-05 to SIG-12), « Reprendre » (COS-19); `machines/signature.toml` (4/11.5).
"""

import hmac
import re
from typing import Literal, cast

from avenant_rules.decision import Because, MissingFacts, Struct, decision
from avenant_rules.errors import StepRefused
from avenant_rules.machines import machine, step

type State = Literal[
    "requested", "displayed", "code_shown", "pad_on_phone", "drawn", "signed", "void"
]
type Refusal = Literal["wrong_code", "four_digits_required"]

_FOUR_DIGITS = re.compile(r"[0-9]{4}")


class SignatureEvent(Struct):
    """The state before, and what happens; the two codes matter for `enter_code` alone."""

    state: State
    event: Literal["enter_code", "draw", "accept", "resume_application"]
    expected_code: str | None = None
    typed_code: str | None = None


class SignatureState(Struct):
    """The state after. A refused event changes nothing; `error` is None when no code says why."""

    state: State
    error: Refusal | None = None


@decision(
    "signature.transition",
    rules=[
        "4/SIG-05", "4/SIG-07", "4/SIG-09", "4/SIG-11", "4/SIG-12", "4/SIG-16", "4/COS-19",
        "4/11.5",
    ],
)  # fmt: skip
def transition(signature: SignatureEvent, because: Because) -> SignatureState:
    """State of a live-session signature after an event.

    The form of the typed code is looked at before its value.
    """
    trigger = signature.event.replace("resume_application", "resume")
    error: Refusal | None = None
    if signature.event == "enter_code":
        if signature.state == "code_shown":
            error = _code_refusal(signature)
        if error == "four_digits_required":
            because.rule("4/SIG-11", error)
            return SignatureState(state=signature.state, error=error)
        trigger = "enter_wrong_code" if error else "enter_right_code"
    try:
        after = step("signature", signature.state, trigger, is_on_screen=True)
    except StepRefused:
        because.rule("4/11.5")
        return SignatureState(state=signature.state)
    taken = machine("signature").find(signature.state, trigger)
    because.rule(taken.rule if taken else "4/11.5", error or "text")
    return SignatureState(state=cast(State, after), error=error)


def _code_refusal(signature: SignatureEvent) -> Refusal | None:
    typed, expected = signature.typed_code, signature.expected_code
    if typed is not None and not _FOUR_DIGITS.fullmatch(typed):
        return "four_digits_required"
    if typed is None or expected is None:
        codes = {"expected_code": expected, "typed_code": typed}
        raise MissingFacts(name for name, known in codes.items() if known is None)
    is_right = hmac.compare_digest(typed.encode(), expected.encode())
    return None if is_right else "wrong_code"
