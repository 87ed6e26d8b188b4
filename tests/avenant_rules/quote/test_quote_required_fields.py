"""Which fields each step still lacks."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

LEVELS = ("optical_level", "dental_level", "hearing_level", "hospital_level", "fees_level")
NEEDS: dict[str, Any] = dict.fromkeys(LEVELS, "median") | {
    "effective_date": date(2023, 9, 22),
    "social_security_scheme": "Régime Général",
    "postal_code": "94000",
    "city": "CRETEIL",
    "birth_date": date(1968, 9, 12),
    "is_spouse_covered": False,
    "are_children_covered": False,
}
CONTACT: dict[str, Any] = {
    "title": "Monsieur",
    "last_name": "Test",
    "first_name": "Test",
    "birth_date": date(1968, 9, 12),
    "address": "1 rue test",
    "postal_code": "94000",
    "city": "CRETEIL",
    "email": "client@client.test",
}
MEMBER: dict[str, Any] = {
    "title": "Madame",
    "last_name": "Test",
    "first_name": "Test",
    "birth_date": date(1973, 8, 9),
    "social_security_number": "273089999999999",
}
STEPS = {"needs": NEEDS, "contact": CONTACT, "subscription": MEMBER}


def lacking(step: str, *, self_employed: bool | None = False, **changes: Any) -> set[str]:
    given = decide(
        "quote.required_fields",
        step=step,
        is_self_employed_product=self_employed,
        values=STEPS[step] | changes,
    ).outcome

    assert given.is_next_enabled is not bool(given.missing)
    return set(given.missing)


@pytest.mark.rule(
    "4/QUO-04", "4/QUO-05", "4/QUO-07", "4/QUO-08", "4/QUO-19", "4/QUO-21", "4/SUB-04", "4/SUB-05"
)
@each(("step", "field"), [(step, field) for step, values in STEPS.items() for field in values])
def test_asks_for_each_marked_field(step: str, field: str) -> None:
    assert lacking(step) == set()
    assert lacking(step, **{field: None}) == {field}


@pytest.mark.rule("4/QUO-04")
@each("step", list(STEPS))
def test_names_every_empty_field_at_once(step: str) -> None:
    values = dict.fromkeys(STEPS[step])

    given = decide(
        "quote.required_fields", step=step, is_self_employed_product=False, values=values
    )

    assert given.outcome.missing == set(STEPS[step])


@pytest.mark.rule("4/QUO-04")
@each("blank", ["", "  ", "\u00a0"])
def test_takes_blanks_for_empty(blank: str) -> None:
    assert lacking("contact", city=blank) == {"city"}


@pytest.mark.rule("4/QUO-09")
@each(
    ("covered", "birth", "missing"),
    [
        (None, None, {"is_spouse_covered"}),
        (False, None, set()),
        (True, None, {"spouse_birth_date"}),
        (True, date(1973, 8, 17), set()),
        (None, date(1973, 8, 17), {"is_spouse_covered"}),
    ],
)
def test_asks_for_the_spouse_only_when_covered(
    covered: bool | None, birth: date | None, missing: set[str]
) -> None:
    assert lacking("needs", is_spouse_covered=covered, spouse_birth_date=birth) == missing


@pytest.mark.rule("4/QUO-10")
@each(
    ("covered", "count", "missing"),
    [
        (None, None, {"are_children_covered"}),
        (False, None, set()),
        (False, 0, set()),
        (True, None, {"children_count"}),
        (True, -1, {"children_count"}),
        (True, 0, {"children_count"}),
        (True, 1, set()),
        (True, 5, set()),
    ],
)
def test_asks_for_at_least_one_child_when_covered(
    covered: bool | None, count: int | None, missing: set[str]
) -> None:
    assert lacking("needs", are_children_covered=covered, children_count=count) == missing


@pytest.mark.rule("4/SUB-06")
@each(
    ("self_employed", "ticked", "missing"),
    [
        (True, True, set()),
        (True, False, {"has_self_employed_statement"}),
        (True, None, {"has_self_employed_statement"}),
        (False, None, set()),
        (False, False, set()),
        (None, True, set()),
    ],
)
def test_asks_the_self_employed_for_their_statement(
    self_employed: bool | None, ticked: bool | None, missing: set[str]
) -> None:
    given = lacking("subscription", self_employed=self_employed, has_self_employed_statement=ticked)

    assert given == missing


@pytest.mark.rule("4/SUB-06")
@each("ticked", [None, False])
def test_does_not_guess_for_whom_the_product_is(ticked: bool | None) -> None:
    answer = decide(
        "quote.required_fields",
        step="subscription",
        values=MEMBER | {"has_self_employed_statement": ticked},
    )

    assert answer.unknown == ("is_self_employed_product",)


@each("step", ["needs", "contact"])
@pytest.mark.rule("4/SUB-06")
def test_needs_no_product_kind_before_the_subscription(step: str) -> None:
    assert lacking(step, self_employed=None) == set()


@pytest.mark.rule("4/SUB-07", "4/SUB-08")
@each("ticked", [None, False, True])
def test_leaves_the_two_other_boxes_free(ticked: bool | None) -> None:
    given = lacking(
        "subscription", wants_automatic_transmission=ticked, objects_to_marketing=ticked
    )

    assert given == set()


@pytest.mark.rule("4/QUO-04")
def test_groups_the_reasons_in_the_order_of_the_screen() -> None:
    answer = decide(
        "quote.required_fields",
        step="needs",
        values=NEEDS | {"city": None, "dental_level": None, "optical_level": None},
    )

    assert [reason.rule for reason in answer.because] == ["4/QUO-05", "4/QUO-08"]
    assert answer.because[0].text == "Il manque : le niveau en optique et le niveau en dentaire."


@pytest.mark.rule("4/QUO-05", "4/QUO-07", "4/QUO-08", "4/QUO-09", "4/QUO-19", "4/QUO-21")
def test_says_each_missing_field_with_its_own_rule() -> None:
    rules = {
        (step, field): [
            reason.rule
            for reason in decide(
                "quote.required_fields",
                step=step,
                is_self_employed_product=False,
                values=values | {field: None},
            ).because
        ]
        for step, values in STEPS.items()
        for field in values
    }

    expected = {
        ("needs", field): "4/QUO-08"
        for field in ("social_security_scheme", "postal_code", "city", "birth_date")
    }
    expected |= {("needs", level): "4/QUO-05" for level in LEVELS}
    expected |= {
        ("needs", "effective_date"): "4/QUO-07",
        ("needs", "is_spouse_covered"): "4/QUO-09",
        ("needs", "are_children_covered"): "4/QUO-10",
    }
    expected |= {("contact", field): "4/QUO-19" for field in CONTACT}
    expected |= {("subscription", field): "4/SUB-04" for field in MEMBER}
    expected |= {
        ("contact", "email"): "4/QUO-21",
        ("subscription", "social_security_number"): "4/SUB-05",
    }
    assert rules == {place: [rule] for place, rule in expected.items()}
