"""Plan Express: which declarations show, what one « Inexact » does, and what unblocks."""

from itertools import product as combinations
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

ALL = {"association", "plan_express", "association_and_plan_express"}
WITH_PLAN_EXPRESS = ["plan_express", "association_and_plan_express"]


def ask(product: str = "plan_express", **answers: Any) -> Any:
    given = {"wants_critical_illness": False, "wants_monthly_income": False, **answers}
    return decide("application.plan_express", {"product": product, **given}).outcome


@pytest.mark.rule("4/APP-19")
@pytest.mark.rule("4/APP-22")
@pytest.mark.rule("4/APP-23")
@each("product", WITH_PLAN_EXPRESS)
@each(
    ("illness", "income", "shown"),
    [
        (False, False, {"general"}),
        (True, False, {"general", "critical_illness"}),
        (False, True, {"general", "monthly_income"}),
        (True, True, {"general", "critical_illness", "monthly_income"}),
        (None, None, {"general"}),
    ],
)
def test_shows_the_declarations_asked_for(
    product: str, illness: bool | None, income: bool | None, shown: set[str]
) -> None:
    given = ask(product, wants_critical_illness=illness, wants_monthly_income=income)

    assert given.is_section_shown
    assert given.declarations == shown


@pytest.mark.rule("4/APP-20")
def test_takes_a_person_whose_answers_are_all_exact() -> None:
    given = ask(
        wants_critical_illness=True,
        answers_general=["exact", "exact"],
        answers_critical_illness=["exact"],
    )

    assert given.status == "eligible"
    assert (given.messages, given.required_actions) == (frozenset(), frozenset())
    assert given.allowed_products == ALL


@pytest.mark.rule("4/APP-05")
@each(
    "answers",
    [
        {"answers_general": ["exact", None]},
        {"answers_general": []},
        {"answers_general": None},
        {"answers_general": ["exact"], "wants_critical_illness": None},
        {"answers_general": ["exact"], "wants_critical_illness": True},
        {
            "answers_general": ["exact"],
            "wants_monthly_income": True,
            "answers_monthly_income": [None],
        },
    ],
)
def test_is_incomplete_while_anything_is_unanswered(answers: dict[str, Any]) -> None:
    assert ask(**answers).status == "incomplete"


@pytest.mark.rule("4/APP-21")
@each("product", WITH_PLAN_EXPRESS)
def test_refuses_plan_express_at_one_inexact_general_answer(product: str) -> None:
    given = ask(product, answers_general=[None, "inexact"])

    assert given.status == "not_eligible_plan_express"
    assert given.messages == {"plan_express"}
    assert given.required_actions == {
        "choose_product_without_plan_express",
        "new_illustration_without_plan_express",
        "send_illustration_to_client",
    }
    assert given.allowed_products == {"association"}


@pytest.mark.rule("4/APP-24")
def test_refuses_both_guarantees_apart_and_names_both() -> None:
    given = ask(
        wants_critical_illness=True,
        wants_monthly_income=True,
        answers_general=["exact"],
        answers_critical_illness=["exact", "inexact"],
        answers_monthly_income=["inexact"],
    )

    assert given.status == "not_eligible_guarantee"
    assert given.messages == {"critical_illness", "monthly_income"}
    assert given.required_actions == {
        "decline_critical_illness",
        "decline_monthly_income",
        "new_illustration_without_guarantee",
        "send_illustration_to_client",
    }
    assert given.allowed_products == ALL


def test_names_everything_refused_when_the_general_answer_is_inexact_too() -> None:
    given = ask(
        wants_critical_illness=True,
        answers_general=["inexact"],
        answers_critical_illness=["inexact"],
    )

    assert given.status == "not_eligible_plan_express"
    assert given.messages == {"plan_express", "critical_illness"}


def test_forgets_answers_to_a_declaration_no_longer_shown() -> None:
    given = ask(answers_general=["exact"], answers_critical_illness=["inexact"])

    assert given.status == "eligible"


@pytest.mark.rule("4/APP-03")
def test_rules_out_plan_express_even_when_another_product_is_chosen_now() -> None:
    given = ask("association", answers_general=["inexact"])

    assert given.status == "not_applicable"
    assert not given.is_section_shown
    assert given.allowed_products == {"association"}


@pytest.mark.rule("4/APP-21")
@pytest.mark.rule("4/APP-24")
@pytest.mark.rule("4/APP-25")
@each("blocked_by", ["plan_express", "critical_illness", "monthly_income"])
def test_unblocks_only_with_the_choice_changed_and_the_illustration_agreed(blocked_by: str) -> None:
    for product, illness, income, illustration in combinations(
        sorted(ALL), [False, True], [False, True], ["none", "uploaded", "sent", "validated"]
    ):
        given = decide(
            "application.unblock",
            blocked_by=blocked_by,
            product=product,
            wants_critical_illness=illness,
            wants_monthly_income=income,
            new_illustration=illustration,
        ).outcome

        is_changed = {
            "plan_express": product == "association",
            "critical_illness": product == "association" or not illness,
            "monthly_income": product == "association" or not income,
        }[blocked_by]
        assert given.is_unblocked == (is_changed and illustration == "validated")
