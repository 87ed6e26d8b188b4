"""What launching a session does when the advisor may have left a call open.

Source: guide of the electronic application, « Lancer une nouvelle session » (COS-01 to COS-03);
the transition table `machines/call.toml` (4/11.1).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, decision


class Launch(Struct):
    """Whether an earlier call is still open, and what the advisor chose about it (None: nothing yet)."""

    has_open_call: bool
    choice: Literal["resume", "close_call"] | None = None


class LaunchResult(Struct):
    """Where the advisor stands right after this single choice."""

    result: Literal["new_call", "previous_session_found", "same_call", "landing_menu"]


@decision("session.launch", rules=["4/COS-01", "4/COS-02", "4/COS-03"])
def launch(asked: Launch, because: Because) -> LaunchResult:
    """What launching a session does when the advisor may have an open call.

    Closing the earlier call does not open another: the advisor is back where one is launched.
    """
    if not asked.has_open_call:
        because.rule("4/COS-01", "new_call")
        return LaunchResult(result="new_call")
    if asked.choice is None:
        because.rule("4/COS-02", "found")
        return LaunchResult(result="previous_session_found")
    if asked.choice == "resume":
        because.rule("4/COS-02", "resumed")
        return LaunchResult(result="same_call")
    because.rule("4/COS-03", "closed")
    return LaunchResult(result="landing_menu")
