"""When a disability begins, whether it is total, and when the waiting period ends."""

from datetime import date
from itertools import permutations, product
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("3/DIS-33")
@each(
    ("consultations", "expected"),
    [
        ([], date(2025, 5, 7)),
        ([date(2025, 5, 5)], date(2025, 5, 7)),
        ([date(2025, 5, 6)], date(2025, 5, 7)),
        ([date(2025, 5, 7)], date(2025, 5, 7)),
        ([date(2025, 5, 8)], date(2025, 5, 8)),
        ([date(2025, 5, 20), date(2025, 5, 9)], date(2025, 5, 9)),
        ([date(2025, 5, 5), date(2025, 5, 9)], date(2025, 5, 9)),
        ([date(2025, 5, 6), date(2025, 5, 9)], date(2025, 5, 7)),
    ],
)
def test_moves_the_date_to_the_first_consultation_after_work_stopped(
    consultations: list[date], expected: date
) -> None:
    outcome = decide(
        "claims.disability_date",
        last_day_worked=date(2025, 5, 6),
        first_full_day_disabled=date(2025, 5, 7),
        consultations=consultations,
    ).outcome

    assert outcome.disability_date == expected


@pytest.mark.rule("3/DIS-33")
def test_never_comes_on_or_before_the_last_day_worked() -> None:
    outcome = decide(
        "claims.disability_date",
        last_day_worked=date(2024, 2, 28),
        first_full_day_disabled=date(2024, 2, 20),
        consultations=[date(2024, 2, 28)],
    ).outcome

    assert outcome.disability_date == date(2024, 2, 29)


def waiting(periods: list[tuple[str, str | None]], days: int, **more: Any) -> tuple[Any, Any]:
    facts = {
        "periods": [{"start_date": start, "end_date": end} for start, end in periods],
        "waiting_days": days,
        "is_cumulative": more.pop("is_cumulative", False),
    }
    outcome = decide("claims.waiting_period", facts, **more).outcome
    return outcome.last_waiting_day, outcome.first_payable_day


@pytest.mark.rule("3/DIS-34")
@each(
    ("end", "last", "payable"),
    [
        ("2025-04-14", None, None),
        ("2025-04-15", date(2025, 4, 15), None),
        ("2025-04-16", date(2025, 4, 15), date(2025, 4, 16)),
        (None, date(2025, 4, 15), date(2025, 4, 16)),
    ],
)
def test_pays_only_who_outlasts_the_waiting_period(
    end: str | None, last: date | None, payable: date | None
) -> None:
    assert waiting([("2025-04-02", end)], 14) == (last, payable)


@pytest.mark.rule("3/DIS-34")
def test_counts_through_29_february() -> None:
    assert waiting([("2024-02-20", None)], 10) == (date(2024, 2, 29), date(2024, 3, 1))


@pytest.mark.rule("3/DIS-34")
@each("is_cumulative", [False, True])
def test_pays_from_the_first_day_without_a_waiting_period(is_cumulative: bool) -> None:
    assert waiting([("2025-04-02", "2025-04-02")], 0, is_cumulative=is_cumulative) == (
        None,
        date(2025, 4, 2),
    )


@pytest.mark.rule("3/DIS-34")
def test_has_no_day_without_a_period() -> None:
    assert waiting([], 0) == (None, None)


@pytest.mark.rule("3/DIS-34")
def test_never_reaches_a_wait_longer_than_the_calendar() -> None:
    assert waiting([("2025-04-02", None)], 10**9) == (None, None)


@pytest.mark.rule("3/DIS-35")
def test_starts_again_after_a_return_to_work() -> None:
    periods = [("2025-05-01", "2025-05-12"), ("2025-05-20", None)]

    assert waiting(periods, 30) == (date(2025, 6, 18), date(2025, 6, 19))


@pytest.mark.rule("3/DIS-35")
def test_starts_again_even_after_a_period_that_just_completed_it() -> None:
    periods = [("2025-05-01", "2025-05-10"), ("2025-06-01", None)]

    assert waiting(periods, 10) == (date(2025, 6, 10), date(2025, 6, 11))


