"""What the carrier returns is corrected in a draft of its own (E7; 4/APP-48)."""

import datetime as dt

import pytest
from django.urls import reverse

from avenant.accounts import views
from avenant.applications.actions.correct_application import correct_application
from avenant.applications.actions.receive_application import return_application
from avenant.applications.content import answers_of
from avenant.applications.models import Application
from avenant.applications.queries import to_correct
from avenant.clock import today
from avenant.demo.dossiers import ApplicationStory
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.models import Call
from tests.support.cast import Cast, browser_of
from tests.trust.doings import returned, submitted

pytestmark = pytest.mark.rule("4/APP-48")


def home(cast: Cast) -> str:
    return browser_of(cast.advisor).get(reverse("home")).content.decode()


def test_it_opens_a_draft_with_the_answers_and_nothing_that_was_confirmed(cast: Cast) -> None:
    original = returned(cast)

    draft = correct_application(original, by=cast.advisor)

    assert draft.corrects == original
    assert answers_of(draft) == answers_of(original)
    assert (draft.state, draft.number, draft.insured_name) == ("draft", "", original.insured_name)
    assert draft.expires_on == today("croix_bleue") + dt.timedelta(days=15)
    assert not draft.snapshots.exists()
    assert not draft.signatures.exists()
    assert not draft.attachments.exists()
    assert set(draft.sections.values_list("state", flat=True)) <= {"filled", "not_applicable"}


def test_it_leaves_what_was_submitted_as_it_was(cast: Cast) -> None:
    original = returned(cast)
    before = (original.state, original.number, original.documents.count(), answers_of(original))

    draft = correct_application(original, by=cast.advisor)
    draft.answers.all().delete()

    after = Application.objects.get(pk=original.pk)
    assert (after.state, after.number, after.documents.count(), answers_of(after)) == before
    assert Event.objects.get(kind="correction_opened").facts["draft"] == str(draft.pk)


def test_it_opens_one_draft_however_often_it_is_asked_for(cast: Cast) -> None:
    original = returned(cast)
    first = correct_application(original, by=cast.advisor)

    assert correct_application(original, by=cast.advisor) == first
    assert Event.objects.filter(kind="correction_opened").count() == 1


def test_it_opens_another_when_the_first_is_not_kept_any_more(cast: Cast) -> None:
    original = returned(cast)
    first = correct_application(original, by=cast.advisor)
    Application.objects.filter(pk=first.pk).update(expires_on=dt.date(2020, 1, 1))

    assert correct_application(original, by=cast.advisor) != first


def test_it_corrects_nothing_that_was_not_returned(cast: Cast) -> None:
    application = submitted(cast)

    with pytest.raises(RuleError, match="not_returned"):
        correct_application(application, by=cast.advisor)

    answer = browser_of(cast.advisor).post(
        reverse("correct_application", args=[application.pk]), follow=True
    )
    assert "rien à corriger" in answer.content.decode()


def test_it_corrects_nothing_twice(cast: Cast) -> None:
    original = returned(cast)
    draft = correct_application(original, by=cast.advisor)
    Application.objects.filter(pk=draft.pk).update(state="submitted", number="NSG9999")

    with pytest.raises(RuleError, match="already_corrected"):
        correct_application(original, by=cast.advisor)

    Application.objects.filter(pk=draft.pk).update(state="abandoned")
    assert correct_application(original, by=cast.advisor).pk != draft.pk


def test_it_counts_all_that_was_returned_and_names_the_last(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_TOLD", 1)
    for _ in range(2):
        original = returned(cast)
        Call.objects.update(state="closed")

    shown = home(cast)

    assert "2 propositions vous sont retournées" in shown
    assert shown.count("/transmises/") - shown.count('"/transmises/"') == 1
    assert reverse("submitted_application", args=[original.pk]) in shown


def test_it_goes_from_the_first_page_to_the_draft_and_says_why(cast: Cast) -> None:
    original = returned(cast)
    browser = browser_of(cast.advisor)
    file = reverse("submitted_application", args=[original.pk])
    assert "1 proposition vous est retournée" in home(cast)
    assert file in home(cast)
    assert "Corriger" in browser.get(file).content.decode()

    draft = browser.post(reverse("correct_application", args=[original.pk]), follow=True)

    shown = draft.content.decode()
    assert f"Correction de la proposition {original.number}" in shown
    assert "incomplet" in shown
    assert "Poursuivre la correction" in browser.get(file).content.decode()
    assert file in home(cast)  # until the correction is submitted


def test_it_asks_for_no_correction_that_is_submitted(cast: Cast) -> None:
    original = returned(cast)
    draft = correct_application(original, by=cast.advisor)
    assert list(to_correct(cast.advisor)) == [original]

    Application.objects.filter(pk=draft.pk).update(state="submitted", number="NSG9999")

    assert not to_correct(cast.advisor).exists()
    shown = browser_of(cast.advisor).get(reverse("submitted_application", args=[original.pk]))
    assert "La correction est transmise" in shown.content.decode()


def test_it_tells_nobody_else_of_what_was_returned(cast: Cast) -> None:
    other = ApplicationStory(cast.other_advisor).until_submitted().application
    return_application(other, reason="incomplet", by=cast.contract_administration)

    assert not to_correct(cast.advisor).exists()
    assert not to_correct(cast.contract_administration).exists()
    page = browser_of(cast.firm_manager).get(reverse("submitted_application", args=[other.pk]))
    assert page.status_code == 404
