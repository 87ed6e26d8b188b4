"""The worked examples of the packs, run; and every answer said in full in both languages."""

from pathlib import Path
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.examples import Example, differences, example_files, examples_in
from avenant_rules.registry import decision_names, find

LEAST_EXAMPLES = 3


def all_examples() -> list[Any]:
    return [
        pytest.param(
            path,
            example,
            id=f"{path.parent.parent.name}-{path.stem}-{number}",
            marks=[pytest.mark.rule(example.rule)] if example.rule else [],
        )
        for path in example_files()
        for number, example in enumerate(examples_in(path), 1)
    ]


@pytest.mark.parametrize(("path", "example"), all_examples())
def test_answers_the_worked_example(path: Path, example: Example) -> None:
    assert differences(path.stem, example, path.parent.parent.name) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("path", "example"), all_examples())
def test_says_why_in_full(path: Path, example: Example, language: str) -> None:
    if example.error:
        pytest.skip("the example shows an error")

    answer = decide(
        path.stem,
        example.input,
        carrier=path.parent.parent.name,
        as_of=example.as_of,
        settings=example.settings,
        language=language,
    )

    assert answer.because
    for reason in answer.because:
        assert reason.rule
        assert reason.source
        assert reason.text
        assert "{" not in reason.text
        assert not reason.text.startswith(("Règle ", "Rule ")), f"{reason.rule} has no entry"


@pytest.mark.parametrize("name", decision_names())
def test_has_worked_examples(name: str) -> None:
    path = next((path for path in example_files() if path.stem == name), None)

    assert path is not None
    assert path.parent.parent.name == find(name).carrier
    assert len(list(examples_in(path))) >= LEAST_EXAMPLES
