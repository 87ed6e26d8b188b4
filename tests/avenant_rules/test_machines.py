"""The transition tables: what may follow what, and what is refused with which code."""

import pytest

from avenant_rules.errors import StepRefused
from avenant_rules.machines import faults_of, machine, machine_names, step
from tests.support.cases import each


@each("name", machine_names())
def test_has_no_fault(name: str) -> None:
    assert faults_of(machine(name)) == []


def test_names_the_machines() -> None:
    assert machine_names() == [
        "account",
        "application",
        "call",
        "document",
        "illustration",
        "membership",
        "payment",
        "section",
        "signature",
    ]


@pytest.mark.rule("4/COS-11")
def test_sends_a_filled_section_to_a_connected_client() -> None:
    assert step("section", "filled", "send", is_client_connected=True) == "sent"


@pytest.mark.rule("4/COS-08")
def test_refuses_to_send_a_section_without_a_client() -> None:
    with pytest.raises(StepRefused) as refused:
        step("section", "filled", "send", is_client_connected=False)

    assert refused.value.code == "no_client"


@pytest.mark.rule("4/COS-12")
def test_refuses_an_agreement_to_outdated_content() -> None:
    with pytest.raises(StepRefused) as refused:
        step("section", "sent", "agree", is_content_current=False)

    assert refused.value.code == "stale_content"


@each(
    ("state", "trigger", "code"),
    [
        ("incomplete", "send", "missing_fields"),
        ("filled", "agree", "not_sent"),
        ("confirmed", "cancel", "not_sent"),
        ("filled", "modify", "step_not_possible"),
    ],
)
def test_refuses_what_is_not_written(state: str, trigger: str, code: str) -> None:
    with pytest.raises(StepRefused) as refused:
        step("section", state, trigger)

    assert refused.value.code == code


def test_refuses_to_guess_a_fact_that_was_not_passed() -> None:
    with pytest.raises(TypeError, match="is_client_connected"):
        step("section", "filled", "send")


def test_knows_no_other_state() -> None:
    with pytest.raises(LookupError):
        step("section", "fileld", "send", is_client_connected=True)


@pytest.mark.rule("4/COS-19")
@each(
    ("name", "state", "after"),
    [
        ("section", "confirmed", "to_reconfirm"),
        ("section", "sent", "filled"),
        ("section", "filled", "filled"),
        ("signature", "signed", "void"),
        ("signature", "drawn", "void"),
        ("signature", "none", "none"),
        ("illustration", "agreed", "uploaded"),
        ("application", "pdf_ready", "draft"),
        ("application", "blocked_guarantee", "blocked_guarantee"),
    ],
)
def test_takes_back_confirmations_and_signatures_on_resume(
    name: str, state: str, after: str
) -> None:
    assert step(name, state, "resume") == after


@pytest.mark.rule("4/11.2")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("draft", "refuse_guarantee", {}, "blocked_guarantee"),
        ("blocked_guarantee", "refuse_plan_express", {}, "blocked_plan_express"),
        ("blocked_guarantee", "choose_other_product", {"is_unblocked": True}, "draft"),
        ("pdf_ready", "create_pdf", {}, "pdf_ready"),
        ("pdf_ready", "edit", {}, "draft"),
        ("submitted", "return_for_correction", {}, "returned"),
        ("draft", "delete", {}, "purged"),
        ("pdf_ready", "abandon", {}, "abandoned"),
    ],
)
def test_leads_the_application_on(
    state: str, trigger: str, facts: dict[str, bool], after: str
) -> None:
    assert step("application", state, trigger, **facts) == after


@pytest.mark.rule("4/APP-48")
@each("trigger", ["edit", "save", "delete", "abandon", "submit", "resume"])
def test_locks_a_submitted_application(trigger: str) -> None:
    with pytest.raises(StepRefused):
        step("application", "submitted", trigger)


@pytest.mark.rule("4/APP-40")
@each(
    ("facts", "code"),
    [
        ({"is_pdf_current": False, "is_licence_valid": True}, "stale_pdf"),
        ({"is_pdf_current": True, "is_licence_valid": False}, "licence_expired"),
    ],
)
def test_refuses_to_submit_a_stale_pdf_or_without_a_licence(
    facts: dict[str, bool], code: str
) -> None:
    with pytest.raises(StepRefused) as refused:
        step("application", "pdf_ready", "submit", **facts)

    assert refused.value.code == code


@pytest.mark.rule("4/COS-02")
def test_opens_one_call_at_a_time() -> None:
    with pytest.raises(StepRefused) as refused:
        step("call", "none", "launch", has_no_other_open_call=False)

    assert refused.value.code == "previous_session_found"


@pytest.mark.rule("4/11.1")
@pytest.mark.rule("4/COS-01")
@pytest.mark.rule("4/COS-03")
@pytest.mark.rule("4/COS-04")
@pytest.mark.rule("4/COS-05")
@pytest.mark.rule("4/COS-06")
@pytest.mark.rule("4/COS-23")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("none", "launch", {"has_no_other_open_call": True}, "open"),
        ("open", "join", {}, "live"),
        ("open", "wrong_code", {}, "open"),
        ("open", "expire_code", {}, "open"),
        ("open", "new_code", {}, "open"),
        ("live", "join", {"is_device_approved": True}, "live"),
        ("live", "client_lost", {}, "open"),
        ("live", "close", {}, "closed"),
        ("open", "close", {}, "closed"),
    ],
)
def test_leads_a_call_on(state: str, trigger: str, facts: dict[str, bool], after: str) -> None:
    assert step("call", state, trigger, **facts) == after


