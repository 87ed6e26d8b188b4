"""What a client confirms, how it is hashed, shown and masked."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant_rules.forms import (
    Form,
    FormView,
    Question,
    Text,
    canonical_json,
    content_hash,
    display,
    masked_snapshot,
    snapshot,
)
from tests.support.cases import each

LABEL = Text("Question", "Question")
ANSWERS: dict[str, Any] = {
    "product": "long",
    "has_children": "yes",
    "children": [{"row": "r1", "name": "Zoé", "share": "100", "is_minor": "no"}],
    "declared.heart": "exact",
    "declared.lungs": "inexact",
    "account": "1234567",
    "sin": "046454286",
}


def ask(kind: Any, **more: Any) -> Question:
    return Question("q", kind, LABEL, "bank", "4/G-03", **more)


@pytest.mark.rule("4/COS-18")
def test_freezes_labels_values_and_texts_as_shown(small: Form) -> None:
    content = snapshot(FormView(small, ANSWERS), small.section("middle"), "fr")

    by_id = {item["id"]: item for item in content["items"]}
    assert content["form"] == {"id": "small", "version": 1, "digest": small.digest}
    assert by_id["has_children"]["shown"] == "Oui"
    assert by_id["children"]["rows"][0]["label"] == "Enfant 1"
    assert [one["shown"] for one in by_id["children"]["rows"][0]["items"]] == [
        "Zoé",
        "100\u00a0%",
        "Non",
    ]
    assert [one["shown"] for one in by_id["declared"]["statements"]] == ["Exact", "Inexact"]
    assert by_id["declared"]["statements"][0]["label"] == "Son cœur va bien."
    assert by_id["declared"]["text"]["version"] == 1
    assert by_id["reading"]["paragraphs"] == [{"heading": "", "text": "Son cœur va très bien."}]
    assert by_id["account"]["shown"] == "1234567"
    assert json.loads(canonical_json(content)) == content


def test_changes_its_hash_with_anything_the_client_sees(small: Form) -> None:
    middle = small.section("middle")
    first = content_hash(snapshot(FormView(small, ANSWERS), middle, "fr"))

    assert content_hash(snapshot(FormView(small, dict(ANSWERS)), middle, "fr")) == first
    assert content_hash(snapshot(FormView(small, ANSWERS), middle, "en")) != first
    assert (
        content_hash(snapshot(FormView(small, {**ANSWERS, "account": "1234568"}), middle, "fr"))
        != first
    )


@pytest.mark.rule("4/APP-03")
def test_leaves_out_what_is_hidden(small: Form) -> None:
    start = small.section("start")
    answers = {"product": "short", "email": "a@exemple.ca", "wants": "yes", "detail": "x"}

    content = snapshot(FormView(small, answers), start, "fr")

    assert [item["id"] for item in content["items"]] == ["product", "email"]
    assert content_hash(content) == content_hash(
        snapshot(FormView(small, {"product": "short", "email": "a@exemple.ca"}), start, "fr")
    )


@pytest.mark.parametrize("viewer", ["advisor", "mga", "manager", "stranger", ""])
def test_masks_numbers_for_others(small: Form, viewer: str) -> None:
    content = snapshot(FormView(small, ANSWERS), small.section("middle"), "fr")

    written = canonical_json(masked_snapshot(content, viewer)).decode()

    assert "1234567" not in written
    assert "046454286" not in written
    assert "••••567" in written
    assert "••• ••• 286" in written


@pytest.mark.parametrize("viewer", ["client", "carrier"])
def test_shows_numbers_to_the_client_and_the_carrier(small: Form, viewer: str) -> None:
    content = snapshot(FormView(small, ANSWERS), small.section("middle"), "fr")

    assert masked_snapshot(content, viewer) == content


@each(
    ("kind", "value", "viewer", "shown"),
    [
        ("bank_account", "123456789", "advisor", "••••••789"),
        ("bank_account", "12345", "advisor", "•••45"),
        ("bank_account", "12345", "client", "12345"),
        ("bank_transit", "30123", "advisor", "•••••"),
        ("bank_institution", "815", "mga", "•••"),
        ("bank_institution", "815", "carrier", "815"),
        ("sin", "046454286", "advisor", "••• ••• 286"),
        ("sin", "046454286", "client", "046 454 286"),
    ],
)
def test_shows_a_number_to_whom_it_belongs(kind: str, value: str, viewer: str, shown: str) -> None:
    assert display(ask(kind), value, "fr", viewer) == shown


@each(
    ("kind", "value", "fr", "en"),
    [
        ("money", "1500.00", "1\u00a0500,00\u00a0$", "$1,500.00"),
        ("percent", "12.5", "12,5\u00a0%", "12.5%"),
        ("date", "1984-03-01", "1er mars 1984", "March 1, 1984"),
        ("date", "2026-08-15", "15 août 2026", "August 15, 2026"),
        ("yes_no", "yes", "Oui", "Yes"),
        ("phone", "+15145550123", "514 555-0123", "514 555-0123"),
        ("phone", "+15145550123;ext=12", "514 555-0123, poste 12", "514 555-0123, ext. 12"),
        ("phone", "+33142685300", "+33142685300", "+33142685300"),
        ("province", "QC", "QC", "QC"),
        ("integer", 40, "40", "40"),
        ("text", None, "—", "—"),
    ],
)
def test_shows_a_value_in_words(kind: str, value: object, fr: str, en: str) -> None:
    assert display(ask(kind), value, "fr", "client") == fr
    assert display(ask(kind), value, "en", "client") == en


@pytest.mark.rule("4/PAY-04")
def test_says_what_a_blank_means() -> None:
    question = ask("integer", when_blank=Text("Le jour d'entrée en vigueur", "The effective day"))

    assert display(question, None, "fr", "client") == "Le jour d'entrée en vigueur"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(JSON)
def test_writes_the_same_bytes_whatever_the_order(value: Any) -> None:
    def reordered(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: reordered(one[key]) for key in reversed(list(one))}
        return [reordered(item) for item in one] if isinstance(one, list) else one

    try:
        written = canonical_json(value)
    except UnicodeEncodeError:
        return
    assert canonical_json(reordered(value)) == written


def test_takes_two_spellings_of_a_letter_for_one() -> None:
    assert content_hash("é") == content_hash("e\u0301")


@each("value", [1.5, {1: "a"}, object(), {"a": {1.0}}])
def test_refuses_what_has_no_single_spelling(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
