"""What opens a door for a while: codes, links, cookies, lock-outs. A minute before the end it opens, a
minute after it does not, and what serves once does not serve twice."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avenant.accounts.models import User
from avenant.applications.actions.save_answers import save_answers
from avenant.applications.models import Application
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.actions.copy_link import open_copy_link
from avenant.documents.models import CopyLink
from avenant.errors import RuleError
from avenant.live.actions.launch_call import close_call, launch_call, renew_code
from avenant.live.actions.note_presence import note_presence
from avenant.live.codes import shown_code
from avenant.live.models import Call
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of, window_of_client

PASSWORD = "Correct-Horse-7!"


def after(**time: float) -> time_machine.travel:
    """Be there, that long from now; the clock goes on."""
    return time_machine.travel(timezone.now() + dt.timedelta(**time), tick=True)


def join(code: str, address: str = "203.0.113.31") -> int:
    fields = {"code": code, "consent": "on"}
    return Client(REMOTE_ADDR=address).post(reverse("join_call"), fields).status_code


@pytest.mark.promise("G2")
@pytest.mark.rule("4/COS-04")
@pytest.mark.parametrize(("minutes", "status"), [(59, 302), (61, 422)])
def test_it_takes_a_call_code_for_an_hour(cast: Cast, minutes: int, status: int) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    code = shown_code(call)

    with after(minutes=minutes):
        assert join(code) == status
        call.refresh_from_db()
        assert shown_code(call) == ""


@pytest.mark.promise("G2")
def test_it_takes_a_call_code_once(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    code = shown_code(call)

    assert join(code) == 302
    assert join(code, "203.0.113.32") == 422


@pytest.mark.promise("G2")
def test_it_takes_the_newest_code_alone_and_none_of_a_closed_call(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    old = shown_code(call)
    new = shown_code(renew_code(call, by=cast.advisor))

    assert join(old) == 422
    close_call(call, by=cast.advisor)
    assert join(new) == 422
    call.refresh_from_db()
    assert (call.code_digest, call.code_secret, call.code_expires_at) == (None, None, None)


@pytest.mark.promise("G2")
def test_it_takes_no_code_of_a_closed_call_whatever_its_row_says(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    code = shown_code(call)
    Call.objects.filter(pk=call.pk).update(state="closed")

    assert join(code) == 422


@pytest.mark.promise("G2")
@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 422)])
def test_it_counts_wrong_call_codes_for_a_quarter_of_an_hour(
    cast: Cast, minutes: int, status: int
) -> None:
    for _ in range(5):
        assert join("WRONGCDE") == 422

    assert join("WRONGCDE", "203.0.113.33") == 422
    with after(minutes=minutes):
        assert join("WRONGCDE") == status


@pytest.mark.rule("4/COS-06")
def test_it_asks_for_consent_before_it_compares_a_code(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    code = shown_code(call)

    answer = Client().post(reverse("join_call"), {"code": code})

    call.refresh_from_db()
    assert answer.status_code == 422
    assert call.state == "open"


def test_it_renews_no_code_of_a_closed_call(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    close_call(call, by=cast.advisor)

    with pytest.raises(RuleError, match="call_closed"):
        renew_code(call, by=cast.advisor)


def test_it_gives_the_clients_cookie_to_the_clients_pages_and_no_script(cast: Cast) -> None:
    call = launch_call(cast.advisor, ip="198.51.100.7", user_agent="x")
    fields = {"code": shown_code(call), "consent": "on"}

    cookie = Client().post(reverse("join_call"), fields, secure=True).cookies["avenant_appel"]

    assert cookie["httponly"]
    assert cookie["secure"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/appel")
    assert int(cookie["max-age"]) == 12 * 3600


def copy_link(cast: Cast) -> str:
    ApplicationStory(cast.advisor).until_submitted()
    return urlsplit(OutboundMessage.objects.get(kind="client_copy").links[0]).path


@pytest.mark.promise("G16")
@pytest.mark.parametrize(("days", "is_open"), [(29, True), (31, False)])
def test_it_opens_the_mailed_link_for_thirty_days(cast: Cast, days: int, is_open: bool) -> None:
    link = copy_link(cast)

    with after(days=days):
        looked, opened = Client().get(link), Client().post(link)

    assert (looked.status_code == 200) == is_open
    assert (opened.status_code == 302) == is_open
    assert CopyLink.objects.filter(opened_at=None).exists() != is_open


@pytest.mark.promise("G16")
def test_it_uses_a_link_up_under_its_lock_whatever_the_page_saw(cast: Cast) -> None:
    """Two clicks may both have been shown the button: the action decides."""
    token = copy_link(cast).strip("/").rpartition("/")[2]

    assert open_copy_link("another") is None
    with after(days=31):
        assert open_copy_link(token) is None
    assert open_copy_link(token)
    assert open_copy_link(token) is None


@pytest.mark.promise("G16")
@pytest.mark.parametrize(("minutes", "is_shown"), [(59, True), (61, False)])
def test_it_shows_the_copy_for_an_hour_to_the_browser_that_opened_it(
    cast: Cast, minutes: int, is_shown: bool
) -> None:
    link, browser = copy_link(cast), Client()
    cookie = browser.post(link, secure=True).cookies["avenant_copie"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/copie")
    assert int(cookie["max-age"]) == 3600
    cookie["expires"] = cookie["max-age"] = ""  # a browser that keeps it longer than it was told

    with after(minutes=minutes):
        shown = browser.get(reverse("copy"), secure=True)

    assert (shown.status_code == 200) == is_shown


@pytest.mark.promise("G16")
@pytest.mark.rule("4/AUT-19")
@pytest.mark.parametrize(("minutes", "is_in"), [(14, False), (16, True)])
def test_it_locks_out_for_a_quarter_of_an_hour(db: None, minutes: int, is_in: bool) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")

    def try_(password: str) -> bool:
        fields = {"login": "known@exemple.test", "password": password}
        browser = Client(REMOTE_ADDR="203.0.113.9")
        browser.post(reverse("account_login"), fields)
        return "_auth_user_id" in browser.session

    for _ in range(5):
        assert not try_("Wrong-Horse-7!")

    with after(minutes=minutes):
        assert try_(PASSWORD) == is_in


@pytest.mark.rule("4/AUT-19")
def test_it_lets_the_right_password_in_after_four_wrong_ones(db: None) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")
    browser = Client(REMOTE_ADDR="203.0.113.9")

    for password in ["Wrong-Horse-7!"] * 4 + [PASSWORD]:
        browser.post(
            reverse("account_login"), {"login": "known@exemple.test", "password": password}
        )

    assert "_auth_user_id" in browser.session


@pytest.mark.rule("4/AUT-19")
@pytest.mark.parametrize(("minutes", "is_in"), [(29, True), (31, False)])
def test_it_ends_an_idle_session_after_half_an_hour(cast: Cast, minutes: int, is_in: bool) -> None:
    browser = browser_of(cast.advisor)
    browser.get(reverse("home"))

    with after(minutes=minutes):
        answer = browser.get(reverse("drafts"))

    assert (answer.status_code == 200) == is_in


def test_it_keeps_the_session_of_somebody_who_works(cast: Cast) -> None:
    browser = browser_of(cast.advisor)

    for minutes in (20, 40, 60):
        with after(minutes=minutes):
            assert browser.get(reverse("drafts")).status_code == 200


@pytest.mark.rule("4/COS-19")
@pytest.mark.parametrize(("minutes", "is_void"), [(29, False), (31, True)])
def test_it_asks_for_everything_again_after_half_an_hour_away(
    cast: Cast, minutes: int, is_void: bool
) -> None:
    story = ApplicationStory(cast.advisor).until_signed()
    document = story.create_pdf()
    call = story.window.call

    with after(minutes=minutes):
        assert note_presence(call.pk, call.client_token_digest or "")

    application = Application.objects.get(pk=story.application.pk)
    document.refresh_from_db()
    assert (application.state == "draft") == is_void
    assert document.is_superseded == is_void
    assert ("void" in application.signatures.values_list("state", flat=True)) == is_void
    assert application.snapshots.filter(state="confirmed").exists() != is_void
    assert ("confirmed" in application.sections.values_list("state", flat=True)) != is_void


def test_it_hears_nothing_of_a_window_that_was_replaced_or_whose_call_is_closed(cast: Cast) -> None:
    call = ApplicationStory(cast.advisor).open().join().window.call

    assert not note_presence(call.pk, "of another window")
    assert note_presence(call.pk, call.client_token_digest or "")
    Call.objects.filter(pk=call.pk).update(state="closed")
    assert not note_presence(call.pk, call.client_token_digest or "")


@pytest.mark.rule("4/APP-07")
def test_it_works_on_no_draft_whose_days_are_over(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill()
    browser, pk = browser_of(cast.advisor), story.application.pk
    assert browser.get(reverse("application", args=[pk])).status_code == 200

    Application.objects.filter(pk=pk).update(expires_on=dt.date(2020, 1, 1))

    assert browser.get(reverse("application", args=[pk])).status_code == 404
    saved = browser.post(reverse("save_answers", args=[pk]), {"first_name": "Z"})
    assert (saved.status_code, "délai" in saved.json()["error"]) == (409, True)
    with pytest.raises(RuleError, match="expired"):
        save_answers(story.application.pk, {"first_name": "Z"}, by=cast.advisor)


def test_it_keeps_a_client_who_is_there_present_for_a_while(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().join()
    window_of_client(story).get(reverse("client_window"))
    call = story.window.call

    with after(seconds=20):
        assert call.is_client_present
    with after(seconds=30):
        assert not call.is_client_present
