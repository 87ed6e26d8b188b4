"""What creating the PDF or submitting does to the application's number, and what a submission sets off.

Source: guide of the electronic application, « Créer le PDF de la proposition », « Soumettre la
proposition » (APP-38, APP-40 to APP-43).
"""

from typing import Literal

from avenant_rules.decision import Because, Given, MissingFacts, Struct, decision

type Effect = Literal[
    "deposit_on_carrier_server", "record_representative_signature", "record_ip_and_date",
    "email_advisor", "email_managing_agency",
]  # fmt: skip


class ApplicationEvent(Struct):
    """What the advisor does. `current_number` is the last PDF's; None when there was none."""

    event: Literal["create_pdf", "submit"]
    current_number: str | None = None
    has_managing_agency: bool | None = None


class EventEffects(Struct):
    """What becomes of the number; the effects of a submission, none of a creation."""

    is_new_number_issued: Given[bool]
    previous_number_state: Literal["superseded"] | None = None
    submitted_number: str | None = None
    effects: Given[frozenset[Effect]]


@decision(
    "application.event_effects",
    rules=["4/APP-38", "4/APP-40", "4/APP-41", "4/APP-42", "4/APP-43"],
)
def event_effects(done: ApplicationEvent, because: Because) -> EventEffects:
    """What creating the PDF or submitting does to the application number, and the effects of submission.

    A submission goes out under the number of the last PDF: it never gets one of its own.
    """
    if done.event == "create_pdf":
        return _created(done, because)
    return _submitted(done, because)


def _created(done: ApplicationEvent, because: Because) -> EventEffects:
    is_again = done.current_number is not None
    because.rule("4/APP-38", "again" if is_again else "first")
    return EventEffects(
        is_new_number_issued=True,
        previous_number_state="superseded" if is_again else None,
        effects=frozenset(),
    )


def _submitted(done: ApplicationEvent, because: Because) -> EventEffects:
    if done.has_managing_agency is None:
        because.rule("4/APP-43", "unknown")
        raise MissingFacts(["has_managing_agency"])
    effects: set[Effect] = {
        "deposit_on_carrier_server",
        "record_representative_signature",
        "record_ip_and_date",
        "email_advisor",
    }
    because.rule("4/APP-40", "deposit")
    because.rule("4/APP-41")
    because.rule("4/APP-42")
    if done.has_managing_agency:
        effects.add("email_managing_agency")
        because.rule("4/APP-43")
    return EventEffects(
        is_new_number_issued=False,
        submitted_number=done.current_number,
        effects=frozenset(effects),
    )
