"""PostgreSQL itself killed with signal 9, ten times, in the middle of a submission and of a live
session: nothing lost, nothing doubled, and whoever works meanwhile is told so (G4).

The server is these tests' own; web process and worker are never started again by hand.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.urls import reverse

from avenant.demo.dossiers import STROKES
from avenant.live.window import COOKIE
from avenant.ops.cluster import Cluster
from tests.support.browsing import sign_in, token_of
from tests.support.patience import patient
from tests.support.programs import (
    PROGRAM,
    ROOT,
    environment,
    free_port,
    process,
    wait_until,
    wait_until_ready,
)
from tests.trust.effects import MAILS, ONCE

pytestmark = [pytest.mark.promise("G4"), pytest.mark.timeout(300)]

RECOVERED_WITHIN_SECONDS = 60
SENTENCE = "Le service est interrompu un instant"


def full(*points: str) -> list[Any]:
    """The first of them always, all of them in `make trust`."""
    return [points[0], *(pytest.param(point, marks=pytest.mark.trust) for point in points[1:])]


@dataclass
class Installation:
    """Web process and worker on a PostgreSQL of their own."""

    cluster: Cluster
    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def barrier(self) -> Path:
        return self.folder / "barrier"

    def environment(self, **more: str) -> dict[str, str]:
        return environment(
            self.port,
            DATABASE_URL=self.cluster.url(),
            AVENANT_VAULT=str(self.cluster.home / "vault"),
            AVENANT_SWEEP_AFTER_SECONDS="1",
            **more,
        )

    def run(self, *command: str) -> str:
        return subprocess.run(
            command, env=self.environment(), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def elsewhere(self, act: str, what: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            self.run(sys.executable, "-m", "tests.trust.elsewhere", act, what)
        )
        return found

    @contextmanager
    def running(
        self, *, crash_in: str = "", point: str = "", worker: str = "worker"
    ) -> Iterator[None]:
        """`crash_in` stops at `point` once, until it is let go."""
        stopping = {"AVENANT_CRASH_AT": point, "AVENANT_CRASH_BARRIER": str(self.barrier)}
        with ExitStack() as stack:
            for name, arguments in (("serve", ["serve"]), ("worker", worker.split())):
                env = self.environment(**(stopping if name == crash_in else {}))
                stack.enter_context(process(arguments, env, self.folder / f"{name}.log"))
            wait_until_ready(self.site, path="/readyz", folder=self.folder)
            yield

    def is_told(self, number: str) -> bool:
        """Whether all mails of the submission went out; False too while the database is away."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.cluster.url()) as link:
            row = link.execute(
                "SELECT count(*) FROM messaging_outboundmessage"
                " WHERE state = 'sent' AND once_key LIKE %s",
                [f"%:{number}"],
            ).fetchone()
            return row is not None and row[0] == MAILS
        return False

    def let_go(self) -> None:
        self.barrier.write_text("go")

    def words(self) -> str:
        return "\n".join(log.read_text()[-3000:] for log in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster.named(f"killed-{os.getpid()}")
    env = os.environ | {"DATABASE_URL": cluster.ensure_running()}
    for command in (["migrate", "--no-input", "--verbosity", "0"], ["load_demo", "--people"]):
        subprocess.run([*PROGRAM, *command], env=env, cwd=ROOT, check=True)
    yield cluster
    cluster.reset()
    shutil.rmtree(cluster.home)


@pytest.fixture
def here(cluster: Cluster, tmp_path: Path) -> Installation:
    cluster.ensure_running()
    return Installation(cluster, tmp_path)


IN_THE_CLICK = ("before_commit", "after_commit")


@pytest.mark.parametrize(
    "point",
    full("after_seal", *IN_THE_CLICK, "after_render", "after_deposit", "before_mail"),
)
def test_it_submits_once_though_the_database_is_killed(here: Installation, point: str) -> None:
    story = here.elsewhere("prepare", "submit")
    submit = reverse("submit_application", args=[story["application"]])
    crash_in = "serve" if point in IN_THE_CLICK else "worker"

    with here.running(crash_in=crash_in, point=point), sign_in(here.site) as browser:
        click = in_background(lambda: browser.post(submit, data=token_of(browser)))
        wait_until(here.barrier.exists, seconds=40, words=here.words)
        here.cluster.kill_nine()
        here.let_go()
        meanwhile = browser.get("/transmises/")
        first = click.result(timeout=patient(30))
        here.cluster.ensure_running()
        again = persistently(lambda: browser.post(submit, data=token_of(browser)))
        wait_until(
            lambda: here.is_told(story["number"]),
            seconds=RECOVERED_WITHIN_SECONDS,
            words=here.words,
        )

    assert here.elsewhere("look", story["application"])["effects"] == ONCE
    assert (meanwhile.status_code, SENTENCE in meanwhile.text) == (503, True)
    assert first.status_code == 302 or SENTENCE in first.text
    assert (again.status_code, again.headers["Location"]) == (
        302,
        reverse("submitted_application", args=[story["application"]]),
    )


@pytest.mark.trust
def test_it_would_never_finish_with_a_worker_that_ends_with_its_database(
    here: Installation,
) -> None:
    """Negative control: the queue's own worker stops when its connections break."""
    story = here.elsewhere("prepare", "submit")
    submit = reverse("submit_application", args=[story["application"]])

    with (
        here.running(crash_in="worker", point="after_seal", worker="procrastinate worker"),
        sign_in(here.site) as browser,
    ):
        browser.post(submit, data=token_of(browser))
        wait_until(here.barrier.exists, seconds=40, words=here.words)
        here.cluster.kill_nine()
        here.let_go()
        here.cluster.ensure_running()
        with pytest.raises(AssertionError, match="within 10 s"):
            wait_until(lambda: here.is_told(story["number"]), seconds=10)


@pytest.mark.parametrize("act", full("confirm", "answer", "sign", "object"))
def test_it_goes_on_with_a_live_session_though_the_database_is_killed(
    here: Installation, act: str
) -> None:
    story = here.elsewhere("prepare", {"object": "confirm"}.get(act, act))

    with (
        here.running(),
        sign_in(here.site) as advisor,
        httpx.Client(
            base_url=here.site, cookies={COOKIE: story["token"]}, timeout=patient(30)
        ) as client,
        listening(advisor, reverse("call_events", args=[story["call"]])) as advisor_hears,
        listening(client, reverse("client_events")) as client_hears,
    ):
        once = acting(act, story, advisor, client)
        with held(here.cluster, story["call"]):
            blocked = in_background(once)
            wait_until(lambda: is_somebody_waiting(here.cluster), seconds=20, words=here.words)
            here.cluster.kill_nine()
        first = blocked.result(timeout=patient(30))
        here.cluster.ensure_running()
        again = persistently(once)
        found = here.elsewhere("look", story["application"])
        wait_until(
            lambda: min(advisor_hears[-1], client_hears[-1]) >= found["sequence"],
            seconds=RECOVERED_WITHIN_SECONDS,
            words=here.words,
        )

    assert (first.status_code, SENTENCE in first.text) == (503, True)
    assert again.status_code in {200, 302, 409}
    assert {
        "confirm": found["events"] == {"section_confirmed": 1, "signature_given": 0},
        "answer": found["answers"]["first_name"] == "Tenace",
        "sign": found["events"]["signature_given"] == 1,
        "object": found["section"] == "to_reconfirm" or found["section"] == "filled",
    }[act], found


def acting(
    act: str, story: dict[str, Any], advisor: httpx.Client, client: httpx.Client
) -> Callable[[], httpx.Response]:
    """The act as its window's script repeats it until it is answered."""
    pages = {
        "confirm": ("agree_section", {k: story.get(k) for k in ("snapshot", "content_hash")}),
        "sign": (
            "sign",
            {k: story.get(k) for k in ("request", "signed_hash")}
            | {"signature": STROKES, "read_to_end": "1"},
        ),
        "object": ("client_trouble", {"comment": "Ce n'est pas mon adresse."}),
    }
    if act == "answer":
        address = reverse("save_answers", args=[story["application"]])
        return lambda: advisor.post(
            address,
            data=token_of(advisor) | {"first_name": "Tenace"},
            headers={"HX-Request": "true", "Avenant-Window": "w", "Avenant-Seq": "1"},
        )
    client.get(reverse("client_window"))  # gives the token that acts need
    name, data = pages[act]
    return lambda: client.post(reverse(name), data=token_of(client) | data)


def in_background(act: Callable[[], httpx.Response]) -> Future[httpx.Response]:
    return ThreadPoolExecutor(1).submit(act)


def persistently(act: Callable[[], httpx.Response]) -> httpx.Response:
    """Do it again until the service answers, as its sentence says."""
    answers: list[httpx.Response] = []

    def is_answered() -> bool:
        answers.append(act())
        return answers[-1].status_code != 503

    wait_until(is_answered, seconds=RECOVERED_WITHIN_SECONDS)
    return answers[-1]


@contextmanager
def held(cluster: Cluster, call: str) -> Iterator[None]:
    """Somebody else holds the row of the call: acts of the session wait at a known place."""
    link = psycopg.connect(cluster.url())
    link.execute("SELECT 1 FROM live_call WHERE id = %s FOR UPDATE", [call])
    try:
        yield
    finally:
        with suppress(psycopg.OperationalError):
            link.close()


def is_somebody_waiting(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url()) as link:
        row = link.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        ).fetchone()
    return bool(row and row[0])


@contextmanager
def listening(browser: httpx.Client, address: str) -> Iterator[list[int]]:
    """An EventSource: reconnects by itself and says the last number it saw. Gives those heard."""
    heard, is_over = [0], threading.Event()

    def listen() -> None:
        while not is_over.is_set():
            with (
                suppress(httpx.TransportError),
                browser.stream("GET", address, headers={"Last-Event-ID": str(heard[-1])}) as lines,
            ):
                for line in lines.iter_lines():
                    if line.startswith("id: "):
                        heard.append(int(line.removeprefix("id: ")))
                    if is_over.is_set():
                        return
            is_over.wait(1)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield heard
    finally:
        is_over.set()
        listener.join(timeout=patient(20))
