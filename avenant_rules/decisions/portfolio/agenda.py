"""Which events the agenda lists.

Source: guide Mes Solutions Plus, « Accéder au parcours de vente », « Export des devis via l'agenda »
(PTF-04 to PTF-06): a closed event is not deleted, it is shown again by a switch.
"""

from avenant_rules.decision import Bag, Because, Struct, decision
from avenant_rules.folding import folded


class Event(Struct):
    """An event on a quote or a contract."""

    id: int
    text: str
    is_closed: bool


class Agenda(Struct):
    """All the events, the switch for closed ones, and the text of the filter."""

    events: Bag[Event]
    is_showing_closed: bool
    filter_text: str


class AgendaList(Struct):
    """The events listed."""

    event_ids: Bag[int]


@decision("portfolio.agenda", rules=["4/PTF-04", "4/PTF-05", "4/PTF-06"], carrier="smatis")
def agenda(agenda: Agenda, because: Because) -> AgendaList:
    """Events listed in the agenda.

    The filter looks for its text anywhere, whatever its case and accents; blank, it lets all pass.
    """
    text = folded(agenda.filter_text)
    because.rule("4/PTF-05", "shown") if agenda.is_showing_closed else because.rule("4/PTF-04")
    if text:
        because.rule("4/PTF-06", text=agenda.filter_text.strip())
    return AgendaList(
        event_ids=[
            event.id
            for event in agenda.events
            if (agenda.is_showing_closed or not event.is_closed) and text in folded(event.text)
        ]
    )
