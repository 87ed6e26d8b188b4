"""What is shown, what is missing, and what a hidden answer counts for."""

from typing import Any

import pytest

from avenant_rules.forms import (
    Form,
    FormView,
    with_answer,
    with_row,
    without_row,
)

FULL: dict[str, Any] = {
    "product": "long",
    "email": "a@exemple.ca",
    "wants": "no",
    "has_children": "yes",
    "children": [
        {"row": "r1", "name": "Zoé", "share": "60", "is_minor": "no"},
        {"row": "r2", "name": "Léo", "share": "40", "is_minor": "yes", "trustee": "Ève"},
    ],
    "declared.heart": "exact",
    "declared.lungs": "exact",
    "account": "1234567",
    "sin": "046454286",
}


def shown(form: Form, section_id: str, answers: dict[str, Any]) -> list[str]:
    return [item.id for item in FormView(form, answers).items(form.section(section_id))]


def test_shows_sections_by_the_answers(small: Form) -> None:
    assert [one.id for one in FormView(small, {}).sections] == ["start", "end"]
    assert [one.id for one in FormView(small, FULL).sections] == ["start", "middle", "end"]


def test_hides_what_is_unknown(small: Form) -> None:
    assert shown(small, "start", {}) == ["product", "email"]
    assert shown(small, "start", {"product": "long"}) == ["product", "email", "wants"]
    assert shown(small, "middle", {"product": "short"}) == []


@pytest.mark.rule("4/APP-03")
def test_counts_a_hidden_answer_as_unanswered_but_keeps_it(small: Form) -> None:
    answers = {**FULL, "wants": "yes", "detail": "x"}

    hidden = {**answers, "product": "short"}

    assert "detail" in shown(small, "start", answers)
    assert shown(small, "start", hidden) == ["product", "email"]
    assert hidden["detail"] == "x"


def test_keeps_the_order_of_the_section(small: Form) -> None:
    order = ["has_children", "children", "declared", "reading", "account", "sin"]

    assert shown(small, "middle", FULL) == order


@pytest.mark.rule("4/APP-05")
def test_tells_empty_from_incomplete_from_filled(small: Form) -> None:
    middle = small.section("middle")
    bare = {"product": "long"}

    assert FormView(small, bare).state(middle).state == "empty"
    assert FormView(small, {**bare, "account": "1234567"}).state(middle).state == "incomplete"
    assert FormView(small, FULL).state(middle).state == "filled"


@pytest.mark.rule("4/APP-05")
def test_names_what_is_missing_by_path(small: Form) -> None:
    answers = {
        **FULL,
        "children": [{"row": "r1", "name": "Zoé", "is_minor": "yes"}],
        "declared.lungs": None,
    }

    state = FormView(small, answers).state(small.section("middle"))

    assert state.missing == ("children.r1.share", "children.r1.trustee", "declared.lungs")
    assert (state.answered, state.expected) == (6, 9)


def test_asks_for_the_first_row(small: Form) -> None:
    state = FormView(small, {**FULL, "children": []}).state(small.section("middle"))

    assert state.missing == ("children",)
    assert state.problems == ()


def test_asks_for_nothing_in_hidden_rows(small: Form) -> None:
    answers = {**FULL, "has_children": "no", "children": [{"row": "r1"}]}

    assert FormView(small, answers).state(small.section("middle")).state == "filled"


def test_refuses_too_many_rows(small: Form) -> None:
    rows = [{"row": str(n), "name": "x", "share": "25", "is_minor": "no"} for n in range(4)]

    state = FormView(small, {**FULL, "children": rows}).state(small.section("middle"))

    assert [(one.code, one.path) for one in state.problems] == [("too_many_rows", "children")]


def test_adds_up_a_number_of_the_rows(small: Form) -> None:
    answers = with_answer(small, FULL, "children.r1.share", "59.99")

    state = FormView(small, answers).state(small.section("middle"))

    assert state.state == "incomplete"
    assert [one.code for one in state.problems] == ["shares"]
    assert state.problems[0].in_("en") == "The sum must be 100."


def test_requires_by_condition(small: Form) -> None:
    email = small.question("email")

    assert email is not None
    assert FormView(small, {"product": "long"}).is_required(email)
    assert not FormView(small, {"product": "short"}).is_required(email)
    assert not FormView(small, {}).is_required(email)


def test_takes_a_section_of_options_for_filled(small: Form) -> None:
    assert FormView(small, {}).state(small.section("end")).state == "filled"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("email", "email"),
        ("declared.heart", "declaration"),
        ("children.r9.share", "percent"),
        ("children.share", None),
        ("declared.liver", None),
        ("children", None),
        ("nothing", None),
        ("email.x", None),
        ("", None),
    ],
)
def test_finds_a_question_by_its_path(small: Form, path: str, kind: str | None) -> None:
    question = small.question(path)

    assert (question.type if question else None) == kind


def test_changes_a_copy_of_the_answers(small: Form) -> None:
    before = {"children": [{"row": "r1", "name": "Zoé"}]}

    added = with_row(small, before, "children", "r2")
    named = with_answer(small, added, "children.r2.name", "Léo")
    cleared = with_answer(small, named, "children.r1.name", None)
    left = without_row(cleared, "children", "r2")

    assert before == {"children": [{"row": "r1", "name": "Zoé"}]}
    assert named["children"] == [{"row": "r1", "name": "Zoé"}, {"row": "r2", "name": "Léo"}]
    assert left == {"children": [{"row": "r1"}]}
    assert with_row(small, added, "children", "r2") == added


@pytest.mark.parametrize("path", ["nothing", "children.r9.name", "children"])
def test_refuses_to_write_where_nothing_is(small: Form, path: str) -> None:
    with pytest.raises(KeyError):
        with_answer(small, {"children": [{"row": "r1"}]}, path, "x")


def test_refuses_rows_of_what_is_no_group(small: Form) -> None:
    with pytest.raises(KeyError):
        with_row(small, {}, "email", "r1")


def test_tells_who_plays_a_role(small: Form) -> None:
    assert FormView(small, FULL).role("client_email") == "a@exemple.ca"
    assert FormView(small, FULL).role("children") == FULL["children"]
    assert FormView(small, {**FULL, "product": "short"}).role("children") is None
    assert FormView(small, FULL).role("astronaut") is None
