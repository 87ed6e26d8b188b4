"""Examinations: what replaces them, who carries them out, and the Medical Information Bureau."""

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each


@pytest.mark.rule("2/REQ-05")
@each(
    ("provided", "is_satisfied"),
    [
        ([], False),
        (["phone_interview"], False),
        (["vital_signs"], False),
        (["blood_profile", "vital_signs"], False),
        (["phone_interview", "vital_signs"], True),
        (["paramedical_questionnaire"], True),
    ],
)
def test_replaces_the_questionnaire_by_interview_and_vital_signs_together(
    provided: list[str], is_satisfied: bool
) -> None:
    answer = decide("underwriting.paramedical_substitution", provided=provided)

    assert answer.outcome.is_satisfied == is_satisfied


def test_says_what_the_substitution_lacks() -> None:
    answer = decide("underwriting.paramedical_substitution", provided=["phone_interview"])

    assert answer.because_in("en")[0].text == (
        "To replace the paramedical questionnaire, this is missing: vital signs."
    )


@pytest.mark.rule("2/AMB-68")
@pytest.mark.rule("2/VEN-02")
@each(
    ("service", "companies"),
    [
        ("phone_interview", {"dynacare"}),
        ("physician_reports", {"dynacare"}),
        ("inspection_reports", {"dynacare"}),
        ("paramedical", {"dynacare", "examone"}),
        ("blood_profile", {"dynacare", "examone"}),
        ("urine_hiv", {"dynacare", "examone"}),
        ("laboratory_analyses", {"examone"}),
        ("resting_and_stress_ecg", {"dynacare", "examone"}),
        ("chest_xray", set()),
    ],
)
def test_names_the_companies_of_a_service(service: str, companies: set[str]) -> None:
    assert decide("underwriting.vendors", service=service).outcome.vendors == companies


@pytest.mark.rule("2/MIB-02", "2/MIB-03", "2/MIB-04")
@each(
    ("action", "authorised", "channel", "is_accepted"),
    [
        ("send_codes_to_members", True, None, True),
        ("send_codes_to_members", False, None, False),
        ("obtain_own_file", None, "phone", True),
        ("obtain_own_file", None, "web", True),
        ("obtain_own_file", None, "in_writing", False),
        ("dispute_own_file", None, "in_writing", True),
        ("dispute_own_file", None, "phone", False),
        ("dispute_own_file", None, "web", False),
    ],
)
def test_exchanges_with_the_bureau_as_described(
    action: str, authorised: bool | None, channel: str | None, is_accepted: bool
) -> None:
    answer = decide(
        "underwriting.mib_exchange", action=action, has_authorisation=authorised, channel=channel
    )

    assert answer.outcome.is_accepted == is_accepted


@each(
    ("action", "missing"),
    [
        ("send_codes_to_members", "has_authorisation"),
        ("obtain_own_file", "channel"),
        ("dispute_own_file", "channel"),
    ],
)
def test_asks_for_the_fact_that_decides(action: str, missing: str) -> None:
    assert decide("underwriting.mib_exchange", action=action).unknown == (missing,)
