"""`avenant demo`: the whole platform on this machine, with living data, until Ctrl-C.

`avenant demo --reset` throws the demo's data away instead; the next start loads them anew.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

from avenant.ops import postgres, serve
from avenant.ops.cluster import PostgresError
from avenant.ops.paths import VAR
from avenant.ops.supervisor import Child, Supervisor

PASSWORD = "Avenant-Demo-2026!"  # noqa: S105 (the published password of the demo)
ACCOUNTS = [
    ("conseillere@croixbleue.test", "advisor"),
    ("conseiller2@croixbleue.test", "advisor of another firm"),
    ("gerante@croixbleue.test", "firm manager"),
    ("mga@croixbleue.test", "managing agency"),
    ("mga2@croixbleue.test", "another managing agency"),
    ("selection@croixbleue.test", "underwriter"),
    ("administration@croixbleue.test", "contract administration"),
    ("ententes@croixbleue.test", "agreements and commissions"),
    ("reglements@croixbleue.test", "claims"),
    ("vendeur@smatis.test", "seller (France)"),
    ("gestion@smatis.test", "back office (France)"),
    ("admin@avenant.test", "platform"),
]
PROGRAM = [sys.executable, "-m", "avenant.cli"]
READY_WITHIN_SECONDS = 90


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--reset"]):
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return reset() if arguments else run()
    except (PostgresError, LookupError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:  # before the processes run; they are stopped in order afterwards
        say("Stopped.")
        return 130


def run() -> int:
    host, port = serve.host(), serve.port()
    if trouble := serve.why_not(host, port):
        say(trouble)
        return 1
    os.environ["AVENANT_DEMO"] = "1"
    os.environ["PORT"] = str(port)
    os.environ.setdefault("AVENANT_WEB_LOG_LEVEL", "warning")

    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("a") as running:
        fcntl.flock(running, fcntl.LOCK_SH)
        was_private_server_up = postgres.cluster().answers()
        try:
            return prepare() or supervise(host, port)
        finally:
            if "DATABASE_URL" not in os.environ and not was_private_server_up:
                postgres.stop_if_idle()


def prepare() -> int:
    """Start the database, bring it up to date, load the demo the first time."""
    if "DATABASE_URL" not in os.environ:
        say("Starting PostgreSQL…")
        postgres.database_url()
    say("Preparing the demo…")
    done = subprocess.run([*PROGRAM, "upgrade"], check=False)  # noqa: S603 (our own program)
    if done.returncode:
        say("The demo could not be prepared; the reason is above.")
    return done.returncode


def supervise(host: str, port: int) -> int:
    address = f"http://localhost:{port}"
    asked = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/readyz"  # noqa: S104
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    warned = False

    def is_ready() -> bool:
        nonlocal warned
        answer = ask(asked)
        if answer != "" and time.monotonic() > deadline and not warned:
            warned = True
            say(f"Still not ready after {READY_WITHIN_SECONDS} s; {asked} says:\n{answer}")
        return answer == ""

    supervisor = Supervisor(
        [Child("The web process", [*PROGRAM, "serve"]), Child("The worker", [*PROGRAM, "worker"])],
        say=say,
        look_after=revive_database,
    )
    code = supervisor.run(is_ready, lambda: say(welcome(address)))
    say("Stopped. `make demo` starts again with the same data.")
    return code


def revive_database() -> None:
    """Start the private PostgreSQL again when it ended by itself; web and worker wait for it."""
    if "DATABASE_URL" in os.environ or postgres.cluster().pid() is not None:
        return
    say("PostgreSQL ended; starting it again.")
    try:
        postgres.database_url()
    except PostgresError as error:
        say(str(error))


def ask(address: str) -> str:
    """What the readiness page complains of; empty when all is well."""
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own server)
            return ""
    except urllib.error.HTTPError as error:
        return error.read().decode(errors="replace")
    except OSError as error:
        return str(error)


def welcome(address: str) -> str:
    width = max(len(email) for email, _ in ACCOUNTS)
    accounts = "\n".join(f"    {email:<{width}}  {role}" for email, role in ACCOUNTS)
    return f"""
  Avenant is ready:  {address}

  Sign in with the password {PASSWORD}
{accounts}

  {address}/appel           where a client types a call code
  {address}/verifier        is this PDF genuine?
  {address}/demo/messages   every e-mail and SMS that went out
  {address}/demo/horloge    move the business clock
  {address}/api/v1/docs     the API

  Everything here is a demonstration. Ctrl-C stops it.
"""


def reset() -> int:
    """Throw the demo's data away."""
    if "DATABASE_URL" in os.environ:
        say("DATABASE_URL names a server of your own: empty that database yourself.")
        return 1
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("a") as lock:
        if not is_alone(lock):
            say("The demo is running: stop it first (Ctrl-C where it runs).")
            return 1
        postgres.cluster().reset()
        vault = Path(os.environ.get("AVENANT_VAULT", VAR / "vault"))
        shutil.rmtree(vault, ignore_errors=True)
    say("The demo's data are gone. `make demo` loads them anew.")
    return 0


def is_alone(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
