"""The ordinary things (G16) and the recorded address (G12), over every address of the site."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from avenant.accounts.models import User
from avenant.applications.actions.send_section import send_section
from avenant.demo.dossiers import ApplicationStory
from avenant.history.models import Event
from avenant.http import client_address
from avenant.live.codes import shown_code
from avenant.live.window import COOKIE
from avenant.messaging.models import OutboundMessage
from tests.support.cast import Cast, browser_of
from tests.trust.matrix import ROWS, Stage
from tests.trust.stage import play

PASSWORD = "Correct-Horse-7!"
ASSETS = {"brand_stylesheet", "healthz", "readyz"}


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return play(cast)[0]


@pytest.mark.promise("G16")
@pytest.mark.timeout(240)
def test_it_sends_the_protecting_headers_with_every_page(cast: Cast, stage: Stage) -> None:
    faults = []

    for user in (None, cast.advisor, cast.contract_administration):
        browser = browser_of(user)
        for name, row in ROWS.items():
            if name in {"call_events", "client_events"}:
                continue
            response = browser.get(reverse(name, kwargs=row.kwargs(stage)))
            policy = response.get("Content-Security-Policy", "")
            wanted = {
                "CSP without unsafe": "script-src 'self'" in policy and "unsafe" not in policy,
                "nosniff": response.get("X-Content-Type-Options") == "nosniff",
                "frame": response.get("X-Frame-Options") == "SAMEORIGIN",
                "referrer": response.get("Referrer-Policy") == "same-origin",
                "no-store": name in ASSETS
                or "no-store" in response.get("Cache-Control", "")
                or "private" in response.get("Cache-Control", ""),
            }
            faults += [f"{name}: {what}" for what, holds in wanted.items() if not holds]

    assert not faults, "\n".join(faults)


@pytest.mark.promise("G16")
def test_it_has_no_inline_script_or_style(cast: Cast, stage: Stage) -> None:
    browser = browser_of(cast.advisor)

    for name in ("home", "drafts", "application", "submitted_applications", "verify"):
        html = browser.get(reverse(name, kwargs=ROWS[name].kwargs(stage))).content.decode()
        assert "<style" not in html
        assert " style=" not in html
        assert "<script>" not in html
        assert " onclick=" not in html


@pytest.mark.promise("G16")
@pytest.mark.rule("4/AUT-19")
def test_it_locks_out_after_five_wrong_passwords_without_saying_who_exists(db: None) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")

    def tries(email: str) -> list[tuple[int, bool]]:
        browser = Client(REMOTE_ADDR="203.0.113.9")
        answers = []
        for _ in range(7):
            response = browser.post(
                reverse("account_login"), {"login": email, "password": "Wrong-Horse-7!"}
            )
            answers.append((response.status_code, email.encode() in response.content))
        return answers

    known, unknown = tries("known@exemple.test"), tries("unknown@exemple.test")

    assert [status for status, _ in known] == [status for status, _ in unknown]
    assert known[0][0] == 200
    assert known[-1][0] == 429


@pytest.mark.promise("G16")
@pytest.mark.rule("4/AUT-03")
def test_it_answers_a_password_request_alike_for_known_and_unknown(db: None) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")

    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("known@exemple.test", "unknown@exemple.test")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert {message.to for message in OutboundMessage.objects.all()} <= {
        "known@exemple.test",
        "unknown@exemple.test",
    }


FORGED = [
    {"HTTP_X_FORWARDED_FOR": "1.2.3.4"},
    {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 5.6.7.8"},
    {"HTTP_X_FORWARDED_FOR": "1.2.3.4,5.6.7.8,9.9.9.9"},
    {"HTTP_X_FORWARDED_FOR": "unknown"},
    {"HTTP_X_FORWARDED_FOR": ""},
    {"HTTP_X_FORWARDED_FOR": ", ,"},
    {"HTTP_X_FORWARDED_FOR": "::1"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_FOR": "<script>"},
    {"HTTP_FORWARDED": "for=1.2.3.4"},
    {"HTTP_X_REAL_IP": "1.2.3.4"},
    {"HTTP_CLIENT_IP": "1.2.3.4", "HTTP_TRUE_CLIENT_IP": "1.2.3.4"},
]


@pytest.mark.promise("G12")
@pytest.mark.parametrize("headers", FORGED)
def test_it_records_the_sockets_address_when_there_is_no_proxy(headers: dict[str, str]) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", **headers)

    assert client_address(request) == "198.51.100.1"


@pytest.mark.promise("G12")
@pytest.mark.parametrize("headers", FORGED)
def test_it_records_what_our_proxy_saw_whatever_the_client_wrote(
    headers: dict[str, str], settings: pytest.FixtureRequest
) -> None:
    settings.AVENANT_PROXY_COUNT = 1  # type: ignore[attr-defined]
    written = headers.get("HTTP_X_FORWARDED_FOR")
    seen = f"{written}, 203.0.113.5" if written is not None else "203.0.113.5"

    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", **(headers | {"HTTP_X_FORWARDED_FOR": seen})
    )

    assert client_address(request) == "203.0.113.5"


@pytest.mark.promise("G2")
@pytest.mark.rule("4/COS-06")
def test_it_pauses_after_five_wrong_call_codes_even_if_the_request_is_rolled_back(
    cast: Cast,
) -> None:
    story = ApplicationStory(cast.advisor).open()
    browser = Client(REMOTE_ADDR="203.0.113.77")

    statuses = [
        browser.post(reverse("join_call"), {"code": "WRONGCDE", "consent": "on"}).status_code
        for _ in range(6)
    ]
    right = browser.post(reverse("join_call"), {"code": shown_code(story.call), "consent": "on"})

    assert statuses == [422] * 5 + [429]
    assert right.status_code == 429
    assert 0 < int(right["Retry-After"]) <= 15 * 60
    assert "Réessayez dans 15" in right.content.decode()


@pytest.mark.promise("G8")
@pytest.mark.rule("4/COS-12")
def test_it_refuses_an_advisor_who_agrees_for_the_client_and_records_it(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open().fill().join()
    sent = send_section(story.application, story.call, "insured", by=cast.advisor)
    browser = browser_of(cast.advisor)
    browser.cookies[COOKIE] = story.token

    response = browser.post(
        reverse("agree_section"), {"snapshot": sent.pk, "content_hash": sent.content_hash}
    )

    sent.refresh_from_db()
    assert response.status_code == 409
    assert sent.state == "sent"
    assert Event.objects.filter(kind="client_act_refused").count() == 1
