"""What is refused is named in full. That code and contract refuse the same is the walk's to show."""

import json
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import InvalidInputError
from avenant_rules.registry import find
from avenant_rules.schemas import faults_of


def is_accepted(name: str, value: Any) -> bool:
    try:
        find(name).read_json(json.dumps(value).encode())
    except InvalidInputError:
        return False
    return True


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
