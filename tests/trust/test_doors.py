"""Doors (G16): what strangers may send is limited by address and by account, in the database; pages
of libraries that nobody chose are closed; nothing that strangers write is kept or followed.
"""

import sys
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from avenant import open_pages
from avenant.accounts.models import User
from avenant.demo.dossiers import ApplicationStory
from avenant.limits.doors import DOORS, Door
from avenant.limits.limit import Limit
from avenant.limits.models import Tally
from avenant.messaging.models import OutboundMessage
from avenant_rules import packs, registry
from tests.support.cast import Cast, browser_of
from tests.trust.matrix import ROWS
from tests.trust.stage import play

pytestmark = pytest.mark.promise("G16")

PASSWORD = "Correct-Horse-7!"
SIGN_IN = {"login": "advisor@exemple.test", "password": "Wrong-Horse-7!"}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every door lets two through, so that the tests are short."""
    for name, door in DOORS.items():
        limit = Limit(door.limit.name, 2, door.limit.window)
        monkeypatch.setitem(DOORS, name, Door(limit, door.is_costly, door.by_account))


def stranger(address: str = "203.0.113.9", **headers: str) -> Client:
    return Client(REMOTE_ADDR=address, raise_request_exception=False, **headers)


def test_it_has_a_limit_for_every_form_that_a_stranger_may_send() -> None:
    assert set(open_pages.public_forms()) - DOORS.keys() == set()


def test_it_would_find_a_form_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control."""
    monkeypatch.delitem(DOORS, "verify")

    assert set(open_pages.public_forms()) - DOORS.keys() == {"verify"}


@pytest.mark.timeout(240)
@pytest.mark.usefixtures("narrow")
def test_it_pauses_an_address_at_every_public_form_and_no_other_address(cast: Cast) -> None:
    stage, _ = play(cast)
    faults = []

    for name in sorted(open_pages.public_forms()):
        url = reverse(name, kwargs=ROWS[name].kwargs(stage))
        data = dict(ROWS[name].data)
        answers = [stranger().post(url, data) for _ in range(3)]
        elsewhere = stranger("203.0.113.10").post(url, data)
        statuses = [answer.status_code for answer in answers]
        if 429 in statuses[:2] or statuses[2] != 429 or elsewhere.status_code == 429:
            faults.append(f"{name}: {statuses}, elsewhere {elsewhere.status_code}")
        if "Retry-After" not in answers[2]:
            faults.append(f"{name}: not said when to come back")
        Tally.objects.all().delete()

    assert not faults, "\n".join(faults)


@pytest.mark.usefixtures("narrow")
def test_it_says_when_to_come_back_in_the_readers_language(db: None) -> None:
    url = reverse("verify")
    answers = [stranger(HTTP_ACCEPT_LANGUAGE="en").post(url) for _ in range(3)]
    program = [stranger().post("/api/v1/decisions/application.retention") for _ in range(3)]

    assert "Try again in 10 minutes." in answers[2].content.decode()
    assert program[2].json()["error"]["code"] == "too_many_requests"


