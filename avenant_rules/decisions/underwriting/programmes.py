"""Whether a person may enrol in an association programme or an SME plan.

Source: Guide du conseiller, Sélection des risques, sections 8 and 9 (ASC-02, ASC-03, PME-01, PME-02),
read with the notes AMB-64 and AMB-65.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import days_between
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.values import Quantity


class Enrolment(Struct):
    """An enrolment. For an association, whether the form served once; for an SME, plan and dates."""

    programme: Literal["association", "sme"]
    is_already_enrolled: bool | None = None
    occupation_time_percent: Quantity | None = None
    is_plan_approved: bool | None = None
    hired_on: date | None = None
    received_on: date | None = None


class EnrolmentAnswer(Struct):
    """Whether the person may enrol."""

    is_allowed: bool


@decision(
    "underwriting.programme_enrolment", rules=["2/ASC-02", "2/ASC-03", "2/PME-01", "2/PME-02"]
)
def programme_enrolment(
    enrolment: Enrolment, tables: Tables, because: Because, settings: Settings
) -> EnrolmentAnswer:
    """Whether a person may enrol in an association programme or an SME plan.

    Once with the association form, whatever the time given to the occupation. In an approved SME
    plan, within so many days of the hiring day, which is not counted (AMB-65).

    Raises:
        MissingFacts: a fact that decides is absent, and no other settles the refusal.
    """
    if enrolment.programme == "association":
        return EnrolmentAnswer(is_allowed=_may_join_association(enrolment, because))
    return EnrolmentAnswer(is_allowed=_may_join_plan(enrolment, tables, because, settings))


def _may_join_association(enrolment: Enrolment, because: Because) -> bool:
    if enrolment.is_already_enrolled is None:
        raise MissingFacts(["is_already_enrolled"])
    because.rule("2/ASC-02", "again" if enrolment.is_already_enrolled else "first")
    if enrolment.occupation_time_percent is not None:
        because.rule("2/ASC-03")
    return not enrolment.is_already_enrolled


def _may_join_plan(
    enrolment: Enrolment, tables: Tables, because: Because, settings: Settings
) -> bool:
    names = ("is_plan_approved", "hired_on", "received_on")
    missing = [name for name in names if getattr(enrolment, name) is None]
    is_in_time = True
    if enrolment.is_plan_approved is not None:
        because.rule("2/PME-01", "approved" if enrolment.is_plan_approved else "not_approved")
    if enrolment.hired_on is not None and enrolment.received_on is not None:
        is_in_time = _is_in_time(
            enrolment.hired_on, enrolment.received_on, tables, because, settings
        )
    if enrolment.is_plan_approved is False or not is_in_time:
        return False
    if missing:
        raise MissingFacts(missing)
    return True


def _is_in_time(
    hired_on: date, received_on: date, tables: Tables, because: Because, settings: Settings
) -> bool:
    """Whether the enrolment came on or after the hiring day and by the last day."""
    days: int = tables.enrolment_figures.new_employee_days
    last_on = hired_on + timedelta(days)
    if received_on == last_on:
        because.setting("underwriting.hiring_day")
    if settings("underwriting.hiring_day") == "counted":
        last_on -= timedelta(1)
    elapsed = days_between(hired_on, received_on)
    if elapsed < 0:
        because.rule("2/PME-02", "before_hiring")
        return False
    because.parameter(tables.enrolment_figures, "new_employee_days", last_on=last_on)
    return received_on <= last_on
