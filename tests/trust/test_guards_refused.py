"""What was refused does not slip back in with an illustration (E1; 4/APP-21, APP-24, APP-25)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.models import Application, Attachment
from avenant.applications.standing import Standing
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import illustration as illustration_pdf
from avenant.errors import RuleError
from tests.support.cast import Cast, browser_of
from tests.trust.doings import put_with

INCOME, ILLNESS, LIFE = (
    "monthly_income_sickness_express",
    "critical_illness_assistance",
    "life_express",
)


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """The client is there; both guarantees of Plan Express that ask for a declaration are wanted."""
    story = ApplicationStory(cast.advisor).open().join()
    save(story, product="plan_express", wants_critical_illness="yes", wants_monthly_income="yes")
    return story


def save(story: ApplicationStory, **answers: object) -> None:
    asked = {name.replace("__", "."): value for name, value in answers.items()}
    save_answers(story.application.pk, asked, by=story.advisor)


def refuse_income(story: ApplicationStory) -> None:
    save(story, express_6_2__at_work="inexact")


def agree(story: ApplicationStory) -> None:
    story.stay()
    sent = illustrations.send_illustration(story.application, story.call, by=story.advisor)
    illustrations.note_illustration_opened(sent, story.window)
    illustrations.agree_illustration(sent, story.window)


def state() -> str:
    return Application.objects.get().state


@pytest.mark.rule("4/APP-24")
@pytest.mark.parametrize("is_declined", [False, True])
def test_it_takes_no_illustration_with_a_guarantee_that_was_refused(
    story: ApplicationStory, is_declined: bool
) -> None:
    refuse_income(story)
    if is_declined:
        save(story, wants_monthly_income="no")

    with pytest.raises(RuleError, match="illustration_not_as_asked"):
        put_with(story, LIFE, INCOME)

    assert not Attachment.objects.exists()
    assert put_with(story, LIFE, ILLNESS).state == "uploaded"


@pytest.mark.rule("4/APP-24")
def test_it_goes_on_with_an_illustration_without_what_was_refused(story: ApplicationStory) -> None:
    refuse_income(story)
    save(story, wants_monthly_income="no")
    put_with(story, LIFE, ILLNESS)
    agree(story)

    assert state() == "draft"
    with pytest.raises(RuleError, match="illustration_not_as_asked"):  # nor later
        put_with(story, LIFE, INCOME)


@pytest.mark.rule("4/APP-25")
def test_it_stays_blocked_with_an_agreed_illustration_that_still_contains_it(
    story: ApplicationStory,
) -> None:
    refuse_income(story)
    put_with(story, LIFE, ILLNESS)
    Attachment.objects.update(  # as one of before this was looked at
        guarantees=[{"guarantee": INCOME, "amount": "1000.00"}]
    )
    agree(story)

    save(story, wants_monthly_income="no")

    assert state() == "blocked_guarantee"


@pytest.mark.rule("4/APP-25")
def test_it_makes_no_pdf_of_an_illustration_with_what_is_not_asked_for(
    story: ApplicationStory,
) -> None:
    put_with(story, LIFE, INCOME)
    assert "quote_content" not in Standing(story.application).gate.outcome.missing

    save(story, wants_monthly_income="no")

    assert "quote_content" in Standing(Application.objects.get()).gate.outcome.missing


@pytest.mark.rule("4/APP-24")
def test_it_says_what_the_illustration_still_contains_and_what_to_do(
    story: ApplicationStory,
) -> None:
    refuse_income(story)
    pdf = SimpleUploadedFile("soumission.pdf", illustration_pdf.demo("Client", "Programme", []))
    fields = {
        "kind": "quote",
        "file": pdf,
        f"guarantee_{INCOME}": "1 000",
        f"guarantee_{LIFE}": "5",
    }

    page = browser_of(story.advisor).post(
        reverse("upload_file", args=[story.application.pk]), fields
    )

    said = page.content.decode()
    assert page.status_code == 422
    assert "contient encore la garantie Rente mensuelle en cas de maladie" in said
    assert "Joignez une soumission sans cela" in said
    assert 'value="1 000"' in said.replace("\u202f", " ").replace("\u00a0", " ")
