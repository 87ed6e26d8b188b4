"""The guarantees of an illustration and what an association grants."""

from decimal import Decimal
from pathlib import Path

import pytest

from avenant_rules.forms import load_product

PACK = Path(__file__).parents[2] / "carriers" / "croix_bleue"


@pytest.mark.rule("2/ASC-04")
def test_maps_guarantees_to_coverages_and_granted_amounts() -> None:
    product = load_product(PACK, "association_express")

    assert product.guarantee("disability_sickness").coverage == "disability_sickness"
    assert product.guarantee("life_express").coverage is None
    assert product.granted("massage_therapists", "disability_sickness") == Decimal(1500)
    assert product.granted("massage_therapists", "life_express") == 0
    assert product.granted(None, "disability_sickness") == 0


@pytest.mark.rule("4/APP-15")
def test_knows_which_guarantee_needs_the_overhead_form() -> None:
    product = load_product(PACK, "association_express")

    assert [one.id for one in product.guarantees if one.is_overhead] == ["overhead_expense"]


@pytest.mark.rule("4/APP-22", "4/APP-23")
def test_knows_which_guarantee_each_gate_opens() -> None:
    product = load_product(PACK, "association_express")

    assert {one.gate: one.id for one in product.guarantees if one.gate} == {
        "critical_illness": "critical_illness_assistance",
        "monthly_income": "monthly_income_sickness_express",
    }
