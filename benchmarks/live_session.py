"""The live session: from the client's click to the advisor's page that shows it.

Two real Chromium windows on a real server and a throw-away database: the client clicks
« Je suis d'accord », and a MutationObserver in the advisor's page notes when « Le client a confirmé »
stands there. Beside it, in the same server process and in turn with it: a bare event echo (a click
that only says something on the bus, until a bare page's EventSource has put it in its text) and the
same committed write by a bare POST. The peer's time is the sum of the two.

    python -m benchmarks.live_session      also says where the time goes
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from avenant.ops.testing import fresh_database
from benchmarks.rows import Row
from tests.support.programs import (
    PROGRAM,
    ROOT,
    environment,
    free_port,
    wait_until_ready,
)

if TYPE_CHECKING:
    from avenant.demo.dossiers import ApplicationStory

AIM = 3.0
ROUNDS, WARM_UP = 40, 5
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "Avenant-Demo-2026!"
WATCH_CLICKS = """addEventListener("click", () => {
  localStorage.setItem("clicked", performance.timeOrigin + performance.now());
}, true);"""
WATCH_CONFIRMATIONS = """
window.shownAt = null;
new MutationObserver(() => {
  const foot = document.getElementById("section-foot");
  const isShown = foot?.textContent.includes("Le client a confirmé") ?? false;
  if (!isShown) window.shownAt = null;
  else if (!window.shownAt) window.shownAt = performance.timeOrigin + performance.now();
}).observe(document, { childList: true, subtree: true, characterData: true });
"""


def run() -> list[Row]:
    """The 95th percentile and the median of both sides."""
    ours, echoes, writes, _ = measure()
    theirs = [echo + write for echo, write in zip(echoes, writes, strict=True)]
    return [
        Row("client's click to advisor's page, p95", p95(ours), "bare echo + bare POST",
            p95(theirs), AIM, True),
        Row("  the same, median", statistics.median(ours), "bare echo + bare POST",
            statistics.median(theirs), AIM, True),
    ]  # fmt: skip


def measure() -> tuple[list[float], list[float], list[float], list[list[Any]]]:
    """Seconds of each round: the click, the bare echo, the bare write; and the server's own log."""
    ours: list[float] = []
    echoes: list[float] = []
    writes: list[float] = []
    os.environ |= {"DJANGO_SETTINGS_MODULE": "avenant.settings", "AVENANT_DEMO": "1"}
    with ExitStack() as stack:
        stack.enter_context(fresh_database())
        address = stack.enter_context(server())
        browser = stack.enter_context(chromium())
        client = stack.enter_context(httpx.Client(base_url=address))
        shown, beside = stories()
        advisor, tablet, bare = windows(browser, address, shown)
        key = smallest_section(shown)
        advisor.goto(f"{address}/propositions/{shown.application.pk}/?section={key}")
        bare.goto(f"{address}/benchmark/")
        for number in range(WARM_UP + ROUNDS):
            times = (
                click_to_page(shown, key, advisor, tablet),
                echo(bare),
                bare_write(beside, key, client),
            )
            if number >= WARM_UP:
                for kept, seconds in zip((ours, echoes, writes), times, strict=True):
                    kept.append(seconds)
        log = client.get("/benchmark/times").json()
    return ours, echoes, writes, log


@contextmanager
def server() -> Iterator[str]:
    """The site and the bare peer in one process, as `avenant serve` starts it."""
    port = free_port()
    env = environment(port)
    subprocess.run([*PROGRAM, "load_demo", "--people"], env=env, cwd=ROOT, check=True)
    command = [
        sys.executable, "-m", "uvicorn", "benchmarks.live_server:application",
        "--port", str(port), "--no-access-log", "--no-proxy-headers", "--no-server-header",
        "--timeout-graceful-shutdown", "2", "--log-level", "warning",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "serve.log"
        with log.open("wb") as output:
            started = subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output)
        try:
            address = f"http://localhost:{port}"
            wait_until_ready(address, path="/healthz", folder=Path(folder))
            yield address
        finally:
            started.terminate()
            try:
                started.wait(timeout=10)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def stories() -> tuple["ApplicationStory", "ApplicationStory"]:
    """Two filled applications of two advisors: one for the windows, one for the bare POST."""
    # Playwright's loop runs in this thread; these are plain queries of a program, not of a view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    import logging

    import django

    django.setup()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    from avenant.accounts.models import User
    from avenant.demo.dossiers import ApplicationStory

    first, second = (
        ApplicationStory(User.objects.get(email=f"{name}@croixbleue.test")).open().fill()
        for name in ("conseillere", "conseiller2")
    )
    return first, second.join()


