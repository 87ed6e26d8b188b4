"""A call code cannot be guessed (G2): however many codes are tried at once, from wherever and over
however many processes, each address has five compared in fifteen minutes, and nobody else waits.
"""

import datetime as dt
import secrets
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import httpx
import pytest
from django.db import connections
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from avenant.accounts.models import User
from avenant.demo.dossiers import ApplicationStory
from avenant.limits.actions import count_try
from avenant.limits.guesses import CALL_CODES
from avenant.limits.limit import Limit
from avenant.limits.models import Tally
from avenant.live import codes
from avenant.live.actions import join_call as joining
from avenant.live.actions.launch_call import renew_code
from avenant.live.codes import ALPHABET, LENGTH, shown_code
from avenant.live.models import Call
from tests.support.browsing import ADVISOR, token_of
from tests.support.cast import Cast
from tests.support.patience import patient
from tests.support.programs import PROGRAM, ROOT, environment, free_port, process, wait_until_ready

pytestmark = pytest.mark.promise("G2")

COMPARED, PAUSED = 422, 429


def wrong_code() -> str:
    """A code that looks right; that it is right has one chance in 10¹¹."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed(code: str) -> dict[str, str]:
    return {"code": code, "consent": "on"}


def a_try(address: str, code: str) -> int:
    return (
        Client(REMOTE_ADDR=address, raise_request_exception=False)
        .post(reverse("join_call"), typed(code))
        .status_code
    )


def all_at_once(addresses: list[str], tries: int) -> Counter[int]:
    """Every address tries so many codes, all in parallel; what they were answered, how often."""
    start = Barrier(len(addresses))

    def guess(address: str) -> Counter[int]:
        start.wait(timeout=patient(30))
        try:
            return Counter(a_try(address, wrong_code()) for _ in range(tries))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(addresses)) as threads:
        return sum(threads.map(guess, addresses), Counter())


@pytest.mark.rule("4/COS-06")
@pytest.mark.django_db(transaction=True)
def test_it_compares_five_codes_an_address_however_many_come_at_once(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    attackers = [f"203.0.113.{number}" for number in range(4)]

    answers = all_at_once([*attackers, *attackers, *attackers], tries=5)

    assert answers == {COMPARED: 5 * len(attackers), PAUSED: 10 * len(attackers)}
    assert a_try(attackers[0], shown_code(story.call)) == PAUSED
    assert a_try("198.51.100.99", shown_code(story.call)) == 302


@pytest.mark.django_db(transaction=True)
def test_it_would_compare_more_without_counting_one_after_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: parallel tries that do not wait for each other each find room."""
    together = Barrier(12)

    def looks_first(limit: Limit, key: str) -> bool:
        if limit is not CALL_CODES:
            return True
        count = Tally.objects.filter(key=key).values_list("count", flat=True).first() or 0
        together.wait(timeout=patient(30))
        ends_at = timezone.now() + limit.window
        Tally.objects.update_or_create(key=key, defaults={"count": count + 1, "ends_at": ends_at})
        return count < limit.tries

    monkeypatch.setattr(count_try, "is_counted", looks_first)

    answers = all_at_once(["203.0.113.1"] * 12, tries=1)

    assert answers[COMPARED] > 5


@pytest.mark.rule("4/COS-06")
def test_it_gives_no_new_guesses_to_an_address_that_joins_a_call_of_its_own(cast: Cast) -> None:
    statuses = []
    for story in (
        ApplicationStory(cast.advisor).open(),
        ApplicationStory(cast.other_advisor).open(),
    ):
        statuses += [a_try("203.0.113.1", wrong_code()) for _ in range(2)]
        statuses.append(a_try("203.0.113.1", shown_code(story.call)))
    statuses += [a_try("203.0.113.1", wrong_code()) for _ in range(3)]
    renewed = renew_code(story.call, by=cast.other_advisor)

    assert statuses == [422, 422, 302, 422, 422, 302, 422, PAUSED, PAUSED]
    assert a_try("203.0.113.1", shown_code(renewed)) == PAUSED


def test_it_lets_a_whole_office_join_one_after_another(cast: Cast) -> None:
    """A right code is given back: those who know theirs do not use up the others' guesses."""
    story = ApplicationStory(cast.advisor).open()

    for _ in range(8):
        assert a_try("203.0.113.1", shown_code(story.call)) == 302
        story.call = renew_code(story.call, by=cast.advisor)


def test_it_waits_a_quarter_of_an_hour_from_the_last_guess(db: None) -> None:
    """Never more than five in any quarter of an hour: the wait begins anew with each."""
    for _ in range(4):
        a_try("203.0.113.1", wrong_code())
    aged(minutes=14)

    late = [a_try("203.0.113.1", wrong_code()) for _ in range(2)]
    aged(minutes=14)
    still = a_try("203.0.113.1", wrong_code())
    aged(minutes=2)

    assert late == [COMPARED, PAUSED]
    assert still == PAUSED
    assert a_try("203.0.113.1", wrong_code()) == COMPARED


