"""What an illustration may contain: nothing that was refused, nothing that is not asked for."""

from itertools import product as combinations
from typing import Any

import pytest

from avenant_rules.decision import decide

ALL = frozenset({"plan_express", "critical_illness", "monthly_income"})


def ask(**facts: Any) -> Any:
    return decide("application.illustration_content", {"contains": sorted(ALL)} | facts)


@pytest.mark.rule("4/APP-24")
@pytest.mark.rule("4/APP-25")
def test_names_each_guarantee_that_was_refused_or_answered_no() -> None:
    for illness, income, refused in combinations(
        [None, False, True],
        [None, False, True],
        [set(), {"critical_illness"}, {"monthly_income"}, {"critical_illness", "monthly_income"}],
    ):
        given = ask(
            product="plan_express",
            wants_critical_illness=illness,
            wants_monthly_income=income,
            refused=sorted(refused),
        ).outcome

        excess = set(refused)
        if illness is False:
            excess.add("critical_illness")
        if income is False:
            excess.add("monthly_income")
        assert given.excess == excess
        assert given.is_as_asked == (not excess)


@pytest.mark.rule("4/APP-21")
@pytest.mark.parametrize(
    ("product", "refused"),
    [("association", []), ("plan_express", ["plan_express"]), (None, ["plan_express"])],
)
def test_takes_nothing_of_plan_express_where_there_is_none(
    product: str | None, refused: list[str]
) -> None:
    given = ask(product=product, refused=refused)

    assert given.outcome.excess == ALL
    assert [one.rule for one in given.because] == ["4/APP-21"]


def test_excludes_nothing_before_anything_is_answered() -> None:
    assert ask().outcome.is_as_asked


def test_finds_nothing_too_much_in_an_illustration_without_plan_express() -> None:
    given = ask(
        contains=[],
        product="association",
        wants_critical_illness=False,
        wants_monthly_income=False,
        refused=["plan_express", "critical_illness", "monthly_income"],
    )

    assert given.outcome.is_as_asked
