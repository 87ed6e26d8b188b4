"""Numbers and effects of the electronic application, its files, its closing, its children."""

from typing import Any

import pytest

from avenant_rules.decision import decide
from tests.support.cases import each

ALWAYS = {
    "deposit_on_carrier_server",
    "record_representative_signature",
    "record_ip_and_date",
    "email_advisor",
}


@pytest.mark.rule("4/APP-38")
@each(("number", "state"), [(None, None), ("NSG00000417", "superseded")])
@each("agency", [None, False, True])
def test_issues_a_number_each_time_the_pdf_is_created(
    number: str | None, state: str | None, agency: bool | None
) -> None:
    given = decide(
        "application.event_effects",
        event="create_pdf",
        current_number=number,
        has_managing_agency=agency,
    ).outcome

    assert given.is_new_number_issued is True
    assert (given.previous_number_state, given.submitted_number) == (state, None)
    assert given.effects == set()


@pytest.mark.rule("4/APP-40", "4/APP-41", "4/APP-42", "4/APP-43")
@each(("agency", "more"), [(False, set()), (True, {"email_managing_agency"})])
def test_submits_under_the_last_number(agency: bool, more: set[str]) -> None:
    answer = decide(
        "application.event_effects",
        event="submit",
        current_number="NSG00000418",
        has_managing_agency=agency,
    )

    given = answer.outcome
    assert given.is_new_number_issued is False
    assert (given.previous_number_state, given.submitted_number) == (None, "NSG00000418")
    assert given.effects == ALWAYS | more
    rules = [reason.rule for reason in answer.because]
    assert rules == ["4/APP-40", "4/APP-41", "4/APP-42"] + (["4/APP-43"] if agency else [])


@pytest.mark.rule("4/APP-43")
def test_does_not_guess_whether_there_is_an_agency() -> None:
    answer = decide("application.event_effects", event="submit", current_number="NSG00000418")

    assert answer.unknown == ("has_managing_agency",)


@pytest.mark.rule("4/APP-14", "4/APP-15", "4/APP-17")
@each("field", ["quote", "additional"])
@each(
    ("name", "is_accepted"),
    [
        ("soumission.pdf", True),
        ("SOUMISSION.PDF", True),
        (" soumission.pdf ", True),
        ("v1.2 finale.pdf", True),
        ("dossier/soumission.pdf", True),
        ("soumission.pdf.exe", False),
        ("soumission.docx", False),
        ("soumissionpdf", False),
        ("soumission", False),
        (".pdf", False),
        ("soumission.pdf.", False),
        ("virus.exe\0.pdf", False),
        ("", False),
    ],
)
def test_takes_pdf_files_alone(field: str, name: str, is_accepted: bool) -> None:
    given = decide("application.attachment", field=field, file_name=name).outcome

    assert given.is_accepted is is_accepted
    assert given.error == (None if is_accepted else "pdf_only")


@pytest.mark.rule("4/APP-16")
@each("name", ["soumission.pdf", "soumission.docx"])
def test_takes_nothing_in_the_reserved_field(name: str) -> None:
    given = decide("application.attachment", field="quote_cot", file_name=name).outcome

    assert (given.is_accepted, given.error) == (False, "reserved_field")


@pytest.mark.rule("4/APP-45", "4/APP-46")
@each(
    ("is_submitted", "button", "is_warning_shown", "result"),
    [
        (False, None, True, "ask"),
        (False, "ok", True, "back_to_form"),
        (False, "cancel", True, "closed"),
        (True, None, False, "closed"),
        (True, "ok", False, "closed"),
        (True, "cancel", False, "closed"),
    ],
)
def test_reminds_of_an_application_that_is_not_submitted(
    is_submitted: bool, button: str | None, is_warning_shown: bool, result: str
) -> None:
    given = decide("application.close", is_submitted=is_submitted, button=button).outcome

    assert (given.is_warning_shown, given.result) == (is_warning_shown, result)


@pytest.mark.rule("4/APP-30")
@each(
    ("children", "listed", "is_complete", "on_form", "beyond", "strictly"),
    [
        (0, 0, True, 0, 0, 0),
        (3, 0, True, 3, 0, 0),
        (4, 0, True, 4, 0, 0),
        (5, 0, False, 4, 1, 0),
        (5, 1, True, 4, 1, 1),
        (6, 1, False, 4, 2, 1),
        (6, 2, True, 4, 2, 2),
        (6, 6, True, 4, 2, 2),
        (2, 1, True, 2, 0, 0),
    ],
)
def test_lists_the_children_the_form_has_no_row_for(
    children: int, listed: int, is_complete: bool, on_form: int, beyond: int, strictly: int
) -> None:
    facts: dict[str, Any] = {"children_count": children, "listed_in_remarks_count": listed}

    given = decide("application.children", facts).outcome
    strict = decide(
        "application.children",
        facts,
        settings={"application.children_beyond_the_form": "only_those_listed"},
    ).outcome

    assert (given.is_complete, given.form_row_count) == (is_complete, on_form)
    assert (given.additional_page_row_count, strict.additional_page_row_count) == (
        beyond,
        strictly,
    )
