"""Code and contract accept and refuse the same inputs, and every answer has the contract's shape."""

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from avenant_rules.decision import decide
from avenant_rules.errors import InvalidInputError, RuleError
from avenant_rules.registry import decision_names, find
from avenant_rules.schemas import faults_of
from tests.avenant_rules.generated import fitting, spoilt

CONTRACT = Path(__file__).parents[2] / "docs" / "contract" / "decisions.json"


@cache
def validator(name: str, side: str) -> Draft202012Validator:
    schema = json.loads(CONTRACT.read_text("utf-8"))["decisions"][name][side]
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def is_accepted(name: str, value: Any) -> bool:
    try:
        find(name).read_json(json.dumps(value).encode())
    except InvalidInputError:
        return False
    return True


def inputs(name: str, count: int) -> list[Any]:
    random = Random(name)
    return [fitting(find(name).input_schema, random) for _ in range(count)]


def says_the_same_as_the_contract(name: str, count: int) -> None:
    random = Random(name)
    for value in inputs(name, count):
        assert is_accepted(name, value), value
        changed = spoilt(value, random)
        assert is_accepted(name, changed) == validator(name, "input").is_valid(changed), changed


def answers_in_the_shape_of_the_contract(name: str, count: int) -> None:
    for value in inputs(name, count):
        try:
            answer = decide(name, value).as_json()
        except RuleError as error:
            assert error.code == "carrier_data_missing", (value, error)  # noqa: PT017
            continue
        assert answer["because"], value
        if "outcome" in answer:
            fault = next(validator(name, "output").iter_errors(answer["outcome"]), None)
            assert fault is None, (value, fault)
        else:
            optional = set(find(name).input_schema["properties"])
            assert {missing.partition("[")[0] for missing in answer["unknown"]} <= optional


@pytest.mark.parametrize("name", decision_names())
def test_accepts_and_refuses_as_the_contract_does(name: str) -> None:
    says_the_same_as_the_contract(name, 40)


@pytest.mark.parametrize("name", decision_names())
def test_answers_any_fitting_input(name: str) -> None:
    answers_in_the_shape_of_the_contract(name, 25)


def test_names_every_bad_field_at_once() -> None:
    with pytest.raises(InvalidInputError) as refused:
        decide(
            "underwriting.requirements",
            {
                "coverage": "life",
                "sex": 1,
                "birth_date": "1990-02-30",
                "requested_amount": "NaN",
                "in_force_coverage": [{"amount": "1E+3", "in_force_since": "2020-01-01"}],
                "smoker": True,
            },
        )

    assert set(refused.value.fields("fr")) == {
        "coverage", "sex", "birth_date", "subscription_date", "requested_amount",
        "in_force_coverage[0].amount", "smoker",
    }  # fmt: skip
    assert refused.value.fields("fr")["subscription_date"] == "manque"
    assert refused.value.fields("en")["subscription_date"] == "is missing"


def test_refuses_a_line_end_after_an_amount() -> None:
    facts = {"kind": "quote", "value": "x\n"}

    assert is_accepted("application.reference_format", facts)
    assert not is_accepted(
        "application.commission_split", {"own_percent": "100\n", "second_representative": None}
    )


def test_never_repeats_a_refused_value() -> None:
    schema = find("signature.request").input_schema

    faults = faults_of(schema, {"method": "secret", "city": 12, "province": "QC"})

    assert "secret" not in str(faults)
