"""What becomes of a section of the live application when somebody acts on it.

Source: guide of the electronic application, « Formulaire de proposition », « Reprendre une
proposition sauvegardée » (COS-08 to COS-19); the transition table `machines/section.toml` (4/11.3).
"""

from typing import Literal, cast

from avenant_rules.decision import Because, Struct, decision
from avenant_rules.errors import StepRefused
from avenant_rules.machines import machine, step

type State = Literal[
    "empty", "incomplete", "filled", "sent", "confirmed", "to_reconfirm", "not_applicable"
]
type Refusal = Literal["no_client", "missing_fields", "stale_content", "not_sent"]

# Where each refusal is written, and which sentence of the rule says it.
BECAUSE: dict[str, tuple[str, str]] = {
    "no_client": ("4/COS-08", "text"),
    "missing_fields": ("4/COS-11", "missing_fields"),
    "stale_content": ("4/COS-12", "stale_content"),
    "not_sent": ("4/COS-12", "not_sent"),
}
NOT_WRITTEN = ("4/11.3", "text")


class SectionEvent(Struct):
    """The state before, and what happens. Send, cancel and modify are the advisor's, agree the
    client's; resume is the saved application reopened in a later session."""

    state: State
    event: Literal["send", "agree", "cancel", "modify", "resume"]
    is_client_connected: bool
    is_content_current: bool


class SectionState(Struct):
    """The state after. A refused event changes nothing; `error` is None when no code says why."""

    state: State
    error: Refusal | None


@decision(
    "session.section_transition",
    rules=[
        "4/COS-08", "4/COS-11", "4/COS-12", "4/COS-15", "4/COS-16", "4/COS-19", "4/11.3",
    ],
)  # fmt: skip
def section_transition(section: SectionEvent, because: Because) -> SectionState:
    """State of a section of the live application after an event."""
    try:
        after = step(
            "section",
            section.state,
            section.event,
            is_client_connected=section.is_client_connected,
            is_content_current=section.is_content_current,
        )
    except StepRefused as refused:
        because.rule(*BECAUSE.get(refused.code, NOT_WRITTEN))
        error = cast(Refusal, refused.code) if refused.code in BECAUSE else None
        return SectionState(state=section.state, error=error)
    taken = machine("section").find(section.state, section.event)
    because.rule(taken.rule if taken else NOT_WRITTEN[0])
    return SectionState(state=cast(State, after), error=None)