@pytest.mark.rule("3/DIS-35")
def test_adds_periods_up_where_the_contract_says_so() -> None:
    periods = [("2025-05-01", "2025-05-12"), ("2025-05-20", None)]

    assert waiting(periods, 30, is_cumulative=True) == (date(2025, 6, 6), date(2025, 6, 7))


@pytest.mark.rule("3/DIS-35")
def test_pays_from_the_next_period_when_the_last_waiting_day_ends_one() -> None:
    periods = [("2025-05-01", "2025-05-10"), ("2025-06-01", "2025-06-03")]

    assert waiting(periods, 10, is_cumulative=True) == (date(2025, 5, 10), date(2025, 6, 1))
    assert waiting(periods[:1], 10, is_cumulative=True) == (date(2025, 5, 10), None)


@pytest.mark.rule("3/DIS-35")
def test_takes_periods_that_touch_or_overlap_as_one_in_any_order() -> None:
    periods = [("2025-05-01", "2025-05-12"), ("2025-05-13", "2025-05-31"), ("2025-05-20", None)]

    for ordered in permutations(periods):
        assert waiting(list(ordered), 30) == (date(2025, 5, 30), date(2025, 5, 31))
        assert waiting(list(ordered), 30, is_cumulative=True)[1] == date(2025, 5, 31)


@pytest.mark.rule("3/DIS-34")
def test_ignores_a_period_that_ends_before_it_starts() -> None:
    assert waiting([("2025-05-10", "2025-05-01")], 0) == (None, None)


@pytest.mark.rule("3/CAMB-12")
@each("is_cumulative", [False, True])
@each(
    ("reading", "payable"),
    [("disability_date", date(2025, 4, 16)), ("day_after", date(2025, 4, 17))],
)
def test_counts_the_first_day_either_way(reading: str, payable: date, is_cumulative: bool) -> None:
    found = waiting(
        [("2025-04-02", None)],
        14,
        is_cumulative=is_cumulative,
        settings={"claims.waiting_day_one": reading},
    )

    assert found[1] == payable


@pytest.mark.rule("3/DIS-36")
def test_follows_the_definition_in_every_case() -> None:
    for in_own, incapacity, own, suited in product([True, False], repeat=4):
        outcome = decide(
            "claims.total_disability",
            is_in_own_occupation_period=in_own,
            has_incapacity=incapacity,
            can_do_own_occupation=own,
            can_do_suited_occupation=suited,
        ).outcome

        assert outcome.is_totally_disabled == (incapacity and not own and (in_own or not suited))


@pytest.mark.rule("3/DIS-35")
@each(
    ("second_starts", "last", "payable"),
    [
        ("2025-04-07", date(2025, 4, 8), date(2025, 4, 9)),
        ("2025-04-08", date(2025, 4, 8), date(2025, 4, 9)),
        ("2025-04-09", date(2025, 4, 16), date(2025, 4, 17)),
    ],
)
def test_joins_two_periods_without_a_day_of_work_between(
    second_starts: str, last: date, payable: date
) -> None:
    periods = [("2025-04-01", "2025-04-07"), (second_starts, "2025-05-31")]

    assert waiting(periods, 8) == (last, payable)


@pytest.mark.rule("3/CAMB-11")
@each(
    ("reading", "expected"),
    [("later_of_both", date(2025, 5, 20)), ("first_full_day", date(2025, 5, 7))],
)
def test_starts_on_the_first_day_or_the_first_consultation_as_the_carrier_chose(
    reading: str, expected: date
) -> None:
    facts = {
        "last_day_worked": date(2025, 5, 6),
        "first_full_day_disabled": date(2025, 5, 7),
        "consultations": [date(2025, 5, 20)],
    }

    answer = decide("claims.disability_date", facts, settings={"claims.disability_date": reading})

    assert answer.outcome.disability_date == expected
