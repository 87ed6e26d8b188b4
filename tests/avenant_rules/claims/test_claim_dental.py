"""Dental claims: which contracts and services are covered, and for how much."""

from decimal import Decimal
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

PRODUCTS = [
    "ami", "blue_choice", "blue_choice_balance", "basic_blue_choice", "blue_vision", "flex_bleue",
    "mortgage_plan", "tangible", "travel",
]  # fmt: skip
NAMED = {"blue_choice", "basic_blue_choice", "blue_vision"}


def service(name: str, **facts: Any) -> Any:
    settings = facts.pop("settings", None)
    known = {
        "product": "blue_choice", "service": name, "billed": "165.00",
        "usual_and_reasonable": "150.00", "maximum_remaining": None, "provider": "dentist",
    }  # fmt: skip
    return decide("claims.dental_service", known | facts, settings=settings)


@pytest.mark.rule("3/DEN-02")
@each(("billed", "eligible"), [("149.99", "149.99"), ("150.00", "150.00"), ("150.01", "150.00")])
def test_stays_within_the_usual_and_reasonable_fee(billed: str, eligible: str) -> None:
    outcome = service("cleaning", billed=billed, maximum_remaining="10.00").outcome

    assert (outcome.is_covered, outcome.eligible_amount) == (True, Decimal(eligible))


@pytest.mark.rule("3/DEN-02")
@each(
    ("provider", "is_covered"),
    [("dentist", True), ("dental_hygienist", True), ("denturist", True),
     ("dental_technician", False)],
)  # fmt: skip
def test_takes_three_kinds_of_providers(provider: str, is_covered: bool) -> None:
    outcome = service("cleaning", provider=provider).outcome

    assert outcome.is_covered is is_covered
    assert outcome.eligible_amount == (Decimal("150.00") if is_covered else Decimal("0.00"))


@pytest.mark.rule("3/DEN-03")
@each("product", PRODUCTS)
def test_never_covers_orthodontics(product: str) -> None:
    outcome = service("orthodontics", product=product).outcome

    assert (outcome.is_covered, outcome.eligible_amount) == (False, Decimal("0.00"))


@pytest.mark.rule("3/DEN-04")
@each(
    ("maximum", "eligible"),
    [(None, "150.00"), ("150.01", "150.00"), ("149.99", "149.99"), ("0.00", "0.00")],
)
def test_keeps_a_root_canal_within_the_maximum(maximum: str | None, eligible: str) -> None:
    outcome = service("root_canal", maximum_remaining=maximum).outcome

    assert (outcome.is_covered, outcome.eligible_amount) == (True, Decimal(eligible))


@pytest.mark.rule("3/DEN-05")
@pytest.mark.rule("3/DEN-06")
@each("name", ["crown", "denture_purchase", "denture_replacement"])
@each("product", PRODUCTS)
def test_covers_crowns_and_dentures_with_three_products(name: str, product: str) -> None:
    assert service(name, product=product).outcome.is_covered is (product in NAMED)


@pytest.mark.rule("3/CAMB-33")
@each("product", PRODUCTS)
def test_covers_crowns_with_every_dental_product_where_the_carrier_says_so(product: str) -> None:
    settings = {"claims.dental_products": "every_dental_product"}

    outcome = service("crown", product=product, settings=settings).outcome

    assert outcome.is_covered is (product in NAMED | {"flex_bleue", "blue_choice_balance"})


@pytest.mark.rule("3/DEN-07")
@each("product", ["blue_choice", "flex_bleue", "blue_choice_balance"])
def test_covers_the_upkeep_of_dentures_by_the_contract_alone(product: str) -> None:
    with_clause = service("denture_reline", product=product, covers_denture_upkeep=True)
    without = service("denture_reline", product=product, covers_denture_upkeep=False)
    unknown = service("denture_reline", product=product)

    assert with_clause.outcome.eligible_amount == Decimal("150.00")
    assert not without.outcome.is_covered
    assert unknown.unknown == ("covers_denture_upkeep",)


@pytest.mark.rule("3/DEN-02")
def test_says_every_ground_and_asks_nothing_that_no_longer_matters() -> None:
    both = service("orthodontics", provider="dental_technician")
    technician = service("denture_reline", provider="dental_technician")

    assert [one.rule for one in both.because] == ["3/DEN-02", "3/DEN-03"]
    assert not technician.outcome.is_covered


def is_held(product: str, plan: str | None, is_taken: bool) -> bool:
    found: bool = decide(
        "claims.dental_coverage", product=product, plan=plan, is_dental_option_taken=is_taken
    ).outcome.is_held
    return found


@pytest.mark.rule("3/DEN-09")
@each(
    ("product", "plan", "when_taken", "otherwise"),
    [
        ("ami", None, False, False),
        ("mortgage_plan", None, False, False),
        ("tangible", None, False, False),
        ("travel", None, False, False),
        ("blue_choice", None, True, False),
        ("blue_choice_balance", None, True, True),
        ("basic_blue_choice", None, True, True),
        ("blue_vision", "plan_global", True, False),
        ("blue_vision", "plan_express", True, False),
        ("blue_vision", None, True, False),
        ("flex_bleue", "plan_flex", True, False),
        ("flex_bleue", "plan_express", False, False),
    ],
)
def test_has_dental_care_where_the_product_tables_print_it(
    product: str, plan: str | None, when_taken: bool, otherwise: bool
) -> None:
    assert is_held(product, plan, True) is when_taken
    assert is_held(product, plan, False) is otherwise


@pytest.mark.rule("3/DEN-09")
def test_needs_the_plan_of_flex_bleue_only_when_the_option_is_taken() -> None:
    answer = decide("claims.dental_coverage", product="flex_bleue", is_dental_option_taken=True)

    assert answer.unknown == ("plan",)
    assert is_held("flex_bleue", None, False) is False
    with pytest.raises(CarrierDataMissingError):
        is_held("flex_bleue", "plan_global", True)


@pytest.mark.rule("3/CAMB-33")
@each("name", ["crown", "denture_purchase", "denture_replacement", "cleaning", "orthodontics"])
def test_widens_crowns_and_dentures_alone_where_the_carrier_says_so(name: str) -> None:
    settings = {"claims.dental_products": "every_dental_product"}

    wide = service(name, product="flex_bleue", settings=settings)

    assert wide.outcome.is_covered is (name != "orthodontics")
    said = {reason.resolution for reason in wide.because}
    assert ("claims.dental_products=every_dental_product" in said) is (
        name not in ("cleaning", "orthodontics")
    )
