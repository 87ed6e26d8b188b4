"""Whatever happens to the server and the line, a live session loses nothing typed or confirmed (G8).

Two browsers; the advisor types; the server is killed with signal 9 again and again, a fifth of what
the event streams say is lost and a fifth of the saves or of their answers; both windows are offline
for a while. At the end the rows, the advisor's page and the client's window say the same.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Request, Route, expect

from avenant.accounts.models import User
from avenant.demo.dossiers import ApplicationStory
from avenant.history.models import Event
from avenant.live.window import COOKIE, COOKIE_PATH
from tests.journeys.people import AdvisorWindow, ClientWindow
from tests.support.browsing import ADVISOR
from tests.support.patience import patient
from tests.support.programs import PROGRAM, ROOT, environment, free_port, wait_until_ready

pytestmark = [pytest.mark.promise("G8"), pytest.mark.browser]

LOST = 0.2
FIELDS = ("first_name", "former_name", "birth_place", "apartment", "city")
SLACK = 3  # for a noisy machine


@dataclass
class BadLine:
    """Loses a share of the saves on their way, and of the answers on their way back."""

    chance: random.Random = field(default_factory=lambda: random.Random(8))
    lost: int = 0

    def handle(self, route: Route) -> None:
        fate = self.chance.random()
        if fate >= LOST:
            route.continue_()
            return
        self.lost += 1
        if fate < LOST / 2:
            with suppress(Error):  # the server may be gone as well
                route.fetch()
        route.abort("connectionreset")


@dataclass
class Server:
    """The web process, killed and started again on the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    lost: float = LOST
    process: subprocess.Popen[bytes] | None = None

    @property
    def site(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.trust.lossy_server", str(self.port), str(self.lost)],
                env=environment(self.port),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        wait_until_ready(self.site, path="/healthz", folder=self.folder)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    subprocess.run(
        [*PROGRAM, "load_demo", "--people"], env=environment(server.port), cwd=ROOT, check=True
    )
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass
class Session:
    """One application in a call: the advisor's window, the client's, and what was typed."""

    story: ApplicationStory
    server: Server
    advisor: AdvisorWindow
    client: ClientWindow
    line: BadLine = field(default_factory=BadLine)
    typed: dict[str, str] = field(default_factory=dict)
    edits: int = 0
    is_calm: bool = False  # the line is good: what is answered now is timed
    saves: list[float] = field(default_factory=list)  # milliseconds
    pushes: list[float] = field(default_factory=list)  # from the click to the client's window

    @classmethod
    def begin(cls, browser: Browser, server: Server) -> "Session":
        story = ApplicationStory(User.objects.get(email=ADVISOR)).open().fill().join()
        advisor = AdvisorWindow.open(browser, server.site)
        client = ClientWindow.open(browser, server.site)
        session = cls(story, server, advisor, client)
        advisor.sign_in(ADVISOR)
        advisor.goto(f"/propositions/{story.application.pk}/?section=insured")
        client.page.context.add_cookies(
            [{"name": COOKIE, "value": story.token, "domain": "localhost", "path": COOKIE_PATH}]
        )
        client.goto("/appel/seance")
        advisor.page.route("**/reponses", session.line.handle)
        advisor.page.on("requestfinished", session.note)
        return session

    def note(self, request: Request) -> None:
        is_save = request.url.endswith("/reponses") and request.timing["responseEnd"] > 0
        if is_save and self.is_calm:
            self.saves.append(request.timing["responseEnd"])

    def type(self, count: int) -> None:
        """Change one field after another, as quickly as the page takes it."""
        for _ in range(count):
            name = FIELDS[self.edits % len(FIELDS)]
            self.edits += 1
            self.typed[name] = f"Essai {self.edits}"
            place = self.advisor.page.locator(f'#section-fields [name="{name}"]')
            place.fill(self.typed[name])
            place.blur()

    def wait_until_saved(self) -> None:
        deadline = time.monotonic() + patient(90)
        while self.saved() != self.typed:
            assert time.monotonic() < deadline, f"{self.saved()} instead of {self.typed}"
            self.advisor.page.wait_for_timeout(100)  # routes and events are heard meanwhile

    def saved(self) -> dict[str, str]:
        answers = self.story.application.answers.filter(question__in=self.typed)
        return {answer.question: answer.value for answer in answers}

    def confirm(self) -> None:
        """The section is sent, the client sees what was typed and agrees, the advisor sees it."""
        page, shown = self.advisor.page, self.client.page
        page.reload()  # what is typed is saved; a save under way would hold the click back
        for name, value in self.typed.items():
            expect(page.locator(f'#section-fields [name="{name}"]')).to_have_value(value)
        self.advisor.send_section()
        clicked = time.monotonic()
        agree = self.client.button("Je suis d'accord")
        agree.wait_for(timeout=30_000)  # watches the page; an expectation looks ever more rarely
        if self.is_calm:
            self.pushes.append((time.monotonic() - clicked) * 1000)
        for value in self.typed.values():
            expect(shown.locator("#stage")).to_contain_text(value)
        agree.click()
        expect(page.locator("#section-foot")).to_contain_text(
            "Le client a confirmé", timeout=30_000
        )

    def reopen(self) -> None:
        self.advisor.button("Modifier la section ci-dessus").click()
        expect(self.advisor.button("Envoyer au client – confirmer")).to_be_visible()

    def go_offline(self, seconds: float) -> None:
        contexts = (self.advisor.page.context, self.client.page.context)
        for context in contexts:
            context.set_offline(True)
        self.type(10)
        self.advisor.page.wait_for_timeout(seconds * 1000)
        for context in contexts:
            context.set_offline(False)

    def heal(self) -> None:
        """A good line from now on, and a server that has answered before."""
        self.advisor.page.unroute("**/reponses")
        self.server.kill()
        self.server.lost = 0
        self.server.start()
        for window in (self.advisor, self.client):
            window.page.reload()
        self.is_calm = True

    def confirmations(self) -> int:
        return Event.objects.filter(
            dossier=f"application:{self.story.application.pk}", kind="section_confirmed"
        ).count()


def percentile_95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def play(
    browser: Browser, folder: Path, *, rounds: int, edits: int, offline: float, timed: int = 0
) -> Session:
    """So many rounds of edits, in each of which the server is killed while somebody types; then
    `timed` rounds over a good line."""
    with serving(folder) as server:
        session = Session.begin(browser, server)
        for number in range(rounds):
            session.type(edits - 10)
            server.kill()
            session.type(10)
            server.start()
            if number == rounds // 2:
                session.go_offline(offline)
            session.wait_until_saved()
            session.confirm()
            if number < rounds - 1:
                session.reopen()
        if timed:
            session.heal()
        for _ in range(timed):
            session.reopen()
            session.type(len(FIELDS))
            session.wait_until_saved()
            session.confirm()
        for window in (session.advisor, session.client):
            window.page.context.close()
        return session


@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
def test_it_loses_nothing_of_a_session_whose_server_is_killed(
    browser: Browser, tmp_path: Path
) -> None:
    session = play(browser, tmp_path, rounds=1, edits=30, offline=2)

    assert session.saved() == session.typed
    assert session.confirmations() == 1
    assert session.line.lost > 0


@pytest.mark.trust
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_it_loses_nothing_of_a_thousand_edits_over_ten_kills(
    browser: Browser, tmp_path: Path, record_property: object
) -> None:
    session = play(browser, tmp_path, rounds=10, edits=99, offline=30, timed=20)

    print(  # noqa: T201 - the figures of the run
        f"{session.edits} edits, {session.line.lost} saves or answers lost,"
        f" save p95 {percentile_95(session.saves):.0f} ms,"
        f" push p95 {percentile_95(session.pushes):.0f} ms"
    )
    assert session.edits == 1_000 + 20 * len(FIELDS)
    assert session.saved() == session.typed
    assert session.confirmations() == 10 + 20
    assert percentile_95(session.saves) <= 300 * SLACK
    assert percentile_95(session.pushes) <= 300 * SLACK


@pytest.mark.trust
@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
def test_it_would_lose_edits_if_a_save_were_sent_only_once(
    browser: Browser, tmp_path: Path
) -> None:
    """Negative control: a page that does not send again what did not arrive loses it."""
    with serving(tmp_path) as server:
        session = Session.begin(browser, server)
        never_again(session.advisor.page)
        session.advisor.page.unroute("**/reponses")
        server.kill()
        session.type(5)
        session.advisor.page.wait_for_timeout(500)
        server.start()
        session.advisor.page.wait_for_timeout(5_000)

        assert session.saved() != session.typed


def never_again(page: Page) -> None:
    """Let each save be tried until one fails, and none after that."""
    page.evaluate("""() => {
        const real = window.fetch;
        let failed = false;
        window.fetch = async (...asked) => {
            if (failed) throw new TypeError("not sent again");
            try { return await real(...asked); } catch (error) { failed = true; throw error; }
        };
    }""")
