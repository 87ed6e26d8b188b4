"""Who handles a claim, sees its file, pays its evidence and reviews its decision."""

from itertools import product
from typing import Any

import pytest

from avenant_rules.decision import decide
from avenant_rules.errors import CarrierDataMissingError
from tests.support.cases import each


@pytest.mark.rule("3/DIS-01")
@pytest.mark.rule("3/LIF-01")
@pytest.mark.rule("3/HLT-01")
@each(
    ("coverage", "team"),
    [
        ("disability", "disability"),
        ("accidental_fracture", "disability"),
        ("long_term_care", "disability"),
        ("critical_illness", "disability"),
        ("accidental_death_dismemberment", "disability"),
        ("term_life", "life"),
        ("health", "health_dental"),
        ("dental", "health_dental"),
    ],
)
def test_sends_each_coverage_to_its_team(coverage: str, team: str) -> None:
    assert decide("claims.routing", coverage=coverage).outcome.team == team


def release(requester: str, content: str, **facts: Any) -> Any:
    settings = facts.pop("settings", None)
    return decide(
        "claims.information_release",
        {"requester": requester, "content": content} | facts,
        settings=settings,
    )


@pytest.mark.rule("3/DIS-55")
@pytest.mark.rule("3/LIF-28")
@each("content", ["claim_file", "independent_medical_report"])
def test_gives_no_file_to_an_advisor_whatever_is_signed(content: str) -> None:
    for written, authorised, medical in product([None, True, False], repeat=3):
        outcome = release(
            "advisor",
            content,
            is_requested_in_writing=written,
            has_express_authorisation=authorised,
            has_medical_or_lifestyle_content=medical,
        ).outcome

        assert (outcome.is_allowed, outcome.channel, outcome.copy_form) == (False, None, None)


@pytest.mark.rule("3/DIS-55")
def test_says_that_the_authorisation_changes_nothing() -> None:
    because = release("advisor", "claim_file", has_express_authorisation=True).because

    assert [reason.rule for reason in because] == ["3/DIS-55", "3/DIS-55"]


@pytest.mark.rule("3/DIS-54")
@pytest.mark.rule("3/LIF-27")
@each("requester", ["insured", "beneficiary"])
def test_gives_the_file_on_a_written_request_alone(requester: str) -> None:
    written = release(requester, "claim_file", is_requested_in_writing=True).outcome
    oral = release(requester, "claim_file", is_requested_in_writing=False).outcome

    assert (written.is_allowed, written.channel) == (True, "insurer")
    assert (oral.is_allowed, oral.channel) == (False, None)
    assert release(requester, "claim_file").unknown == ("is_requested_in_writing",)


@pytest.mark.rule("3/DIS-54")
@each("written", [None, True, False])
def test_sends_the_insured_to_the_physician_for_the_expert_report(written: bool | None) -> None:
    outcome = release(
        "insured", "independent_medical_report", is_requested_in_writing=written
    ).outcome

    assert (outcome.is_allowed, outcome.channel) == (True, "attending_physician")
    assert not release("beneficiary", "independent_medical_report").outcome.is_allowed


@pytest.mark.rule("3/DIS-19")
@pytest.mark.rule("3/LIF-15")
@pytest.mark.rule("3/CAMB-22")
def test_copies_letters_to_the_advisor_without_medical_content() -> None:
    plain = release("advisor", "letter", has_medical_or_lifestyle_content=False).outcome
    medical = release("advisor", "letter", has_medical_or_lifestyle_content=True).outcome
    withheld = release(
        "advisor",
        "letter",
        has_medical_or_lifestyle_content=True,
        settings={"claims.advisor_copy": "withheld"},
    ).outcome

    assert (plain.is_allowed, plain.copy_form) == (True, "full")
    assert (medical.is_allowed, medical.copy_form) == (True, "redacted")
    assert (withheld.is_allowed, withheld.copy_form) == (False, None)


@pytest.mark.rule("3/DIS-19")
def test_copies_no_letter_whose_content_is_not_known() -> None:
    answer = release("advisor", "letter", has_express_authorisation=True)

    assert answer.unknown == ("has_medical_or_lifestyle_content",)


@pytest.mark.rule("3/LIF-15")
@each("requester", ["insured", "beneficiary"])
def test_gives_people_their_own_letters_in_full(requester: str) -> None:
    outcome = release(requester, "letter", has_medical_or_lifestyle_content=True).outcome

    assert (outcome.is_allowed, outcome.copy_form) == (True, "full")


