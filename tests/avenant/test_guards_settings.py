"""The settings that guard: what an installation for the public is given, and what the pages then say."""

import importlib.util
from types import ModuleType

import pytest
from django.conf import settings as used
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from avenant import settings as written
from avenant.accounts.models import User
from avenant.demo.dossiers import ApplicationStory
from avenant.live.codes import shown_code
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G16")

PASSWORD = "Correct-Horse-7!"
PUBLIC = {
    "AVENANT_DEMO": "0",
    "AVENANT_DEBUG": "0",
    "AVENANT_HTTPS": "1",
    "AVENANT_ALLOWED_HOSTS": "avenant.example.org",
}
SECURE = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "LANGUAGE_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SAMESITE": "Lax",
    "LANGUAGE_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 30 * 60,
    "AVENANT_STAFF_MFA": True,
    "AVENANT_DEMO": False,
    "DEBUG": False,
    "SERVESTATIC_USE_FINDERS": False,
    "CSRF_FAILURE_VIEW": "avenant.pages.views.csrf_failure",
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": 0.25,
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_SENSITIVE_PARAMETERS": ["login", "password", "username"],
    "AXES_CLIENT_IP_CALLABLE": "avenant.http.throttled_address",
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_SESSION_REMEMBER": False,
    "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 12 * 1024 * 1024,
    "AVENANT_UPLOAD_LIMIT": 10 * 1024 * 1024,
    "AVENANT_TOUCH_SECONDS": 60,
    "AVENANT_SWEEP_AFTER_SECONDS": 20,
    "AVENANT_WORKER_SILENCE_SECONDS": 10.0,
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self' blob:",
    "object-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> ModuleType:
    """The settings as a process with this environment reads them."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("settings_read_again", written.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "value"), SECURE.items(), ids=SECURE.keys())
def test_it_guards_an_installation_for_the_public(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    assert getattr(read(monkeypatch, **PUBLIC), name) == value


def test_it_leaves_the_demo_out_for_the_public(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "avenant.demo" not in read(monkeypatch, **PUBLIC).INSTALLED_APPS


@pytest.mark.parametrize("name", ["AVENANT_DEMO", "AVENANT_DEBUG"])
def test_it_starts_neither_the_demo_nor_the_debugger_for_the_public(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with pytest.raises(ImproperlyConfigured):
        read(monkeypatch, **(PUBLIC | {name: "1"}))
    read(monkeypatch, **(PUBLIC | {name: "1", "AVENANT_ALLOWED_HOSTS": "localhost"}))


def test_it_keeps_a_secret_of_its_own_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = read(monkeypatch, **PUBLIC), read(monkeypatch, **PUBLIC)

    assert first.SECRET_KEY == second.SECRET_KEY
    assert len({first.SECRET_KEY, first.AVENANT_DIGEST_KEY, *first.AVENANT_KEY_RING}) == 3


def test_it_says_where_it_may_not_write_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="AVENANT_VAR"):
        read(monkeypatch, **PUBLIC, AVENANT_VAR="/dev/null/avenant")


@pytest.mark.parametrize(("name", "value"), POLICY.items(), ids=POLICY.keys())
def test_it_tells_browsers_what_a_page_may_load(db: None, name: str, value: str) -> None:
    said = Client().get(reverse("join_call"))["Content-Security-Policy"]
    policy = dict(one.strip().split(" ", 1) for one in said.split(";"))

    assert policy[name] == value
    assert policy.keys() == POLICY.keys()


def test_it_keeps_cookies_from_scripts_and_other_sites(cast: Cast) -> None:
    User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")
    browser = Client()
    browser.get(reverse("account_login"))
    browser.post(reverse("account_login"), {"login": "known@exemple.test", "password": PASSWORD})
    browser.post(reverse("set_language"), {"language": "en"})

    session, language = browser.cookies["sessionid"], browser.cookies["django_language"]

    assert session["httponly"]
    assert language["httponly"]
    assert {one["samesite"] for one in browser.cookies.values()} == {"Lax"}
    assert not session["max-age"]  # gone with the browser; the server ends it before


def test_it_takes_no_form_that_another_site_sends(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    browser = Client(enforce_csrf_checks=True)
    fields = {"code": shown_code(story.call), "consent": "on"}

    assert browser.post(reverse("join_call"), fields).status_code == 403

    browser.get(reverse("join_call"))
    token = browser.cookies["csrftoken"].value
    assert browser.post(reverse("join_call"), fields | {"csrfmiddlewaretoken": token}).status_code == 302  # fmt: skip


def test_it_hashes_passwords_slowly_and_signs_in_by_address_alone(db: None) -> None:
    user = User.objects.create_user("Known@Exemple.test ", PASSWORD, name="K", role="advisor")

    assert user.password.startswith("argon2")
    assert user.email == "known@exemple.test"
    assert {"email"} == used.ACCOUNT_LOGIN_METHODS


@pytest.mark.rule("4/AUT-04")
def test_it_takes_no_weak_password_for_a_new_one(db: None) -> None:
    user = User.objects.create_user("known@exemple.test", PASSWORD, name="K", role="advisor")
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    for new in ("smatis-2023!", "known-Smatis-2023!", "Other-Horse-77!"):
        fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        browser.post(reverse("account_change_password"), fields)
        user.refresh_from_db()
        assert user.check_password(new) == (new == "Other-Horse-77!")
