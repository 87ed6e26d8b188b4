"""The illustration and the acts at both ends of an application: opened in a call, submitted, received,
erased."""

import datetime as dt
import logging

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions import purge_drafts as purging
from avenant.applications.actions.open_application import open_application
from avenant.applications.actions.read_numbers import read_numbers
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.models import Application, Attachment
from avenant.demo.dossiers import ADVISOR_IP, ApplicationStory
from avenant.documents.models import SealedDocument, VaultFile
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.actions.launch_call import launch_call
from avenant.live.models import Call
from avenant.messaging.models import OutboundMessage
from avenant.ops import postgres, snapshots
from avenant.ops.testing import with_database
from tests.support.cast import Cast
from tests.trust.doings import entering, put_with, returning, submitted, submitting
from tests.trust.test_guards_acts import locked

LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    """A blank form, the client in the call, an illustration attached."""
    story = ApplicationStory(cast.advisor).open().join()
    put_with(story)
    return story


def send(story: ApplicationStory) -> Attachment:
    return illustrations.send_illustration(story.application, story.call, by=story.advisor)


def states() -> list[str]:
    return list(Attachment.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.rule("4/APP-14")
def test_it_replaces_the_illustration_and_leaves_what_else_is_attached(
    story: ApplicationStory,
) -> None:
    Attachment.objects.create(
        application=story.application, kind="additional", file=VaultFile.objects.earliest("pk"),
        name="frais.pdf", page_count=1, scan="off",
    )  # fmt: skip
    put_with(story)

    assert states() == ["replaced", "uploaded", "uploaded"]
    assert list(Attachment.objects.order_by("pk").values_list("version", flat=True)) == [1, 1, 2]


def test_it_attaches_nothing_to_a_file_that_is_submitted(story: ApplicationStory) -> None:
    Application.objects.update(state="submitted")

    with pytest.raises(RuleError, match="application_locked"):
        put_with(story)

    assert states() == ["uploaded"]


def test_it_says_in_the_history_what_came_and_what_is_shown_of_it(story: ApplicationStory) -> None:
    facts = Event.objects.get(kind="file_attached").facts
    attachment = Attachment.objects.get()

    assert attachment.printable is not None
    assert facts == {
        "attachment": attachment.pk,
        "kind": "quote",
        "version": 1,
        "sha256": attachment.file.sha256,
        "printable_sha256": attachment.printable.sha256,
    }


def test_it_tells_the_open_call_of_this_application_alone(
    cast: Cast, story: ApplicationStory
) -> None:
    other = ApplicationStory(cast.other_advisor).open()
    story.close()
    before = {one.pk: one.sequence for one in Call.objects.all()}

    with CaptureQueriesContext(connection) as asked_of_database:
        put_with(story)

    assert {one.pk: one.sequence for one in Call.objects.all()} == before
    assert str(other.call.pk) in map(str, before)
    assert locked(asked_of_database)[-1] == "applications_application"


@pytest.mark.rule("4/COS-09")
def test_it_sends_an_illustration_that_is_there_to_a_client_who_is(story: ApplicationStory) -> None:
    Call.objects.update(client_seen_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(RuleError, match="no_client"):
        send(story)
    story.stay()
    Attachment.objects.update(state="replaced")
    with pytest.raises(RuleError, match="illustration_missing"):
        send(story)
    Attachment.objects.update(state="uploaded")

    assert send(story).call == story.call


@pytest.mark.rule("4/COS-10")
@pytest.mark.parametrize("state", ["uploaded", "agreed", "replaced"])
def test_it_contests_an_illustration_that_is_on_the_screen_alone(
    story: ApplicationStory, state: str
) -> None:
    sent = send(story)
    Attachment.objects.update(state=state)

    with pytest.raises(RuleError, match="not_sent"):
        illustrations.object_to_illustration(sent, story.window, comment="non")

    assert states() == [state]


@pytest.mark.rule("4/COS-10")
@pytest.mark.parametrize("state", ["opened", "agreed", "uploaded"])
def test_it_notes_the_first_opening_alone(story: ApplicationStory, state: str) -> None:
    sent = send(story)
    Attachment.objects.update(state=state)

    illustrations.note_illustration_opened(sent, story.window)

    assert states() == [state]
    assert not Event.objects.filter(kind="illustration_opened").exists()


@pytest.mark.promise("G3")
def test_it_answers_no_illustration_that_was_sent_in_another_call(
    cast: Cast, story: ApplicationStory
) -> None:
    sent = send(story)
    later = ApplicationStory(cast.other_advisor).open().join()
    Call.objects.filter(pk=later.call.pk).update(application=story.application)

    for act in (illustrations.note_illustration_opened, illustrations.agree_illustration):
        with pytest.raises(Attachment.DoesNotExist):
            act(sent, later.window)

    assert states() == ["sent"]


@pytest.mark.rule("4/SIG-16")
def test_it_lets_signature_and_pdf_fall_when_another_illustration_comes(cast: Cast) -> None:
    signed = ApplicationStory(cast.advisor).until_signed()
    document = signed.create_pdf()

    put_with(signed)

    document.refresh_from_db()
    assert document.is_superseded
    assert signed.application.signatures.get().state == "void"


@pytest.mark.rule("4/APP-25")
def test_it_goes_on_at_the_clients_agreement(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().join()
    save_answers(
        story.application.pk, {"product": "plan_express", "express_6_3.organs": "inexact"},
        by=cast.advisor,
    )  # fmt: skip
    save_answers(story.application.pk, {"product": "association"}, by=cast.advisor)
    assert Application.objects.get().state == "blocked_plan_express"

    story.agree_illustration()

    assert Application.objects.get().state == "draft"


@pytest.mark.rule("4/APP-02")
def test_it_opens_no_form_for_a_carrier_that_has_none(cast: Cast) -> None:
    call = launch_call(cast.other_carrier_advisor, ip=ADVISOR_IP, user_agent="x")

    with pytest.raises(RuleError, match="refused_step"):
        open_application(call, by=cast.other_carrier_advisor)


@pytest.mark.rule("4/APP-40")
@pytest.mark.parametrize(
    ("state", "code"), [("failed", "pdf_failed"), ("pending", "pdf_not_ready")]
)
def test_it_says_of_a_pdf_that_is_not_sealed_whether_it_still_may_be(
    cast: Cast, state: str, code: str
) -> None:
    submit = submitting(cast)
    SealedDocument.objects.update(state=state)

    with pytest.raises(RuleError, match=code):
        submit()


@pytest.mark.promise("G4")
def test_it_has_the_submitted_pdf_made_and_the_requirements_listed(cast: Cast) -> None:
    submit = submitting(cast)
    assert submit() == submit()  # a second click finds it submitted

    document = SealedDocument.objects.get(stage="submitted")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'document_id' FROM procrastinate_jobs WHERE status = 'todo'")
        asked = [int(row[0]) for row in cursor.fetchall() if row[0]]
    assert document.pk in asked
    assert Application.objects.get().requirement_lists.exists()


@pytest.mark.rule("4/APP-44")
@pytest.mark.parametrize(
    ("act", "kind"), [(entering, "application_entered"), (returning, "application_returned")]
)
def test_it_tells_the_advisor_what_became_of_the_file(cast: Cast, act: object, kind: str) -> None:
    act(cast)()  # type: ignore[operator]

    told = OutboundMessage.objects.get(kind=kind)
    assert told.to == cast.advisor.email
    assert Application.objects.get().number in told.text


@pytest.mark.promise("G15")
def test_it_reads_the_numbers_and_nothing_else(cast: Cast) -> None:
    found = read_numbers(submitted(cast), by=cast.contract_administration)

    values = {shown.replace(" ", "").replace("\u00a0", "") for _, shown in found}
    assert values == {"046454286", "815", "30123", "1234567"}
    facts = Event.objects.get(kind="numbers_read").facts
    assert facts["count"] == 4
    assert not any(one in str(facts) for one in ("046454286", "1234567"))


@pytest.mark.promise("G15")
def test_it_locks_none_of_the_drafts_that_stay(cast: Cast) -> None:
    """The hourly run is in nobody's way: it takes hold of what is due alone."""
    kept = ApplicationStory(cast.advisor).open()
    kept.close()
    submitted_one = ApplicationStory(cast.other_advisor).open()
    Application.objects.filter(pk=submitted_one.application.pk).update(
        state="submitted", expires_on=LONG_AGO
    )

    with CaptureQueriesContext(connection) as asked_of_database:
        assert purging.purge_drafts("croix_bleue") == 0

    assert locked(asked_of_database) == []


@pytest.mark.promise("G15")
def test_it_locks_the_calls_of_the_draft_it_erases_alone(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    Application.objects.update(expires_on=LONG_AGO)

    with CaptureQueriesContext(connection) as asked_of_database:
        assert purging.purge_application(story.application.pk)

    locks = [one["sql"] for one in asked_of_database.captured_queries if "FOR UPDATE" in one["sql"]]
    assert len(locks) >= 2
    assert all(
        str(story.application.pk) in one or story.application.pk.hex in one for one in locks[:2]
    )


@pytest.mark.promise("G9")
def test_it_lets_a_backup_begin_once_the_files_are_gone(db: None) -> None:
    with purging.files_may_go() as may_go:
        assert may_go

    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(with_database(postgres.database_url(), database)) as other:
        free = other.execute("SELECT pg_try_advisory_lock(%s)", [snapshots.FILES_LOCK]).fetchone()
    assert free == (True,)


@pytest.mark.promise("G9")
def test_it_says_that_it_waits_for_a_backup(db: None, caplog: pytest.LogCaptureFixture) -> None:
    database = str(connection.settings_dict["NAME"])
    with (
        psycopg.connect(with_database(postgres.database_url(), database)) as other,
        caplog.at_level(logging.INFO, purging.__name__),
    ):
        other.execute("SELECT pg_advisory_lock(%s)", [snapshots.FILES_LOCK])
        with purging.files_may_go() as may_go:
            assert not may_go

    assert "a backup is being made" in caplog.text
