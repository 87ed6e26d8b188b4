"""What becomes of an account when its owner acts, and whether the owner can log in.

Source: guide Mes Solutions Plus, « 1ère connexion » (AUT-03); payment procedure, « Création de compte »
(AUT-10, AUT-11, 3/PAY-03, 3/PAY-04); the transition table `machines/account.toml`.
"""

from typing import Literal, cast

from avenant_rules.decision import Because, Given, Struct, decision
from avenant_rules.errors import StepRefused
from avenant_rules.machines import machine, step

type State = Literal["none", "invited", "pending_activation", "active"]

# Why nobody logs in yet: what the owner has to do first.
CLOSED: dict[State, tuple[str, str]] = {
    "none": ("3/PAY-03", "no_account"),
    "invited": ("4/AUT-03", "no_password"),
    "pending_activation": ("3/PAY-04", "not_activated"),
}


class AccountEvent(Struct):
    """The account before, and what its owner does. A seller is invited, a payer registers."""

    state: State
    event: Literal["register", "follow_activation_link", "set_password_from_email", "log_in"]


class AccountState(Struct):
    """The account after. A step that does not exist changes nothing."""

    state: State
    can_log_in: Given[bool]


@decision(
    "account.activation",
    rules=["4/AUT-03", "4/AUT-10", "4/AUT-11", "3/PAY-03", "3/PAY-04"],
    carrier="smatis",
)
def activation(account: AccountEvent, because: Because) -> AccountState:
    """State of an account after an event and whether its owner can log in."""
    state = account.state
    try:
        state = cast(State, step("account", account.state, account.event))
    except StepRefused:
        if account.event != "log_in":
            because.rule("4/11.11", "account")
    else:
        taken = machine("account").find(account.state, account.event)
        because.rule(taken.rule if taken else "4/11.11", "done")
    if state in CLOSED:
        because.rule(*CLOSED[state])
    return AccountState(state=state, can_log_in=state == "active")
