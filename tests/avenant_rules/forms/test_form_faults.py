"""Every kind of broken form is refused, with its place and in both languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.forms import (
    FormError,
    faults_of_pack,
    load_form,
    load_product,
    load_text,
    read_form,
)

type Document = dict[str, Any]
type Breaker = Callable[[Document], None]


def change(*path: Any, to: Any) -> Breaker:
    """Set a value deep in the document; without `to` a key goes."""

    def act(document: Document) -> None:
        target: Any = document
        for step in path[:-1]:
            target = target[step]
        if to is None:
            del target[path[-1]]
        else:
            target[path[-1]] = to

    return act


START, MIDDLE = ("section", 0), ("section", 1)
QUESTION = (*START, "question", 1)
GROUP = (*MIDDLE, "group", 0)
DECLARATION = (*MIDDLE, "declaration", 0)

BROKEN = {
    "an undeclared name": (
        change(*QUESTION, "shown", to="prodct == 'long'"),
        ("unknown_name", "start > email > shown"),
    ),
    "a value outside a choice": (
        change(*QUESTION, "required", to="product == 'wide'"),
        ("unknown_choice", "start > email > required"),
    ),
    "an ill-typed condition": (
        change(*MIDDLE, "shown", to="email > 3"),
        ("condition_type", "middle > shown"),
    ),
    "a condition that does not parse": (
        change(*MIDDLE, "shown", to="product = 'long'"),
        ("condition_syntax", "middle > shown"),
    ),
    "a condition that is not text": (
        change(*QUESTION, "shown", to=3),
        ("ill_typed", "start > email > shown"),
    ),
    "an ill-typed condition in a row": (
        change(*GROUP, "question", 3, "shown", to="is_minor > 3"),
        ("condition_type", "middle > children > trustee > shown"),
    ),
    "a row's name used outside its rows": (
        change(*QUESTION, "shown", to="is_minor == 'yes'"),
        ("unknown_name", "start > email > shown"),
    ),
    "a check on an undeclared name": (
        change(*MIDDLE, "check", 0, "holds", to="total == 100"),
        ("unknown_name", "middle > shares > holds"),
    ),
    "a missing language": (
        change(*QUESTION, "label", to={"fr": "Courriel"}),
        ("missing_language", "start > email > label"),
    ),
    "an empty translation": (
        change(*QUESTION, "label", to={"fr": "Courriel", "en": "  "}),
        ("missing_language", "start > email > label"),
    ),
    "a language nobody knows": (
        change(*QUESTION, "label", to={"fr": "a", "en": "b", "es": "c"}),
        ("unknown_key", "start > email > label > es"),
    ),
    "a missing source": (
        change(*QUESTION, "source", to=None),
        ("missing_source", "start > email > source"),
    ),
    "a source that is no rule": (
        change(*QUESTION, "source", to="somewhere"),
        ("missing_source", "start > email > source"),
    ),
    "a duplicate id": (
        change(*QUESTION, "id", to="product"),
        ("duplicate_id", "start > product"),
    ),
    "a row question with the id of another": (
        change(*GROUP, "question", 0, "id", to="product"),
        ("duplicate_id", "middle > children > product"),
    ),
    "an ill-written id": (
        change(*QUESTION, "id", to="E-mail"),
        ("ill_named", "start > E-mail > id"),
    ),
    "an unknown privacy": (
        change(*QUESTION, "privacy", to="secret"),
        ("unknown_privacy", "start > email > privacy"),
    ),
    "a bank detail that is not private": (
        change(*MIDDLE, "question", 1, "privacy", to="public"),
        ("unknown_privacy", "middle > account > privacy"),
    ),
    "an unknown type": (
        change(*QUESTION, "type", to="emoji"),
        ("unknown_type", "start > email > type"),
    ),
    "an unknown key": (
        change(*QUESTION, "requierd", to=True),
        ("unknown_key", "start > email > requierd"),
    ),
    "a choice without options": (
        change(*START, "question", 0, "options", to=None),
        ("options", "start > product"),
    ),
    "options on a text": (
        change(*QUESTION, "options_from", to="guarantees"),
        ("options", "start > email"),
    ),
    "two options with one value": (
        change(*START, "question", 0, "options", 1, "value", to="long"),
        ("duplicate_id", "start > product"),
    ),
    "an unknown list": (
        change("section", 2, "question", 0, "options_from", to="guarranties"),
        ("unknown_list", "end > gains > options_from"),
    ),
    "a bound of another type": (
        change(*QUESTION, "min", to=3),
        ("ill_typed", "start > email"),
    ),
    "a bound that is not one": (
        change(*QUESTION, "min", to="soon"),
        ("ill_typed", "start > email > min"),
    ),
    "an order that forgets an item": (
        change(*MIDDLE, "order", to=["has_children", "children"]),
        ("missing_order", "section middle > order"),
    ),
    "mixed items without an order": (
        change(*MIDDLE, "order", to=None),
        ("missing_order", "section middle"),
    ),
    "an unknown text": (
        change(*DECLARATION, "statements", to="texts/helth.toml@1"),
        ("unknown_text", "texts/helth.toml"),
    ),
    "a text version that does not exist": (
        change(*DECLARATION, "statements", to="texts/health.toml@3"),
        ("unknown_text_version", "texts/health.toml"),
    ),
    "a text named without a version": (
        change(*DECLARATION, "statements", to="texts/health.toml"),
        ("ill_typed", "middle > declared > statements"),
    ),
    "rows without a question": (
        change(*GROUP, "question", to=[]),
        ("rows", "middle > children"),
    ),
    "fewer rows at most than at least": (
        change(*GROUP, "min_rows", to=4),
        ("rows", "middle > children"),
    ),
    "a section confirmed by a stranger": (
        change(*START, "confirmed_by", to="neighbour"),
        ("ill_typed", "section start > confirmed_by"),
    ),
    "section numbers that fall": (
        change(*MIDDLE, "number", to=1),
        ("section_numbers", "small"),
    ),
    "an empty section": (
        change("section", 2, "question", to=[]),
        ("empty_section", "end"),
    ),
    "a role nobody plays": (
        change("roles", "client_email", to="e_mail"),
        ("unknown_name", "roles > client_email"),
    ),
    "a product file that is not there": (
        change("product_file", to="products/large.toml"),
        ("unknown_product", "products/large.toml"),
    ),
    "a product file outside the pack": (
        change("product_file", to="../../etc/passwd"),
        ("unknown_product", "../../etc/passwd"),
    ),
    "a missing title": (
        change("title", to=None),
        ("missing_key", "forms/small/v1.toml > title"),
    ),
    "no section": (change("section", to=[]), ("empty_form", "small")),
}


def test_accepts_the_sound_form(
    document: Document, faults_of: Callable[[Document], list[tuple[str, str]]]
) -> None:
    assert faults_of(document) == []


@pytest.mark.parametrize("name", BROKEN)
def test_refuses(
    name: str, document: Document, faults_of: Callable[[Document], list[tuple[str, str]]]
) -> None:
    breaks, fault = BROKEN[name]
    breaks(document)

    assert fault in faults_of(document)


def test_refuses_a_cycle_of_visibility(
    document: Document, faults_of: Callable[[Document], list[tuple[str, str]]]
) -> None:
    document["section"][0]["question"][0]["shown"] = "detail == 'x'"

    assert faults_of(document) == [("visibility_cycle", "product")]


def test_refuses_a_cycle_through_a_section(
    document: Document, faults_of: Callable[[Document], list[tuple[str, str]]]
) -> None:
    document["section"][1]["shown"] = "has_children == 'yes'"

    assert [code for code, _ in faults_of(document)] == ["visibility_cycle"]


def test_names_every_fault_at_once(document: Document, pack: Path) -> None:
    document["section"][0]["question"][1]["privacy"] = "secret"
    document["section"][0]["question"][2]["label"] = {"en": "Wants it"}
    document["section"][1]["shown"] = "prodct == 'long'"

    with pytest.raises(FormError) as refused:
        read_form(document, pack, "forms/small/v1.toml")

    codes = {fault.code for fault in refused.value.faults}
    assert codes == {"unknown_privacy", "missing_language", "unknown_name"}
    assert "start > email > privacy : « secret » n'est pas une des valeurs" in str(refused.value)


def test_refuses_a_form_or_version_that_is_not_there(pack: Path) -> None:
    (pack / "forms" / "small").mkdir(parents=True)
    (pack / "forms" / "small" / "v1.toml").write_text("id = 'other'", "utf-8")

    for form_id, version in (("small", 2), ("large", None), ("../small", None)):
        with pytest.raises(FormError) as refused:
            load_form(pack, form_id, version)
        assert refused.value.faults[0].code == "unknown_form"


@pytest.mark.parametrize(("content", "code"), [("id = ", "not_toml"), ("id = 'x'", "missing_key")])
def test_refuses_a_file_that_does_not_read(pack: Path, content: str, code: str) -> None:
    (pack / "forms" / "small").mkdir(parents=True)
    (pack / "forms" / "small" / "v1.toml").write_text(content, "utf-8")

    with pytest.raises(FormError) as refused:
        load_form(pack, "small")

    assert code in {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("number = 2", "number = 3", "text_version_order"),
        ("2026-06-01", "2025-06-01", "text_version_order"),
        ('fr = "Ses poumons vont bien."', "", "missing_language"),
        ('id = "lungs"', 'id = "heart"', "duplicate_id"),
        ('source = "4/APP-20"', "", "missing_source"),
        ('id = "health"', 'id = "health"\nauthor = "x"', "unknown_key"),
    ],
)
def test_refuses_a_broken_text(pack: Path, old: str, new: str, code: str) -> None:
    file = pack / "texts" / "health.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(FormError) as refused:
        load_text(pack, "health")

    assert code in {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"term_life_65"', '"term_life"', "ill_typed"),
        ("life = 25000", "lif = 25000", "ill_typed"),
        ("life = 25000", "life = 2.5", "ill_typed"),
        ('id = "bakers"', 'id = "bakers"\ncolour = "red"', "unknown_key"),
    ],
)
def test_refuses_a_broken_product(pack: Path, old: str, new: str, code: str) -> None:
    file = pack / "products" / "small.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(FormError) as refused:
        load_product(pack, "small")

    assert code in {fault.code for fault in refused.value.faults}


def test_gives_the_text_in_force_on_a_date(pack: Path) -> None:
    from avenant_rules.forms import text_in_force

    assert text_in_force(pack, "health", date(2026, 5, 31)).version == 1
    assert text_in_force(pack, "health", date(2026, 6, 1)).version == 2
    with pytest.raises(FormError):
        text_in_force(pack, "health", date(2025, 12, 31))


def test_names_the_faults_of_a_whole_pack(pack: Path) -> None:
    (pack / "forms" / "small").mkdir(parents=True)
    (pack / "forms" / "small" / "v1.toml").write_text("id = ", "utf-8")
    (pack / "texts" / "note.toml").write_text("id = 'note'", "utf-8")

    faults = {(file, fault.code) for file, fault in faults_of_pack(pack)}

    assert ("forms/small/v1.toml", "not_toml") in faults
    assert ("texts/note.toml", "no_text_version") in faults
    assert {file for file, _ in faults} == {"forms/small/v1.toml", "texts/note.toml"}
