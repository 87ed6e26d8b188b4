"""The second factor cannot be guessed (G2): five codes of an account are compared in a quarter of an
hour, wherever they are asked and in however many processes; a code opens once; nobody is locked out by
setting it up, and nothing but setting it up is open before.
"""

import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from avenant.accounts import forms
from avenant.accounts.models import User
from avenant.limits.guesses import SECOND_FACTOR
from tests.support.browsing import ADVISOR, token_of
from tests.support.patience import patient
from tests.support.programs import PROGRAM, ROOT, environment, free_port, process, wait_until_ready

pytestmark = [pytest.mark.promise("G2"), pytest.mark.rule("4/AUT-19")]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Correct-Horse-7!"
COMPARED, PAUSED = 200, 429


@pytest.fixture
def advisor(db: None) -> User:
    """Somebody with a password, a second factor and recovery codes."""
    user = User.objects.create_user(
        "advisor@exemple.test", PASSWORD, name="A", role="advisor", carrier="croix_bleue"
    )
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture(autouse=True)
def no_memory_of_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process would keep its own note of the codes that were used: here there is none, as in
    the other process."""
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda *_: True)


def right_code() -> str:
    """The code of this moment; the test waits for none, it only avoids the last second of one."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def wrong_codes(count: int) -> Iterator[str]:
    """Codes that no clock shows around now."""
    near = {
        totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30 + step))
        for step in range(-3, 30)
    }
    found = (f"{number:06}" for number in range(1_000_000))
    yield from (
        code for code, _ in zip((c for c in found if c not in near), range(count), strict=False)
    )


def with_password(email: str = "advisor@exemple.test", address: str = "203.0.113.1") -> Client:
    """A browser in which the password was right, and the code is asked."""
    browser = Client(REMOTE_ADDR=address, raise_request_exception=False)
    answer = browser.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    return browser


def a_try(browser: Client, code: str) -> HttpResponse:
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def test_it_compares_five_codes_of_an_account_from_wherever_they_come(advisor: User) -> None:
    browsers = [with_password(address=f"203.0.113.{number}") for number in range(1, 4)]

    statuses = [
        a_try(browsers[number % 3], code).status_code for number, code in enumerate(wrong_codes(8))
    ]
    right = a_try(browsers[0], right_code())

    assert statuses == [COMPARED] * 5 + [PAUSED] * 3
    assert right.status_code == PAUSED
    assert 0 < int(right["Retry-After"]) <= 15 * 60
    assert "_auth_user_id" not in browsers[0].session


def test_it_counts_a_recovery_code_and_a_code_asked_again_with_them(advisor: User) -> None:
    """One account, one figure, whichever form asks."""
    signing_in, signed_in = with_password(), Client(raise_request_exception=False)
    signed_in.force_login(advisor, backend="allauth.account.auth_backends.AuthenticationBackend")
    again = reverse("mfa_reauthenticate")

    statuses = [signed_in.post(again, {"code": code}).status_code for code in wrong_codes(3)]
    statuses += [a_try(signing_in, f"9999999{number}").status_code for number in range(3)]
    late = a_try(signing_in, RecoveryCodes.activate(advisor).get_unused_codes()[0])

    assert statuses == [COMPARED] * 5 + [PAUSED]
    assert late.status_code == PAUSED


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("account_reauthenticate", {"password": "Wrong-Horse-7!"}),
        (
            "account_change_password",
            {
                "oldpassword": "Wrong-Horse-7!",
                "password1": "New-Horse-77!",
                "password2": "New-Horse-77!",
            },
        ),
    ],
)
def test_it_compares_five_passwords_of_somebody_signed_in(
    advisor: User, name: str, wrong: dict[str, str]
) -> None:
    """A browser left open is no place to guess in."""
    browser = Client(raise_request_exception=False)
    browser.force_login(advisor, backend="allauth.account.auth_backends.AuthenticationBackend")

    statuses = [browser.post(reverse(name), wrong).status_code for _ in range(6)]

    assert statuses == [COMPARED] * 5 + [PAUSED]


def test_it_opens_with_the_right_code_which_takes_no_wrong_one_back(advisor: User) -> None:
    for code in wrong_codes(4):
        a_try(with_password(), code)

    opened = a_try(with_password(), right_code())
    statuses = [a_try(with_password(), code).status_code for code in wrong_codes(2)]

    assert opened.status_code == 302
    assert statuses == [COMPARED, PAUSED]


