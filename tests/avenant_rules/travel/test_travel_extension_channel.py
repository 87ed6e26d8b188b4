"""Where an existing travel contract is extended: every cell, its day, and what the print leaves out."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

OLD, PARTNER = "LH00000", "AA00000000"
EMERGENCY = frozenset({"emergency_medical"})
STABILITY = EMERGENCY | {"reduced_stability"}
BAGGAGE = frozenset({"baggage"})
TOP_UP, STANDARD = "top_up_in_partner_space", "standard_in_partner_space"
OLD_SITE, CONTACT = "extend_on_old_platform", "contact_carrier"

# Number, family, coverages, what is answered before and after, the cell.
CELLS: list[tuple[str, str, frozenset[str], str, str, str]] = [
    (OLD, "trip", EMERGENCY, TOP_UP, TOP_UP, "4/TRV-31"),
    (PARTNER, "trip", EMERGENCY, STANDARD, STANDARD, "4/TRV-32"),
    (OLD, "trip", STABILITY, OLD_SITE, OLD_SITE, "4/TRV-33"),
    (PARTNER, "trip", STABILITY, STANDARD, STANDARD, "4/TRV-34"),
    (OLD, "trip", BAGGAGE, OLD_SITE, OLD_SITE, "4/TRV-35"),
    (PARTNER, "trip", BAGGAGE, STANDARD, STANDARD, "4/TRV-36"),
    (OLD, "annual_new", EMERGENCY, TOP_UP, TOP_UP, "4/TRV-37"),
    (PARTNER, "annual_new", EMERGENCY, STANDARD, STANDARD, "4/TRV-38"),
    (OLD, "annual_new", BAGGAGE, OLD_SITE, OLD_SITE, "4/TRV-39"),
    (PARTNER, "annual_new", BAGGAGE, STANDARD, STANDARD, "4/TRV-40"),
    (OLD, "annual_existing", EMERGENCY, TOP_UP, TOP_UP, "4/TRV-41"),
    (PARTNER, "annual_existing", EMERGENCY, STANDARD, CONTACT, "4/TRV-42"),
    (OLD, "annual_existing", BAGGAGE, OLD_SITE, OLD_SITE, "4/TRV-43"),
    (PARTNER, "annual_existing", BAGGAGE, STANDARD, CONTACT, "4/TRV-44"),
    (OLD, "top_up", EMERGENCY, TOP_UP, TOP_UP, "4/TRV-45"),
    (PARTNER, "top_up", EMERGENCY, STANDARD, STANDARD, "4/TRV-46"),
    (OLD, "visitor", EMERGENCY, OLD_SITE, OLD_SITE, "4/TRV-47"),
    (PARTNER, "visitor", EMERGENCY, STANDARD, STANDARD, "4/TRV-48"),
]
INHERITED = ("4/TRV-34", "4/TRV-36", "4/TRV-40", "4/TRV-44")


def asked(**changes: Any) -> dict[str, Any]:
    """An old trip contract with emergency care alone, in June 2026, with `changes`."""
    return {
        "as_of": date(2026, 6, 15),
        "contract_number": OLD,
        "family": "trip",
        "coverages": EMERGENCY,
        "moment": "before",
        "claim": "none",
    } | changes


def channel(*, settings: dict[str, str] | None = None, **changes: Any) -> Any:
    return decide("travel.extension_channel", asked(**changes), settings=settings).outcome


@pytest.mark.rule(
    "4/TRV-31",
    "4/TRV-32",
    "4/TRV-33",
    "4/TRV-34",
    "4/TRV-35",
    "4/TRV-36",
    "4/TRV-37",
    "4/TRV-38",
    "4/TRV-39",
    "4/TRV-40",
    "4/TRV-41",
    "4/TRV-42",
    "4/TRV-43",
    "4/TRV-44",
    "4/TRV-45",
    "4/TRV-46",
    "4/TRV-47",
    "4/TRV-48",
)
@each(("number", "family", "coverages", "before", "after", "cell"), CELLS)
def test_answers_each_cell_before_and_after(
    number: str, family: str, coverages: frozenset[str], before: str, after: str, cell: str
) -> None:
    for moment, expected in (("before", before), ("after", after)):
        answer = decide(
            "travel.extension_channel",
            asked(contract_number=number, family=family, coverages=coverages, moment=moment),
        )

        assert answer.outcome.channel == expected
        assert answer.outcome.reason is None
        assert cell in [reason.rule for reason in answer.because]


@pytest.mark.rule("4/TRV-36")
@pytest.mark.rule("4/TRV-40")
@pytest.mark.rule("4/TRV-44")
@pytest.mark.rule("4/G-20")
@each(("number", "family", "coverages", "before", "after", "cell"), CELLS)
def test_leaves_only_the_blank_cells_to_the_setting(
    number: str, family: str, coverages: frozenset[str], before: str, after: str, cell: str
) -> None:
    given = channel(
        contract_number=number,
        family=family,
        coverages=coverages,
        settings={"travel.blank_cells": "contact_carrier"},
    )

    is_blank = cell in INHERITED
    assert given.channel == (CONTACT if is_blank else before)
    assert given.reason == ("not_in_table" if is_blank else None)


@pytest.mark.rule("4/TRV-01")
@each(
    ("as_of", "expected", "reason"),
    [
        (date(2026, 5, 31), CONTACT, "not_yet_in_force"),
        (date(2026, 6, 1), TOP_UP, None),
        (date(2026, 6, 2), TOP_UP, None),
    ],
)
@each("family", ["trip", "annual_new", "annual_existing", "top_up"])
def test_offers_the_top_up_from_the_first_of_june(
    family: str, as_of: date, expected: str, reason: str | None
) -> None:
    given = channel(family=family, as_of=as_of, earlier_extension_count=None)

    assert (given.channel, given.reason) == (expected, reason)


@pytest.mark.rule("4/TRV-01")
@each(
    "case",
    [
        {"contract_number": PARTNER},
        {"coverages": BAGGAGE},
        {"family": "visitor"},
        {"family": "annual_new", "coverages": BAGGAGE},
    ],
)
def test_keeps_the_other_ways_open_before_that_day(case: dict[str, Any]) -> None:
    assert channel(**case, as_of=date(2026, 5, 31)) == channel(**case)


@pytest.mark.rule("4/TRV-03")
@each(
    ("claim", "expected", "reason"),
    [
        ("submitted", CONTACT, "claim"),
        ("planned", CONTACT, "claim"),
        (None, "ask", "claim_unanswered"),
    ],
)
@each("number", [OLD, PARTNER])
def test_puts_the_claim_before_the_table(
    number: str, claim: str | None, expected: str, reason: str
) -> None:
    given = channel(contract_number=number, claim=claim, as_of=date(2026, 5, 31))

    assert (given.channel, given.reason) == (expected, reason)


@pytest.mark.rule("4/TRV-30")
@each(
    ("coverages", "expected"),
    [
        (EMERGENCY, TOP_UP),
        (STABILITY, OLD_SITE),
        (EMERGENCY | {"trip_cancellation"}, OLD_SITE),
        (EMERGENCY | {"baggage"}, OLD_SITE),
        (EMERGENCY | {"accidental_death"}, OLD_SITE),
        (STABILITY | {"baggage"}, OLD_SITE),
        (frozenset({"trip_cancellation"}), OLD_SITE),
    ],
)
def test_tops_up_emergency_care_alone(coverages: frozenset[str], expected: str) -> None:
    assert channel(coverages=coverages).channel == expected


@pytest.mark.rule("4/TRV-30")
def test_reads_a_contract_with_both_under_its_other_coverages() -> None:
    answer = decide("travel.extension_channel", asked(coverages=STABILITY | {"baggage"}))

    assert "4/TRV-35" in [reason.rule for reason in answer.because]


@pytest.mark.rule("4/TRV-30")
@each("case", [{"contract_number": "  "}, {"coverages": frozenset()}])
def test_asks_rather_than_guesses(case: dict[str, Any]) -> None:
    given = channel(**case)

    assert (given.channel, given.reason) == ("ask", None)


@pytest.mark.rule("4/TRV-49")
@pytest.mark.rule("4/G-23")
@each(
    ("family", "coverages"),
    [
        ("annual_new", STABILITY),
        ("annual_existing", STABILITY),
        ("top_up", STABILITY),
        ("top_up", BAGGAGE),
        ("visitor", STABILITY),
        ("visitor", BAGGAGE),
    ],
)
@each("moment", ["before", "after"])
def test_contacts_the_carrier_for_old_contracts_the_reminder_leaves_out(
    family: str, coverages: frozenset[str], moment: str
) -> None:
    old = channel(family=family, coverages=coverages, moment=moment)
    partner = channel(contract_number=PARTNER, family=family, coverages=coverages, moment=moment)
    careful = channel(
        contract_number=PARTNER,
        family=family,
        coverages=coverages,
        moment=moment,
        settings={"travel.out_of_the_table": "contact_carrier"},
    )

    is_exception = family == "annual_existing" and moment == "after"
    assert (old.channel, old.reason) == (CONTACT, "not_in_table")
    assert (partner.channel, partner.reason) == (CONTACT if is_exception else STANDARD, None)
    assert (careful.channel, careful.reason) == (CONTACT, "not_in_table")


@pytest.mark.rule("4/TRV-51")
@each("family", ["trip", "annual_new", "annual_existing", "top_up", "visitor"])
@each("coverages", [EMERGENCY, STABILITY, BAGGAGE])
@each("moment", ["before", "after"])
@each("visitors", ["as_the_table", "as_the_introduction"])
def test_never_tops_up_a_partner_space_contract(
    family: str, coverages: frozenset[str], moment: str, visitors: str
) -> None:
    given = channel(
        contract_number=" aa00000000",
        family=family,
        coverages=coverages,
        moment=moment,
        settings={"travel.old_visitor_contracts": visitors},
    )

    assert given.channel in (STANDARD, CONTACT)


@pytest.mark.rule("4/G-21")
@each(
    ("reading", "expected"),
    [("as_the_table", OLD_SITE), ("as_the_introduction", TOP_UP)],
)
def test_reads_old_visitor_contracts_as_the_carrier_chose(reading: str, expected: str) -> None:
    given = channel(family="visitor", settings={"travel.old_visitor_contracts": reading})

    assert given.channel == expected


@pytest.mark.rule("4/TRV-50")
@each(
    ("case", "contracts", "here"),
    [
        ({"family": "annual_existing", "earlier_extension_count": 1}, 3, 1),
        ({"family": "annual_existing", "earlier_extension_count": 2}, 4, 1),
        ({"family": "annual_new", "earlier_extension_count": 0}, 2, 1),
        (
            {"family": "annual_existing", "earlier_extension_count": 1, "coverages": BAGGAGE},
            3,
            0,
        ),
        ({"family": "annual_existing", "earlier_extension_count": None}, None, None),
        ({"family": "trip", "earlier_extension_count": 1}, None, None),
        (
            {"family": "annual_existing", "earlier_extension_count": 1, "claim": "planned"},
            None,
            None,
        ),
        (
            {
                "family": "annual_existing",
                "earlier_extension_count": 1,
                "as_of": date(2026, 5, 31),
            },
            None,
            None,
        ),
    ],
)
def test_counts_the_contracts_of_an_old_annual(
    case: dict[str, Any], contracts: int | None, here: int | None
) -> None:
    given = channel(**case)

    assert (given.contract_count, given.partner_space_contract_count) == (contracts, here)


@pytest.mark.rule("4/TRV-47")
def test_speaks_of_arrival_to_visitors() -> None:
    answer = decide("travel.extension_channel", asked(family="visitor", moment="after"))

    said = " ".join(reason.text for reason in answer.because)

    assert "après l'arrivée" in said
    assert "départ" not in said