@pytest.mark.rule("3/DIS-38")
@pytest.mark.rule("3/LIF-25")
@each(
    ("cause", "records", "impaired", "expected"),
    [
        ("road_accident", False, None, (True, False, None)),
        ("road_accident", False, True, (True, False, None)),
        ("road_accident", False, False, (True, False, None)),
        ("road_accident", True, None, (True, False, None)),
        ("road_accident", True, True, (True, True, True)),
        ("road_accident", True, False, (True, True, False)),
        ("other_accident", False, None, (False, True, False)),
        ("other_accident", False, False, (False, True, False)),
        ("other_accident", False, True, (False, True, True)),
        ("illness", False, None, (False, True, False)),
        ("illness", True, True, (False, True, False)),
    ],
)
def test_decides_nothing_about_a_road_accident_before_the_records_say(
    cause: str, records: bool, impaired: bool | None, expected: tuple[bool, bool, bool | None]
) -> None:
    outcome = decide(
        "claims.impaired_driving",
        cause=cause,
        has_complete_medical_records=records,
        was_driver_impaired=impaired,
    ).outcome

    assert (outcome.are_records_required, outcome.is_decidable, outcome.is_excluded) == expected


@pytest.mark.rule("3/DIS-09")
@pytest.mark.rule("3/LIF-09")
@each(("line", "payer"), [("disability", "insured"), ("life", "beneficiary")])
def test_never_has_the_insurer_pay_a_physician_s_statement(line: str, payer: str) -> None:
    outcome = decide("claims.medical_evidence", evidence="physician_statement", line=line).outcome

    assert outcome.paid_by == payer
    assert (outcome.may_stop_benefits, outcome.is_stop_automatic, outcome.report_sent_to) == (
        None,
        None,
        None,
    )


@pytest.mark.rule("3/DIS-23")
@each("has_refused", [None, True, False])
def test_pays_the_exam_and_stops_nothing_by_itself(has_refused: bool | None) -> None:
    outcome = decide(
        "claims.medical_evidence",
        evidence="independent_exam",
        line="disability",
        has_insured_refused=has_refused,
    ).outcome

    assert outcome.paid_by == "insurer"
    assert outcome.may_stop_benefits is has_refused
    assert outcome.is_stop_automatic is False
    assert outcome.report_sent_to == "attending_physician"


@pytest.mark.rule("3/DIS-32")
@pytest.mark.rule("3/CAMB-39")
@each("province", ["QC", "ON", "AB", "NB"])
def test_reviews_disability_in_montreal_for_every_province(province: str) -> None:
    outcome = decide("claims.review_address", line="disability", province=province).outcome

    assert (outcome.region, outcome.city, outcome.postal_code) == ("QC", "Montréal", "H3A 0H6")


@pytest.mark.rule("3/LIF-21")
def test_reviews_life_in_the_province_s_office_and_names_none_elsewhere() -> None:
    ontario = decide("claims.review_address", line="life", province="ON").outcome

    assert (ontario.region, ontario.city, ontario.postal_code) == ("ON", "Toronto", "M5W 3Y7")
    with pytest.raises(CarrierDataMissingError):
        decide("claims.review_address", line="life", province="AB")


@pytest.mark.rule("3/CAMB-39")
def test_reviews_disability_in_the_province_where_the_carrier_says_so() -> None:
    settings = {"claims.disability_review_office": "office_of_the_province"}

    outcome = decide(
        "claims.review_address", line="disability", province="ON", settings=settings
    ).outcome

    assert outcome.city == "Toronto"


@pytest.mark.rule("3/DIS-54")
@pytest.mark.rule("3/LIF-27")
@each(
    ("requester", "content", "facts", "expected"),
    [
        ("insured", "claim_file", {"is_requested_in_writing": True}, (True, "insurer", None)),
        ("insured", "claim_file", {"is_requested_in_writing": False}, (False, None, None)),
        ("insured", "independent_medical_report", {}, (True, "attending_physician", None)),
        ("insured", "letter", {}, (True, "insurer", "full")),
        ("beneficiary", "claim_file", {"is_requested_in_writing": True}, (True, "insurer", None)),
        ("beneficiary", "claim_file", {"is_requested_in_writing": False}, (False, None, None)),
        ("beneficiary", "independent_medical_report", {}, (False, None, None)),
        ("beneficiary", "letter", {}, (True, "insurer", "full")),
        ("advisor", "letter", {"has_medical_or_lifestyle_content": False}, (True, "insurer", "full")),
        ("advisor", "letter", {"has_medical_or_lifestyle_content": True}, (True, "insurer", "redacted")),
    ],
)  # fmt: skip
def test_says_who_gives_it_and_in_what_form(
    requester: str, content: str, facts: dict[str, bool], expected: tuple[bool, Any, Any]
) -> None:
    outcome = release(requester, content, **facts).outcome

    assert (outcome.is_allowed, outcome.channel, outcome.copy_form) == expected


@pytest.mark.rule("3/LIF-21")
def test_reviews_life_of_quebec_in_montreal() -> None:
    outcome = decide("claims.review_address", line="life", province="QC").outcome

    assert (outcome.region, outcome.city, outcome.postal_code) == ("QC", "Montréal", "H3A 0H6")
