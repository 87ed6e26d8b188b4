"""Ways of paying: every mode with every frequency, on paper and electronically."""

from itertools import product

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

MODES = ["pre_authorised_debit", "credit_card", "cheque"]
FREQUENCIES = ["monthly", "quarterly", "annual"]
ON_PAPER = {
    ("pre_authorised_debit", "monthly"),
    ("credit_card", "monthly"),
    ("credit_card", "annual"),
    ("cheque", "annual"),
}
SAME_DAY = {"application_received_on": "2026-08-03", "cheque_date": "2026-08-03"}


@pytest.mark.rule("1/ADM-11")
@pytest.mark.rule("4/PAY-01")
@pytest.mark.rule("4/APP-26")
@each(("channel", "mode", "frequency"), list(product(["paper", "electronic"], MODES, FREQUENCIES)))
def test_offers_what_the_guide_offers(channel: str, mode: str, frequency: str) -> None:
    given = decide(
        "billing.payment_mode",
        mode=mode,
        frequency=frequency,
        application_channel=channel,
        **SAME_DAY,
    ).outcome

    is_mode_offered = channel == "paper" or mode == "pre_authorised_debit"
    is_accepted = is_mode_offered and (mode, frequency) in ON_PAPER
    assert given.is_accepted == is_accepted
    if is_accepted:
        assert given.refusal_reason is None
    elif is_mode_offered:
        assert given.refusal_reason == "frequency_not_offered_for_mode"
    else:
        assert given.refusal_reason == "mode_not_offered"


@pytest.mark.rule("1/ADM-14")
@pytest.mark.rule("1/ADM-15")
@each(
    ("cheque_date", "refusal"),
    [
        ("2026-08-02", None),
        ("2026-08-03", None),
        ("2026-08-04", "not_collectable_on_receipt"),
    ],
)
def test_refuses_a_post_dated_cheque(cheque_date: str, refusal: str | None) -> None:
    given = decide(
        "billing.payment_mode",
        mode="cheque",
        frequency="annual",
        application_channel="paper",
        application_received_on="2026-08-03",
        cheque_date=cheque_date,
    ).outcome

    assert given.refusal_reason == refusal
    assert given.required_items == {"payment_mode_section", "annual_premium_cheque"}


@pytest.mark.rule("1/ADM-12")
@pytest.mark.rule("1/ADM-13")
@each(
    ("mode", "items"),
    [
        (
            "pre_authorised_debit",
            {"payment_mode_section", "pre_authorised_debit_section", "void_cheque"},
        ),
        ("credit_card", {"payment_mode_section"}),
    ],
)
def test_lists_what_to_attach_whatever_the_dates(mode: str, items: set[str]) -> None:
    given = decide(
        "billing.payment_mode", mode=mode, frequency="monthly", application_channel="paper"
    ).outcome

    assert given.required_items == items


def test_refuses_a_monthly_cheque_without_asking_for_its_date() -> None:
    answer = decide(
        "billing.payment_mode", mode="cheque", frequency="monthly", application_channel="paper"
    )

    assert answer.outcome.refusal_reason == "frequency_not_offered_for_mode"


@pytest.mark.rule("1/AMB-14")
@each("channel", ["paper", "electronic"])
@each("mode", MODES)
def test_takes_a_quarterly_premium_where_the_carrier_offers_it(channel: str, mode: str) -> None:
    offered = {"settings": {"billing.quarterly_premium": "offered"}}
    facts = {"mode": mode, "application_channel": channel, "frequency": "quarterly", **SAME_DAY}

    given = decide("billing.payment_mode", facts, **offered)
    monthly = decide("billing.payment_mode", facts | {"frequency": "monthly"}, **offered)

    is_mode_offered = channel == "paper" or mode == "pre_authorised_debit"
    assert given.outcome.refusal_reason == (None if is_mode_offered else "mode_not_offered")
    assert given.outcome.is_accepted is is_mode_offered
    assert monthly.outcome.is_accepted is (is_mode_offered and (mode, "monthly") in ON_PAPER)


@pytest.mark.rule("1/AMB-14")
def test_still_refuses_a_post_dated_cheque_for_a_quarter() -> None:
    given = decide(
        "billing.payment_mode",
        mode="cheque",
        frequency="quarterly",
        application_channel="paper",
        application_received_on="2026-08-03",
        cheque_date="2026-08-04",
        settings={"billing.quarterly_premium": "offered"},
    ).outcome

    assert given.refusal_reason == "not_collectable_on_receipt"


@pytest.mark.rule("1/ADM-15")
@each(
    ("dates", "unknown"),
    [
        ({}, ("application_received_on", "cheque_date")),
        ({"cheque_date": "2026-08-03"}, ("application_received_on",)),
        ({"application_received_on": "2026-08-03"}, ("cheque_date",)),
    ],
)
def test_asks_for_each_missing_date_of_a_cheque(
    dates: dict[str, str], unknown: tuple[str, ...]
) -> None:
    facts = {"mode": "cheque", "frequency": "annual", "application_channel": "paper"}

    assert decide("billing.payment_mode", facts | dates).unknown == unknown