@pytest.mark.usefixtures("narrow")
def test_it_looks_at_nothing_of_what_is_too_much(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the form's fields: a file of ten megabytes would be parsed for nothing."""
    parsed = []
    monkeypatch.setattr(
        "django.http.request.HttpRequest._load_post_and_files",
        lambda request: (
            parsed.append(1) or setattr(request, "_post", {}) or setattr(request, "_files", {})
        ),
    )

    for _ in range(5):
        stranger().post(reverse("verify"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})

    assert len(parsed) == 2


@pytest.mark.usefixtures("narrow")
def test_it_counts_uploads_by_account_from_wherever_they_come(cast: Cast) -> None:
    mine = ApplicationStory(cast.advisor).open()
    other = ApplicationStory(cast.other_advisor).open()

    def upload(story: ApplicationStory, address: str) -> int:
        browser = browser_of(story.advisor)
        url = reverse("upload_file", args=[story.application.pk])
        return browser.post(url, {"kind": "quote"}, REMOTE_ADDR=address).status_code

    statuses = [upload(mine, f"203.0.113.{number}") for number in range(3)]

    assert statuses == [422, 422, 429]
    assert upload(other, "203.0.113.2") == 422


@pytest.mark.rule("4/AUT-19")
def test_it_counts_the_passwords_of_an_account_over_all_addresses(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avenant.accounts import adapter

    monkeypatch.setattr(adapter, "PASSWORD", Limit("password", 7, adapter.PASSWORD.window))
    User.objects.create_user(SIGN_IN["login"], PASSWORD, name="A", role="advisor")
    url = reverse("account_login")

    statuses = [
        stranger(f"203.0.113.{number}").post(url, SIGN_IN).status_code for number in range(9)
    ]
    right = stranger("198.51.100.1").post(url, SIGN_IN | {"password": PASSWORD})

    assert statuses == [200] * 7 + [429] * 2
    assert right.status_code == 429


@pytest.mark.rule("4/AUT-19")
def test_it_lets_no_single_address_close_an_account(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What axes keeps out is not counted for the account."""
    from avenant.accounts import adapter

    monkeypatch.setattr(adapter, "PASSWORD", Limit("password", 7, adapter.PASSWORD.window))
    User.objects.create_user(SIGN_IN["login"], PASSWORD, name="A", role="advisor")
    url = reverse("account_login")

    for _ in range(20):
        stranger().post(url, SIGN_IN)
    right = stranger("198.51.100.1").post(url, SIGN_IN | {"password": PASSWORD})

    assert right.status_code == 302


def test_it_writes_to_nobodys_mailbox_without_end(db: None) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")

    def ask(email: str) -> list[int]:
        return [
            stranger(f"203.0.113.{number}")
            .post(reverse("account_reset_password"), {"email": email})
            .status_code
            for number in range(7)
        ]

    known, unknown = ask("known@exemple.test"), ask("unknown@exemple.test")

    assert known == unknown == [302] * 5 + [429] * 2
    assert OutboundMessage.objects.count() == 5


@pytest.mark.rule("4/AUT-01")
@pytest.mark.parametrize(
    "path",
    [
        "/courriel/",
        "/inscription/",
        "/mot-de-passe/definir/",
        "/deuxieme-facteur/recovery-codes/download/",
        "/deuxieme-facteur/webauthn/",
        "/accounts/email/",
        "/accounts/signup/",
    ],
)
def test_it_has_no_page_of_a_library_that_nobody_needs(cast: Cast, path: str) -> None:
    for browser in (stranger(), browser_of(cast.advisor)):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"email": "x@exemple.test", "action_add": ""}).status_code == 404


def test_it_opens_the_pages_of_libraries_that_are_listed_and_no_other() -> None:
    assert set(open_pages.library_pages()) == open_pages.LIBRARY_PAGES


def test_it_would_find_a_page_of_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: allauth's page of addresses, put back."""
    from allauth.account import views
    from django.urls import path

    extra = path("courriel/", views.email, name="account_email")
    monkeypatch.setattr(open_pages, "get_resolver", lambda: SimpleNamespace(url_patterns=[extra]))

    assert set(open_pages.library_pages()) - open_pages.LIBRARY_PAGES == {"account_email"}


@pytest.mark.rule("4/AUT-01")
def test_it_has_no_form_in_which_somebody_changes_an_address(cast: Cast) -> None:
    """Every form, sent with another's and a new address by somebody signed in: none is taken."""
    before = set(User.objects.values_list("pk", "email"))
    stage, browsers = play(cast)

    for name, row in ROWS.items():
        for address in ("other_advisor@exemple.test", "new@exemple.test"):
            data = dict(row.data) | {"email": address, "login": address, "action_add": ""}
            browsers["advisor"].post(reverse(name, kwargs=row.kwargs(stage)), data)

    assert set(User.objects.values_list("pk", "email")) == before


@pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1:81", "localhost"])
def test_it_writes_links_to_its_own_address_whatever_the_host_is_said_to_be(
    db: None, settings: pytest.FixtureRequest, host: str
) -> None:
    settings.PUBLIC_URL = "https://avenant.example.org"  # type: ignore[attr-defined]
    user = User.objects.create_user("known@exemple.test", PASSWORD, name="Kim", role="advisor")

    stranger(HTTP_HOST=host).post(reverse("account_reset_password"), {"email": user.email})
    message = OutboundMessage.objects.get()
    link = next(word for word in message.text.split() if "://" in word)

    assert link.startswith("https://avenant.example.org/mot-de-passe/nouveau/")
    assert host not in message.text
    assert "Bonjour Kim," in message.text
    assert stranger().get(link, follow=True).context["form"]


NAMES = ["x" * 50_000, "a." * 25_000, "é" * 3_000, "../" * 1_000, "application." + "b" * 50_000]


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_a_decision_of_any_name_and_keeps_none(db: None, name: str) -> None:
    ask_for(name)
    before = kept()

    statuses = ask_for(f"{name}0") + ask_for(f"{name}1")

    assert set(statuses) <= {404, 422}
    assert kept() == before


def ask_for(name: str) -> list[int]:
    """A decision, a carrier and a brand of that name; what was answered."""
    facts = '{"saved_on": ["2026-02-20"], "as_of": "2026-03-07"}'
    api = "/api/v1/decisions/"
    answers = [
        stranger().post(f"{api}{name}", facts, content_type="application/json"),
        stranger().post(
            f"{api}application.retention?carrier={name}", facts, content_type="application/json"
        ),
        stranger().get(f"/marque/{name.replace('/', '')}.css"),
    ]
    return [answer.status_code for answer in answers]


def kept() -> dict[str, int]:
    """How much every cache of the product holds."""
    wrapped = type(packs.pack_folder)
    return {
        f"{module}.{name}": found.cache_info().currsize
        for module, inside in list(sys.modules.items())
        if module.partition(".")[0] in {"avenant", "avenant_rules"}
        for name, found in vars(inside).items()
        if type(found) is wrapped and found.__module__.startswith("avenant")
    }


def test_it_would_see_a_cache_that_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the family looked for without asking whether there is one."""
    before = kept()

    registry._modules("zzz")
    after = kept()
    registry._modules.cache_clear()

    assert after["avenant_rules.registry._modules"] == before["avenant_rules.registry._modules"] + 1


FROM_ELSEWHERE = [
    {"HTTP_ORIGIN": "https://elsewhere.example"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
    {"HTTP_ORIGIN": "http://testserver:81"},
    {"HTTP_REFERER": "https://elsewhere.example/testserver/"},
    {"HTTP_REFERER": "http://testserver.elsewhere.example/"},
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_it_moves_the_demos_clock_for_no_page_of_another_site(
    cast: Cast, headers: dict[str, str]
) -> None:
    story = ApplicationStory(cast.advisor).open()

    answer = Client().post("/demo/horloge", {"today": "2030-06-01"}, **headers)

    story.application.refresh_from_db()
    assert answer.status_code == 403
    assert "un autre site" in answer.content.decode()
    assert story.application.state == "draft"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_REFERER": "http://testserver/demo/horloge"},
        {"HTTP_SEC_FETCH_SITE": "none"},
    ],
)
def test_it_moves_the_demos_clock_for_its_own_page_and_for_programs(
    db: None, headers: dict[str, str]
) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/demo/horloge", {"today": "2026-06-01"}, **headers
    )

    assert answer.status_code == 302


def test_it_tells_no_stranger_over_http_which_numbers_exist(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_submitted()

    def page(number: str) -> str:
        file = SimpleUploadedFile("a.pdf", f"%PDF-1.7 /T (avenant-{number}-submitted)".encode())
        html = stranger().post(reverse("verify"), {"file": file}).content.decode()
        answer = html.partition('role="status"')[2].partition("SHA-256")[0]
        assert answer
        return answer.replace(number, "#")

    assert story.application.number
    assert page(story.application.number) == page("CBEX0000000")