def windows(browser: Browser, address: str, story: "ApplicationStory") -> list[Page]:
    """The advisor's, the client's and the bare peer's window, each with its own cookies."""
    from avenant.live.codes import shown_code

    pages = [browser.new_context(locale="fr-CA", bypass_csp=True).new_page() for _ in range(3)]
    advisor, tablet, _ = pages  # the policy of scripts is put aside for the questions asked here
    advisor.add_init_script(WATCH_CONFIRMATIONS)
    tablet.add_init_script(WATCH_CLICKS)
    advisor.goto(f"{address}/connexion/")
    advisor.get_by_label("Identifiant").fill("conseillere@croixbleue.test")
    advisor.get_by_label("Mot de passe").fill(PASSWORD)
    advisor.keyboard.press("Enter")
    advisor.wait_for_url(lambda url: "/connexion" not in url)
    tablet.goto(f"{address}/appel")
    tablet.get_by_label("Code d'appel").fill(shown_code(story.call))
    tablet.get_by_label("J'accepte", exact=False).check()
    with tablet.expect_navigation():
        tablet.keyboard.press("Enter")
    tablet.get_by_text("Votre conseiller prépare la suite").first.wait_for()
    return pages


def smallest_section(story: "ApplicationStory") -> str:
    """The section with the fewest answers that the client confirms."""
    from avenant.applications.content import client_sections, view_of

    view = view_of(story.application)
    return min(client_sections(view), key=lambda one: view.state(one).expected).id


def click_to_page(story: "ApplicationStory", key: str, advisor: Page, tablet: Page) -> float:
    """Send the section, let the client agree, and reopen it; seconds from click to page."""
    send(story, key)
    agree = tablet.get_by_role("button", name="Je suis d'accord")
    agree.wait_for()
    advisor.locator("#section-foot").get_by_text("En attente du client").first.wait_for()
    agree.click()
    shown = advisor.wait_for_function("window.shownAt").json_value()
    clicked = float(tablet.evaluate("localStorage.getItem('clicked')"))
    tablet.get_by_text("Votre conseiller prépare la suite").first.wait_for()
    reopen(story, key)
    advisor.wait_for_function("window.shownAt === null")
    return (shown - clicked) / 1e3


def echo(page: Page) -> float:
    """A click that is only said on the bus, until the text of the same bare page shows it."""
    page.get_by_role("button").click()
    return float(page.wait_for_function("window.took").json_value()) / 1e3


def bare_write(story: "ApplicationStory", key: str, client: httpx.Client) -> float:
    """The committed write of an agreement, by a POST with nothing around it."""
    sent = send(story, key)
    fields = {"snapshot": str(sent.pk), "content_hash": sent.content_hash}
    response = client.post("/benchmark/write", data=fields)
    assert response.status_code == 204, response.text
    sent.refresh_from_db()
    assert sent.state == "confirmed"
    reopen(story, key)
    return response.elapsed.total_seconds()


def send(story: "ApplicationStory", key: str) -> Any:
    from avenant.applications.actions.send_section import send_section
    from avenant.live.actions.note_presence import note_presence

    # The window may have joined, or joined again, since the story read its call.
    story.call.refresh_from_db(fields=["client_token_digest"])
    note_presence(story.call.pk, story.call.client_token_digest)
    return send_section(story.application, story.call, key, by=story.advisor)


def reopen(story: "ApplicationStory", key: str) -> None:
    from avenant.applications.actions.send_section import modify_section

    modify_section(story.application, story.call, key, by=story.advisor)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> int:
    """Say both sides, and the server's own time for each request of the way."""
    ours, echoes, writes, log = measure()
    sides = [("click to page", ours), ("bare echo", echoes), ("bare write", writes)]
    for method, path in sorted({(method, path) for method, path, _, _ in log}):
        times = [end - start for m, p, start, end in log if (m, p) == (method, path)]
        if len(times) >= ROUNDS:
            sides.append((f"  server: {method} {path}", times))
    for name, times in sides:
        sys.stdout.write(
            f"{statistics.median(times) * 1e3:8.1f} ms median {p95(times) * 1e3:8.1f} ms p95"
            f"  {len(times):4}  {name}\n"
        )
    theirs = [echo + write for echo, write in zip(echoes, writes, strict=True)]
    sys.stdout.write(f"{p95(ours) / p95(theirs):.2f} times the bare sum, aim {AIM:g}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
