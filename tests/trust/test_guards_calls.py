"""The guards of the calls and of what counts tries, one by one: each of these fails without its guard."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from avenant.demo.dossiers import ADVISOR_BROWSER, ADVISOR_IP, CLIENT_BROWSER, CLIENT_IP
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.http import NoStoreMiddleware, address_behind
from avenant.limits.actions.count_try import count_try, give_back, tally_key
from avenant.limits.doors import COUNTED, REFUSED
from avenant.limits.limit import Limit, LimitReachedError
from avenant.limits.middleware import LimitMiddleware
from avenant.limits.models import Tally
from avenant.live.actions.join_call import join_call
from avenant.live.actions.launch_call import close_call, launch_call, renew_code
from avenant.live.actions.note_presence import note_departure, note_presence
from avenant.live.actions.set_language import set_client_language
from avenant.live.codes import shown_code
from avenant.live.models import Call
from tests.support.cast import Cast

LIMIT = Limit("a test", 3, dt.timedelta(minutes=10))


@pytest.fixture
def call(cast: Cast) -> Call:
    return launch_call(cast.advisor, ip=ADVISOR_IP, user_agent=ADVISOR_BROWSER)


def join(call: Call, code: str = "", ip: str = CLIENT_IP, agent: str = CLIENT_BROWSER) -> Call:
    joined, _token = join_call(
        code or shown_code(call), language="en", consent_version="7", ip=ip, user_agent=agent
    )
    return Call.objects.get(pk=joined.pk)


@pytest.mark.rule("4/COS-05")
def test_it_keeps_who_joined_from_where_in_which_language_and_on_which_text(call: Call) -> None:
    Call.objects.update(client_left_at=timezone.now())
    before = timezone.now()

    found = join(call)

    assert (found.client_ip, found.client_user_agent) == (CLIENT_IP, CLIENT_BROWSER)
    assert (found.client_language, found.consent_version, found.state) == ("en", "7", "live")
    assert found.client_joined_at == found.client_seen_at
    assert found.client_seen_at is not None
    assert found.client_seen_at >= before
    assert found.client_left_at is None
    assert (found.code_digest, found.code_secret, found.code_expires_at) == (None, None, None)


@pytest.mark.rule("4/SIG-14")
@pytest.mark.parametrize(
    ("ip", "agent", "is_same"),
    [
        (CLIENT_IP, ADVISOR_BROWSER, (False, False)),
        (ADVISOR_IP, CLIENT_BROWSER, (True, False)),
        (ADVISOR_IP, ADVISOR_BROWSER, (True, True)),
    ],
)
def test_it_keeps_whether_the_client_sits_where_the_advisor_does(
    call: Call, ip: str, agent: str, is_same: tuple[bool, bool]
) -> None:
    found = join(call, ip=ip, agent=agent)

    assert (found.is_same_address, found.is_same_device) == is_same


@pytest.mark.rule("4/COS-04")
def test_it_reads_a_code_however_it_is_written_and_no_other(call: Call) -> None:
    code = shown_code(call)
    for wrong in ("", code[:-1], f"{code}2"):
        with pytest.raises(RuleError, match="wrong_code"):
            join(call, wrong or " ")

    assert join(call, f" {code[:4].lower()}-{code[4:].lower()} ").state == "live"


@pytest.mark.rule("4/COS-01")
def test_it_opens_one_call_an_advisor_says_so_and_goes_on(cast: Cast, call: Call) -> None:
    with pytest.raises(RuleError, match="call_open"):
        launch_call(cast.advisor, ip=ADVISOR_IP, user_agent=ADVISOR_BROWSER)

    assert list(Call.objects.all()) == [call]
    assert Event.objects.filter(kind="call_opened").count() == 1


def test_it_closes_a_call_once(cast: Cast, call: Call) -> None:
    first = close_call(call, by=cast.advisor)
    second = close_call(call, by=cast.advisor)

    assert second.closed_at == first.closed_at
    assert Event.objects.filter(kind="call_closed").count() == 1
    with pytest.raises(RuleError, match="call_closed"):
        renew_code(call, by=cast.advisor)


@pytest.mark.rule("4/COS-23")
def test_it_sees_a_client_come_back_whose_window_had_closed(call: Call) -> None:
    joined = join(call)
    digest = joined.client_token_digest or ""
    note_departure(call.pk, digest, timezone.now())
    assert not Call.objects.get().is_client_present

    assert note_presence(call.pk, digest)

    found = Call.objects.get()
    assert found.client_left_at is None
    assert found.is_client_present


def test_it_hears_of_the_client_in_their_own_call_alone(cast: Cast, call: Call) -> None:
    digest = join(call).client_token_digest or ""
    other = launch_call(cast.other_advisor, ip=ADVISOR_IP, user_agent=ADVISOR_BROWSER)

    assert not note_presence(other.pk, digest)


@pytest.mark.rule("4/AUT-08")
def test_it_keeps_the_language_of_the_client_and_tells_of_a_change_once(call: Call) -> None:
    joined = join(call)
    for language, steps in (("en", 0), ("fr", 1), ("fr", 1)):
        set_client_language(joined, language)
        found = Call.objects.get()
        assert found.client_language == language
        assert found.sequence == joined.sequence + steps


def full(who: str) -> int:
    """How long somebody waits who tried as often as one may."""
    for _ in range(LIMIT.tries):
        count_try(LIMIT, who)
    with pytest.raises(LimitReachedError) as refused:
        count_try(LIMIT, who)
    return refused.value.seconds


@pytest.mark.promise("G2")
def test_it_says_how_long_this_one_waits_and_not_another(db: None) -> None:
    for number in range(20):
        count_try(LIMIT, f"another {number}")
    Tally.objects.update(ends_at=timezone.now() + dt.timedelta(minutes=1))

    assert 595 <= full("one") <= 600


@pytest.mark.promise("G2")
def test_it_gives_back_one_try_to_the_one_it_was_of(db: None) -> None:
    full("one")
    full("another")

    give_back(LIMIT, "one")

    count_try(LIMIT, "one")
    for who in ("one", "another"):
        with pytest.raises(LimitReachedError):
            count_try(LIMIT, who)


@pytest.mark.promise("G2")
def test_it_gives_nothing_back_beyond_what_was_counted(db: None) -> None:
    count_try(LIMIT, "one")
    for _ in range(3):
        give_back(LIMIT, "one")

    assert Tally.objects.get(key=tally_key(LIMIT, "one")).count == 0
    full("one")


@pytest.mark.promise("G20")
@pytest.mark.parametrize(
    ("scope", "status", "counted"),
    [({}, None, 1), ({COUNTED: True}, None, 0), ({REFUSED: 7}, 429, 0)],
)
def test_it_goes_by_what_was_counted_before_the_body_came(
    db: None, scope: dict[str, object], status: int | None, counted: int
) -> None:
    request = RequestFactory().post(reverse("join_call"))
    request.scope, request.user = scope, AnonymousUser()  # type: ignore[attr-defined]
    request.resolver_match = resolve(reverse("join_call"))

    answer = LimitMiddleware(lambda _request: HttpResponse()).process_view(
        request, lambda *_words: HttpResponse(), (), {}
    )

    assert (answer and answer.status_code) == status
    assert Tally.objects.count() == counted


@pytest.mark.promise("G12")
@pytest.mark.parametrize(("proxies", "address"), [(0, "192.0.2.1"), (1, "203.0.113.9")])
def test_it_believes_what_a_proxy_of_ours_says_and_nobody_else(
    settings: pytest.FixtureRequest, proxies: int, address: str
) -> None:
    settings.AVENANT_PROXY_COUNT = proxies  # type: ignore[attr-defined]

    assert address_behind("192.0.2.1", "198.51.100.7, 203.0.113.9") == address


@pytest.mark.promise("G16")
@pytest.mark.parametrize("own", ["", "max-age=3600"])
def test_it_lets_no_page_be_kept_that_does_not_say_so_itself(own: str) -> None:
    answer = HttpResponse(headers={"Cache-Control": own} if own else {})

    NoStoreMiddleware(lambda _request: answer)(RequestFactory().get("/"))

    assert answer["Cache-Control"] == (own or "no-store, private")
