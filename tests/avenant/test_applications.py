"""The application between its actions: what is kept, what falls, what is refused."""

import datetime as dt
import tomllib

import pytest
from django.db import connection

from avenant.accounts.models import User
from avenant.applications.actions.purge_drafts import purge_drafts
from avenant.applications.actions.resume_application import resume_application
from avenant.applications.actions.save_answers import save_answers, save_application
from avenant.applications.actions.send_section import (
    cancel_section,
    confirm_section,
    modify_section,
    object_to_section,
    send_section,
)
from avenant.applications.actions.submit_application import submit_application
from avenant.applications.models import Answer, Application, SectionState
from avenant.applications.queries import drafts_of
from avenant.applications.standing import Standing
from avenant.demo.actions.move_clock import move_clock
from avenant.demo.dossiers import ANSWERS, ApplicationStory
from avenant.demo.models import DemoClock
from avenant.documents.actions.produce_document import produce_document
from avenant.documents.models import VaultFile
from avenant.errors import RuleError
from avenant.history.chain import check_history
from avenant.live.actions.launch_call import close_call, launch_call
from tests.support.cast import Cast


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).open().fill()


def state(story: ApplicationStory, key: str = "insured") -> str:
    return story.application.sections.get(key=key).state


@pytest.mark.promise("G15")
def test_it_keeps_no_answer_in_clear(story: ApplicationStory) -> None:
    known = tomllib.loads(ANSWERS.read_text("utf-8"))
    telling = [str(known[key]).encode() for key in ("sin", "employer", "income_current", "address")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text, secret FROM applications_answer t")
        rows = cursor.fetchall()

    assert len(rows) > 50
    for text, secret in rows:
        assert not any(value in text.encode() + bytes(secret) for value in telling)
    kept = {answer.question: answer.value for answer in Answer.objects.all()}
    assert (kept["sin"], kept["income_current"]) == (known["sin"], known["income_current"])


@pytest.mark.rule("4/COS-08")
def test_it_refuses_to_send_a_section_to_nobody(story: ApplicationStory) -> None:
    with pytest.raises(RuleError, match="no_client"):
        send_section(story.application, story.call, "insured", by=story.advisor)

    assert state(story) == SectionState.FILLED


@pytest.mark.rule("4/COS-11")
def test_it_names_what_is_missing_and_sends_nothing(story: ApplicationStory) -> None:
    story.join()
    save_answers(story.application.pk, {"city": ""}, by=story.advisor)

    with pytest.raises(RuleError, match="missing_fields") as refusal:
        send_section(story.application, story.call, "insured", by=story.advisor)

    assert list(refusal.value.details) == ["city"]
    assert state(story) == SectionState.INCOMPLETE


@pytest.mark.rule("4/COS-20")
def test_it_never_sends_the_representatives_section(story: ApplicationStory) -> None:
    story.join()

    with pytest.raises(RuleError, match="refused_step"):
        send_section(story.application, story.call, "representative", by=story.advisor)


@pytest.mark.rule("4/COS-12")
def test_it_refuses_an_agreement_to_another_text(story: ApplicationStory) -> None:
    story.join()
    sent = send_section(story.application, story.call, "insured", by=story.advisor)

    with pytest.raises(RuleError, match="stale_content"):
        confirm_section(sent, story.window, content_hash="0" * 64)

    assert state(story) == SectionState.SENT


@pytest.mark.rule("4/COS-15")
def test_it_refuses_an_agreement_to_what_was_taken_back(story: ApplicationStory) -> None:
    story.join()
    sent = send_section(story.application, story.call, "insured", by=story.advisor)
    cancel_section(story.application, story.call, "insured", by=story.advisor)

    with pytest.raises(RuleError, match="not_sent"):
        confirm_section(sent, story.window, content_hash=sent.content_hash)

    assert state(story) == SectionState.FILLED


@pytest.mark.rule("4/COS-17")
def test_it_gives_a_contested_section_back_with_the_comment(story: ApplicationStory) -> None:
    story.join()
    sent = send_section(story.application, story.call, "insured", by=story.advisor)

    contested = object_to_section(sent, story.window, comment="  La ville est Laval. ")

    assert (contested.state, contested.comment) == ("objected", "La ville est Laval.")
    assert state(story) == SectionState.FILLED


@pytest.mark.rule("4/COS-13")
def test_it_refuses_a_change_while_the_client_reads(story: ApplicationStory) -> None:
    story.join()
    send_section(story.application, story.call, "insured", by=story.advisor)

    with pytest.raises(RuleError, match="section_locked"):
        save_answers(story.application.pk, {"city": "Laval"}, by=story.advisor)

    assert story.application.answers.get(question="city").value == "Rimouski"


@pytest.mark.rule("4/COS-16")
@pytest.mark.rule("4/SIG-16")
def test_it_voids_signature_and_pdf_when_a_confirmed_section_is_reopened(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()

    modify_section(story.application, story.call, "insured", by=story.advisor)

    story.application.refresh_from_db()
    document.refresh_from_db()
    assert story.application.signatures.get().state == "void"
    assert document.is_superseded
    assert story.application.state == "draft"


@pytest.mark.rule("4/APP-28")
def test_it_keeps_the_signature_when_the_representatives_section_changes(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()

    save_answers(story.application.pk, {"remarks": "À suivre."}, by=story.advisor)

    story.application.refresh_from_db()
    document.refresh_from_db()
    assert story.application.signatures.get().state == "signed"
    assert document.is_superseded


@pytest.mark.rule("4/COS-19")
def test_it_voids_every_confirmation_when_resumed_in_another_call(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    close_call(story.call, by=story.advisor)
    call = launch_call(story.advisor, ip="198.51.100.7", user_agent="x")

    resume_application(story.application, call, by=story.advisor)

    states = set(
        story.application.sections.exclude(key="representative").values_list("state", flat=True)
    )
    assert states <= {SectionState.TO_RECONFIRM, SectionState.NOT_APPLICABLE}
    assert story.application.signatures.get().state == "void"
    assert story.application.attachments.get().state == "uploaded"
    assert "client_confirmation" in Standing(story.application).gate.outcome.missing


@pytest.mark.rule("4/APP-21")
@pytest.mark.rule("4/APP-25")
def test_it_blocks_until_another_product_and_a_new_agreed_illustration(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    save_answers(story.application.pk, {"express_6_3.cancer": "inexact"}, by=story.advisor)
    story.application.refresh_from_db()
    assert story.application.state == "blocked_plan_express"

    save_answers(story.application.pk, {"product": "association"}, by=story.advisor)
    story.application.refresh_from_db()
    assert story.application.state == "blocked_plan_express"
    assert state(story, "plan_express") == SectionState.NOT_APPLICABLE

    story.agree_illustration()
    story.application.refresh_from_db()
    assert story.application.state == "draft"


@pytest.mark.rule("4/APP-21")
def test_it_unblocks_when_a_typing_error_is_corrected(story: ApplicationStory) -> None:
    save_answers(story.application.pk, {"express_6_3.cancer": "inexact"}, by=story.advisor)

    save_answers(story.application.pk, {"express_6_3.cancer": "exact"}, by=story.advisor)

    story.application.refresh_from_db()
    assert story.application.state == "draft"


@pytest.mark.rule("4/APP-24")
def test_it_blocks_one_guarantee_and_leaves_the_rest_open(story: ApplicationStory) -> None:
    story.join().agree_illustration()
    save_answers(story.application.pk, {"wants_critical_illness": "yes"}, by=story.advisor)
    save_answers(story.application.pk, {"express_6_1.diabetes": "inexact"}, by=story.advisor)
    story.application.refresh_from_db()
    assert story.application.state == "blocked_guarantee"

    save_answers(story.application.pk, {"wants_critical_illness": "no"}, by=story.advisor)
    story.application.refresh_from_db()
    assert story.application.state == "blocked_guarantee"

    story.agree_illustration()
    story.application.refresh_from_db()
    assert story.application.state == "draft"


def on_day(day: str) -> None:
    DemoClock.objects.update_or_create(pk=1, defaults={"today": dt.date.fromisoformat(day)})


@pytest.mark.rule("4/APP-07")
@pytest.mark.rule("4/APP-08")
def test_it_keeps_a_draft_fifteen_days_from_its_last_save(cast: Cast) -> None:
    on_day("2026-04-01")
    story = ApplicationStory(cast.advisor).open().fill()
    assert story.application.expires_on == dt.date(2026, 4, 16)

    on_day("2026-04-15")
    saved = save_application(story.application, by=story.advisor)

    assert saved.expires_on == dt.date(2026, 4, 30)
    on_day("2026-04-30")
    assert drafts_of(cast.advisor).count() == 1
    on_day("2026-05-01")
    assert drafts_of(cast.advisor).count() == 0


@pytest.mark.rule("4/APP-09")
@pytest.mark.promise("G15")
@pytest.mark.django_db(transaction=True)
def test_it_erases_an_expired_draft_and_history_still_holds(cast: Cast) -> None:
    on_day("2026-04-01")
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    story.close()

    move_clock(dt.date(2026, 4, 17))

    assert not Application.objects.exists()
    assert not Answer.objects.exists()
    assert not VaultFile.objects.exists()
    assert list(check_history()) == []


@pytest.mark.rule("4/APP-09")
def test_it_keeps_a_submitted_application_whatever_the_day(cast: Cast) -> None:
    on_day("2026-04-01")
    story = ApplicationStory(cast.advisor).until_submitted()
    on_day("2027-04-01")

    assert purge_drafts("croix_bleue") == 0
    assert Application.objects.get().pk == story.application.pk


@pytest.mark.rule("4/APP-36")
def test_it_says_everything_that_is_missing_before_the_pdf(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()

    missing = Standing(story.application).gate.outcome.missing

    assert missing == {"sections", "client_confirmation", "quote", "signature", "commission"}


@pytest.mark.rule("4/APP-40")
def test_it_refuses_to_submit_with_an_expired_licence(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    produce_document(story.create_pdf().pk)
    affiliation = cast.advisor.affiliation
    affiliation.licence_ends_on = dt.date(2020, 1, 1)
    affiliation.save()
    advisor = User.objects.get(pk=cast.advisor.pk)

    with pytest.raises(RuleError, match="licence_expired"):
        submit_application(story.application, ip="198.51.100.7", by=advisor)

    story.application.refresh_from_db()
    assert story.application.state == "pdf_ready"