@pytest.mark.rule("4/COS-05")
def test_lets_no_second_device_in_unapproved() -> None:
    with pytest.raises(StepRefused) as refused:
        step("call", "live", "join", is_device_approved=False)

    assert refused.value.code == "device_not_approved"


@each("trigger", ["join", "close", "new_code", "resume_session"])
def test_never_reopens_a_closed_call(trigger: str) -> None:
    with pytest.raises(StepRefused):
        step("call", "closed", trigger, is_device_approved=True)


@pytest.mark.rule("4/11.4")
@pytest.mark.rule("4/COS-09")
@pytest.mark.rule("4/COS-10")
@pytest.mark.rule("4/APP-25")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("none", "upload", {"is_file_accepted": True}, "uploaded"),
        ("uploaded", "send", {"is_client_connected": True}, "sent"),
        ("sent", "open", {}, "opened"),
        ("opened", "agree", {}, "agreed"),
        ("agreed", "open", {}, "agreed"),
        ("agreed", "replace", {"is_file_accepted": True}, "uploaded"),
    ],
)
def test_leads_an_illustration_on(
    state: str, trigger: str, facts: dict[str, bool], after: str
) -> None:
    assert step("illustration", state, trigger, **facts) == after


@pytest.mark.rule("4/APP-37")
@pytest.mark.rule("4/APP-40")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("pending", "seal", {}, "sealed"),
        ("sealed", "deposit", {"is_submitted": True}, "deposited"),
        ("pending", "fail", {}, "failed"),
        ("failed", "retry", {}, "pending"),
        ("sealed", "retry", {}, "sealed"),
    ],
)
def test_leads_a_document_on(state: str, trigger: str, facts: dict[str, bool], after: str) -> None:
    assert step("document", state, trigger, **facts) == after


@each("trigger", ["fail", "seal"])
def test_takes_no_seal_off_again(trigger: str) -> None:
    with pytest.raises(StepRefused):
        step("document", "sealed", trigger)


@pytest.mark.rule("4/COS-10")
@each("state", ["uploaded", "sent"])
def test_agrees_to_no_illustration_that_was_not_opened(state: str) -> None:
    with pytest.raises(StepRefused):
        step("illustration", state, "agree")


@pytest.mark.rule("4/SIG-03")
@pytest.mark.rule("4/SIG-04")
@pytest.mark.rule("4/SIG-06")
@pytest.mark.rule("4/SIG-11")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("none", "send_to_screen", {"is_client_connected": True}, "requested"),
        ("void", "send_to_screen", {"is_client_connected": True}, "requested"),
        ("requested", "show_notices", {}, "displayed"),
        ("displayed", "show_code", {"is_on_phone": True}, "code_shown"),
        ("code_shown", "enter_wrong_code", {}, "code_shown"),
        ("code_shown", "expire", {}, "expired"),
        ("drawn", "erase_on_screen", {}, "displayed"),
        ("drawn", "erase_on_phone", {}, "pad_on_phone"),
        ("drawn", "cancel", {}, "none"),
        ("signed", "content_changed", {}, "void"),
    ],
)
def test_leads_a_signature_on(state: str, trigger: str, facts: dict[str, bool], after: str) -> None:
    assert step("signature", state, trigger, **facts) == after


@pytest.mark.rule("4/COS-17")
@pytest.mark.rule("4/APP-19")
@each(
    ("state", "trigger", "after"),
    [
        ("sent", "report_error", "filled"),
        ("sent", "client_gone", "filled"),
        ("confirmed", "hide", "not_applicable"),
        ("not_applicable", "show_complete", "filled"),
        ("not_applicable", "show_incomplete", "incomplete"),
        ("empty", "edit_complete", "filled"),
        ("filled", "edit_incomplete", "incomplete"),
    ],
)
def test_leads_a_section_on(state: str, trigger: str, after: str) -> None:
    assert step("section", state, trigger) == after


@pytest.mark.rule("4/APP-02")
@pytest.mark.rule("4/APP-06")
@pytest.mark.rule("4/APP-09")
@pytest.mark.rule("4/APP-11")
@pytest.mark.rule("4/APP-37")
@pytest.mark.rule("4/APP-44")
@pytest.mark.rule("4/APP-45")
@each(
    ("state", "trigger", "facts", "after"),
    [
        ("none", "open", {"is_call_open": True}, "draft"),
        ("pdf_ready", "save", {}, "pdf_ready"),
        ("ready", "resume", {}, "draft"),
        ("ready", "create_pdf", {}, "pdf_ready"),
        ("submitted", "enter", {}, "entered"),
        ("submitted", "close", {}, "submitted"),
        ("ready", "expire", {"is_past_retention": True}, "purged"),
    ],
)
def test_keeps_to_the_life_of_an_application(
    state: str, trigger: str, facts: dict[str, bool], after: str
) -> None:
    assert step("application", state, trigger, **facts) == after
