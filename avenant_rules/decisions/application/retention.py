"""Until when a saved electronic application stays available.

Source: guide of the electronic application, « Ouvrir la session du client » (APP-07, APP-08): the days
of retention run from the last save; opening without saving changes nothing. The last day counts.
"""

from datetime import date, timedelta
from typing import Annotated

import msgspec

from avenant_rules.decision import Because, Struct, Tables, decision


class SavedApplication(Struct):
    """When it was saved, and the day in question. Openings without saving change nothing."""

    saved_on: Annotated[list[date], msgspec.Meta(min_length=1)]
    opened_without_saving_on: list[date] | None = None
    as_of: date


class Retention(Struct):
    """The last day on which it can be opened, and whether it can on the day in question."""

    expires_on: date
    is_available: bool


@decision("application.retention", rules=["4/APP-07", "4/APP-08", "4/APP-09"])
def retention(saved: SavedApplication, tables: Tables, because: Because) -> Retention:
    """Until when a saved electronic application stays available.

    Saves after the day in question are not known on that day; one made when the application was
    already gone cannot bring it back.
    """
    days = tables.application_retention.days
    because.parameter(tables.application_retention, "days")
    expires_on = _expires_on(sorted(saved.saved_on), saved.as_of, timedelta(days))
    return Retention(
        expires_on=expires_on, is_available=min(saved.saved_on) <= saved.as_of <= expires_on
    )


def _expires_on(saves: list[date], as_of: date, kept: timedelta) -> date:
    expires_on = saves[0] + kept
    for saved_on in saves[1:]:
        if saved_on > as_of or saved_on > expires_on:
            break
        expires_on = saved_on + kept
    return expires_on
