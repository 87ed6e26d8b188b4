"""Which fields a step still lacks, and whether its next button works.

Source: guide Mes Solutions Plus, « Naviguer sur les écrans », « En détail 1/3 » and « 2/3 », « Étapes
1/3 » (QUO-04 to QUO-10, QUO-19, QUO-21, SUB-04 to SUB-08).
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from avenant_rules.decision import Because, MissingFacts, Struct, Tables, decision
from avenant_rules.tables.rows import Row

type Level = Literal["minimal", "median", "reinforced", "supplement"]


class StepValues(Struct):
    """What was entered so far; None is left empty."""

    optical_level: Level | None = None
    dental_level: Level | None = None
    hearing_level: Level | None = None
    hospital_level: Level | None = None
    fees_level: Level | None = None
    effective_date: date | None = None
    social_security_scheme: str | None = None
    postal_code: str | None = None
    city: str | None = None
    birth_date: date | None = None
    is_spouse_covered: bool | None = None
    spouse_birth_date: date | None = None
    are_children_covered: bool | None = None
    children_count: int | None = None
    title: str | None = None
    last_name: str | None = None
    birth_name: str | None = None
    first_name: str | None = None
    address: str | None = None
    address_line_2: str | None = None
    email: str | None = None
    social_security_number: str | None = None
    has_self_employed_statement: bool | None = None
    wants_automatic_transmission: bool | None = None
    objects_to_marketing: bool | None = None


class QuoteStep(Struct):
    """The step, and its values. Whether the product is for the self-employed matters when one
    subscribes without having stated that status."""

    step: Literal["needs", "contact", "subscription"]
    is_self_employed_product: bool | None = None
    values: StepValues


class StepFields(Struct):
    """Whether the next button works; the names of the compulsory fields that are empty."""

    is_next_enabled: bool
    missing: frozenset[str]


@decision(
    "quote.required_fields",
    rules=[
        "4/QUO-04", "4/QUO-05", "4/QUO-07", "4/QUO-08", "4/QUO-09", "4/QUO-10", "4/QUO-19",
        "4/QUO-21", "4/SUB-04", "4/SUB-05", "4/SUB-06", "4/SUB-07", "4/SUB-08",
    ],
    carrier="smatis",
)  # fmt: skip
def required_fields(step: QuoteStep, tables: Tables, because: Because) -> StepFields:
    """Whether the next button of a step is enabled and which fields are still missing."""
    lacking: dict[str, tuple[Row, list[str]]] = {}
    for field, row in _fields_of(step, tables):
        if _is_empty(step.values, field) and _is_asked(row.is_asked, step, because):
            lacking.setdefault(row.row, (row, []))[1].append(field)
    for row, fields in lacking.values():
        because.row(row, fields=fields)
    if not lacking:
        because.rule("4/QUO-04", "complete")
    missing = frozenset(field for _, fields in lacking.values() for field in fields)
    return StepFields(is_next_enabled=not missing, missing=missing)


def _fields_of(step: QuoteStep, tables: Tables) -> Iterator[tuple[str, Row]]:
    """The fields of the step, in the order of the screen, with their lines of the table."""
    for field in msgspec.structs.fields(StepValues):
        row = tables.quote_fields.match(step=step.step, field=field.name)
        if not row.is_outside:
            yield field.name, row


def _is_empty(values: StepValues, field: str) -> bool:
    """A number of children below one and an unticked statement are as good as empty."""
    value = getattr(values, field)
    if field == "children_count":
        return value is None or value < 1
    if field == "has_self_employed_statement":
        return value is not True
    return value is None or (isinstance(value, str) and not value.strip())


def _is_asked(when: str, step: QuoteStep, because: Because) -> bool:
    if when == "for_self_employed" and step.is_self_employed_product is None:
        because.rule("4/SUB-06", "unknown")
        raise MissingFacts(["is_self_employed_product"])
    return {
        "always": True,
        "never": False,
        "with_spouse": step.values.is_spouse_covered is True,
        "with_children": step.values.are_children_covered is True,
        "for_self_employed": step.is_self_employed_product is True,
    }[when]
