"""A child born to the insured: covered from birth, or on evidence."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

BIRTH = date(2028, 2, 10)  # 30 days over a leap February end on 11 March
NAMED = ("flex_bleue", "blue_vision", "blue_choice_balance")
OTHERS = ("ami", "basic_blue_choice", "mortgage_plan", "tangible", "travel")


def newborn(product, regime, days, *, effective=date(2028, 1, 1), **settings):
    return decide(
        "policy.newborn_coverage",
        product=product,
        regime=regime,
        contract_effective_date=effective,
        birth_date=BIRTH,
        request_received_on=BIRTH + timedelta(days),
        settings={f"policy.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/ADM-24")
@each("product", NAMED)
@each("regime", ["single_parent", "family"])
@each("days", [0, 30, 31, 1000])
def test_covers_a_child_of_a_plan_with_children_without_a_deadline(product, regime, days):
    outcome = newborn(product, regime, days).outcome

    assert (outcome.is_automatically_covered, outcome.is_evidence_required) == (True, False)


@pytest.mark.rule("1/ADM-24")
@pytest.mark.rule("1/ADM-25")
@pytest.mark.rule("1/AMB-17")
@each(
    ("product", "regime"),
    [
        *((product, regime) for product in NAMED for regime in ("individual", "couple")),
        *(
            (product, regime)
            for product in ("blue_choice", *OTHERS)
            for regime in ("individual", "single_parent", "couple", "family")
        ),
    ],
)
@each(("days", "expected"), [(-1, True), (0, True), (29, True), (30, True), (31, False)])
def test_asks_for_evidence_after_30_days_in_the_other_plans(product, regime, days, expected):
    outcome = newborn(product, regime, days).outcome

    assert outcome.is_automatically_covered is expected
    assert outcome.is_evidence_required is not expected


@pytest.mark.rule("1/AMB-17")
@each("product", OTHERS)
def test_has_no_newborn_rule_for_other_products_where_the_carrier_reads_none(product):
    answer = newborn(product, "family", 1, newborn_of_other_products="no_rule")

    assert answer.outcome.is_automatically_covered is False
    assert answer.because[-1].resolution == "policy.newborn_of_other_products=no_rule"


@each("product", [*NAMED, "blue_choice"])
def test_keeps_the_rule_of_named_products_whatever_the_choice_for_others(product):
    answer = newborn(product, "individual", 30, newborn_of_other_products="no_rule")

    assert answer.outcome.is_automatically_covered is True


@pytest.mark.rule("1/AMB-16")
@each(
    ("effective", "choice", "expected"),
    [
        (BIRTH - timedelta(1), "normal_addition", True),
        (BIRTH, "normal_addition", False),
        (BIRTH, "newborn_rule", True),
        (BIRTH + timedelta(1), "newborn_rule", False),
    ],
)
def test_is_for_children_born_after_the_contract(effective, choice, expected):
    answer = newborn("flex_bleue", "family", 5, effective=effective, born_on_effective_date=choice)

    assert answer.outcome.is_automatically_covered is expected
    assert answer.outcome.is_evidence_required is not expected


def test_applies_the_30_days_to_a_child_born_that_very_day_too():
    answer = newborn(
        "blue_choice", "family", 31, effective=BIRTH, born_on_effective_date="newborn_rule"
    )

    assert answer.outcome.is_automatically_covered is False


@pytest.mark.rule("1/AMB-17")
@each("product", [*NAMED, "blue_choice", *OTHERS])
@each("days", [0, 30, 31])
def test_names_the_reading_for_products_that_the_guide_does_not_name(product, days):
    because = newborn(product, "couple", days).because

    assert ("1/AMB-17" in [said.rule for said in because]) is (product in OTHERS)
