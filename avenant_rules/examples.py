"""Worked examples, `carriers/<pack>/examples/<decision>.toml`: read here, run by the tests.

Each says what goes in and the part of the outcome it is about; the rest is left open. Instead of an
outcome an example may name the missing facts (`unknown`) or the code of an error (`error`).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from avenant_rules.decision import decide
from avenant_rules.errors import RuleError
from avenant_rules.packs import CARRIERS, parse
from avenant_rules.registry import find
from avenant_rules.schemas import Schema


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One worked example. `shows` says in a few words what it is about.

    `null` names the facts that are given as null, which TOML cannot write.
    """

    shows: str
    input: dict[str, Any]
    null: list[str] = []
    outcome: dict[str, Any] | None = None
    unknown: list[str] | None = None
    error: str | None = None
    rule: str | None = None
    as_of: date | None = None
    settings: dict[str, str] = {}


def example_files() -> list[Path]:
    """The files of examples of every pack."""
    return sorted(CARRIERS.glob("*/examples/*.toml"))


def examples_in(path: Path) -> Iterator[Example]:
    """The examples of one file."""
    for entry in parse(path, path.read_bytes()).get("example", []):
        example = msgspec.convert(entry, Example)
        example.input.update(dict.fromkeys(example.null))
        yield example


def differences(name: str, example: Example, carrier: str) -> list[str]:
    """Where the answer of the decision `name` differs from the example; empty when nowhere."""
    try:
        answer = decide(
            name,
            example.input,
            carrier=carrier,
            as_of=example.as_of,
            settings=example.settings,
        ).as_json()
    except RuleError as error:
        expected = example.error or "no error"
        return [] if error.code == example.error else [f"{error.code}, expected {expected}"]
    if example.error:
        return [f"no error, expected {example.error}"]
    if example.unknown is not None:
        given = sorted(answer.get("unknown", []))
        wanted = sorted(example.unknown)
        return [] if given == wanted else [f"unknown is {given}, expected {wanted}"]
    if "outcome" not in answer:
        return [f"unknown {answer['unknown']}, expected an outcome"]
    return outcome_differences(name, answer["outcome"], example.outcome or {})


def outcome_differences(name: str, given: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Where the fields of `wanted` differ in `given`, an order that means nothing put aside."""
    properties = find(name).output_schema["properties"]
    return [
        f"{field} is {given.get(field)!r}, expected {value!r}"
        for field, value in wanted.items()
        if field not in properties
        or comparable(properties[field], given.get(field)) != comparable(properties[field], value)
    ]


def comparable(schema: Schema, value: Any) -> Any:
    """`value` with unordered lists put in one order and null fields left out."""
    if isinstance(value, list):
        items = [comparable(schema["items"], item) for item in value]
        return sorted(items, key=repr) if schema.get("x-unordered") else items
    if isinstance(value, dict):
        return {
            field: comparable(schema["properties"].get(field, {}), item)
            for field, item in sorted(value.items())
            if item is not None
        }
    return value
