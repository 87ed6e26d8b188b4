"""How long a trip lasts, and which days of it a top-up contract covers.

Source: note on extensions of contracts of the old system, « Comment procéder », step 6 (TRV-14 to
TRV-18); FAQ 2 (TRV-51).
"""

from datetime import date, timedelta
from typing import Literal

from avenant_rules.dates import days_between
from avenant_rules.decision import Because, Struct, Tables, decision
from avenant_rules.decisions.travel.contract_origin import origin_of

type FirstCover = Literal[
    "none", "group", "abc_health", "mbc", "medavie", "sbc", "other_individual", "other_reason",
    "credit_card", "old_travel_system",
]  # fmt: skip
type Refusal = Literal[
    "end_before_start", "covered_days_out_of_range", "first_cover_type_required",
    "not_an_old_contract",
]  # fmt: skip


class Trip(Struct):
    """The whole stay, and the first days of it that another contract covers, if one does."""

    start_date: date
    end_date: date
    covered_days: int | None = None
    first_cover_type: FirstCover | None = None
    first_contract_number: str | None = None


class TripPeriod(Struct):
    """The length of the trip, both ends counted, and the days left to the top-up."""

    trip_days: int | None = None
    product: Literal["top_up"] | None = None
    top_up_first_day: date | None = None
    top_up_last_day: date | None = None
    top_up_days: int | None = None
    error: Refusal | None


@decision(
    "travel.trip_period",
    rules=["4/TRV-14", "4/TRV-15", "4/TRV-16", "4/TRV-17", "4/TRV-18", "4/TRV-51"],
)
def trip_period(trip: Trip, tables: Tables, because: Because) -> TripPeriod:
    """Length of a trip and the days a top-up contract covers.

    A past start is no fault: a contract is extended after departure too.
    """
    if trip.end_date < trip.start_date:
        because.rule("4/TRV-14")
        return TripPeriod(error="end_before_start")
    trip_days = days_between(trip.start_date, trip.end_date) + 1
    because.rule("4/TRV-15")
    covered = trip.covered_days
    if covered is None:
        because.rule("4/TRV-16", "no_other_cover")
        return TripPeriod(trip_days=trip_days, error=None)
    error = _fault(trip, covered, trip_days, tables, because)
    if error is not None:
        return TripPeriod(trip_days=trip_days, error=error)
    because.rule("4/TRV-16")
    because.rule("4/TRV-17")
    return TripPeriod(
        trip_days=trip_days,
        product="top_up",
        top_up_first_day=trip.start_date + timedelta(covered),
        top_up_last_day=trip.end_date,
        top_up_days=trip_days - covered,
        error=None,
    )


def _fault(
    trip: Trip, covered: int, trip_days: int, tables: Tables, because: Because
) -> Refusal | None:
    """The first thing wrong with what is said of the other cover."""
    if not 1 <= covered < trip_days:
        because.rule("4/TRV-17", "out_of_range", most=trip_days - 1)
        return "covered_days_out_of_range"
    if trip.first_cover_type in (None, "none"):
        because.rule("4/TRV-18", "type_required")
        return "first_cover_type_required"
    number = trip.first_contract_number
    if (
        trip.first_cover_type == "old_travel_system"
        and number is not None
        and origin_of(number, tables) == "partner_space"
    ):
        because.rule("4/TRV-51", "not_an_old_contract")
        return "not_an_old_contract"
    return None
