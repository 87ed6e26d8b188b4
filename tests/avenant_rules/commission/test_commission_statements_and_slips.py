"""Statements, negative balances and year-end slips."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from avenant_rules.decision import decide
from avenant_rules.decisions.product.codes import Province
from tests.support.cases import each


def visible(statement, as_of, has_code=True, reading="rolling"):
    return decide(
        "commission.statement_access",
        {"statement_date": statement, "as_of": as_of, "has_administrative_code": has_code},
        settings={"commission.statement_history": reading},
    ).outcome.is_visible


@pytest.mark.rule("1/COM-01")
@each(
    ("statement", "as_of", "expected"),
    [
        (date(2026, 1, 19), date(2026, 1, 19), True),
        (date(2026, 1, 19), date(2027, 1, 19), True),
        (date(2026, 1, 19), date(2027, 1, 20), False),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
    ],
)
def test_keeps_a_statement_for_twelve_months(statement, as_of, expected):
    assert visible(statement, as_of) is expected


@pytest.mark.rule("1/AMB-24")
@each(("as_of", "expected"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False)])
def test_keeps_it_through_the_next_calendar_year_where_the_carrier_does(as_of, expected):
    assert visible(date(2026, 1, 19), as_of, reading="calendar_year") is expected


@pytest.mark.rule("1/COM-02")
@each("as_of", [date(2026, 2, 1), date(2030, 2, 1)])
def test_hides_statements_from_who_has_no_administrative_code(as_of):
    assert visible(date(2026, 1, 19), as_of, has_code=False) is False


@pytest.mark.rule("1/COM-05")
@each(
    ("balance", "method", "channel", "expected"),
    [
        ("-0.01", "cheque", None, True),
        ("-80.00", "cheque", "email", True),
        ("-80.00", "credit_card", "telephone", True),
        ("-80.00", "credit_card", "email", False),
        ("-80.00", "credit_card", "fax", False),
        ("-80.00", "credit_card", "mail", False),
        ("-80.00", "bank_transfer", None, False),
        ("0.00", "cheque", None, False),
        ("80.00", "credit_card", None, False),
    ],
)
def test_settles_a_negative_balance_by_cheque_or_by_card_over_the_telephone(
    balance, method, channel, expected
):
    outcome = decide(
        "commission.negative_balance_settlement",
        balance=Decimal(balance),
        method=method,
        card_details_channel=channel,
    ).outcome

    assert outcome.is_accepted is expected


def test_needs_to_know_how_card_details_come():
    answer = decide(
        "commission.negative_balance_settlement", balance=Decimal("-1.00"), method="credit_card"
    )

    assert answer.unknown == ("card_details_channel",)


def slip(province="QC", form="independent_advisor", amount="1000.00", to_entity=False, **more):
    settings = more.pop("settings", {})
    return decide(
        "commission.tax_slip",
        {
            "province": province,
            "legal_form": form,
            "commissions_in_year": Decimal(amount),
            "is_paid_to_entity_with_agreement": to_entity,
        }
        | more,
        settings={f"commission.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("1/COM-09")
@pytest.mark.rule("1/COM-11")
@each(
    ("province", "form", "slips"),
    [
        ("QC", "independent_advisor", {"t4a", "rl1"}),
        ("ON", "independent_advisor", {"t4a"}),
        ("BC", "independent_advisor", {"t4a"}),
        ("QC", "registered_business", {"t4a", "rl1"}),
        ("ON", "registered_business", set()),
        ("NB", "registered_business", set()),
        ("QC", "incorporated", set()),
        ("QC", "limited_company", set()),
        ("QC", "general_partnership", set()),
        ("ON", "general_partnership", set()),
    ],
)
def test_gives_slips_to_independents_and_to_businesses_registered_in_quebec(province, form, slips):
    outcome = slip(province, form, "9000.00").outcome

    assert outcome.slips == slips
    assert outcome.is_slip_issued is bool(slips)


@pytest.mark.rule("1/COM-10")
@pytest.mark.rule("1/AMB-18")
@each("province", ["ON", "NB", "NL", "NS", "PE", "AB", "BC", "MB", "NT", "NU", "SK", "YT"])
@each(
    ("amount", "at_least", "more_than"),
    [("499.99", False, False), ("500.00", True, False), ("500.01", True, True)],
)
def test_starts_at_500_dollars_outside_quebec(province, amount, at_least, more_than):
    strict = {"slip_at_the_minimum": "not_issued"}

    assert slip(province, amount=amount).outcome.is_slip_issued is at_least
    assert slip(province, amount=amount, settings=strict).outcome.is_slip_issued is more_than


@pytest.mark.rule("1/AMB-18")
@each(("province", "expected"), [("BC", True), ("ON", False), ("NS", False)])
def test_has_no_minimum_elsewhere_where_the_carrier_has_none(province, expected):
    choice = {"slip_minimum_elsewhere": "no_minimum"}

    outcome = slip(province, amount="0.01", settings=choice).outcome

    assert outcome.is_slip_issued is expected
    assert slip("BC", amount="0.00", settings=choice).outcome.is_slip_issued is False


@pytest.mark.rule("1/COM-10")
@each(("amount", "expected"), [("-5.00", False), ("0.00", False), ("0.01", True)])
def test_has_no_minimum_in_quebec_but_something_received(amount, expected):
    assert slip(amount=amount).outcome.is_slip_issued is expected


@pytest.mark.rule("1/AMB-19")
@each(
    ("amount", "slips"),
    [("0.01", {"rl1"}), ("499.99", {"rl1"}), ("500.00", {"t4a", "rl1"}), ("0.00", set())],
)
def test_keeps_the_minimum_of_the_t4a_in_quebec_where_the_carrier_does(amount, slips):
    choice = {"quebec_slips": "t4a_from_minimum"}

    assert slip(amount=amount, settings=choice).outcome.slips == slips


@pytest.mark.rule("1/COM-11")
def test_says_every_obstacle():
    answer = slip("ON", "registered_business", "0.00", to_entity=True)

    assert answer.outcome.is_slip_issued is False
    assert [said.rule for said in answer.because] == ["1/COM-11", "1/COM-11", "1/COM-09"]
    assert slip(to_entity=True).outcome.is_slip_issued is False


@pytest.mark.rule("1/COM-12")
@each(("holder", "name"), [("B", "B"), (None, None)])
def test_bears_the_name_of_the_account_holder(holder, name):
    outcome = slip(advisor_of_record="A", bank_account_holder=holder).outcome

    assert outcome.slip_name == name
    none = slip(form="incorporated", advisor_of_record="A", bank_account_holder=holder).outcome
    assert none.slip_name is None


@pytest.mark.rule("1/COM-13")
@pytest.mark.rule("1/AMB-22")
@each(
    ("year", "always", "end"),
    [
        (2025, date(2026, 2, 28), date(2026, 2, 28)),
        (2027, date(2028, 2, 28), date(2028, 2, 29)),
        (None, None, None),
    ],
)
def test_is_produced_by_28_february(year, always, end):
    choice = {"slip_deadline": "end_of_february"}

    assert slip(tax_year=year).outcome.due_on == always
    assert slip(tax_year=year, settings=choice).outcome.due_on == end
    assert slip(form="incorporated", tax_year=year).outcome.due_on is None


def test_does_not_know_a_year_out_of_the_calendar():
    assert slip(tax_year=0).unknown == ("tax_year",)
    assert slip(form="incorporated", tax_year=0).outcome.is_slip_issued is False


@pytest.mark.rule("1/COM-13")
@each(("year", "due"), [(0, None), (1, date(2, 2, 28)), (9998, date(9999, 2, 28)), (9999, None)])
def test_knows_the_first_and_last_years_of_the_calendar(year, due):
    answer = slip(amount="1000.00", tax_year=year)

    assert answer.unknown == (() if due else ("tax_year",))
    assert due is None or answer.outcome.due_on == due


@pytest.mark.rule("1/COM-11")
@each("form", ["independent_advisor", "registered_business", "limited_company"])
def test_pays_a_registered_business_with_a_slip_in_quebec_alone(form):
    provinces = get_args(Province.__value__)

    issued = {one for one in provinces if slip(one, form).outcome.is_slip_issued}

    assert (
        issued
        == {
            "independent_advisor": set(provinces),
            "registered_business": {"QC"},
            "limited_company": set(),
        }[form]
    )
