"""What may be signed, printed and submitted, and who reads it when: one thing wrong at a time, beside
the same act with everything right."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse

from avenant.applications.actions import send_section as sections
from avenant.applications.actions.receive_application import (
    enter_application,
    return_application,
)
from avenant.applications.actions.resume_application import resume_application
from avenant.applications.actions.save_answers import (
    change_rows,
    save_answers,
    save_application,
)
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.models import Application
from avenant.demo.dossiers import ADVISOR_IP, ApplicationStory
from avenant.documents.actions.create_pdf import create_pdf
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import SealedDocument
from avenant.errors import RuleError
from avenant.live.actions.launch_call import launch_call
from avenant.live.models import Call
from avenant.signatures.actions.request_signature import (
    cancel_signature_request,
    request_signature,
)
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast, browser_of
from tests.trust.doings import asked, attach, filled, sent_section


@pytest.fixture
def ready(cast: Cast) -> ApplicationStory:
    """Signed, its PDF created and sealed."""
    story = ApplicationStory(cast.advisor).until_signed()
    produce_document(story.create_pdf().pk)
    return story


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "superseded": (lambda: SealedDocument.objects.update(is_superseded=True), "stale_pdf"),
    "not sealed yet": (lambda: SealedDocument.objects.update(state="pending"), "pdf_not_ready"),
    "a draft again": (lambda: Application.objects.update(state="draft"), "stale_pdf"),
    "blocked": (lambda: Application.objects.update(state="blocked_guarantee"), "stale_pdf"),
    "of another number": (lambda: SealedDocument.objects.update(number="CB99999999"), "stale_pdf"),
}


@pytest.mark.rule("4/APP-40")
@pytest.mark.parametrize(("spoil", "code"), WRONG.values(), ids=WRONG.keys())
def test_it_submits_no_pdf_but_the_sealed_one_of_now(
    ready: ApplicationStory, spoil: Callable[[], object], code: str
) -> None:
    spoil()

    with pytest.raises(RuleError, match=code):
        submit_application(ready.application, ip=ADVISOR_IP, by=ready.advisor)

    assert not SealedDocument.objects.filter(stage="submitted").exists()


@pytest.mark.rule("4/APP-40")
@pytest.mark.parametrize(("days", "is_taken"), [(0, True), (-1, False)])
def test_it_submits_until_the_last_day_of_the_licence(
    ready: ApplicationStory, days: int, is_taken: bool
) -> None:
    from avenant.clock import today

    affiliation = ready.advisor.affiliation
    affiliation.licence_ends_on = today("croix_bleue") + dt.timedelta(days=days)
    affiliation.save()

    browser_of(ready.advisor).post(reverse("submit_application", args=[ready.application.pk]))

    ready.application.refresh_from_db()
    assert ready.application.is_submitted == is_taken


@pytest.mark.promise("G3")
def test_it_keeps_the_created_pdf_to_its_advisor_until_the_submitted_one_is_there(
    cast: Cast, ready: ApplicationStory
) -> None:
    ready.submit()
    application = ready.application
    url = reverse("document", args=[application.pk, application.number])
    readers = (cast.mga, cast.firm_manager, cast.contract_administration, cast.underwriter)

    assert browser_of(cast.advisor).get(url).status_code == 200
    assert [browser_of(one).get(url).status_code for one in readers] == [404] * 4

    produce_document(application.documents.get(stage="submitted").pk)

    assert [browser_of(one).get(url).status_code for one in readers] == [200] * 4
    elsewhere = reverse("document", args=[application.pk, "CB00000000"])
    assert browser_of(cast.advisor).get(elsewhere).status_code == 404


@pytest.mark.promise("G3")
def test_it_shows_drafts_to_their_advisor_alone(cast: Cast, ready: ApplicationStory) -> None:
    application = ready.application
    urls = [
        reverse("document", args=[application.pk, application.number]),
        reverse("attachment", args=[application.pk, application.attachments.get().pk]),
    ]
    others = (cast.mga, cast.firm_manager, cast.contract_administration, cast.other_advisor)

    for url in urls:
        assert browser_of(cast.advisor).get(url).status_code == 200
        assert [browser_of(one).get(url).status_code for one in others] == [404] * 4


@pytest.mark.rule("4/COS-19")
@pytest.mark.parametrize("how", ["resumed", "closed"])
def test_it_leaves_nothing_standing_that_was_confirmed_in_another_call(
    ready: ApplicationStory, how: str
) -> None:
    application = ready.application
    ready.close()
    if how == "closed":
        # Closing alone takes back what waits, not what stands.
        assert application.snapshots.filter(state="confirmed").exists()
    call = launch_call(ready.advisor, ip=ADVISOR_IP, user_agent="x")
    resume_application(application, call, by=ready.advisor)

    application.refresh_from_db()
    assert application.state == "draft"
    assert set(application.documents.values_list("is_superseded", flat=True)) == {True}
    assert set(application.signatures.values_list("state", flat=True)) == {"void"}
    assert not application.snapshots.filter(state__in=["confirmed", "sent"]).exists()
    assert application.attachments.get().state == "uploaded"
    assert "confirmed" not in application.sections.values_list("state", flat=True)


def test_it_resumes_nothing_twice_nor_over_another_form(cast: Cast) -> None:
    story = filled(cast)
    story.close()
    call = launch_call(cast.advisor, ip=ADVISOR_IP, user_agent="x")
    resume_application(story.application, call, by=cast.advisor)
    sequence = Call.objects.get(pk=call.pk).sequence
    resume_application(story.application, call, by=cast.advisor)
    assert Call.objects.get(pk=call.pk).sequence == sequence

    other = ApplicationStory(cast.other_advisor).open()
    for spoil, code in (
        (lambda: None, "refused_step"),
        (lambda: Call.objects.filter(pk=call.pk).update(state="closed"), "call_closed"),
        (lambda: Application.objects.update(expires_on=dt.date(2020, 1, 1)), "expired"),
        (lambda: Application.objects.update(state="submitted"), "application_locked"),
    ):
        spoil()
        with pytest.raises(RuleError, match=code):
            resume_application(other.application, call, by=cast.other_advisor)


@pytest.mark.rule("4/APP-06")
def test_it_changes_nothing_of_a_submitted_file(cast: Cast, ready: ApplicationStory) -> None:
    ready.submit()
    application = ready.application
    acts: list[Callable[[], object]] = [
        lambda: save_answers(application.pk, {"first_name": "Z"}, by=cast.advisor),
        lambda: change_rows(application, "beneficiaries", add=True, by=cast.advisor),
        lambda: save_application(application, by=cast.advisor),
        lambda: attach(ready),
        lambda: create_pdf(application, by=cast.advisor),
        lambda: sections.modify_section(application, ready.call, "insured", by=cast.advisor),
    ]

    for act in acts:
        with pytest.raises(RuleError, match="application_locked"):
            act()
    assert application.documents.count() == 2


@pytest.mark.rule("4/COS-20")
def test_it_sends_no_section_that_is_not_filled_not_the_clients_or_to_nobody(cast: Cast) -> None:
    story = filled(cast)
    with pytest.raises(RuleError, match="refused_step"):
        sections.send_section(story.application, story.call, "representative", by=cast.advisor)
    Call.objects.update(client_seen_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(RuleError, match="no_client"):
        sections.send_section(story.application, story.call, "insured", by=cast.advisor)
    Call.objects.update(client_seen_at=dt.datetime.now(dt.UTC))
    story.application.answers.filter(question="first_name").delete()
    with pytest.raises(RuleError, match="missing_fields"):
        sent_section(story)
    assert not story.application.snapshots.exists()


@pytest.mark.rule("4/COS-08")
def test_it_locks_a_section_that_the_client_reads(cast: Cast) -> None:
    story = filled(cast)
    sent = sent_section(story)
    for state in ("sent", "confirmed"):
        story.application.sections.filter(key="insured").update(state=state)
        with pytest.raises(RuleError, match="section_locked"):
            save_answers(story.application.pk, {"first_name": "Z"}, by=cast.advisor)
    assert sent.state == "sent"


@pytest.mark.rule("4/SIG-03")
def test_it_asks_for_a_signature_of_what_is_confirmed_and_once(cast: Cast) -> None:
    story = filled(cast)
    with pytest.raises(RuleError, match="sections_not_confirmed"):
        asked(story)
    story.agree_illustration().confirm_all()
    story.application.attachments.update(state="opened")
    with pytest.raises(RuleError, match="sections_not_confirmed"):
        asked(story)
    story.application.attachments.update(state="agreed")
    with pytest.raises(RuleError, match="city_required"):
        request_signature(story.application, story.call, signer="main_insured", city=" ",
                          province="QC", by=cast.advisor)  # fmt: skip
    first = asked(story)
    second = asked(story)
    first.refresh_from_db()
    assert (first.state, first.void_reason, second.state) == ("void", "asked_again", "requested")
    SignatureRequest.objects.filter(pk=second.pk).update(state="signed")
    assert asked(story).pk == second.pk
    for state in ("signed", "void"):
        SignatureRequest.objects.filter(pk=second.pk).update(state=state)
        with pytest.raises(RuleError, match="refused_step"):
            cancel_signature_request(second, by=cast.advisor)


@pytest.mark.rule("4/APP-44")
def test_it_enters_and_returns_what_is_submitted_alone(cast: Cast) -> None:
    story = filled(cast)
    by = cast.contract_administration
    for state in ("draft", "pdf_ready", "entered", "returned", "blocked_plan_express"):
        Application.objects.update(state=state)
        with pytest.raises(RuleError):
            enter_application(story.application, by=by)
        with pytest.raises(RuleError):
            return_application(story.application, reason="non", by=by)
    assert Application.objects.get().state == "blocked_plan_express"


@pytest.mark.rule("4/APP-02")
def test_it_opens_one_form_in_an_open_call(cast: Cast) -> None:
    from avenant.applications.actions.open_application import open_application

    story = ApplicationStory(cast.advisor).open()
    with pytest.raises(RuleError, match="refused_step"):
        open_application(story.call, by=cast.advisor)
    story.close()
    with pytest.raises(RuleError, match="call_closed"):
        open_application(story.call, by=cast.advisor)
    assert Application.objects.count() == 1
