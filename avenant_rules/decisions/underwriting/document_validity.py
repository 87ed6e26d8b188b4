"""How long a document may be used for underwriting, and what to ask for afterwards.

Source: Guide du conseiller, Sélection des risques, section 4 and Tableau 4.1 (VAL-01 to VAL-13), read
with the notes AMB-29 to AMB-31.
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import add_months, add_years, days_between
from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.tables import Row

type Document = Literal[
    "health_declaration", "paramedical_questionnaire_health_declaration",
    "paramedical_questionnaire_vital_signs", "medical_exam_health_declaration",
    "medical_exam_vital_signs", "phone_interview", "vital_signs", "blood_profile", "urine_hiv",
    "ecg", "application", "authorisation",
]  # fmt: skip
type Action = Literal["good_health_declaration", "redo"]

DAY = timedelta(1)


class DatedDocument(Struct):
    """A document or part of one, its own date, and the day on which underwriting uses it."""

    document: Document
    document_date: date
    evaluated_on: date


class Validity(Struct):
    """Whether it may be used as it is; otherwise what to ask for."""

    is_valid: bool
    action: Action | None


@decision(
    "underwriting.document_validity",
    rules=[
        "2/VAL-01", "2/VAL-02", "2/VAL-03", "2/VAL-04", "2/VAL-05", "2/VAL-06", "2/VAL-07",
        "2/VAL-08", "2/VAL-09", "2/VAL-10", "2/VAL-11", "2/VAL-12", "2/VAL-13",
    ],
)  # fmt: skip
def document_validity(
    facts: DatedDocument, tables: Tables, because: Because, settings: Settings
) -> Validity:
    """Whether a document is still valid for underwriting, and otherwise what to ask for.

    Days are counted from the day after the document's date; the anniversary is the last valid day
    (AMB-31).

    Raises:
        MissingFacts: the document bears a date after the day it is used.
    """
    row = tables.document_validity.match(document=facts.document)
    if facts.document_date > facts.evaluated_on:
        because.rule("2/VAL-13", "not_dated_yet")
        raise MissingFacts(["document_date"])
    last_valid_on = _last_valid_on(facts.document_date, row, settings)
    because.row(row, last_valid_on=last_valid_on)
    if row.unit != "days" and facts.evaluated_on == _anniversary(facts.document_date, row):
        because.setting("underwriting.validity_anniversary")
    if facts.evaluated_on <= last_valid_on:
        return Validity(is_valid=True, action=None)
    return Validity(is_valid=False, action=_action(facts, row, tables, because, settings))


def _last_valid_on(start: date, row: Row, settings: Settings) -> date:
    if row.unit == "days":
        return start + timedelta(row.period)
    end = _anniversary(start, row)
    is_valid_that_day = settings("underwriting.validity_anniversary") == "last_valid_day"
    return end if is_valid_that_day else end - DAY


def _anniversary(start: date, row: Row) -> date:
    return add_months(start, row.period if row.unit == "months" else 12 * row.period)


def _action(
    facts: DatedDocument, row: Row, tables: Tables, because: Because, settings: Settings
) -> Action:
    """A declaration of good health extends what bears an asterisk, for a time (AMB-29)."""
    age_days = days_between(facts.document_date, facts.evaluated_on)
    if not row.has_asterisk:
        because.rule("2/VAL-13", age_days=age_days)
        return "redo"
    extends = settings("underwriting.good_health_declaration") == "extends"
    years = tables.document_validity_figures.declaration_years
    if extends and facts.evaluated_on <= add_years(facts.document_date, years):
        because.rule("2/VAL-12", age_days=age_days)
        because.setting("underwriting.good_health_declaration")
        return "good_health_declaration"
    if extends:
        because.parameter(tables.document_validity_figures, "declaration_years")
    because.rule("2/VAL-13", age_days=age_days)
    because.setting("underwriting.good_health_declaration")
    return "redo"
