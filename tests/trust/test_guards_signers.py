"""Who signs: the holder of the account too, and no minor (E2, E3; 4/SIG-13, PAY-02)."""

import datetime as dt

import pytest
from django.urls import reverse

from avenant.applications.actions.save_answers import save_answers
from avenant.applications.models import Answer, Application
from avenant.applications.standing import Standing
from avenant.clock import today
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.assembly import assemble
from avenant.documents.models import SealedDocument
from avenant.errors import RuleError
from avenant.signatures.actions.request_signature import request_signature
from tests.support.cast import Cast, browser_of
from tests.trust.doings import confirmed

OTHER = {"holder_is_client": "no", "holder_name": "Rose Gagnon", "holder_relationship": "mère"}


def save(story: ApplicationStory, **answers: object) -> dict[str, object]:
    return save_answers(story.application.pk, answers, by=story.advisor).problems  # type: ignore[return-value]


def born(years: int, *, days: int = 0) -> str:
    day = today("croix_bleue")
    return (day.replace(year=day.year - years) + dt.timedelta(days=days)).isoformat()


def ask(story: ApplicationStory, signer: str) -> None:
    story.stay()
    request_signature(
        story.application, story.call, signer=signer, city="Laval", province="QC", by=story.advisor
    )


@pytest.mark.rule("4/PAY-02")
@pytest.mark.rule("4/SIG-13")
def test_it_asks_the_holder_of_the_account_to_sign_too(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill()
    save(story, **OTHER)
    story.join().agree_illustration().confirm_all().sign()
    assert Standing(story.application).gate.outcome.missing == {"signature"}

    story.sign(signer="account_holder")

    story.create_pdf()
    printed = assemble(SealedDocument.objects.get())
    assert [(one.role, one.name) for one in printed.signatures] == [
        ("main_insured", story.application.insured_name),
        ("payor", "Rose Gagnon"),
    ]


@pytest.mark.rule("4/SIG-13")
def test_it_shows_who_signs_and_as_what(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill()
    save(story, **OTHER)

    page = browser_of(cast.advisor).get(
        reverse("application", args=[story.application.pk]), {"section": "signature"}
    )

    assert [(one["name"], str(one["role"])) for one in page.context["signers"]] == [
        (story.application.insured_name, "assuré principal"),
        ("Rose Gagnon", "titulaire du compte"),
    ]


@pytest.mark.rule("4/SIG-13")
@pytest.mark.parametrize("signer", ["spouse", "account_holder", "policyholder"])
def test_it_asks_nobody_who_does_not_sign(cast: Cast, signer: str) -> None:
    with pytest.raises(RuleError, match="refused_step"):
        ask(confirmed(cast), signer)


@pytest.mark.rule("4/SIG-13")
@pytest.mark.parametrize(
    ("years", "days", "is_kept"), [(18, 0, True), (18, 1, False), (6, 0, False)]
)
def test_it_takes_no_birth_date_of_a_minor(
    cast: Cast, years: int, days: int, is_kept: bool
) -> None:
    story = ApplicationStory(cast.advisor).open()

    problems = save(story, birth_date=born(years, days=days), first_name="Zoé")

    assert ("birth_date" in problems) != is_kept
    assert Answer.objects.filter(question="birth_date").exists() == is_kept
    assert Answer.objects.filter(question="first_name").exists()


@pytest.mark.rule("4/SIG-13")
def test_it_says_at_the_birth_date_why_and_what_it_means(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()

    answer = browser_of(cast.advisor).post(
        reverse("save_answers", args=[story.application.pk]), {"birth_date": "2020-01-01"}
    )

    assert answer.status_code == 422
    assert "au moins 18 ans" in answer.content.decode()


@pytest.mark.rule("4/SIG-13")
def test_it_takes_a_young_spouse_who_is_not_insured_and_no_other(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    save(story, has_spouse="yes", is_spouse_insured="no")
    assert not save(story, spouse_birth_date=born(17))

    assert "is_spouse_insured" in save(story, is_spouse_insured="yes")
    assert not save(story, spouse_birth_date=born(30), is_spouse_insured="yes")
    assert "spouse_birth_date" in save(story, spouse_birth_date=born(16))


@pytest.mark.rule("4/SIG-13")
def test_it_asks_no_minor_to_sign(cast: Cast) -> None:
    """One that was typed before this was looked at."""
    story = confirmed(cast)
    answer = Answer.objects.get(question="birth_date")
    answer.value = born(17)
    answer.save()

    with pytest.raises(RuleError, match="signer_is_minor"):
        ask(story, "main_insured")

    assert not Application.objects.get().signatures.exists()
