"""Sections between the two windows: each one by itself, each sending by itself, and nothing standing
that no longer holds."""

from collections.abc import Callable

import pytest

from avenant.applications.actions import send_section as sections
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.actions.void_confirmations import void_confirmations
from avenant.applications.models import Application, Snapshot
from avenant.demo.dossiers import CLIENT_BROWSER, CLIENT_IP, ApplicationStory
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.actions.launch_call import close_call
from avenant.live.models import Call
from tests.support.cast import Cast
from tests.trust.doings import filled, put_with


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return filled(cast)


def send(story: ApplicationStory, key: str = "insured") -> Snapshot:
    story.stay()
    return sections.send_section(story.application, story.call, key, by=story.advisor)


def confirm(story: ApplicationStory, sent: Snapshot) -> Snapshot:
    return sections.confirm_section(sent, story.window, content_hash=sent.content_hash)


def cancel(story: ApplicationStory, key: str = "insured") -> None:
    sections.cancel_section(story.application, story.call, key, by=story.advisor)


def modify(story: ApplicationStory, key: str = "insured") -> None:
    sections.modify_section(story.application, story.call, key, by=story.advisor)


def contest(story: ApplicationStory, sent: Snapshot) -> Snapshot:
    return sections.object_to_section(sent, story.window, comment="non")


def state(story: ApplicationStory, key: str = "insured") -> str:
    return story.application.sections.get(key=key).state


def snapshots(story: ApplicationStory) -> list[tuple[str, str]]:
    """Which section was sent and what became of it, the oldest first."""
    return list(story.application.snapshots.order_by("pk").values_list("section", "state"))


def events(after: int = 0) -> list[str]:
    found = Event.objects.filter(pk__gt=after, dossier__startswith="application:").order_by("pk")
    return list(found.values_list("kind", flat=True))


def last_event() -> int:
    return Event.objects.latest("pk").pk


@pytest.mark.rule("4/COS-11")
def test_it_sends_a_section_once_however_often_it_is_asked_for(story: ApplicationStory) -> None:
    first = send(story)
    after = last_event()

    assert send(story) == first
    assert events(after) == []


@pytest.mark.rule("4/COS-11")
def test_it_sends_each_section_by_itself(story: ApplicationStory) -> None:
    sent = [send(story, key).section for key in ("insured", "family", "work")]

    assert sent == ["insured", "family", "work"]


@pytest.mark.rule("4/COS-15")
def test_it_takes_one_section_back_and_sends_it_anew(story: ApplicationStory) -> None:
    send(story, "family")
    for _ in range(2):
        send(story)
        cancel(story)
    again = send(story)

    assert snapshots(story) == [
        ("family", "sent"), ("insured", "withdrawn"), ("insured", "withdrawn"), ("insured", "sent"),
    ]  # fmt: skip
    assert again.state == "sent"


@pytest.mark.rule("4/COS-16")
def test_it_reopens_one_section_again_and_again(story: ApplicationStory) -> None:
    confirm(story, send(story, "family"))
    for _ in range(2):
        confirm(story, send(story))
        modify(story)

    assert snapshots(story) == [
        ("family", "confirmed"), ("insured", "superseded"), ("insured", "superseded"),
    ]  # fmt: skip
    assert (state(story, "family"), state(story)) == ("confirmed", "filled")


@pytest.mark.rule("4/COS-12")
def test_it_takes_no_answer_to_an_earlier_sending(story: ApplicationStory) -> None:
    earlier = send(story)
    cancel(story)
    now = send(story)

    for act in (confirm, contest):
        with pytest.raises(RuleError, match="not_sent"):
            act(story, earlier)

    with pytest.raises(RuleError, match="stale_content"):
        sections.confirm_section(now, story.window, content_hash="0" * 64)

    assert snapshots(story) == [("insured", "withdrawn"), ("insured", "sent")]
    assert confirm(story, now).state == "confirmed"


@pytest.mark.rule("4/COS-12")
def test_it_says_that_an_agreement_to_what_was_replaced_is_to_an_old_text(
    story: ApplicationStory,
) -> None:
    earlier = confirm(story, send(story))
    modify(story)

    with pytest.raises(RuleError, match="stale_content"):
        confirm(story, earlier)
    with pytest.raises(RuleError, match="not_sent"):
        contest(story, earlier)


@pytest.mark.rule("4/COS-12")
def test_it_takes_no_second_agreement_to_another_text(story: ApplicationStory) -> None:
    sent = confirm(story, send(story))

    with pytest.raises(RuleError, match="not_sent"):
        sections.confirm_section(sent, story.window, content_hash="0" * 64)
    with pytest.raises(RuleError, match="not_sent"):
        contest(story, sent)


@pytest.mark.rule("4/COS-17")
def test_it_takes_an_objection_once(story: ApplicationStory) -> None:
    sent = contest(story, send(story))
    after = last_event()

    assert contest(story, sent).state == "objected"
    assert events(after) == []


@pytest.mark.promise("G3")
@pytest.mark.parametrize("act", [send, cancel, modify])
def test_it_moves_no_section_from_a_call_that_is_over_or_of_another_form(
    cast: Cast, story: ApplicationStory, act: Callable[[ApplicationStory], object]
) -> None:
    own = story.call
    story.call = ApplicationStory(cast.other_advisor).open().call
    Call.objects.filter(pk=story.call.pk).update(application=None)
    with pytest.raises(RuleError, match="call_closed"):
        act(story)

    Call.objects.filter(pk=own.pk).update(state="closed")
    story.call = own
    with pytest.raises(RuleError, match="call_closed"):
        act(story)

    assert snapshots(story) == []


