"""Conditions that a pack must not contain are refused with a place and a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant_rules.conditions import (
    DATE,
    DAYS,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    Condition,
    ConditionError,
    choice,
    list_of,
)
from tests.support.cases import each

NAMES = {
    "a": YES_NO,
    "product": choice("association", "plan_express"),
    "tint": choice("red"),
    "hours": INTEGER,
    "income": MONEY,
    "wait": DAYS,
    "born": DATE,
    "wanted": list_of("life"),
    "note": TEXT,
}


@each(
    ("text", "code", "column"),
    [
        ("a and hour > 3", "unknown_name", 7),
        ("__import__('os')", "unknown_name", 1),
        ("note.upper", "syntax", 5),
        ("product == 'plan_expres'", "unknown_choice", 12),
        ("product in ['association', 'x']", "unknown_choice", 28),
        ("'death' in wanted", "unknown_choice", 1),
        ("product < 'plan_express'", "type", 9),
        ("product == tint", "type", 9),
        ("hours", "type", 1),
        ("hours and a", "type", 1),
        ("a or hours", "type", 6),
        ("not note", "type", 5),
        ("a == 1", "type", 6),
        ("born == 'demain'", "type", 9),
        ("born > 3", "type", 8),
        ("income == wait", "type", 8),
        ("born + born > 1", "type", 6),
        ("hours - born > 1", "type", 7),
        ("hours in wanted", "type", 1),
        ("note in note", "type", 9),
        ("note in [note]", "type", 10),
        ("wanted == wanted", "type", 8),
        ("hours in []", "syntax", 11),
        ("a or", "syntax", 5),
        ("a a", "syntax", 3),
        ("(a", "syntax", 3),
        ("note == 'x", "syntax", 9),
        ("answered(1)", "unknown_name", 10),
        ("answered a", "syntax", 10),
        ("hours * 2 > 3", "syntax", 7),
        ("1 < hours < 3", "syntax", 11),
        ("--hours > 3", "syntax", 2),
        ("-note == 'x'", "syntax", 7),
        ("", "syntax", 1),
        ("(" * 60 + "a" + ")" * 60, "too_deep", 41),
        ("a" + " or a" * 500, "too_long", 1),
    ],
)
def test_refuses(text: str, code: str, column: int) -> None:
    with pytest.raises(ConditionError) as refused:
        Condition.parse(text, NAMES)

    assert (refused.value.code, refused.value.column) == (code, column)


def test_says_it_in_both_languages() -> None:
    with pytest.raises(ConditionError) as refused:
        Condition.parse("hour > 3", NAMES)

    assert refused.value.fr == "« hour > 3 », caractère 1 : le nom « hour » n'est pas déclaré."
    assert refused.value.en == '"hour > 3", character 1: the name "hour" is not declared.'


@given(st.text(max_size=60) | st.text("anot rwe()[]<>=!'\"+-,0.9_", max_size=80))
def test_refuses_or_parses_but_never_breaks(text: str) -> None:
    try:
        condition = Condition.parse(text, NAMES)
    except ConditionError as refused:
        assert refused.fr  # noqa: PT017
    else:
        assert condition.evaluate({}) in (True, False, None)
