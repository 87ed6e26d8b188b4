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


@pytest.mark.parametrize("name", decision_names())
def test_says_of_itself_what_the_contract_says(name: str) -> None:
    decision, contracted = find(name), contract()[name]

    assert decision.title == contracted["title"]
    assert set(decision.rules) == set(contracted["rules"])
    assert normalised(decision.input_schema) == normalised(contracted["input"])
    assert normalised(decision.output_schema) == normalised(contracted["output"])


def test_answers_the_public_examples() -> None:
    wrong = {
        (name, number): found
        for name in decision_names()
        for number, example in enumerate(contract()[name]["examples"])
        if (found := outcome_differences(name, outcome_of(name, example), example["output"]))
    }

    assert all(contract()[name]["examples"] for name in decision_names())
    assert wrong == {}


def outcome_of(name: str, example: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = decide(name, example["input"]).as_json()["outcome"]
    return found
