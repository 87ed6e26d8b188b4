"""Means, steps and balance of a payment on the portal."""

from decimal import Decimal
from itertools import product

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

CARD = ["pay", "choose_guest_card", "submit_card", "return_to_portal", "confirm"]
EVENTS = ["pay", "choose_guest_card", "submit_card", "return_to_portal", "confirm", "leave"]


def state(events: list[str]) -> tuple[str, bool, int]:
    given = decide("portal.payment_state", events=events).outcome
    return given.payment_state, given.is_invoice_paid, given.capture_count


@pytest.mark.rule("3/PAY-08", "3/PAY-09", "4/PAY-15")
@each(
    ("means", "is_accepted", "needs_account"),
    [
        ("visa", True, False),
        ("mastercard", True, False),
        ("paypal_account", True, True),
        ("american_express", False, None),
        ("cheque", False, None),
    ],
)
def test_takes_two_cards_and_the_account(
    means: str, is_accepted: bool, needs_account: bool | None
) -> None:
    given = decide("portal.payment_means", means=means).outcome

    assert (given.is_accepted, given.is_paypal_account_needed) == (is_accepted, needs_account)


@pytest.mark.rule(
    "3/PAY-11", "3/PAY-12", "3/PAY-13", "4/PAY-14", "4/PAY-16", "4/PAY-17", "4/PAY-18"
)
@each(
    ("count", "expected"),
    [
        (0, ("due", False, 0)),
        (1, ("redirected", False, 0)),
        (2, ("redirected", False, 0)),
        (3, ("redirected", False, 0)),
        (4, ("awaiting_confirmation", False, 0)),
        (5, ("captured", True, 1)),
    ],
)
def test_charges_on_confirmation_alone(count: int, expected: tuple[str, bool, int]) -> None:
    assert state(CARD[:count]) == expected


@pytest.mark.rule("4/11.11")
@each("event", [one for one in EVENTS if one != "pay"])
def test_offers_nothing_but_paying_at_first(event: str) -> None:
    assert state([event]) == ("due", False, 0)


@pytest.mark.rule("4/11.11", "3/PAY-12")
@each(
    ("events", "expected"),
    [
        (["pay", "confirm"], "redirected"),
        (["pay", "pay"], "redirected"),
        (["pay", "return_to_portal"], "awaiting_confirmation"),
        (["pay", "return_to_portal", "confirm"], "captured"),
        (["pay", "choose_guest_card", "return_to_portal"], "redirected"),
        (["pay", "choose_guest_card", "confirm"], "redirected"),
        (["pay", "submit_card", "confirm"], "redirected"),
        (["submit_card", "pay", "choose_guest_card", "return_to_portal"], "redirected"),
        (["pay", "leave"], "redirected"),
        (["pay", "leave", "return_to_portal"], "redirected"),
        (["pay", "leave", "choose_guest_card", "submit_card", "return_to_portal"], "redirected"),
        (["pay", "leave", *CARD[:4]], "awaiting_confirmation"),
        (["pay", "choose_guest_card", "submit_card", "leave"], "redirected"),
        (
            ["pay", "choose_guest_card", "submit_card", "leave", "return_to_portal"],
            "awaiting_confirmation",
        ),
        ([*CARD[:4], "leave"], "awaiting_confirmation"),
        ([*CARD[:4], "leave", "confirm"], "captured"),
        ([*CARD[:4], "pay"], "awaiting_confirmation"),
        ([*CARD, "pay", "confirm", "leave"], "captured"),
    ],
)
def test_changes_nothing_with_what_is_not_offered(events: list[str], expected: str) -> None:
    assert state(events)[0] == expected


@pytest.mark.rule("3/PAY-12", "4/PAY-18")
def test_never_charges_twice_nor_without_confirmation() -> None:
    for events in product(EVENTS, repeat=5):
        name, is_paid, captures = state(list(events))

        assert captures == (1 if name == "captured" else 0)
        assert is_paid is (captures == 1)
        assert captures <= events.count("confirm")


@pytest.mark.rule("4/11.11")
@each("language", ["fr", "en"])
def test_says_why_after_any_three_events(language: str) -> None:
    for events in product(EVENTS, repeat=3):
        answer = decide("portal.payment_state", language=language, events=list(events))

        assert answer.because
        assert all(reason.text and "{" not in reason.text for reason in answer.because)


@pytest.mark.rule("3/PAY-07", "3/PAY-14", "4/PAY-13", "4/PAY-21")
@each(
    ("before", "price", "ticked", "expected", "with_automatic"),
    [
        ("0.00", "45.00", False, "0.00", "45.00"),
        ("0.00", "45.00", True, "45.00", "45.00"),
        ("0.00", "0.01", True, "0.01", "0.01"),
        ("0.00", "0.00", True, "0.00", "0.00"),
        ("128.40", "30.00", False, "128.40", "158.40"),
        ("128.40", "30.00", True, "158.40", "158.40"),
        ("20.00", "-20.00", True, "0.00", "0.00"),
        ("-5.00", "3.00", True, "-2.00", "-2.00"),
        ("-5.00", "5.01", True, "0.01", "0.01"),
    ],
)
def test_adds_an_endorsement_only_once_invoiced(
    before: str, price: str, ticked: bool, expected: str, with_automatic: str
) -> None:
    facts = {
        "balance_before": before,
        "endorsement_amount": price,
        "is_manual_amount_ticked": ticked,
    }

    given = decide("portal.balance", facts).outcome
    automatic = decide(
        "portal.balance", facts, settings={"portal.invoice_of_an_endorsement": "always"}
    ).outcome

    assert given.balance == Decimal(expected)
    assert given.is_pay_button_shown is (Decimal(expected) > 0)
    assert automatic.balance == Decimal(with_automatic)
