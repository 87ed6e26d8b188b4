"""What the client does is the client's alone: the browser in the call, nobody signed in, there lately.

Each refusal stands beside the same act with the same fields by the right person, which succeeds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avenant.applications.actions import illustration as illustrations
from avenant.applications.actions import send_section as sections
from avenant.applications.models import Application
from avenant.demo.dossiers import STROKES, ApplicationStory
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.actions.join_call import join_call
from avenant.live.actions.launch_call import close_call, renew_code
from avenant.live.codes import shown_code
from avenant.live.models import Call
from avenant.live.queries import stage_of
from avenant.live.window import COOKIE, ClientWindow
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.drawing import Drawing
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.doings import asked, attach, filled, sent_section

pytestmark = [pytest.mark.promise("G8"), pytest.mark.promise("G3")]


@dataclass(frozen=True)
class ClientAct:
    """One act of the client over HTTP: how it comes to be asked for, its fields, its effect."""

    name: str
    prepare: Callable[[ApplicationStory], dict[str, str]]
    url: str
    state: Callable[[Application], str]
    before: str
    after: str
    event: str
    act: Callable[[Application, ClientWindow], object]


def illustration_opened(story: ApplicationStory) -> dict[str, str]:
    attach(story)
    sent = illustrations.send_illustration(story.application, story.call, by=story.advisor)
    illustrations.note_illustration_opened(sent, story.window)
    return {"attachment": str(sent.pk)}


def illustration_sent(story: ApplicationStory) -> dict[str, str]:
    attach(story)
    illustrations.send_illustration(story.application, story.call, by=story.advisor)
    return {}


def section_sent(story: ApplicationStory) -> dict[str, str]:
    sent = sent_section(story)
    return {"snapshot": str(sent.pk), "content_hash": sent.content_hash, "comment": "non"}


def signature_asked(story: ApplicationStory) -> dict[str, str]:
    request = asked(story.agree_illustration().confirm_all())
    return {
        "request": str(request.pk),
        "signed_hash": request.signed_hash,
        "signature": STROKES,
        "read_to_end": "1",
    }


def section_state(application: Application) -> str:
    return application.snapshots.latest("id").state


def file_state(application: Application) -> str:
    return application.attachments.latest("id").state


def signature_state(application: Application) -> str:
    return application.signatures.latest("id").state


def confirm(application: Application, window: ClientWindow) -> object:
    sent = application.snapshots.latest("id")
    return sections.confirm_section(sent, window, content_hash=sent.content_hash)


def contest(application: Application, window: ClientWindow) -> object:
    return sections.object_to_section(application.snapshots.latest("id"), window, comment="non")


def agree(application: Application, window: ClientWindow) -> object:
    return illustrations.agree_illustration(application.attachments.latest("id"), window)


def refuse_file(application: Application, window: ClientWindow) -> object:
    found = application.attachments.latest("id")
    return illustrations.object_to_illustration(found, window, comment="non")


def sign(application: Application, window: ClientWindow) -> object:
    request = application.signatures.latest("id")
    return accept_signature(
        request, window, Drawing.read(STROKES), signed_hash=request.signed_hash,
        has_read_to_end=True,
    )  # fmt: skip


ACTS = (
    ClientAct("confirm a section", section_sent, "agree_section", section_state,
              "sent", "confirmed", "section_confirmed", confirm),
    ClientAct("contest a section", section_sent, "client_trouble", section_state,
              "sent", "objected", "section_contested", contest),
    ClientAct("agree to the illustration", illustration_opened, "agree_illustration", file_state,
              "opened", "agreed", "illustration_agreed", agree),
    ClientAct("contest the illustration", illustration_opened, "client_trouble", file_state,
              "opened", "uploaded", "illustration_contested", refuse_file),
    ClientAct("sign", signature_asked, "sign", signature_state,
              "requested", "signed", "signature_given", sign),
)  # fmt: skip
every_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


def advisors_own(story: ApplicationStory) -> Client:
    """The advisor's browser, in which the client's cookie has come to be."""
    browser = browser_of(story.advisor)
    browser.cookies[COOKIE] = story.token
    return browser


@every_act
def test_it_refuses_the_advisors_own_browser_records_it_and_takes_the_clients(
    cast: Cast, act: ClientAct
) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    refused = Event.objects.filter(kind="client_act_refused")

    by_advisor = advisors_own(story).post(reverse(act.url), fields)

    assert by_advisor.status_code == 409
    assert act.state(story.application) == act.before
    assert list(refused.values_list("dossier", "actor")) == [
        (f"call:{story.call.pk}", cast.advisor.pk)
    ]
    assert not Event.objects.filter(kind=act.event).exists()

    by_client = window_of_client(story).post(reverse(act.url), fields)

    assert by_client.status_code == 302
    assert act.state(story.application) == act.after
    assert Event.objects.filter(kind=act.event).count() == 1


@every_act
def test_it_changes_nothing_at_a_second_click(cast: Cast, act: ClientAct) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    if act.url == "client_trouble":
        fields["shown"] = stage_of(story.window.call).key
    browser = window_of_client(story)
    browser.post(reverse(act.url), fields)
    sequence = story.window.call.sequence

    again = browser.post(reverse(act.url), fields)

    assert again.status_code == 302
    assert story.window.call.sequence == sequence
    assert Event.objects.filter(kind=act.event).count() == 1


@every_act
def test_it_knows_no_window_but_the_one_in_the_call(cast: Cast, act: ClientAct) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    before = window_of_client(story)
    replaced = story.window
    Call.objects.filter(pk=story.call.pk).update(client_token_digest="of another browser")

    answer = before.post(reverse(act.url), fields)
    with pytest.raises(RuleError, match="already_joined"):
        act.act(story.application, replaced)

    assert (answer.status_code, answer["Location"]) == (302, reverse("join_call"))
    assert act.state(story.application) == act.before


@every_act
def test_it_takes_nothing_from_a_window_whose_call_is_over(cast: Cast, act: ClientAct) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    Call.objects.filter(pk=story.call.pk).update(state="closed")

    answer = window_of_client(story).post(reverse(act.url), fields)
    with pytest.raises(RuleError, match="call_closed"):
        act.act(story.application, story.window)

    assert answer.status_code == 409
    assert act.state(story.application) == act.before


@every_act
@pytest.mark.rule("4/COS-19")
@pytest.mark.parametrize(("minutes", "is_taken"), [(29, True), (31, False)])
def test_it_takes_nothing_from_a_window_not_heard_of_for_half_an_hour(
    cast: Cast, act: ClientAct, minutes: int, is_taken: bool
) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    seen = timezone.now() - timedelta(minutes=minutes)
    Call.objects.filter(pk=story.call.pk).update(client_seen_at=seen)

    answer = window_of_client(story).post(reverse(act.url), fields)

    assert answer.status_code == (302 if is_taken else 409)
    assert act.state(story.application) == (act.after if is_taken else act.before)


@pytest.mark.parametrize("act", [one for one in ACTS if one.url != "client_trouble"],
                         ids=lambda act: act.name)  # fmt: skip
def test_it_finds_nothing_of_another_clients(cast: Cast, act: ClientAct) -> None:
    story = filled(cast)
    fields = act.prepare(story)
    other = ApplicationStory(cast.other_advisor).open().fill().join()
    earlier_call = story.application.calls.get()

    answer = window_of_client(other).post(reverse(act.url), fields)
    assert answer.status_code == 404
    assert act.state(story.application) == act.before

    with pytest.raises(Exception, match=r"does not exist|call_closed"):
        act.act(story.application, other.window)
    assert act.state(story.application) == act.before
    assert earlier_call.pk == story.call.pk


def test_it_keeps_apart_what_was_sent_in_an_earlier_call(cast: Cast) -> None:
    """The rows belong to the call in which they were sent: a later window reaches none of them."""
    for act in (ACTS[0], ACTS[2]):
        Call.objects.update(state="closed", code_digest=None, client_token_digest=None)
        story = filled(cast)
        fields = act.prepare(story)
        application = story.application
        Call.objects.filter(pk=story.call.pk).update(application=None, state="closed")
        later = ApplicationStory(cast.advisor).open().join()
        Call.objects.filter(pk=later.call.pk).update(application=application)

        answer = window_of_client(later).post(reverse(act.url), fields)

        assert answer.status_code == 404
        assert act.state(application) == act.before


def test_it_notes_who_opened_the_illustration_and_not_the_advisor(cast: Cast) -> None:
    story = filled(cast)
    illustration_sent(story)
    url = reverse("client_illustration")

    assert advisors_own(story).get(url).status_code == 200
    assert file_state(story.application) == "sent"
    assert window_of_client(story).get(url).status_code == 200
    assert file_state(story.application) == "opened"
    assert window_of_client(story).get(url).status_code == 200
    assert Event.objects.filter(kind="illustration_opened").count() == 1


@pytest.mark.rule("4/COS-10")
def test_it_takes_no_agreement_to_an_illustration_nobody_opened(cast: Cast) -> None:
    story = filled(cast)
    illustration_sent(story)
    fields = {"attachment": str(story.application.attachments.latest("id").pk)}

    answer = window_of_client(story).post(reverse("agree_illustration"), fields)

    assert answer.status_code == 409
    assert "Ouvrez d&#x27;abord la soumission" in answer.content.decode()
    assert file_state(story.application) == "sent"


@pytest.mark.rule("4/SIG-04")
@pytest.mark.parametrize(
    ("wrong", "state"),
    [
        ({"read_to_end": "0"}, "requested"),
        ({"signed_hash": "of another text"}, "requested"),
        ({"signature": '{"kind":"drawn","strokes":[[[1,1],[2,1],[3,1],[3,2],[2,2],[1,2]]]}'}, "requested"),
        ({"signature": '{"kind":"drawn","strokes":[[[1,1],[90,90]]]}'}, "requested"),
        ({"signature": '{"kind":"drawn","strokes":[[[NaN,1],[2,1],[3,9],[30,2],[2,90],[1,2]]]}'}, "requested"),
        ({"signature": '{"kind":"typed","name":"O"}'}, "requested"),
        ({"signature": ""}, "requested"),
        ({}, "signed"),
    ],
)  # fmt: skip
def test_it_signs_what_was_read_with_more_than_a_dot(
    cast: Cast, wrong: dict[str, str], state: str
) -> None:
    story = filled(cast)
    fields = signature_asked(story) | wrong

    answer = window_of_client(story).post(reverse("sign"), fields)

    assert answer.status_code == (302 if state == "signed" else 409)
    assert signature_state(story.application) == state


def test_it_signs_nothing_whose_content_has_changed(cast: Cast) -> None:
    story = filled(cast)
    fields = signature_asked(story)
    story.application.attachments.filter(state="agreed").update(version=2)

    answer = window_of_client(story).post(reverse("sign"), fields)

    assert answer.status_code == 409
    assert signature_state(story.application) == "requested"


def test_it_says_that_a_request_to_sign_is_over_and_what_comes_next(cast: Cast) -> None:
    story = filled(cast)
    fields = signature_asked(story)
    story.application.signatures.update(state="void")

    answer = window_of_client(story).post(reverse("sign"), fields)

    assert answer.status_code == 409
    assert "n&#x27;est plus valable. Votre conseiller" in answer.content.decode()


def test_it_gives_the_files_to_the_window_of_an_open_call_alone(cast: Cast) -> None:
    story = filled(cast)
    illustration_sent(story)
    url = reverse("client_illustration")
    assert window_of_client(story).get(url).status_code == 200

    Call.objects.filter(pk=story.call.pk).update(state="closed")

    assert window_of_client(story).get(url).status_code == 404
    assert browser_of(None).get(url).status_code == 404


def test_it_keeps_an_illustration_from_the_client_until_it_is_sent(cast: Cast) -> None:
    story = filled(cast)
    attach(story)
    url = reverse("client_illustration")
    found = story.application.attachments
    found.update(call=story.call)

    assert window_of_client(story).get(url).status_code == 404
    found.update(state="replaced")
    assert window_of_client(story).get(url).status_code == 404
    found.update(state="sent", kind="additional")
    assert window_of_client(story).get(url).status_code == 404
    found.update(kind="quote")
    assert window_of_client(story).get(url).status_code == 200


@pytest.mark.rule("4/COS-12")
def test_it_contests_only_what_the_window_shows(cast: Cast) -> None:
    story = filled(cast)
    section_sent(story)

    window_of_client(story).post(reverse("client_trouble"), {"shown": "section-0", "comment": "x"})

    assert section_state(story.application) == "sent"


@pytest.mark.rule("4/COS-19")
def test_it_lets_another_browser_in_with_a_new_code_and_drops_the_first(cast: Cast) -> None:
    story = filled(cast).agree_illustration().confirm_all().sign()
    first = window_of_client(story)
    renewed = renew_code(story.call, by=cast.advisor)

    join_call(shown_code(renewed), ip="203.0.113.99", user_agent="z", language="fr", consent_version="1")  # fmt: skip

    assert first.get(reverse("client_window"))["Location"] == reverse("join_call")
    assert set(story.application.signatures.values_list("state", flat=True)) == {"void"}
    assert "confirmed" not in story.application.sections.values_list("state", flat=True)
    assert not story.application.snapshots.filter(state="confirmed").exists()
    assert file_state(story.application) == "uploaded"


@pytest.mark.rule("4/COS-15")
def test_it_takes_back_what_waits_when_the_call_ends(cast: Cast) -> None:
    story = filled(cast).agree_illustration().confirm_all()
    request = asked(story)
    close_call(story.call, by=cast.advisor)

    request.refresh_from_db()
    assert (request.state, request.void_reason) == ("void", "call_closed")

    Call.objects.update(client_token_digest=None)
    other = ApplicationStory(cast.other_advisor).open().fill().join()
    section_sent(other)
    close_call(other.call, by=cast.other_advisor)

    assert section_state(other.application) == "withdrawn"
    assert other.application.sections.get(key="insured").state == "filled"
    assert Event.objects.filter(kind="section_withdrawn").count() == 1
