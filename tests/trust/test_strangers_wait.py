"""Costs are not chosen by strangers: while they send a thousand of the costliest requests there are, a
client's confirmations take at most twice the time they take without them.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import httpx
import pytest
from django.urls import reverse

from avenant import asgi
from avenant.accounts.models import User
from avenant.applications.actions.send_section import modify_section, send_section
from avenant.demo.dossiers import ApplicationStory
from avenant.limits.doors import COUNTED, DOORS, REFUSED
from avenant.limits.early import Gate, address_of, count_early, door_of
from avenant.live.actions.note_presence import note_presence
from avenant.live.window import COOKIE
from tests.support.browsing import ADVISOR
from tests.support.patience import patient
from tests.support.programs import PROGRAM, ROOT, environment, free_port, process, wait_until_ready

pytestmark = pytest.mark.promise("G16")

REQUESTS, CLIENTS = 1_000, 20
FEW = 40
AT_MOST, SLACK = 2, 3


def scope_of(path: str, **headers: str) -> dict[str, object]:
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "client": ("203.0.113.9", 1),
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/verifier", "verify"),
        ("/connexion/", "account_login"),
        ("/api/v1/decisions/x", "api_decide"),
        ("/mot-de-passe/nouveau/1-a-b/", "account_reset_password_from_key"),
        ("/nowhere", None),
        ("/" + "x" * 60_000, None),
    ],
)
def test_it_knows_the_door_before_anything_is_read(path: str, name: str | None) -> None:
    assert door_of(scope_of(path)) == (DOORS[name] if name else None)
    assert door_of(scope_of(path) | {"method": "GET"}) is None


@pytest.mark.django_db(transaction=True)
def test_it_counts_before_a_body_comes_by_the_address_that_cannot_be_forged() -> None:
    door, scope = DOORS["account_reset_password"], scope_of("/mot-de-passe/oublie/")

    async def knock(times: int) -> list[dict[str, object]]:
        return [await count_early(scope, door) for _ in range(times)]

    found = asyncio.run(knock(door.limit.tries + 1))

    assert all(COUNTED in one for one in found[:-1])
    assert 0 < found[-1][REFUSED] <= 3600
    assert address_of(scope_of("/", **{"x-forwarded-for": "1.2.3.4"})) == "203.0.113.9"


def answers(
    monkeypatch: pytest.MonkeyPatch, steps: Callable[[asyncio.Event, list[str]], object]
) -> list[str]:
    """Run `steps` against the door with a site behind it that only says what it does."""
    said: list[str] = []

    async def run() -> None:
        go_on = asyncio.Event()

        async def site(scope: dict, receive: Callable, send: Callable) -> None:
            while (await receive()).get("more_body"):
                pass
            said.append(f"{scope['who']} in")
            if scope["who"] == "first":
                await go_on.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def counted(scope: dict, _door: object) -> dict:
            return scope

        monkeypatch.setattr(asgi, "_gate", Gate())
        monkeypatch.setattr(asgi, "_django", site)
        monkeypatch.setattr(asgi, "count_early", counted)
        await steps(go_on, said)

    asyncio.run(run())
    return said


async def sent(_message: object) -> None:
    """Takes what the site answers."""


def whole_body() -> Callable:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x", "more_body": False}

    return receive


def test_it_does_one_costly_thing_at_a_time_and_never_waits_with_those_who_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def steps(go_on: asyncio.Event, said: list[str]) -> None:
        def knock(path: str, who: str) -> asyncio.Task:
            scope = scope_of(path) | {"who": who}
            return asyncio.create_task(asgi.application(scope, whole_body(), sent))

        first = knock("/verifier", "first")
        await asyncio.sleep(0)
        second = knock("/connexion/", "second")
        client = knock("/appel/seance/section/accord", "client")
        await client
        said.append("client done")
        go_on.set()
        await asyncio.gather(first, second)

    assert answers(monkeypatch, steps) == ["first in", "client in", "client done", "second in"]


def test_it_lets_nobody_who_sends_slowly_keep_the_others_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def steps(go_on: asyncio.Event, said: list[str]) -> None:
        never = asyncio.Event()

        async def slow() -> dict[str, object]:
            await never.wait()
            return {"type": "http.request", "body": b"x", "more_body": False}

        scope = scope_of("/verifier")
        first = asyncio.create_task(asgi.application(scope | {"who": "slow"}, slow, sent))
        await asyncio.sleep(0)
        await asgi.application(scope | {"who": "quick"}, whole_body(), sent)
        never.set()
        await first

    assert answers(monkeypatch, steps) == ["quick in", "slow in"]


@pytest.mark.trust
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_it_confirms_as_fast_while_strangers_send_a_thousand_costly_requests(
    tmp_path: Path,
) -> None:
    port = free_port()
    env = environment(port, AVENANT_PROXY_COUNT="1")
    site = f"http://localhost:{port}"
    with ExitStack() as stack:
        subprocess.run([*PROGRAM, "load_demo", "--people"], env=env, cwd=ROOT, check=True)
        stack.enter_context(process(["serve"], env, tmp_path / "serve.log"))
        wait_until_ready(site, path="/healthz", folder=tmp_path)
        story = ApplicationStory(User.objects.get(email=ADVISOR)).open().fill().join()
        times = confirmations(site, story)
        for _ in range(5):
            next(times)  # the first ones load what they need
        alone = [next(times) for _ in range(FEW)]
        command = [sys.executable, "-m", "tests.trust.strangers", site, str(REQUESTS), str(CLIENTS)]
        strangers = stack.enter_context(
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        )
        stack.callback(strangers.kill)
        beside = []
        while strangers.poll() is None:
            beside.append(next(times))
        told = Counter(json.loads(strangers.communicate()[0]))

    ratio = p95(beside) / p95(alone)
    print(  # noqa: T201
        f"confirmation p95 {p95(alone) * 1e3:.0f} ms alone, {p95(beside) * 1e3:.0f} ms beside"
        f" {REQUESTS} costly requests ({ratio:.1f} times, {len(beside)} confirmations); {dict(told)}"
    )
    assert told.total() == REQUESTS
    assert set(told) <= {"200", "302", "413", "422", "429"}
    assert len(beside) >= FEW
    assert ratio <= AT_MOST * SLACK


def confirmations(site: str, story: ApplicationStory) -> Iterator[float]:
    """The seconds of each of the client's confirmations, of one section again and again."""
    headers = {"X-Forwarded-For": "198.51.100.24"}
    with httpx.Client(base_url=site, headers=headers, timeout=patient(60)) as browser:
        browser.cookies.set(COOKIE, story.token, path="/appel")
        browser.get(reverse("client_window"))
        for _ in count():
            note_presence(story.call.pk, story.call.client_token_digest)
            sent = send_section(story.application, story.call, "insured", by=story.advisor)
            fields = {
                "csrfmiddlewaretoken": browser.cookies["csrftoken"],
                "snapshot": str(sent.pk),
                "content_hash": sent.content_hash,
            }
            started = time.perf_counter()
            answer = browser.post(reverse("agree_section"), data=fields)
            yield time.perf_counter() - started
            assert answer.status_code == 302, answer.text
            sent.refresh_from_db()
            assert sent.state == "confirmed"
            modify_section(story.application, story.call, "insured", by=story.advisor)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
