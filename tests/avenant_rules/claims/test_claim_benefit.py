"""What disability insurance pays a month."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


def claim(**facts: Any) -> dict[str, Any]:
    known = {
        "insured_amount": "2500.00", "is_taxable": False, "income_at_issue": None,
        "income_before_disability": {"net": "3000.00", "gross": "4000.00"}, "other_benefits": [],
    }  # fmt: skip
    return known | facts


def paid(kind: str, amount: str, now: str | None = None, name: str = "RRQ") -> dict[str, str]:
    return {
        "kind": kind, "name": name, "first_granted_amount": amount, "current_amount": now or amount,
    }  # fmt: skip


def benefit(facts: dict[str, Any], **settings: str) -> Decimal:
    chosen = {f"claims.{name}": value for name, value in settings.items()}
    amount: Decimal = decide(
        "claims.disability_benefit", facts, settings=chosen
    ).outcome.monthly_benefit
    return amount


@pytest.mark.rule("3/DIS-48")
@each(
    ("net", "initial"),
    [("2499.99", "2499.99"), ("2500.00", "2500.00"), ("2500.01", "2500.00")],
)
def test_caps_the_benefit_at_net_income(net: str, initial: str) -> None:
    facts = claim(income_before_disability={"net": net, "gross": "9000.00"})

    outcome = decide("claims.disability_benefit", facts).outcome

    assert (outcome.income_limit, outcome.initial_benefit) == (Decimal(net), Decimal(initial))


@pytest.mark.rule("3/DIS-48")
@each(("gross", "limit"), [("3500.00", "3150.00"), ("1000.05", "900.05"), ("1000.04", "900.04")])
def test_takes_ninety_percent_of_gross_income_when_taxable_half_a_cent_up(
    gross: str, limit: str
) -> None:
    facts = claim(is_taxable=True, income_before_disability={"net": "100.00", "gross": gross})

    assert decide("claims.disability_benefit", facts).outcome.income_limit == Decimal(limit)


@pytest.mark.rule("3/CAMB-04")
@each(("reading", "initial"), [("before_tax", "2250.00"), ("net_for_the_first_cap", "1800.00")])
def test_reads_net_before_tax_either_way(reading: str, initial: str) -> None:
    facts = claim(is_taxable=True, income_before_disability={"net": "2000.00", "gross": "2500.00"})

    outcome = decide(
        "claims.disability_benefit", facts, settings={"claims.taxable_income": reading}
    ).outcome

    assert (outcome.income_limit, outcome.initial_benefit) == (Decimal("2250.00"), Decimal(initial))


@pytest.mark.rule("3/DIS-51")
@each(
    ("at_issue", "before", "limit"),
    [("2900.00", "3150.00", "3150.00"), ("2900.00", "2000.00", "2900.00")],
)
def test_uses_the_better_income_on_file(at_issue: str, before: str, limit: str) -> None:
    facts = claim(
        income_at_issue={"net": at_issue, "gross": "5000.00"},
        income_before_disability={"net": before, "gross": "5000.00"},
    )

    assert decide("claims.disability_benefit", facts).outcome.income_limit == Decimal(limit)


@pytest.mark.rule("3/DIS-51")
def test_compares_net_with_net_and_gross_with_gross() -> None:
    facts = claim(
        is_taxable=True,
        income_at_issue={"net": "3000.00", "gross": "3500.00"},
        income_before_disability={"net": "2000.00", "gross": "3600.00"},
    )

    assert decide("claims.disability_benefit", facts).outcome.income_limit == Decimal("3240.00")


@pytest.mark.rule("3/DIS-51")
def test_says_nothing_without_any_income() -> None:
    answer = decide("claims.disability_benefit", claim(income_before_disability=None))

    assert answer.unknown == ("income_before_disability",)


@pytest.mark.rule("3/UNS-05")
def test_pays_without_an_income_limit_where_the_carrier_says_so() -> None:
    facts = claim(
        income_before_disability=None,
        other_benefits=[paid("public", "500.00"), paid("private", "9000.00")],
    )

    assert benefit(facts, unproven_income="no_limit") == Decimal("2000.00")


@pytest.mark.rule("3/DIS-49")
@each(("plan", "left"), [("2499.99", "0.01"), ("2500.00", "0.00"), ("2500.01", "0.00")])
def test_takes_public_plans_off_and_never_goes_below_zero(plan: str, left: str) -> None:
    assert benefit(claim(other_benefits=[paid("public", plan)])) == Decimal(left)


@pytest.mark.rule("3/DIS-30")
@each(
    "name",
    ["RRQ", "rpc", "QPP disability", "Canada Pension Plan (CPP)", "Régie des rentes du Québec",
     "Régime de pensions du Canada", "Retraite Québec"],
)  # fmt: skip
def test_freezes_rrq_and_rpc_by_any_of_their_names(name: str) -> None:
    facts = claim(other_benefits=[paid("public", "780.00", "812.76", name)])

    assert benefit(facts) == Decimal("1720.00")


@pytest.mark.rule("3/CAMB-06")
@each(
    ("reading", "left"),
    [("as_paid_except_rrq_rpc", "1687.24"), ("first_granted_for_all", "1720.00")],
)
def test_counts_other_public_plans_either_way(reading: str, left: str) -> None:
    facts = claim(other_benefits=[paid("public", "780.00", "812.76", "CNESST")])

    assert benefit(facts, public_plan_amount=reading) == Decimal(left)


@pytest.mark.rule("3/CAMB-06")
def test_does_not_take_a_word_that_holds_the_letters_for_the_plan() -> None:
    facts = claim(other_benefits=[paid("public", "780.00", "812.76", "Corpc")])

    assert benefit(facts) == Decimal("1687.24")


@pytest.mark.rule("3/CAMB-06")
@each(("reading", "left"), [("frozen", "1890.00"), ("as_paid", "1857.24")])
def test_counts_the_frozen_pension_in_the_total_either_way(reading: str, left: str) -> None:
    facts = claim(
        insured_amount="2670.00",
        other_benefits=[paid("public", "780.00", "812.76"), paid("private", "330.00")],
    )

    assert benefit(facts, frozen_amount_in_total=reading) == Decimal(left)


@pytest.mark.rule("3/CAMB-06")
@each(("reading", "left"), [("left_out_everywhere", "2500.00"), ("counted_in_total", "2400.00")])
def test_counts_child_benefits_either_way(reading: str, left: str) -> None:
    facts = claim(other_benefits=[paid("public_child", "100.00"), paid("private", "500.00")])

    assert benefit(facts, child_benefits=reading) == Decimal(left)


@pytest.mark.rule("3/DIS-50")
@each(
    ("private", "left"),
    [("499.99", "2500.00"), ("500.00", "2500.00"), ("500.01", "2499.99"), ("3100.00", "0.00")],
)
def test_cuts_what_all_sources_pay_above_the_limit(private: str, left: str) -> None:
    assert benefit(claim(other_benefits=[paid("private", private)])) == Decimal(left)


@pytest.mark.rule("3/DIS-50")
@each(("reading", "left"), [("applied", "2100.00"), ("left_to_the_analyst", "2500.00")])
def test_leaves_the_cut_to_the_analyst_where_the_carrier_says_so(reading: str, left: str) -> None:
    facts = claim(other_benefits=[paid("private", "900.00")])

    assert benefit(facts, all_sources_limit=reading) == Decimal(left)


@pytest.mark.rule("3/DIS-50")
def test_counts_private_benefits_as_now_paid() -> None:
    facts = claim(other_benefits=[paid("private", "100.00", "900.00", "group plan")])

    assert benefit(facts) == Decimal("2100.00")


@pytest.mark.rule("3/DIS-53")
@pytest.mark.rule("3/DIS-44")
def test_leaves_creditors_and_rent_out() -> None:
    facts = claim(other_benefits=[paid("creditor", "9000.00")], rental_income="9000.00")

    assert benefit(facts) == Decimal("2500.00")


@pytest.mark.rule("3/DIS-56")
def test_shows_its_steps_in_the_order_computed() -> None:
    facts = claim(
        insured_amount="3000.00",
        income_before_disability={"net": "2750.00", "gross": "3900.00"},
        other_benefits=[
            paid("public", "610.00", "640.00"), paid("private", "500.00"), paid("creditor", "450.00"),
        ],
        rental_income="300.00",
    )  # fmt: skip

    because = decide("claims.disability_benefit", facts, language="en").because

    assert [reason.rule for reason in because] == [
        "3/DIS-51", "3/DIS-48", "3/DIS-48", "3/DIS-30", "3/CAMB-06", "3/DIS-49", "3/DIS-53",
        "3/DIS-50", "3/DIS-44", "3/DIS-56",
    ]  # fmt: skip
    assert "$3,250.00" in because[7].text
    assert "$1,640.00" in because[-1].text


@pytest.mark.rule("3/DIS-56")
def test_equals_the_short_formula_whatever_the_amounts() -> None:
    random = Random("DIS-56")
    for _ in range(300):
        insured, net, public, private = (
            Decimal(random.randrange(500_000)).scaleb(-2) for _ in range(4)
        )
        facts = claim(
            insured_amount=f"{insured:.2f}",
            income_before_disability={"net": f"{net:.2f}", "gross": "0.00"},
            other_benefits=[paid("public", f"{public:.2f}"), paid("private", f"{private:.2f}")],
        )

        short = max(Decimal(0), min(insured - public, net - public - private))

        assert benefit(facts) == short, facts


def owner(**facts: Any) -> dict[str, Any]:
    known = {
        "paid_by": "dividends", "share_percent": "50", "last_fiscal_year": 2024,
        "net_profit_by_year": [{"fiscal_year": 2024, "net_profit": "72000.00"}],
        "dividends_received": "0.00",
    }  # fmt: skip
    return known | facts


@pytest.mark.rule("3/DIS-43")
@each(
    ("profit", "share", "annual", "monthly"),
    [
        ("72000.00", "40", "28800.00", "2400.00"),
        ("100.01", "50", "50.01", "4.17"),
        ("0.00", "100", "0.00", "0.00"),
        ("-0.01", "100", "0.00", "0.00"),
    ],
)
def test_takes_the_share_of_last_year_s_profit(
    profit: str, share: str, annual: str, monthly: str
) -> None:
    facts = owner(
        share_percent=share, net_profit_by_year=[{"fiscal_year": 2024, "net_profit": profit}]
    )

    outcome = decide("claims.owner_work_income", facts).outcome

    assert (outcome.annual_work_income, outcome.monthly_work_income) == (
        Decimal(annual),
        Decimal(monthly),
    )


@pytest.mark.rule("3/DIS-43")
def test_ignores_earlier_years_and_dividends() -> None:
    years = [
        {"fiscal_year": 2023, "net_profit": "900000.00"},
        {"fiscal_year": 2024, "net_profit": "24000.00"},
    ]

    outcome = decide(
        "claims.owner_work_income", owner(net_profit_by_year=years, dividends_received="80000.00")
    ).outcome

    assert outcome.annual_work_income == Decimal("12000.00")


@pytest.mark.rule("3/DIS-43")
def test_does_not_choose_between_two_profits_of_one_year() -> None:
    years = [
        {"fiscal_year": 2024, "net_profit": "24000.00"},
        {"fiscal_year": 2024, "net_profit": "25000.00"},
    ]

    answer = decide("claims.owner_work_income", owner(net_profit_by_year=years))

    assert answer.unknown == ("net_profit_by_year",)


@pytest.mark.rule("3/CAMB-04")
def test_caps_at_the_better_net_income_where_the_carrier_reads_net() -> None:
    facts = claim(
        is_taxable=True,
        income_at_issue={"net": "2000.00", "gross": "2500.00"},
        income_before_disability={"net": "1500.00", "gross": "2600.00"},
    )

    outcome = decide(
        "claims.disability_benefit",
        facts,
        settings={"claims.taxable_income": "net_for_the_first_cap"},
    ).outcome

    assert outcome.initial_benefit == Decimal("1800.00")


@pytest.mark.rule("3/DIS-30")
@each("name", ["Rente  (RRQ)", "invalidité_RRQ", "RÉGIE des rentes, du Québec", "r p c/RPC"])
def test_reads_the_name_of_a_plan_whatever_stands_around_it(name: str) -> None:
    assert benefit(claim(other_benefits=[paid("public", "780.00", "812.76", name)])) == 1720