def test_it_opens_with_a_code_once_in_whichever_process(advisor: User) -> None:
    first, second = with_password(), with_password()
    code = right_code()

    opened = a_try(first, code)
    again = a_try(second, f"{code[:3]} {code[3:]}")

    assert opened.status_code == 302
    assert again.status_code == COMPARED
    assert "il a déjà servi" in again.content.decode()


def test_it_would_compare_as_many_as_come_without_counting(
    advisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: allauth's own limit is off, and ours is the only one."""
    counted = forms.count_try
    monkeypatch.setattr(
        forms, "count_try", lambda limit, who: limit is SECOND_FACTOR or counted(limit, who)
    )
    browser = with_password()

    statuses = {a_try(browser, code).status_code for code in wrong_codes(20)}

    assert statuses == {COMPARED}
    assert a_try(browser, right_code()).status_code == 302


def test_it_answers_a_post_without_a_code(advisor: User) -> None:
    """allauth would look for a security key, of which there are none."""
    answer = with_password().post(reverse("mfa_authenticate"), {"credential": "{}"})

    assert answer.status_code == COMPARED


def test_it_can_be_set_up_whatever_allauth_knows_of_an_address(
    db: None, settings: pytest.FixtureRequest
) -> None:
    """Somebody whose address an earlier version noted as not verified is not locked out."""
    settings.AVENANT_STAFF_MFA = True  # type: ignore[attr-defined]
    user = User.objects.create_user(
        "new@exemple.test", PASSWORD, name="N", role="advisor", carrier="croix_bleue"
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    browser = Client()

    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    asked = browser.get(reverse("mfa_activate_totp"), follow=True)
    browser.post(asked.redirect_chain[-1][0], {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp"))
    secret = browser.session[totp.SECRET_SESSION_KEY]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    done = browser.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)

    assert secret in page.content.decode()
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r'class="num">\d{8}<', done.content.decode())) == 10
    assert browser.get(reverse("drafts")).status_code == 200


def test_it_keeps_no_secret_of_it_in_clear(advisor: User) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert kept.count("gAAAA") == 2


TRIES = 600


@pytest.mark.trust
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_it_withstands_600_codes_over_two_processes(tmp_path: Path) -> None:
    """Twelve clients with addresses of their own; one process is killed and comes back in the
    middle."""
    ports = [free_port(), free_port()]
    env = environment(ports[0], AVENANT_PROXY_COUNT="1")
    subprocess.run([*PROGRAM, "load_demo", "--people"], env=env, cwd=ROOT, check=True)
    totp.TOTP.activate(User.objects.get(email=ADVISOR), SECRET)
    with ExitStack() as stack:
        stack.enter_context(process(["serve"], env, tmp_path / "serve-0.log"))
        wait_until_ready(f"http://localhost:{ports[0]}", path="/healthz", folder=tmp_path)
        found: Counter[int] = Counter()
        for half in range(2):
            log = tmp_path / f"serve-1-{half}.log"
            with process(["serve"], env | {"PORT": str(ports[1])}, log) as other:
                wait_until_ready(f"http://localhost:{ports[1]}", path="/healthz", folder=tmp_path)
                with ThreadPoolExecutor(12) as threads:
                    for one in threads.map(
                        lambda number: _guess(ports[number % 2], number), range(12)
                    ):
                        found += one
                other.kill()

    assert found.total() == TRIES
    assert set(found) == {COMPARED, PAUSED}
    assert found[COMPARED] <= 5


def _guess(port: int, number: int) -> Counter[int]:
    from avenant.demo.people import PASSWORD as DEMO

    found: Counter[int] = Counter()
    headers = {"X-Forwarded-For": f"203.0.113.{number + 1}"}
    with httpx.Client(
        headers=headers, base_url=f"http://localhost:{port}", timeout=patient(60)
    ) as browser:
        browser.get(reverse("account_login"))
        browser.post(
            reverse("account_login"), data=token_of(browser) | {"login": ADVISOR, "password": DEMO}
        )
        for code in wrong_codes(TRIES // 24):
            answer = browser.post(
                reverse("mfa_authenticate"), data=token_of(browser) | {"code": code}
            )
            found[answer.status_code] += 1
    return found
