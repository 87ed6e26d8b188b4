"""Receipts, practitioners and the prescription of massage therapy."""

from datetime import date
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each

ITEMS = [
    "letterhead", "patient_name", "service_dates", "service_description", "service_cost",
    "professional_name", "professional_type", "licence_number",
]  # fmt: skip


def lacking(*present: str, is_drug: bool = False, **settings: str) -> frozenset[str]:
    outcome = decide(
        "claims.receipt",
        is_prescription_drug=is_drug,
        present=list(present),
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome
    assert outcome.is_valid is not bool(outcome.missing)
    found: frozenset[str] = outcome.missing
    return found


@pytest.mark.rule("3/HLT-18")
@pytest.mark.rule("3/DEN-10")
@each("item", ITEMS)
def test_asks_for_each_item_of_a_receipt(item: str) -> None:
    assert lacking(*[one for one in ITEMS if one != item]) == {item}


@pytest.mark.rule("3/HLT-18")
def test_names_every_item_a_receipt_lacks() -> None:
    assert lacking() == set(ITEMS)
    assert lacking(*ITEMS) == set()


@pytest.mark.rule("3/HLT-19")
def test_asks_nothing_of_a_receipt_for_prescription_drugs() -> None:
    assert lacking(is_drug=True) == set()


@pytest.mark.rule("3/CAMB-31")
@each(("reading", "missing"), [("checked", {"letterhead"}), ("not_checked", set())])
def test_asks_for_the_letterhead_either_way(reading: str, missing: set[str]) -> None:
    assert lacking(*ITEMS[1:], receipt_letterhead=reading) == missing


def is_eligible(specialty: str, province: str, member_of: str | None, **settings: str) -> bool:
    found: bool = decide(
        "claims.practitioner",
        specialty=specialty,
        province=province,
        member_of=member_of,
        settings={f"claims.{name}": value for name, value in settings.items()},
    ).outcome.is_eligible
    return found


@pytest.mark.rule("3/HLT-13")
@each(
    ("specialty", "member_of", "expected"),
    [
        ("podiatrist", "ordre_podiatres_quebec", True),
        ("podiatrist", "professional_association", False),
        ("podiatrist", "association_podologues", False),
        ("podiatrist", None, False),
        ("chiropodist", "association_podologues", False),
        ("chiropodist", "ordre_podiatres_quebec", False),
        ("chiropodist", None, False),
    ],
)
def test_takes_in_quebec_the_podiatrists_of_the_order_alone(
    specialty: str, member_of: str | None, expected: bool
) -> None:
    assert is_eligible(specialty, "QC", member_of) is expected


@pytest.mark.rule("3/HLT-14")
@each(
    ("specialty", "member_of", "expected"),
    [
        ("podiatrist", "professional_association", True),
        ("podiatrist", "ordre_psychologues_ontario", False),
        ("podiatrist", None, False),
        ("chiropodist", "association_podologues", True),
        ("chiropodist", "professional_association", True),
        ("chiropodist", "ordre_psychologues_ontario", False),
        ("chiropodist", None, False),
    ],
)
def test_takes_in_ontario_members_of_their_association(
    specialty: str, member_of: str | None, expected: bool
) -> None:
    assert is_eligible(specialty, "ON", member_of) is expected


@pytest.mark.rule("3/CAMB-32")
def test_leaves_foot_care_elsewhere_to_a_person_unless_the_carrier_says() -> None:
    with pytest.raises(CarrierDataMissingError):
        is_eligible("chiropodist", "AB", "association_podologues")

    as_ontario = {"foot_care_elsewhere": "as_in_ontario"}
    assert is_eligible("chiropodist", "AB", "association_podologues", **as_ontario)
    assert not is_eligible("chiropodist", "QC", "association_podologues", **as_ontario)


@pytest.mark.rule("3/HLT-15")
@each("province", ["QC", "ON", "NB"])
@each(
    ("specialty", "member_of", "expected"),
    [
        ("psychologist", "ordre_psychologues_quebec", True),
        ("psychologist", "ordre_psychologues_ontario", True),
        ("psychologist", "professional_association", False),
        ("psychologist", None, False),
        ("psychotherapist", "ordre_psychologues_quebec", False),
        ("psychotherapist", None, False),
    ],
)
def test_takes_the_psychologists_of_the_two_orders(
    specialty: str, member_of: str | None, expected: bool, province: str
) -> None:
    assert is_eligible(specialty, province, member_of) is expected


def massage(
    service: date, signed: date | None, by: str | None = "physician", **settings: str
) -> Any:
    return decide(
        "claims.massage_therapy",
        prescribed_by=by,
        signed_on=signed,
        service_date=service,
        settings={f"claims.{name}": value for name, value in settings.items()},
    )


@pytest.mark.rule("3/HLT-12")
@each(
    ("service", "expected"),
    [
        (date(2024, 9, 9), False),
        (date(2024, 9, 10), True),
        (date(2025, 9, 10), True),
        (date(2025, 9, 11), False),
    ],
)
def test_holds_a_prescription_good_for_twelve_months(service: date, expected: bool) -> None:
    assert massage(service, date(2024, 9, 10)).outcome.is_eligible is expected


@pytest.mark.rule("3/HLT-12")
@each("prescriber", ["physiotherapist", "chiropractor", None])
@each("signed", [date(2024, 9, 10), None])
def test_takes_a_physician_s_prescription_alone(
    prescriber: str | None, signed: date | None
) -> None:
    assert not massage(date(2024, 10, 1), signed, prescriber).outcome.is_eligible


@pytest.mark.rule("3/HLT-12")
def test_needs_the_day_a_physician_signed() -> None:
    assert massage(date(2024, 10, 1), None).unknown == ("signed_on",)


@pytest.mark.rule("3/CAMB-29")
@each(("reading", "expected"), [("anniversary_included", True), ("anniversary_excluded", False)])
def test_takes_the_prescription_s_anniversary_either_way(reading: str, expected: bool) -> None:
    answer = massage(date(2025, 9, 10), date(2024, 9, 10), prescription_last_day=reading)

    assert answer.outcome.is_eligible is expected


BODIES = {
    "ordre_podiatres_quebec", "association_podologues", "professional_association",
    "ordre_psychologues_quebec", "ordre_psychologues_ontario", None,
}  # fmt: skip
FOOT_CARE_IN_ONTARIO = {"association_podologues", "professional_association"}


@pytest.mark.rule("3/HLT-13")
@pytest.mark.rule("3/HLT-14")
@pytest.mark.rule("3/HLT-15")
@each(
    ("specialty", "province", "bodies"),
    [
        ("podiatrist", "QC", {"ordre_podiatres_quebec"}),
        ("chiropodist", "QC", set()),
        ("podiatrist", "ON", FOOT_CARE_IN_ONTARIO | {"ordre_podiatres_quebec"}),
        ("chiropodist", "ON", FOOT_CARE_IN_ONTARIO),
        ("psychologist", "QC", {"ordre_psychologues_quebec", "ordre_psychologues_ontario"}),
        ("psychologist", "AB", {"ordre_psychologues_quebec", "ordre_psychologues_ontario"}),
        ("psychotherapist", "QC", set()),
    ],
)
def test_takes_members_of_these_bodies_and_of_no_other(
    specialty: str, province: str, bodies: set[str | None]
) -> None:
    assert {body for body in BODIES if is_eligible(specialty, province, body)} == bodies


@pytest.mark.rule("3/HLT-12")
@each(
    ("prescriber", "row"),
    [
        ("physician", "physician"),
        ("physiotherapist", "other"),
        ("chiropractor", "other"),
        (None, "nobody"),
    ],
)
def test_says_whose_prescription_it_is(prescriber: str | None, row: str) -> None:
    answer = decide(
        "claims.massage_therapy",
        prescribed_by=prescriber,
        signed_on="2025-01-10",
        service_date="2025-02-10",
    )

    assert answer.because[0].row == row
    assert answer.outcome.is_eligible is (row == "physician")
