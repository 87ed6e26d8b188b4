"""Every registered decision against the contract: names, rules, schemas, public examples."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.examples import outcome_differences
from avenant_rules.registry import decision_names, find
from avenant_rules.schemas import normalised

CONTRACT = Path(__file__).parents[2] / "docs" / "contract" / "decisions.json"


@cache
def contract() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTRACT.read_text("utf-8"))["decisions"]
    return found


def public_examples() -> list[Any]:
    return [
        pytest.param(name, example, id=f"{name}-{number}")
        for name in decision_names()
        for number, example in enumerate(contract().get(name, {}).get("examples", []))
    ]


@pytest.mark.parametrize("name", decision_names())
def test_is_in_the_contract(name: str) -> None:
    assert name in contract()


@pytest.mark.parametrize("name", decision_names())
def test_implements_the_rules_of_the_contract(name: str) -> None:
    assert set(find(name).rules) == set(contract()[name]["rules"])


@pytest.mark.parametrize("name", decision_names())
def test_bears_the_title_of_the_contract(name: str) -> None:
    assert find(name).title == contract()[name]["title"]


@pytest.mark.parametrize("name", decision_names())
def test_takes_what_the_contract_says(name: str) -> None:
    assert normalised(find(name).input_schema) == normalised(contract()[name]["input"])


@pytest.mark.parametrize("name", decision_names())
def test_gives_what_the_contract_says(name: str) -> None:
    assert normalised(find(name).output_schema) == normalised(contract()[name]["output"])


@pytest.mark.parametrize(("name", "example"), public_examples())
def test_answers_the_public_example(name: str, example: dict[str, Any]) -> None:
    answer = decide(name, example["input"]).as_json()

    assert outcome_differences(name, answer["outcome"], example["output"]) == []
