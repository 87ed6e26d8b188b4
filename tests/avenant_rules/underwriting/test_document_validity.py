"""How long a document may be used, and what comes afterwards."""

from datetime import date, timedelta

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

STARRED = [
    "health_declaration",
    "paramedical_questionnaire_health_declaration",
    "medical_exam_health_declaration",
    "phone_interview",
]
YEARLY = [
    "paramedical_questionnaire_vital_signs",
    "medical_exam_vital_signs",
    "vital_signs",
    "blood_profile",
    "urine_hiv",
    "ecg",
]


def _validity(
    document: str, dated: date, used: date, settings: dict[str, str] | None = None
) -> tuple[bool, str | None]:
    answer = decide(
        "underwriting.document_validity",
        {"document": document, "document_date": dated, "evaluated_on": used},
        settings=settings,
    )
    return answer.outcome.is_valid, answer.outcome.action


@pytest.mark.rule("2/VAL-01")
@pytest.mark.rule("2/VAL-02")
@pytest.mark.rule("2/VAL-04")
@pytest.mark.rule("2/VAL-06")
@pytest.mark.rule("2/VAL-12")
@each("document", STARRED)
@each(
    ("days", "expected"),
    [
        (0, (True, None)),
        (89, (True, None)),
        (90, (True, None)),
        (91, (False, "good_health_declaration")),
        (366, (False, "good_health_declaration")),
        (367, (False, "redo")),
    ],
)
def test_asks_for_good_health_after_ninety_days_and_redoes_after_a_year(
    document: str, days: int, expected: tuple[bool, str | None]
) -> None:
    dated = date(2024, 1, 10)

    assert _validity(document, dated, dated + timedelta(days)) == expected


@pytest.mark.rule("2/VAL-03")
@pytest.mark.rule("2/VAL-05")
@pytest.mark.rule("2/VAL-07")
@pytest.mark.rule("2/VAL-08")
@pytest.mark.rule("2/VAL-09")
@pytest.mark.rule("2/VAL-13")
@each("document", YEARLY)
@each(
    ("dated", "used", "expected"),
    [
        (date(2023, 8, 15), date(2024, 8, 14), (True, None)),
        (date(2023, 8, 15), date(2024, 8, 15), (True, None)),
        (date(2023, 8, 15), date(2024, 8, 16), (False, "redo")),
        (date(2024, 2, 29), date(2025, 2, 28), (True, None)),
        (date(2024, 2, 29), date(2025, 3, 1), (False, "redo")),
    ],
)
def test_keeps_a_year_through_the_anniversary(
    document: str, dated: date, used: date, expected: tuple[bool, str | None]
) -> None:
    assert _validity(document, dated, used) == expected


@pytest.mark.rule("2/VAL-10")
@each(
    ("dated", "used", "expected"),
    [
        (date(2024, 8, 31), date(2025, 2, 27), (True, None)),
        (date(2024, 8, 31), date(2025, 2, 28), (True, None)),
        (date(2024, 8, 31), date(2025, 3, 1), (False, "redo")),
        (date(2023, 8, 31), date(2024, 2, 29), (True, None)),
        (date(2023, 8, 31), date(2024, 3, 1), (False, "redo")),
        (date(2024, 1, 10), date(2024, 7, 10), (True, None)),
        (date(2024, 1, 10), date(2024, 7, 11), (False, "redo")),
    ],
)
def test_keeps_an_application_six_months(
    dated: date, used: date, expected: tuple[bool, str | None]
) -> None:
    assert _validity("application", dated, used) == expected


@pytest.mark.rule("2/VAL-11")
@each(("days", "expected"), [(90, (True, None)), (91, (False, "redo")), (400, (False, "redo"))])
def test_asks_for_a_new_authorisation_after_ninety_days(
    days: int, expected: tuple[bool, str | None]
) -> None:
    dated = date(2024, 1, 10)

    assert _validity("authorisation", dated, dated + timedelta(days)) == expected


@pytest.mark.rule("2/AMB-29")
@each(("reading", "action"), [("extends", "good_health_declaration"), ("comes_with_redo", "redo")])
def test_extends_or_redoes_as_the_carrier_chose(reading: str, action: str) -> None:
    found = _validity(
        "phone_interview",
        date(2024, 3, 1),
        date(2024, 5, 31),
        {"underwriting.good_health_declaration": reading},
    )

    assert found == (False, action)


@pytest.mark.rule("2/AMB-31")
@each(
    ("document", "anniversary"),
    [("ecg", date(2024, 2, 20)), ("application", date(2023, 8, 20))],
)
@each(
    ("reading", "validity"),
    [("last_valid_day", [True, True, False]), ("first_expired_day", [True, False, False])],
)
def test_reads_the_anniversary_of_a_document_as_the_carrier_chose(
    document: str, anniversary: date, reading: str, validity: list[bool]
) -> None:
    found = [
        _validity(
            document,
            date(2023, 2, 20),
            anniversary + timedelta(days),
            {"underwriting.validity_anniversary": reading},
        )[0]
        for days in (-1, 0, 1)
    ]

    assert found == validity


@each("reading", ["last_valid_day", "first_expired_day"])
def test_counts_ninety_days_alike_in_both_readings(reading: str) -> None:
    dated = date(2024, 1, 10)

    found = _validity(
        "authorisation",
        dated,
        dated + timedelta(90),
        {"underwriting.validity_anniversary": reading},
    )

    assert found == (True, None)


def test_says_until_when_it_was_valid_and_what_is_needed() -> None:
    answer = decide(
        "underwriting.document_validity",
        document="phone_interview",
        document_date=date(2024, 3, 1),
        evaluated_on=date(2024, 5, 31),
    )

    assert [(reason.rule, reason.text) for reason in answer.because_in("en")][:2] == [
        ("2/VAL-06", "Document “phone interview” dated March 1, 2024: valid through May 30, 2024."),
        (
            "2/VAL-12",
            "The document is 91 days old on May 31, 2024: a declaration of good health is needed.",
        ),
    ]


@pytest.mark.rule("2/VAL-01")
@each(
    ("document", "number"),
    [
        ("health_declaration", "01"),
        ("paramedical_questionnaire_health_declaration", "02"),
        ("paramedical_questionnaire_vital_signs", "03"),
        ("medical_exam_health_declaration", "04"),
        ("medical_exam_vital_signs", "05"),
        ("phone_interview", "06"),
        ("vital_signs", "07"),
        ("blood_profile", "08"),
        ("urine_hiv", "08"),
        ("ecg", "09"),
        ("application", "10"),
        ("authorisation", "11"),
    ],
)
def test_cites_the_line_of_each_document(document: str, number: str) -> None:
    answer = decide(
        "underwriting.document_validity",
        document=document,
        document_date=date(2024, 1, 10),
        evaluated_on=date(2024, 1, 11),
    )

    assert [reason.rule for reason in answer.because] == [f"2/VAL-{number}"]
