"""A quote's validity, annual premium, versions, and whether it goes on online."""

from datetime import date
from decimal import Decimal

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each


@pytest.mark.rule("4/QUO-28", "4/QUO-33")
@each(
    ("as_of", "can_subscribe", "status"),
    [
        (date(2023, 9, 11), False, "validated"),
        (date(2023, 9, 12), True, "validated"),
        (date(2023, 10, 11), True, "validated"),
        (date(2023, 10, 12), True, "validated"),
        (date(2023, 10, 13), False, "expired"),
    ],
)
def test_can_be_subscribed_for_thirty_days(as_of: date, can_subscribe: bool, status: str) -> None:
    given = decide("quote.validity", {"created_on": date(2023, 9, 12), "as_of": as_of}).outcome

    assert given.expires_on == date(2023, 10, 12)
    assert (given.can_subscribe, given.status) == (can_subscribe, status)


@pytest.mark.rule("4/QUO-28")
@each(
    ("created", "expires"),
    [
        (date(2023, 9, 14), date(2023, 10, 14)),
        (date(2023, 10, 31), date(2023, 11, 30)),
        (date(2023, 12, 31), date(2024, 1, 30)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2023, 1, 30), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2024, 3, 30)),
    ],
)
def test_counts_days_and_not_a_month(created: date, expires: date) -> None:
    given = decide("quote.validity", {"created_on": created, "as_of": created}).outcome

    assert given.expires_on == expires


@pytest.mark.rule("4/QUO-28")
def test_refuses_a_date_at_the_end_of_the_calendar() -> None:
    facts = {"created_on": date(9999, 12, 2), "as_of": date(2023, 9, 12)}

    with pytest.raises(CarrierDataMissingError, match="out of the calendar"):
        decide("quote.validity", facts)


@pytest.mark.rule("4/QUO-15")
@each(
    ("monthly", "annual"),
    [
        ("115.23", "1382.76"),
        ("69.94", "839.28"),
        ("183.94", "2207.28"),
        ("0.01", "0.12"),
        ("0.00", "0.00"),
        ("99999999999999999999.99", "1199999999999999999999.88"),
    ],
)
def test_takes_twelve_times_the_month(monthly: str, annual: str) -> None:
    given = decide("quote.annual_premium", monthly_premium=monthly).outcome

    assert given.annual_premium == Decimal(annual)


@pytest.mark.rule("4/QUO-25", "4/QUO-30")
@each("version", [1, 2, 41])
def test_keeps_the_number_and_raises_the_version(version: int) -> None:
    given = decide("quote.new_version", quote_number="RIS-0000000033", version=version).outcome

    assert (given.quote_number, given.version) == ("RIS-0000000033", version + 1)
    assert (given.status, given.is_email_sent) == ("validated", True)


@pytest.mark.rule("4/QUO-11", "4/QUO-21", "4/QUO-22")
@each(
    ("client", "same_scheme", "reason", "fallback"),
    [
        ("client@client.test", True, None, None),
        ("vendeur@firm.test", True, "seller_address", None),
        (" VENDEUR@firm.test", True, "seller_address", None),
        ("vendeur@firm.test", False, "seller_address", None),
        (None, True, "client_email_missing", "paper_form"),
        ("  ", True, "client_email_missing", "paper_form"),
        (None, False, "client_email_missing", "paper_form"),
        ("client@client.test", False, "different_scheme", "paper_application"),
    ],
)
def test_gives_the_first_reason_and_its_paper_way(
    client: str | None, same_scheme: bool, reason: str | None, fallback: str | None
) -> None:
    given = decide(
        "quote.online_eligibility",
        client_email=client,
        seller_email="vendeur@firm.test",
        has_same_scheme=same_scheme,
    ).outcome

    assert given.is_online is (reason is None)
    assert (given.refusal_reason, given.fallback) == (reason, fallback)


@pytest.mark.rule("4/QUO-11")
def test_says_every_reason() -> None:
    answer = decide(
        "quote.online_eligibility",
        client_email=None,
        seller_email="vendeur@firm.test",
        has_same_scheme=False,
    )

    assert [reason.rule for reason in answer.because] == ["4/QUO-22", "4/QUO-11"]


@pytest.mark.rule("4/QUO-22")
def test_does_not_take_two_empty_addresses_for_the_same() -> None:
    given = decide(
        "quote.online_eligibility", client_email="", seller_email="", has_same_scheme=True
    ).outcome

    assert given.refusal_reason == "client_email_missing"
