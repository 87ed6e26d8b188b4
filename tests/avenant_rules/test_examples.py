"""The worked examples of the packs, run; and every answer said in full in both languages.

One test a file and not one an example: there are hundreds, and the whole has to take seconds.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.decision import Answer, decide
from avenant_rules.examples import Example, differences, example_files, examples_in
from avenant_rules.registry import decision_names, find

LEAST_EXAMPLES = 3


def all_files() -> list[Any]:
    return [
        pytest.param(path, id=f"{path.parent.parent.name}-{path.stem}", marks=marks(path))
        for path in example_files()
    ]


def marks(path: Path) -> list[pytest.MarkDecorator]:
    rules = {example.rule for example in examples_in(path) if example.rule}
    return [pytest.mark.rule(rule) for rule in sorted(rules)]


@pytest.mark.parametrize("path", all_files())
def test_answers_the_worked_examples(path: Path) -> None:
    carrier = path.parent.parent.name

    wrong = {
        f"{number} {example.shows}": found
        for number, example in enumerate(examples_in(path), 1)
        if (found := differences(path.stem, example, carrier))
    }

    assert wrong == {}


@pytest.mark.parametrize("path", all_files())
def test_says_why_in_full(path: Path) -> None:
    wrong = {
        f"{number} {example.shows} {language}": found
        for number, example in enumerate(examples_in(path), 1)
        for language in ("fr", "en")
        if not example.error and (found := list(unsaid(answer_of(path, example, language))))
    }

    assert wrong == {}


def answer_of(path: Path, example: Example, language: str) -> Answer[Any]:
    return decide(
        path.stem,
        example.input,
        carrier=path.parent.parent.name,
        as_of=example.as_of,
        settings=example.settings,
        language=language,
    )


def unsaid(answer: Answer[Any]) -> Iterator[str]:
    """What is missing of the reasons for an answer."""
    if not answer.because:
        yield "no reason"
    for reason in answer.because:
        if not (reason.rule and reason.source and reason.text):
            yield f"{reason} is not whole"
        if "{" in reason.text:
            yield f"{reason.rule} leaves a place open: {reason.text}"
        if reason.text.startswith(("Règle ", "Rule ")):
            yield f"{reason.rule} has no entry"


def test_has_worked_examples_of_every_decision() -> None:
    shown = {
        (path.stem, path.parent.parent.name): len(list(examples_in(path)))
        for path in example_files()
    }

    expected = {(name, find(name).carrier) for name in decision_names()}
    assert set(shown) == expected
    assert {place: count for place, count in shown.items() if count < LEAST_EXAMPLES} == {}