def aged(**time: int) -> None:
    """All that was counted was counted so much earlier."""
    Tally.objects.update(ends_at=F("ends_at") - dt.timedelta(**time))


@pytest.mark.django_db(transaction=True)
def test_it_counts_a_try_whose_request_failed_afterwards(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = ApplicationStory(cast.advisor).open()

    def fails(_code: str) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(joining, "code_digest", fails)
        statuses = [a_try("203.0.113.1", wrong_code()) for _ in range(6)]

    assert statuses == [500] * 5 + [PAUSED]
    assert a_try("203.0.113.1", shown_code(story.call)) == PAUSED


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.1", "203.0.113.1", True),
        ("203.0.113.1", "203.0.113.2", False),
    ],
)
def test_it_counts_the_addresses_of_one_line_as_one(
    db: None, first: str, second: str, is_one: bool
) -> None:
    for _ in range(5):
        a_try(first, wrong_code())

    assert a_try(second, wrong_code()) == (PAUSED if is_one else COMPARED)


def test_it_locks_an_account_for_a_whole_line_too(db: None) -> None:
    wrong = {"login": "known@exemple.test", "password": "Wrong-Horse-7!"}
    User.objects.create_user("known@exemple.test", "Right-Horse-7!", name="K", role="advisor")

    statuses = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number}").post(reverse("account_login"), wrong)
        for number in range(1, 7)
    ]

    assert statuses[-1].status_code == 429


def test_it_keeps_no_code_that_can_be_read(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    code = shown_code(story.call)
    row = Call.objects.filter(pk=story.call.pk).values().get()

    kept = " ".join(
        bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value)
        for value in row.values()
    )

    assert code not in kept
    assert row["code_digest"] == codes.code_digest(code.lower())


CLIENTS, CODES = 50, 20_000


@pytest.mark.trust
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_it_withstands_20_000_codes_from_50_clients_over_two_processes(tmp_path: Path) -> None:
    """One of the processes is killed and started again in the middle."""
    ports = [free_port(), free_port()]
    env = environment(ports[0], AVENANT_PROXY_COUNT="1")
    with ExitStack() as stack:
        subprocess.run([*PROGRAM, "load_demo", "--people"], env=env, cwd=ROOT, check=True)
        story = ApplicationStory(User.objects.get(email=ADVISOR)).open()
        servers = ExitStack()
        for number, port in enumerate(ports):
            log = tmp_path / f"serve-{number}.log"
            started = process(["serve"], env | {"PORT": str(port)}, log)
            last = (servers if number else stack).enter_context(started)
            wait_until_ready(f"http://localhost:{port}", path="/healthz", folder=tmp_path)
        half_way = threading.Event()

        def restart() -> None:
            half_way.wait(timeout=patient(1800))
            last.kill()
            last.wait()
            servers.close()
            servers.enter_context(
                process(["serve"], env | {"PORT": str(ports[1])}, tmp_path / "serve-again.log")
            )

        restarting = ThreadPoolExecutor(1).submit(restart)
        answers = _attack(ports, half_way.set)
        restarting.result()
        late = _one(ports[0], "203.0.113.7", shown_code(story.call))
        right = _one(ports[0], "198.51.100.7", shown_code(story.call))
        servers.close()

    statuses = sum(answers.values(), Counter())
    assert statuses.total() == CODES
    assert set(statuses) == {COMPARED, PAUSED}
    assert max(counted[COMPARED] for counted in answers.values()) <= 5
    assert statuses[COMPARED] <= 5 * CLIENTS
    assert (late, right) == (PAUSED, 302)


def _attack(ports: list[int], tell_half: Callable[[], None]) -> dict[str, Counter[int]]:
    """Fifty clients, each with an address of its own, send their share to both processes."""
    sent, lock = Counter[str](), threading.Lock()

    def guess(number: int) -> Counter[int]:
        statuses: Counter[int] = Counter()
        address = f"203.0.113.{number + 1}"
        with httpx.Client(headers={"X-Forwarded-For": address}, timeout=patient(60)) as browser:
            while statuses.total() < CODES // CLIENTS:
                port = ports[statuses.total() % 2]
                try:
                    status = _post(browser, port, wrong_code())
                except httpx.TransportError:
                    continue  # the process that was killed; the code was not answered
                statuses[status] += 1
                with lock:
                    sent["all"] += 1
                    if sent["all"] == CODES // 2:
                        tell_half()
        return statuses

    with ThreadPoolExecutor(CLIENTS) as threads:
        found = threads.map(guess, range(CLIENTS))
        return {f"203.0.113.{number + 1}": statuses for number, statuses in enumerate(found)}


def _post(browser: httpx.Client, port: int, code: str) -> int:
    address = f"http://localhost:{port}{reverse('join_call')}"
    if "csrftoken" not in browser.cookies:
        browser.get(address)
    return browser.post(address, data=token_of(browser) | typed(code)).status_code


def _one(port: int, address: str, code: str) -> int:
    with httpx.Client(headers={"X-Forwarded-For": address}, timeout=patient(60)) as browser:
        return _post(browser, port, code)
