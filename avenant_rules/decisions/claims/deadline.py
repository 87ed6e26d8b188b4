"""By when a claim or its proof must be in, and what being late leads to.

Source: Guide du conseiller, Règlements: Invalidité, section 2.1 (DIS-04); Vie, section 2.1
(LIF-03); Santé/Dentaire, section 3.2 (HLT-17, DEN-10); read with CAMB-13, CAMB-30 and CAMB-44.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months, add_years
from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision
from avenant_rules.tables import Row

DAY = timedelta(1)


class Submission(Struct):
    """A claim received. `event_date`: the date of disability, of death or of service."""

    line: Literal["disability", "life", "health", "dental"]
    event_date: date
    received_on: date


class Deadline(Struct):
    """The last day in time; `is_refused`: lateness alone refuses, without a person deciding."""

    last_day: date
    is_in_time: bool
    is_refused: Given[bool]


@decision(
    "claims.submission_deadline",
    rules=["3/DIS-04", "3/LIF-03", "3/HLT-17", "3/DEN-10"],
)
def submission_deadline(
    submission: Submission, tables: Tables, because: Because, settings: Settings
) -> Deadline:
    """Last day to submit a claim or its proof, and effect of being late.

    Counts from the event, which is day 0; the last day is in time.
    """
    row = tables.claims_deadlines.match(line=submission.line)
    last_day = _last_day(row, submission.event_date, settings)
    because.row(row)
    if row.unit != "days" and settings("claims.last_day") == "anniversary_excluded":
        because.setting("claims.last_day")
    if submission.received_on <= last_day:
        because.rule(row.rule, "in_time")
        return Deadline(last_day=last_day, is_in_time=True, is_refused=False)
    is_refused = _is_refused(row, because, settings)
    because.rule(row.rule, "refused" if is_refused else "flagged")
    return Deadline(last_day=last_day, is_in_time=False, is_refused=is_refused)


def _last_day(row: Row, event: date, settings: Settings) -> date:
    if row.unit == "days":
        return event + timedelta(row.length)
    anniversary = (add_months if row.unit == "months" else add_years)(event, row.length)
    is_included = settings("claims.last_day") == "anniversary_included"
    return anniversary if is_included else anniversary - DAY


def _is_refused(row: Row, because: Because, settings: Settings) -> bool:
    """What the guide leaves open for disability and for health is the carrier's choice."""
    name = row.late_setting
    if name is None:
        return False
    because.setting(name)
    return settings(name) == "refused"
