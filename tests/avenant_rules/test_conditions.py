"""The closed language of conditions: what it computes and what it leaves unknown."""

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant_rules.conditions import (
    DATE,
    DAYS,
    DECIMAL,
    INTEGER,
    MONEY,
    TEXT,
    YES_NO,
    Condition,
    FactError,
    choice,
    list_of,
)
from tests.support.cases import each

NAMES = {
    "a": YES_NO,
    "b": YES_NO,
    "c": YES_NO,
    "product": choice("association", "plan_express"),
    "hours": INTEGER,
    "rate": DECIMAL,
    "income": MONEY,
    "wait": DAYS,
    "born": DATE,
    "signed": DATE,
    "wanted": list_of("life", "illness"),
    "note": TEXT,
}
FACTS: dict[str, Any] = {
    "a": True,
    "b": "no",
    "product": "association",
    "hours": 20,
    "rate": "12.5",
    "income": Decimal("1500.00"),
    "wait": 30,
    "born": "1980-02-29",
    "signed": date(2026, 11, 24),
    "wanted": ["illness"],
    "note": "vu",
}
TRUTH = st.sampled_from([True, False, None])


def evaluate(text: str, facts: dict[str, Any] | None = None) -> bool | None:
    return Condition.parse(text, NAMES).evaluate(FACTS if facts is None else facts)


@each(
    ("text", "expected"),
    [
        ("a", True),
        ("b", False),
        ("b == 'no'", True),
        ("not b and a", True),
        ("product == 'association'", True),
        ("product in ['plan_express']", False),
        ("not product in ['plan_express']", True),
        ("'illness' in wanted", True),
        ("'life' in wanted", False),
        ("hours >= 20", True),
        ("hours > 20", False),
        ("rate < 12.51", True),
        ("income + 0.01 == 1500.01", True),
        ("income - 1500 != 0", False),
        ("-5 < hours", True),
        ("signed - born > 365", True),
        ("born + wait == '1980-03-30'", True),
        ("born < '1980-03-01' or a", True),
        ("(a or b) and not (a and b)", True),
        ("a or b and b", True),
        ("note == 'vu'", True),
        ("answered(note) and answered(c)", False),
    ],
)
def test_evaluates(text: str, expected: bool) -> None:
    assert evaluate(text) is expected


@each("text", ["a", "hours > 3", "born < signed", "'life' in wanted", "product != 'plan_express'"])
def test_is_unknown_while_unanswered(text: str) -> None:
    condition = Condition.parse(text, NAMES)

    assert condition.evaluate({}) is None
    assert condition.missing({}) == condition.names


def test_takes_an_empty_text_for_unanswered() -> None:
    assert evaluate("answered(note)", {"note": ""}) is False
    assert evaluate("hours > 1", {"hours": ""}) is None


@given(TRUTH, TRUTH)
def test_follows_three_valued_logic(one: bool | None, two: bool | None) -> None:
    facts = {"a": one, "b": two}
    both = False if False in (one, two) else None if None in (one, two) else True
    either = True if True in (one, two) else None if None in (one, two) else False

    assert evaluate("a and b", facts) is both
    assert evaluate("a or b", facts) is either
    assert evaluate("not a", facts) is (None if one is None else not one)


@given(TRUTH, TRUTH, TRUTH)
def test_keeps_the_laws_of_logic_with_unknowns(
    one: bool | None, two: bool | None, three: bool | None
) -> None:
    facts = {"a": one, "b": two, "c": three}

    assert evaluate("not (a and b)", facts) is evaluate("not a or not b", facts)
    assert evaluate("a and (b or c)", facts) is evaluate("a and b or a and c", facts)
    assert evaluate("a or b", facts) is evaluate("b or a", facts)


@given(TRUTH, TRUTH, TRUTH, st.booleans(), st.booleans(), st.booleans())
def test_never_changes_a_known_answer_when_more_is_answered(
    one: bool | None, two: bool | None, three: bool | None, x: bool, y: bool, z: bool
) -> None:
    facts = {"a": one, "b": two, "c": three}
    more = {
        name: value if value is not None else later
        for (name, value), later in zip(facts.items(), (x, y, z), strict=True)
    }

    for text in ("a and b or c", "a or not b and c", "not (a and c) or b"):
        known = evaluate(text, facts)
        assert known is None or evaluate(text, more) is known
        assert evaluate(text, more) is not None


@given(TRUTH, TRUTH, TRUTH)
def test_names_what_is_missing_only_while_it_is_unknown(
    one: bool | None, two: bool | None, three: bool | None
) -> None:
    facts = {"a": one, "b": two, "c": three}
    condition = Condition.parse("a and b or c", NAMES)

    missing = condition.missing(facts)

    assert bool(missing) is (condition.evaluate(facts) is None)
    assert missing <= {name for name, value in facts.items() if value is None}


def test_names_the_names_it_reads() -> None:
    condition = Condition.parse("answered(note) or hours > 3", NAMES)

    assert condition.names == {"note", "hours"}


def test_leaves_out_of_missing_what_no_longer_matters() -> None:
    condition = Condition.parse("(a or b) and c", NAMES)

    assert condition.missing({"a": True}) == {"c"}


@each(
    ("name", "value"),
    [
        ("hours", True),
        ("hours", 20.0),
        ("hours", "20"),
        ("rate", 12.5),
        ("rate", "NaN"),
        ("a", "peut-être"),
        ("born", "hier"),
        ("born", datetime(1980, 2, 29)),
        ("wanted", "illness"),
        ("note", 3),
    ],
)
def test_refuses_a_fact_of_another_type(name: str, value: object) -> None:
    text = {"a": "a", "wanted": "'life' in wanted", "born": "born < signed", "note": "note == 'x'"}

    with pytest.raises(FactError) as refused:
        evaluate(text.get(name, f"{name} > 1"), {**FACTS, name: value})

    assert refused.value.name == name


def test_survives_a_pickle() -> None:
    condition = Condition.parse("hours >= 20", NAMES)

    copy = pickle.loads(pickle.dumps(condition))

    assert copy == condition
    assert copy.evaluate({"hours": 19}) is False