@pytest.mark.promise("G3")
def test_it_answers_nothing_that_was_sent_in_another_call(
    cast: Cast, story: ApplicationStory
) -> None:
    sent = send(story)
    Call.objects.filter(pk=story.call.pk).update(application=None)
    later = ApplicationStory(cast.other_advisor).open().join()
    Call.objects.filter(pk=later.call.pk).update(application=story.application)

    for act in (confirm, contest):
        with pytest.raises(Snapshot.DoesNotExist):
            act(later, sent)

    assert snapshots(story) == [("insured", "sent")]


@pytest.mark.rule("4/APP-19")
@pytest.mark.parametrize(("is_agreed", "becomes"), [(True, "superseded"), (False, "withdrawn")])
def test_it_takes_away_what_another_product_no_longer_asks(
    story: ApplicationStory, is_agreed: bool, becomes: str
) -> None:
    sent = send(story, "plan_express")
    if is_agreed:
        confirm(story, sent)
    after = last_event()

    save_answers(story.application.pk, {"product": "association"}, by=story.advisor)

    assert snapshots(story) == [("plan_express", becomes)]
    assert state(story, "plan_express") == "not_applicable"
    assert events(after) == ["section_superseded", "answers_saved"]
    told = Event.objects.get(kind="section_superseded").facts
    assert told["section"] == "plan_express"
    assert len(told["salted_hash"]) == 64


def test_it_says_nothing_again_of_what_was_taken_back(story: ApplicationStory) -> None:
    send(story)
    cancel(story)
    after = last_event()

    save_answers(story.application.pk, {"first_name": "Zoé"}, by=story.advisor)

    assert events(after) == ["answers_saved"]
    assert snapshots(story) == [("insured", "withdrawn")]


@pytest.mark.rule("4/COS-19")
def test_it_asks_again_for_what_was_agreed_until_an_answer_is_missing(
    story: ApplicationStory,
) -> None:
    confirm(story, send(story))
    void_confirmations(story.application, by=story.advisor, reason="resumed")
    assert state(story) == "to_reconfirm"

    save_answers(story.application.pk, {"city": "Laval"}, by=story.advisor)
    assert state(story) == "to_reconfirm"
    assert state(story, "family") == "filled"

    save_answers(story.application.pk, {"city": ""}, by=story.advisor)
    assert state(story) == "incomplete"


@pytest.mark.rule("4/COS-19")
def test_it_lets_fall_what_stands_and_leaves_what_is_over(story: ApplicationStory) -> None:
    confirm(story, send(story))
    send(story, "family")
    contest(story, send(story, "work"))
    send(story, "payment")
    cancel(story, "payment")
    put_with(story)
    put_with(story)  # a new illustration replaces the first
    after = last_event()

    void_confirmations(story.application, by=story.advisor, reason="resumed")

    assert snapshots(story) == [
        ("insured", "superseded"), ("family", "withdrawn"), ("work", "objected"),
        ("payment", "withdrawn"),
    ]  # fmt: skip
    states = [state(story, key) for key in ("insured", "family", "work", "payment")]
    assert states == ["to_reconfirm", "filled", "filled", "filled"]
    files = story.application.attachments.order_by("pk").values_list("state", flat=True)
    assert list(files) == ["replaced", "uploaded"]
    assert events(after) == ["confirmations_voided"]


@pytest.mark.rule("4/COS-19")
def test_it_lets_nothing_fall_of_a_submitted_file(story: ApplicationStory) -> None:
    confirm(story, send(story))
    Application.objects.update(state="submitted")

    void_confirmations(story.application, by=story.advisor, reason="new_device")

    assert snapshots(story) == [("insured", "confirmed")]
    assert "confirmations_voided" not in events()


@pytest.mark.rule("4/COS-15")
def test_it_takes_back_all_that_waits_when_the_call_ends_and_leaves_what_is_signed(
    cast: Cast,
) -> None:
    story = filled(cast).agree_illustration().confirm_all().sign()
    modify(story)
    send(story)
    story.application.signatures.update(state="signed")

    close_call(story.call, by=cast.advisor)

    assert [one for one in snapshots(story) if one[1] != "confirmed"] == [
        ("insured", "superseded"), ("insured", "withdrawn"),
    ]  # fmt: skip
    assert state(story) == "filled"
    assert state(story, "family") == "confirmed"
    assert story.application.signatures.get().state == "signed"


@pytest.mark.rule("4/SIG-14")
def test_it_keeps_that_an_answer_came_from_the_advisors_own_place(story: ApplicationStory) -> None:
    Call.objects.update(advisor_ip=CLIENT_IP, advisor_user_agent=CLIENT_BROWSER)
    story.agree_illustration()
    confirm(story, send(story))
    contest(story, send(story, "family"))

    application = story.application
    for rows, count in ((application.attachments, 1), (application.snapshots, 2)):
        kept = list(rows.values_list("is_same_address", "is_same_device"))
        assert kept == [(True, True)] * count
