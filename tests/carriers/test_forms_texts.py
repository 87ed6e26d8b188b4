"""The words of Croix Bleue's form: sound, in both languages, our own, marked as demonstration."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.forms import (
    Form,
    Group,
    Text,
    TextVersion,
    faults_of_pack,
    load_form,
    load_text,
    text_names,
)
from tests.support.cases import each

ROOT = Path(__file__).parents[2]
PACK = ROOT / "carriers" / "croix_bleue"
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(PACK, "association_express")


def texts_of(form: Form) -> Iterator[tuple[str, Text]]:
    """Every sentence of the form and of the pack's texts, with its place."""
    for section, item in form.items():
        yield section.id, section.title
        pieces: list[Any] = [item]
        if isinstance(item, Group):
            pieces += item.questions
        for piece in pieces:
            for name in ("title", "label", "help", "heading", "row_label", "when_blank"):
                found = getattr(piece, name, None)
                if isinstance(found, Text):
                    yield f"{item.id} {name}", found
            for option in getattr(piece, "options", ()):
                yield f"{item.id} option", option.label
    for name in text_names(PACK):
        text = load_text(PACK, name)
        yield name, text.title
        for paragraph in text.paragraphs:
            yield f"{name} {paragraph.id}", paragraph.text


def test_is_sound_with_all_its_texts() -> None:
    for pack in sorted(PACK.parent.iterdir()):
        assert faults_of_pack(pack) == []


def test_never_asks_an_empty_question(form: Form) -> None:
    for place, text in texts_of(form):
        assert not re.search(r"\b(Question|Énoncé|Statement) \d|lorem|xxx|TODO", text.fr), place
        assert not re.search(r"\b(Question|Statement) \d|lorem|xxx|TODO", text.en), place


SAME_IN_BOTH = {
    "Plan Express", "Alberta", "Manitoba", "Nunavut", "Ontario", "Saskatchewan", "Yukon",
    "Province", "Parent", "Situation", "Cigarettes",
}  # fmt: skip


def test_is_written_in_both_languages(form: Form) -> None:
    same = {text.fr for _, text in texts_of(form) if text.fr == text.en}

    assert same <= SAME_IN_BOTH


@pytest.mark.rule("4/SIG-04", "4/APP-41")
@each(
    "name",
    [
        "signing_notice", "signing_declarations", "signing_authorisation", "electronic_consent",
        "privacy_notice", "representative_certification", "preauthorised_debit",
        "illustration_agreement",
    ],
)  # fmt: skip
def test_has_the_texts_that_are_read(name: str) -> None:
    text: TextVersion = load_text(PACK, name)

    assert text.is_demonstration
    assert text.paragraphs


def test_words_every_text_itself(form: Form) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source documents are not beside the project")
    seeds = " ".join(
        " ".join(re.findall(r"\w+", file.read_text("utf-8", "replace").lower()))
        for file in SEEDS.glob("*.txt")
    )

    for place, text in texts_of(form):
        words = re.findall(r"\w+", text.fr.lower())
        for start in range(len(words) - 11):
            assert " ".join(words[start : start + 12]) not in seeds, place
