"""A travel sale: the sales system of a number, the trip's days, consents and flow."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

PROVINCES = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
START, END = date(2026, 5, 1), date(2026, 6, 30)


def period(**facts: Any) -> Any:
    return decide("travel.trip_period", {"start_date": START, "end_date": END} | facts).outcome


@pytest.mark.rule("4/TRV-02")
@each(
    ("number", "origin", "is_expected"),
    [
        ("AA00000000", "partner_space", True),
        ("aa00000000", "partner_space", True),
        ("AA0000000", "partner_space", False),
        ("AA000000000", "partner_space", False),
        ("AA 00000000", "partner_space", False),
        ("AAA0000000", "partner_space", False),
        ("AA00000", "partner_space", False),
        ("LH00000", "old_platform", True),
        (" lh00000\n", "old_platform", True),
        ("LH0000", "old_platform", False),
        ("LH000000", "old_platform", False),
        ("L000000", "old_platform", False),
        ("A00000000", "old_platform", False),
        ("BAA00000", "old_platform", False),
        ("LH٠٠٠٠٠", "old_platform", False),
        ("", "old_platform", False),
    ],
)
def test_tells_the_sales_system_by_the_prefix(number: str, origin: str, is_expected: bool) -> None:
    given = decide("travel.contract_origin", contract_number=number).outcome

    assert (given.origin, given.is_format_expected) == (origin, is_expected)


@pytest.mark.rule("4/TRV-51")
@pytest.mark.rule("4/TRV-52")
@pytest.mark.rule("4/TRV-53")
@each(("number", "top_up", "seen"), [("AA00000000", False, True), ("LH00000", True, False)])
def test_says_what_follows_from_the_sales_system(number: str, top_up: bool, seen: bool) -> None:
    given = decide("travel.contract_origin", contract_number=number).outcome

    assert given.is_top_up_possible is top_up
    assert given.is_visible_in_partner_space is seen
    assert given.is_visible_in_client_space is seen


@pytest.mark.rule("4/TRV-14")
@pytest.mark.rule("4/TRV-15")
@each(
    ("start", "end", "days"),
    [
        (date(2026, 5, 1), date(2026, 6, 30), 61),
        (date(2026, 5, 1), date(2026, 5, 1), 1),
        (date(2028, 2, 28), date(2028, 3, 1), 3),
        (date(2027, 2, 28), date(2027, 3, 1), 2),
        (date(2026, 12, 31), date(2027, 1, 1), 2),
    ],
)
def test_counts_the_first_and_the_last_day(start: date, end: date, days: int) -> None:
    given = period(start_date=start, end_date=end)

    assert (given.trip_days, given.error) == (days, None)


@pytest.mark.rule("4/TRV-14")
def test_refuses_an_end_before_the_start() -> None:
    given = period(end_date=date(2026, 4, 30), covered_days=0)

    assert (given.trip_days, given.error) == (None, "end_before_start")


@pytest.mark.rule("4/TRV-16")
@each("kind", [None, "none", "group"])
def test_proposes_nothing_without_another_cover(kind: str | None) -> None:
    given = period(first_cover_type=kind)

    assert (given.product, given.top_up_first_day, given.top_up_days) == (None, None, None)
    assert given.error is None


@pytest.mark.rule("4/TRV-17")
@each(
    ("covered", "first_day", "days", "error"),
    [
        (-1, None, None, "covered_days_out_of_range"),
        (0, None, None, "covered_days_out_of_range"),
        (1, date(2026, 5, 2), 60, None),
        (15, date(2026, 5, 16), 46, None),
        (45, date(2026, 6, 15), 16, None),
        (60, date(2026, 6, 30), 1, None),
        (61, None, None, "covered_days_out_of_range"),
        (62, None, None, "covered_days_out_of_range"),
    ],
)
def test_covers_the_days_left_by_the_first_contract(
    covered: int, first_day: date | None, days: int | None, error: str | None
) -> None:
    given = period(covered_days=covered, first_cover_type="credit_card")

    assert given.trip_days == 61
    assert (given.top_up_first_day, given.top_up_days, given.error) == (first_day, days, error)
    assert given.top_up_last_day == (END if error is None else None)
    assert given.product == ("top_up" if error is None else None)


@pytest.mark.rule("4/TRV-17")
def test_leaves_no_day_of_a_one_day_trip_to_a_top_up() -> None:
    given = period(end_date=START, covered_days=1, first_cover_type="group")

    assert given.error == "covered_days_out_of_range"


@pytest.mark.rule("4/TRV-18")
@each("kind", [None, "none"])
def test_asks_which_insurance_covers_the_first_days(kind: str | None) -> None:
    given = period(covered_days=15, first_cover_type=kind, first_contract_number="AA00000000")

    assert given.error == "first_cover_type_required"


@pytest.mark.rule("4/TRV-18")
@pytest.mark.rule("4/TRV-51")
@each(
    ("kind", "number", "error"),
    [
        ("old_travel_system", "LH00000", None),
        ("old_travel_system", None, None),
        ("old_travel_system", " aa00000000", "not_an_old_contract"),
        ("other_individual", "AA00000000", None),
    ],
)
def test_refuses_a_partner_space_number_as_an_old_contract(
    kind: str, number: str | None, error: str | None
) -> None:
    given = period(covered_days=15, first_cover_type=kind, first_contract_number=number)

    assert given.error == error


@pytest.mark.rule("4/TRV-10")
@pytest.mark.rule("4/TRV-11")
@each("province", PROVINCES)
@each("seller", ["advisor", "travel_agent"])
def test_asks_for_consents_in_quebec_alone(province: str, seller: str) -> None:
    given = decide(
        "travel.sale_intake",
        province=province,
        seller_kind=seller,
        are_all_residents=True,
        have_all_public_plan=True,
    ).outcome

    quebec = {"personal_information"}
    if seller == "travel_agent":
        quebec.add("distribution_without_representative")
    assert given.required_consents == (quebec if province == "QC" else set())


@pytest.mark.rule("4/TRV-12")
@pytest.mark.rule("4/TRV-13")
@pytest.mark.rule("4/G-25")
@each(
    ("residents", "plan", "flow", "careful"),
    [
        (True, True, "resident", "resident"),
        (True, False, "contact_carrier", "contact_carrier"),
        (False, True, "visitor", "contact_carrier"),
        (False, False, "visitor", "contact_carrier"),
    ],
)
def test_leads_to_the_flow_of_the_two_answers(
    residents: bool, plan: bool, flow: str, careful: str
) -> None:
    facts = {
        "province": "QC",
        "seller_kind": "advisor",
        "are_all_residents": residents,
        "have_all_public_plan": plan,
    }

    given = decide("travel.sale_intake", facts).outcome
    other = decide(
        "travel.sale_intake", facts, settings={"travel.non_residents": "contact_carrier"}
    ).outcome

    assert (given.flow, other.flow) == (flow, careful)
