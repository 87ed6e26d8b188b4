"""What becomes of a membership file when somebody acts on it.

Source: guide Mes Solutions Plus, section 5, « En cas de signature électronique 3/5 », « En cas de
signature manuelle » (DOC-07, DOC-13 to DOC-15, SIG-43); `machines/membership.toml` (4/11.8).
"""

from typing import Literal, cast

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, decision
from avenant_rules.errors import StepRefused
from avenant_rules.machines import machine, step

type State = Literal["awaiting_documents", "file_transmitted", "membership_created"]
type Refusal = Literal["nothing_received", "not_signed"]

TRIGGERS = {
    "client_uploads_document": "upload_document",
    "seller_uploads_document": "upload_document",
}
BECAUSE: dict[str, str] = {"nothing_received": "4/SIG-43", "not_signed": "4/DOC-14"}
NOT_WRITTEN = "4/11.8"


class MembershipEvent(Struct):
    """The file before (None: there is none yet), and what happens to it.

    A signature is `ink` once the signed papers are in hand.
    """

    state: State | None = None
    event: Literal[
        "request_confirmed", "client_uploads_document", "seller_uploads_document",
        "back_office_registers",
    ]  # fmt: skip
    signature_status: Literal["signed", "ink", "pending"]
    is_received_by_post: bool | None = None


class MembershipState(Struct):
    """The file after. A refused event changes nothing; `error` is None when no code says why."""

    state: State
    error: Refusal | None


@decision(
    "subscription.membership_transition",
    rules=["4/DOC-07", "4/DOC-13", "4/DOC-14", "4/DOC-15", "4/SIG-43", "4/11.8"],
    carrier="smatis",
)
def membership_transition(
    file: MembershipEvent, because: Because, settings: Settings
) -> MembershipState:
    """State of the membership file after an event."""
    before = file.state or "none"
    trigger = TRIGGERS.get(file.event, file.event)
    taken = machine("membership").find(before, trigger)
    if file.state is None and taken is None:
        because.rule(NOT_WRITTEN, "no_file")
        raise MissingFacts(["state"])
    if taken and "is_received_by_post" in taken.needs and file.is_received_by_post is None:
        because.rule("4/SIG-43", "unknown")
        raise MissingFacts(["is_received_by_post"])
    is_guarded = settings("subscription.file_transmitted_by") == "signed_request"
    try:
        after = step(
            "membership",
            before,
            trigger,
            is_signed=file.signature_status != "pending" or not is_guarded,
            is_received_by_post=bool(file.is_received_by_post),
        )
    except StepRefused as refused:
        because.rule(BECAUSE.get(refused.code, NOT_WRITTEN), _sentence(refused.code))
        if refused.code == "not_signed":
            because.setting("subscription.file_transmitted_by")
        error = cast(Refusal, refused.code) if refused.code in BECAUSE else None
        return MembershipState(state=cast(State, before), error=error)
    because.rule(taken.rule if taken else NOT_WRITTEN)
    if not is_guarded and taken and "is_signed" in taken.needs:
        because.setting("subscription.file_transmitted_by")
    return MembershipState(state=cast(State, after), error=None)


def _sentence(code: str) -> str:
    return code if code in BECAUSE else "text"
