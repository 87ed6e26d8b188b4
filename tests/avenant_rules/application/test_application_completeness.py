"""Retention, the gate of the PDF, commission shares, and the form of numbers."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

COMPLETE = {
    "are_sections_filled": True,
    "are_client_sections_confirmed": True,
    "has_quote": True,
    "is_quote_sent": True,
    "has_overhead_guarantee": False,
    "has_overhead_form": False,
    "required_signers": ["main"],
    "signed_by": ["main"],
    "commission_total_percent": "100",
    "is_blocked": False,
}


@pytest.mark.rule("4/APP-07")
@pytest.mark.rule("4/APP-09")
@each(
    ("as_of", "is_available"),
    [
        ("2026-02-19", False),
        ("2026-02-20", True),
        ("2026-03-07", True),
        ("2026-03-08", False),
    ],
)
def test_keeps_an_application_fifteen_days(as_of: str, is_available: bool) -> None:
    given = decide("application.retention", {"saved_on": ["2026-02-20"], "as_of": as_of}).outcome

    assert given.expires_on.isoformat() == "2026-03-07"
    assert given.is_available == is_available


@pytest.mark.rule("4/APP-08")
@each(
    ("saved_on", "expires_on"),
    [
        (["2024-02-20"], "2024-03-06"),
        (["2026-03-01", "2026-02-20"], "2026-03-16"),
        (["2026-02-20", "2026-03-07"], "2026-03-22"),
        (["2026-02-20", "2026-03-08"], "2026-03-07"),
        (["2026-02-20", "2026-03-01", "2026-03-16"], "2026-03-31"),
    ],
)
def test_restarts_the_days_at_each_save_made_in_time(saved_on: list[str], expires_on: str) -> None:
    given = decide(
        "application.retention",
        {"saved_on": saved_on, "opened_without_saving_on": ["2026-03-07"], "as_of": "2026-04-01"},
    ).outcome

    assert given.expires_on.isoformat() == expires_on


@pytest.mark.rule("4/APP-14")
@pytest.mark.rule("4/APP-15")
@pytest.mark.rule("4/APP-18")
@pytest.mark.rule("4/APP-36")
@pytest.mark.rule("4/SIG-13")
@each(
    ("change", "missing"),
    [
        ({}, set()),
        ({"are_sections_filled": False}, {"sections"}),
        ({"are_client_sections_confirmed": False}, {"client_confirmation"}),
        ({"has_quote": False, "is_quote_sent": False}, {"quote"}),
        ({"is_quote_sent": False}, {"quote_sent"}),
        ({"has_overhead_guarantee": True}, {"overhead_form"}),
        ({"has_overhead_guarantee": True, "has_overhead_form": True}, set()),
        ({"required_signers": ["main", "spouse"]}, {"signature"}),
        ({"signed_by": ["main", "payor"]}, set()),
        ({"commission_total_percent": "99.99"}, {"commission"}),
        ({"commission_total_percent": "100.000"}, set()),
        ({"is_blocked": True}, {"plan_express_block"}),
        ({"is_blocked": True, "has_quote": False}, {"plan_express_block", "quote"}),
    ],
)
def test_names_everything_the_pdf_still_needs(change: dict[str, Any], missing: set[str]) -> None:
    given = decide("application.pdf_gate", COMPLETE | change)

    assert given.outcome.missing == missing
    assert given.outcome.is_allowed == (not missing)
    assert len(given.because) == max(1, len(missing))


def test_names_who_has_not_signed() -> None:
    change = {"required_signers": ["main", "spouse", "payor"], "signed_by": ["spouse"]}

    assert decide("application.pdf_gate", COMPLETE | change).outcome.missing_signers == {
        "main",
        "payor",
    }


def second(name: str = "Luc Roy", code: str = "40312", percent: str = "40") -> dict[str, str]:
    return {"name": name, "code": code, "percent": percent}


@pytest.mark.rule("4/APP-33")
@pytest.mark.rule("4/APP-34")
@pytest.mark.rule("4/APP-35")
@each(
    ("own", "other", "total", "errors"),
    [
        ("100", None, "100.00", set()),
        ("99.99", None, "99.99", {"total_not_100"}),
        ("60", second(), "100.00", set()),
        ("60.005", second(percent="39.995"), "100.00", set()),
        ("60", second(percent="39.99"), "99.99", {"total_not_100"}),
        ("60", second(percent="40.01"), "100.01", {"total_not_100"}),
        ("60", second(name=""), "100.00", {"second_name_required"}),
        ("60", second(code="  "), "100.00", {"second_code_required"}),
        ("100", second(percent="0"), "100.00", {"percent_out_of_range"}),
        ("110", second(percent="-10"), "100.00", {"percent_out_of_range"}),
        ("0", None, "0.00", {"total_not_100", "percent_out_of_range"}),
        (
            "50",
            second("", "", "0"),
            "50.00",
            {
                "total_not_100",
                "percent_out_of_range",
                "second_name_required",
                "second_code_required",
            },
        ),
    ],
)
def test_wants_shares_of_exactly_a_hundred(
    own: str, other: dict[str, str] | None, total: str, errors: set[str]
) -> None:
    given = decide(
        "application.commission_split", own_percent=own, second_representative=other
    ).as_json()["outcome"]

    assert given["total_percent"] == total
    assert set(given["errors"]) == errors
    assert given["is_valid"] == (not errors)


@pytest.mark.rule("4/APP-38")
@pytest.mark.rule("4/QUO-25")
@each(
    ("kind", "value", "is_valid"),
    [
        ("application", "NSG00000001", True),
        ("application", "NSG0000001", False),
        ("application", "NSG000000012", False),
        ("application", "nsg00000001", False),
        ("application", "NSG 00000001", False),
        ("application", "NSG00000001\n", False),
        ("application", "NSG٠٠٠٠٠٠٠١", False),
        ("application", "RIS-0000000033", False),
        ("quote", "RIS-0000000033", True),
        ("quote", "RIS-000000033", False),
        ("quote", "RI-0000000033", False),
        ("quote", "ris-0000000033", False),
        ("quote", "NSG00000001", False),
        ("quote", "", False),
    ],
)
def test_knows_a_well_formed_number(kind: str, value: str, is_valid: bool) -> None:
    given = decide("application.reference_format", kind=kind, value=value).outcome

    assert given.is_valid == is_valid
