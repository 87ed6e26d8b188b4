"""How a contract ends, the insurer's deadline to supply documents, and applying again afterwards.

Source: Guide du conseiller, Administration des contrats, sections 12, 13.1, 13.3 and 13.4 (ADM-47 to
ADM-51).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months
from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.product.codes import Product


class TerminationRequest(Struct):
    """What came in: a signed request, or a document about a death. `signed_by` None: unsigned."""

    ground: Literal["policyholder_request", "death"]
    signed_by: Literal["policyholder", "payer", "insured", "advisor"] | None = None
    channel: Literal["mail", "fax", "email", "telephone"] | None = None
    forwarded_to_advisor_on: date | None = None
    death_document: Literal["death_certificate", "death_attestation"] | None = None


class TerminationAnswer(Struct):
    """Whether it is valid; how the advisor is told of a request, and the last day left to him."""

    is_accepted: bool
    advisor_notification_channel: Literal["email", "mail", "telephone"] | None = None
    advisor_window_ends_on: date | None = None


@decision(
    "policy.termination_request",
    rules=["1/ADM-48", "1/ADM-49", "1/ADM-51", "1/GLO-28", "3/GLO-08"],
)
def termination_request(
    request: TerminationRequest, tables: Tables, because: Because, settings: Settings
) -> TerminationAnswer:
    """Whether a contract may be ended on a request or a document, and the advisor's window.

    The advisor's days count from the e-mail sent to him, that day being day 0 (AMB-27).
    """
    if request.ground == "death":
        because.rule("1/ADM-51", request.death_document or "no_document")
        return TerminationAnswer(is_accepted=request.death_document is not None)
    if not _is_valid_request(request, because, settings):
        return TerminationAnswer(is_accepted=False)
    return _with_window(request, tables, because)


def _is_valid_request(request: TerminationRequest, because: Because, settings: Settings) -> bool:
    may_sign = {"policyholder"}
    if settings("policy.who_may_cancel") == "insured_too":
        may_sign.add("insured")
    is_signed = request.signed_by in may_sign
    if not is_signed:
        because.rule("1/GLO-28", "other_signature" if request.signed_by else "unsigned")
    if request.signed_by == "insured":
        because.setting("policy.who_may_cancel")
    if request.channel == "telephone":
        because.rule("1/ADM-48", "telephone")
        return False
    if is_signed and request.channel is None:
        raise MissingFacts(["channel"])
    return is_signed


def _with_window(
    request: TerminationRequest, tables: Tables, because: Because
) -> TerminationAnswer:
    because.rule("1/ADM-48", "valid")
    days, sent = tables.ending_figures.advisor_window_days, request.forwarded_to_advisor_on
    if sent is None:
        because.rule("1/ADM-49", "to_forward", days=days)
        return TerminationAnswer(is_accepted=True, advisor_notification_channel="email")
    because.parameter(tables.ending_figures, "advisor_window_days")
    return TerminationAnswer(
        is_accepted=True,
        advisor_notification_channel="email",
        advisor_window_ends_on=sent + timedelta(days),
    )


class Awaited(Struct):
    """What the insurer asked for, when, and when it arrived; the day in question."""

    subject: Literal["requested_documents", "incomplete_application"]
    communication_sent_on: date
    documents_received_on: date | None = None
    as_of: date


class FollowUpDeadline(Struct):
    """The last day in time, and whether the file is cancelled by the day in question."""

    deadline: date
    is_cancelled: bool
    cancellation_reason: Literal["no_follow_up"] | None


@decision("policy.follow_up_deadline", rules=["1/ADM-50"])
def follow_up_deadline(awaited: Awaited, tables: Tables, because: Because) -> FollowUpDeadline:
    """Deadline to supply what the insurer asked for, and whether the file is cancelled.

    Documents that arrive after the deadline do not undo the cancellation.
    """
    days = tables.ending_figures.follow_up_days
    deadline = awaited.communication_sent_on + timedelta(days)
    received = awaited.documents_received_on
    is_in_time = received is not None and received <= deadline
    is_cancelled = not is_in_time and awaited.as_of > deadline
    because.parameter(tables.ending_figures, "follow_up_days")
    if is_cancelled:
        because.rule("1/ADM-50", "received_late" if received else "not_received")
    elif is_in_time:
        because.rule("1/ADM-50", "in_time")
    else:
        because.rule("1/ADM-50", "still_open")
    return FollowUpDeadline(
        deadline=deadline,
        is_cancelled=is_cancelled,
        cancellation_reason="no_follow_up" if is_cancelled else None,
    )


class Reapplication(Struct):
    """A new application by a client whose contract ended. `terminated_on`: the effective date."""

    product: Product
    terminated_on: date
    application_date: date


class ReapplicationAnswer(Struct):
    """Whether it is admissible that day; the earliest day, where there is one."""

    is_allowed: bool
    earliest_date: date | None = None
    is_underwriting_required: Given[bool]


@decision("policy.reapplication", rules=["1/ADM-47"])
def reapplication(
    asked: Reapplication, tables: Tables, because: Because, settings: Settings
) -> ReapplicationAnswer:
    """Whether a client whose contract ended may apply again.

    The day of the last month is allowed; a month that is too short ends on its last day.
    """
    row = tables.reapplication.match(product=asked.product)
    waits = row.waits == "always"
    if row.waits == "with_the_family":
        waits = settings("policy.reapplication_wait") == "blue_choice_family"
        because.setting("policy.reapplication_wait")
    if row.waits == "never":
        because.row(row)
    elif not waits:
        because.rule("1/ADM-47", "at_once")
    if not waits:
        return ReapplicationAnswer(is_allowed=True, is_underwriting_required=True)
    earliest = add_months(asked.terminated_on, row.months)
    is_allowed = asked.application_date >= earliest
    because.row(row)
    because.rule("1/ADM-47", "waited" if is_allowed else "too_early")
    return ReapplicationAnswer(
        is_allowed=is_allowed, earliest_date=earliest, is_underwriting_required=True
    )
