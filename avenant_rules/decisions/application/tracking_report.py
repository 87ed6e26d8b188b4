"""Whether a file stands in the advisor's tracking report, and how recent the report is.

Source: Guide du conseiller, Administration des contrats, section 7 (ADM-17, ADM-19).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.decision import Because, Given, Struct, Tables, decision


class TrackedFile(Struct):
    """A file; `has_outstanding_requirements` matters for a modification alone."""

    file_state: Literal[
        "in_underwriting",
        "awaiting_underwriting_requirements",
        "accepted_awaiting_administrative_requirements",
        "in_force",
        "declined",
        "cancelled",
        "modification_pending",
    ]
    has_outstanding_requirements: bool | None = None
    consulted_on: date | None = None


class TrackingReport(Struct):
    """Whether it is listed, whether its row calls for action, and the day of the data shown."""

    is_listed: Given[bool]
    needs_advisor_action: Given[bool]
    data_as_of: date | None = None


@decision("application.tracking_report", rules=["1/ADM-17", "1/ADM-19"])
def tracking_report(tracked: TrackedFile, tables: Tables, because: Because) -> TrackingReport:
    """Whether a file stands in the tracking report and how recent the report is.

    The report is rebuilt every Monday and shows that day's data until the next one.
    """
    row = tables.tracking_report.match(
        file_state=tracked.file_state,
        has_outstanding_requirements=tracked.has_outstanding_requirements,
    )
    because.row(row)
    data_as_of = None
    if tracked.consulted_on is not None:
        data_as_of = tracked.consulted_on - timedelta(tracked.consulted_on.weekday())
        because.rule("1/ADM-19", "as_of")
    return TrackingReport(
        is_listed=row.is_listed,
        needs_advisor_action=row.needs_advisor_action,
        data_as_of=data_as_of,
    )
