"""The walk: every decision over inputs that its schema allows, and over spoilt ones.

Whatever comes in, what comes out is an outcome of the contract's shape with its reasons in full, the
names of missing facts, or one of the three errors; nothing else ever leaves.
"""

import argparse
import io
import json
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from avenant_rules.examples import example_files, examples_in
from avenant_rules.program import answer_lines
from avenant_rules.registry import decision_names, find
from tests.avenant_rules.generated import fitting, spoilt
from tests.avenant_rules.walk.harsh import harsh, moved

CONTRACT = Path(__file__).parents[3] / "docs" / "contract" / "decisions.json"
ERRORS = {"unknown_decision", "invalid_input", "carrier_data_missing"}
PLACE = re.compile(r"\{[a-z_.]+\}")
A_FEW, MANY = 12, 2_000


@cache
def contract() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTRACT.read_text("utf-8"))["decisions"]
    return found


@cache
def validator(name: str, side: str) -> Draft202012Validator:
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(contract()[name][side], format_checker=checker)


def answers(name: str, language: str, values: list[Any]) -> list[dict[str, Any]]:
    """The program's answers, one a value; a float in what it writes is a fault."""
    out = io.BytesIO()
    options = argparse.Namespace(
        name=name, carrier=None, as_of=None, language=language, explain=None
    )
    answer_lines([json.dumps(value).encode() for value in values], out, options)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(values)
    return [json.loads(line, parse_float=_no_float) for line in lines]


def _no_float(text: str) -> Any:
    raise AssertionError(f"a float is written: {text}")


def inputs(name: str, count: int) -> list[Any]:
    """A third free, a third at the edges, a third moved from a worked example by a fact or two."""
    random = Random(f"walk {name}")
    schema = find(name).input_schema
    examples = worked(name)
    makers = [fitting, harsh, lambda schema, random: moved(random.choice(examples), schema, random)]
    made = [makers[number % 3](schema, random) for number in range(count)]
    # In a short walk the examples are left to the tests of the examples.
    return made if count < MANY else examples + made


@cache
def files_of_examples() -> dict[str, list[Path]]:
    """The packs' files of examples, by the decision that they are about."""
    found: dict[str, list[Path]] = {}
    for path in example_files():
        found.setdefault(path.stem, []).append(path)
    return found


@cache
def worked(name: str) -> list[Any]:
    """The inputs of the worked examples that fit, as plain JSON."""
    found = [
        msgspec.to_builtins(example.input)
        for path in files_of_examples().get(name, [])
        for example in examples_in(path)
    ]
    return [value for value in found if validator(name, "input").is_valid(value)]


def faults_of(name: str, answer: dict[str, Any]) -> list[str]:
    """What is wrong with the answer to a fitting input."""
    if "error" in answer:
        says = answer["error"]
        return [] if says["code"] == "carrier_data_missing" and says["message"] else [str(says)]
    faults = [] if answer["because"] else ["no because"]
    for reason in answer["because"]:
        for word in ("rule", "source", "text"):
            if not reason[word].strip():
                faults.append(f"because without {word}")
        # What the reader typed may itself stand between braces.
        if PLACE.search(reason["text"].replace("{x}", "")):
            faults.append(f"a place is left: {reason['text']}")
    if "outcome" in answer:
        faults += [
            f"{fault.json_path}: {fault.message}"
            for fault in validator(name, "output").iter_errors(answer["outcome"])
        ]
    elif not answer["unknown"]:
        faults.append("unknown names nothing")
    else:
        # A given fact that cannot be (a month 13, a year before Christ) is asked for again.
        known = find(name).input_schema["properties"]
        faults += [
            f"unknown names {missing}, which is no fact"
            for missing in answer["unknown"]
            if re.split(r"[.\[]", missing)[0] not in known
        ]
    return faults


def walk(name: str, count: int) -> None:
    """Check `count` inputs in each language, and as many spoilt ones."""
    values = inputs(name, count)
    for language in ("fr", "en"):
        for value, answer in zip(values, answers(name, language, values), strict=True):
            assert faults_of(name, answer) == [], value
    random = Random(f"spoilt {name}")
    changed = [spoilt(value, random) for value in values]
    for value, answer in zip(changed, answers(name, "en", changed), strict=True):
        fits = validator(name, "input").is_valid(value)
        assert fits == (answer.get("error", {}).get("code") != "invalid_input"), (value, answer)
        if fits:
            assert faults_of(name, answer) == [], value
        else:
            assert answer["error"]["fields"], value


def test_holds_every_decision_of_the_contract() -> None:
    missing = sorted(set(contract()) - set(decision_names()))

    assert missing == [], f"{len(missing)} of {len(contract())} decisions are missing"


def test_holds_no_decision_of_its_own_making() -> None:
    assert set(decision_names()) <= set(contract())


@pytest.mark.parametrize("name", decision_names())
def test_answers_soundly_whatever_fits(name: str) -> None:
    walk(name, A_FEW)


@pytest.mark.walk
@pytest.mark.parametrize("name", decision_names())
def test_answers_soundly_over_many_inputs(name: str) -> None:
    walk(name, MANY)


def test_gives_an_outcome_to_some_worked_input_of_every_decision() -> None:
    without = [
        name
        for name in decision_names()
        if not any("outcome" in answer for answer in answers(name, "fr", worked(name)))
    ]

    assert without == []
