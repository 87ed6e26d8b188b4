"""The pages of an application, one by one: who may open each and how, and what each finds."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from avenant.applications.actions.send_section import send_section
from avenant.applications.files import attachment_response, pdf_response
from avenant.applications.forms import IllustrationForm
from avenant.applications.models import Application, Attachment
from avenant.applications.page import product_of
from avenant.demo.dossiers import ApplicationStory
from avenant.live.actions.launch_call import launch_call
from avenant.live.models import Call
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.doings import filled, put_with

PK: dict[str, Any] = {"pk": uuid.UUID(int=1)}
SECTION = PK | {"key": "insured", "act": "envoyer"}


@dataclass(frozen=True)
class Page:
    """A page, and what the person whose it is gets for an application that is not there."""

    name: str
    kwargs: dict[str, Any]
    method: str
    wrong_method: str
    by: str = "advisor"
    refused: str = "claims"  # somebody who signs in, and may not; nobody where everybody may ask
    gets: int = 404


POSTED = ("post", "get")
PAGES = (
    Page("drafts", {}, "get", "delete", gets=200),
    Page("open_application", {}, *POSTED),
    Page("application", PK, "get", "post"),
    Page("application_state", PK, "get", "post"),
    *(
        Page(name, PK, *POSTED)
        for name in (
            "resume_application", "save_answers", "change_rows", "save_application",
            "close_application", "create_pdf", "submit_application", "upload_file",
            "send_illustration",
        )
    ),
    Page("section_act", SECTION, *POSTED),
    Page("attachment", PK | {"file": 1}, "get", "post", refused=""),
    Page("document", PK | {"number": "CB1"}, "get", "post", refused=""),
    Page("submitted_applications", {}, "get", "delete", by="underwriter", gets=200),
    Page("submitted_application", PK, "get", "post", by="underwriter"),
    Page("read_numbers", PK, *POSTED, by="contract_administration", refused="underwriter"),
    Page("receive_application", PK, *POSTED, by="contract_administration", refused="underwriter"),
)  # fmt: skip


@pytest.mark.promise("G3")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_it_opens_to_whose_page_it_is_in_the_one_way(cast: Cast, page: Page) -> None:
    url = reverse(page.name, kwargs=page.kwargs)

    def answer(browser: Client, method: str) -> int:
        return int(getattr(browser, method)(url).status_code)

    nobody = getattr(Client(), page.method)(url)
    rightful = browser_of(getattr(cast, page.by))

    assert nobody.status_code == 302
    assert nobody["Location"].startswith(reverse("account_login"))
    assert answer(rightful, page.method) == page.gets
    assert answer(rightful, page.wrong_method) == 405
    if page.refused:
        assert answer(browser_of(getattr(cast, page.refused)), page.method) == 403


@pytest.mark.promise("G3")
@pytest.mark.parametrize(
    ("name", "method", "wrong_method", "status"),
    [
        ("agree_section", "post", "get", 302),
        ("agree_illustration", "post", "get", 302),
        ("client_illustration", "get", "post", 404),
        ("client_document", "get", "post", 404),
    ],
)
def test_it_gives_a_window_nothing_before_there_is_an_application(
    cast: Cast, name: str, method: str, wrong_method: str, status: int
) -> None:
    story = ApplicationStory(cast.advisor)
    story.call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    story.join()

    for browser in (Client(raise_request_exception=False), window_of_client(story)):
        answer = getattr(browser, method)(reverse(name))
        assert answer.status_code == status
        if status == 302:
            assert answer["Location"] == reverse("join_call")
        assert getattr(browser, wrong_method)(reverse(name)).status_code == 405


@pytest.fixture
def blank(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open()


def post(story: ApplicationStory, name: str, fields: dict[str, Any], **kwargs: Any) -> Any:
    url = reverse(name, kwargs={"pk": story.application.pk} | kwargs)
    return browser_of(story.advisor).post(url, fields)


def test_it_gives_the_client_no_file_that_is_not_there(blank: ApplicationStory) -> None:
    window = window_of_client(blank.join())

    for name in ("client_illustration", "client_document"):
        assert window.get(reverse(name)).status_code == 404


@pytest.mark.rule("4/COS-10")
@pytest.mark.parametrize("change", [{"state": "replaced"}, {"kind": "additional"}, {"call": None}])
def test_it_finds_no_illustration_to_agree_to_but_the_one_that_was_sent(
    blank: ApplicationStory, change: dict[str, Any]
) -> None:
    put_with(blank.join())
    sent = Attachment.objects.get()
    Attachment.objects.update(**({"state": "opened", "call": blank.call} | change))

    answer = window_of_client(blank).post(reverse("agree_illustration"), {"attachment": sent.pk})

    assert answer.status_code == 404


@pytest.mark.rule("4/APP-16")
def test_it_takes_no_file_of_another_kind_nor_none_at_all(blank: ApplicationStory) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
    assert post(blank, "upload_file", {"kind": "cot", "file": file}).status_code == 404

    for kind in ("quote", "additional"):
        answer = post(blank, "upload_file", {"kind": kind})
        assert answer.status_code == 422
        assert "Choisissez" in answer.content.decode()


def test_it_sends_nothing_while_no_call_is_open(blank: ApplicationStory) -> None:
    put_with(blank)
    blank.close()

    sent = post(blank, "send_illustration", {})
    moved = [post(blank, "section_act", {}, key="insured", act=a) for a in ("envoyer", "annuler")]

    assert [one.status_code for one in (sent, *moved)] == [302] * 3
    assert Attachment.objects.get().state == "uploaded"


def test_it_knows_no_other_act_and_no_other_section(blank: ApplicationStory) -> None:
    assert post(blank, "section_act", {}, key="insured", act="effacer").status_code == 404
    assert post(blank, "section_act", {}, key="nothing", act="envoyer").status_code == 404


def test_it_opens_a_form_in_the_call_of_the_page_alone(cast: Cast) -> None:
    browser, url = browser_of(cast.advisor), reverse("open_application")
    assert browser.post(url, {"call": "None"}).status_code == 404
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    assert browser.post(url, {"call": str(uuid.uuid4())}).status_code == 404
    assert not Application.objects.exists()
    assert browser.post(url, {"call": str(call.pk)}).status_code == 302


def test_it_asks_before_it_closes_a_call_with_another_form(blank: ApplicationStory) -> None:
    blank.close()
    other = ApplicationStory(blank.advisor).open()

    asked = post(blank, "resume_application", {})
    assert asked.status_code == 409
    assert Call.objects.get(pk=other.call.pk).is_open

    assert post(blank, "resume_application", {"existing": "close"}).status_code == 302
    assert not Call.objects.get(pk=other.call.pk).is_open
    assert blank.application.calls.filter(state="open").count() == 1


def test_it_shows_a_submitted_application_as_its_file(blank: ApplicationStory) -> None:
    Application.objects.update(state="submitted")
    browser, args = browser_of(blank.advisor), [blank.application.pk]
    file = reverse("submitted_application", args=args)

    page = browser.get(reverse("application", args=args))
    state = browser.get(reverse("application_state", args=args))

    assert (page.status_code, page["Location"]) == (302, file)
    assert (state.status_code, state["HX-Redirect"]) == (204, file)


def test_it_says_whether_the_fields_and_the_step_on_the_page_are_old(cast: Cast) -> None:
    story = filled(cast)
    url = reverse("application_state", args=[story.application.pk])
    sequence = str(story.application.answers_sequence)
    now = {"held": "0", "answers": sequence, "section": "insured"}

    def asked(**fields: str) -> tuple[bool, bool]:
        context = browser_of(cast.advisor).get(url, now | fields).context
        return context["are_fields_stale"], context["is_step_stale"]

    assert asked() == (False, False)
    assert asked(answers="0") == (True, False)
    assert asked(step="x") == (False, True)
    story.stay()
    send_section(story.application, story.call, "insured", by=cast.advisor)
    assert asked() == (True, False)
    assert asked(held="1") == (False, False)


def test_it_takes_the_fields_of_the_page_for_no_questions(blank: ApplicationStory) -> None:
    fields = {"csrfmiddlewaretoken": "x", "section": "insured", "first_name": "Zoé"}

    answer = post(blank, "save_answers", fields)

    assert answer.status_code == 200
    assert not answer.context["are_fields_stale"]
    shown = post(blank, "save_answers", {"has_spouse": "yes"})
    assert shown.context["are_fields_stale"]


def test_it_hands_out_pdfs_that_no_browser_keeps_or_takes_for_something_else(
    blank: ApplicationStory,
) -> None:
    put_with(blank)
    attachment = Attachment.objects.get()

    for answer in (attachment_response(attachment), pdf_response(attachment.file, "a.pdf")):
        assert answer["Content-Disposition"].startswith("inline; filename=")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.promise("G25")
def test_it_asks_for_a_guarantee_unless_something_else_is_wrong(blank: ApplicationStory) -> None:
    product = product_of(blank.application)
    name = f"guarantee_{product.guarantees[0].id}"

    def errors(amount: str) -> set[str]:
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
        form = IllustrationForm({name: amount}, {"file": file}, product=product, language="fr")
        return set(form.errors)

    assert errors("") == {"__all__"}
    assert errors("beaucoup") == {name}
    assert errors("100") == set()


def test_it_takes_no_decision_that_is_none(cast: Cast, blank: ApplicationStory) -> None:
    Application.objects.update(state="submitted")
    url = reverse("receive_application", args=[blank.application.pk])
    browser = browser_of(cast.contract_administration)

    for fields in ({}, {"decision": "burn"}, {"decision": "return", "reason": ""}):
        assert browser.post(url, fields).status_code == 422

    assert Application.objects.get().state == "submitted"
