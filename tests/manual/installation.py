"""An installation made by the lines of docs/operate.md, in a place that is thrown away.

The lines run as they are printed, in a shell. Only what they name of the machine stands elsewhere:
`PLACES` says what and where. `SKIPPED` says which lines are not run here, and why.
"""

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from avenant.ops import environment
from avenant.ops.cluster import SUPERUSER, Cluster
from tests.manual.pages import ROOT, Line
from tests.support.patience import patient
from tests.support.programs import free_port

# Lines that change the machine itself; those that matter are done otherwise, as said.
SKIPPED = {
    "make demo": "tests/ops/test_demo.py runs it",
    "make test": "this is it",
    "useradd": "the account of whoever runs the tests stands in",
    "make -C": "the clone of the tests is set up",
    "systemctl": "the lines of the units are run by the test",
    ".venv/bin/python -m avenant.ops.postgres psql": "asks a person",
}
PASSWORD = "Un-beau-mot-2026!"


@dataclass
class Installation:
    """Where it stands, and how a line is run there."""

    place: Path
    port: int
    cluster: Cluster

    @property
    def settings(self) -> Path:
        return self.place / "etc" / "production.env"

    def here(self, text: str) -> str:
        """The text with the machine's places replaced by those of the test."""
        for printed, mine in (
            ("/opt/avenant", ROOT),
            ("/etc/avenant", self.place / "etc"),
            ("/etc/systemd/system", self.place / "units"),
            ("/var/lib/avenant-web", self.place / "state"),
            ("/usr/local/bin", self.place / "bin"),
            ("/backup", self.place / "backup"),
            ("127.0.0.1:8000", f"127.0.0.1:{self.port}"),
            (" -o avenant -g avenant", ""),
        ):
            text = text.replace(printed, str(mine))
        return text

    def surroundings(self) -> dict[str, str]:
        """An operator's shell, which knows nothing of the tests."""
        ours = ("AVENANT_", "PYTEST_", "DATABASE_URL", "DJANGO_")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        path = f"{self.place / 'bin'}:{kept['PATH']}:/usr/sbin:/sbin"
        return kept | {"AVENANT_ENV_FILE": str(self.settings), "PATH": path}

    def run(self, line: str, *, says: str = "") -> subprocess.CompletedProcess[str]:
        """Run a line as it is printed."""
        return subprocess.run(
            ["sh", "-c", f"umask 022; {self.here(line)}"], cwd=self.place, input=says,
            env=self.surroundings(), capture_output=True, text=True, check=False,
            timeout=patient(120),
        )  # fmt: skip

    def must(self, line: Line | str, *, says: str = "") -> str:
        """Run a line that has to end well; what it said."""
        text = line if isinstance(line, str) else line.text
        done = self.run(text, says=says)
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def must_sql(self, line: Line) -> None:
        """Run a statement as PostgreSQL's superuser."""
        url = self.cluster.url("postgres", SUPERUSER)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(line.text.encode())

    def wipe(self) -> None:
        """Lose the database; the vault is the caller's."""
        with psycopg.connect(self.cluster.url("postgres", SUPERUSER), autocommit=True) as server:
            server.execute("DROP DATABASE IF EXISTS avenant WITH (FORCE)")

    def move_in(self) -> None:
        """Let the copied settings name the places of the test, and nothing of the machine."""
        self.settings.write_text(self.here(self.settings.read_text()))

    def fill_in(self, mail_port: int) -> None:
        """Do to the settings what the page asks for: replace what says so, name one's servers."""
        own = {
            "DATABASE_URL": self.cluster.url(),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "AVENANT_WEB_PROCESSES": "1",
            "AVENANT_SMTP_HOST": "127.0.0.1",
            "AVENANT_SMTP_PORT": str(mail_port),
            "AVENANT_SMTP_TLS": "0",
        }
        lines = []
        for line in self.settings.read_text().splitlines():
            name, sign, value = line.partition("=")
            if sign and not line.startswith("#"):
                value = own.get(name, value.replace("replace-this", secrets.token_hex(8)))
            lines.append(name + sign + value)
        self.settings.write_text("\n".join([*lines, ""]))

    @contextmanager
    def services(self) -> Iterator[None]:
        """Web and worker by the lines of their units, as systemd would start them."""
        with ExitStack() as stack:
            for unit in ("avenant-web.service", "avenant-worker@.service"):
                stack.enter_context(self._service(unit))
            yield

    @contextmanager
    def _service(self, unit: str) -> Iterator[None]:
        text = self.here((ROOT / "deploy" / "systemd" / unit).read_text())
        env = self.surroundings() | environment.read(self.settings) | {"AVENANT_ENV_FILE": ""}
        for before in re.findall(r"^ExecStartPre=(.*)$", text, re.MULTILINE):
            subprocess.run(before.split(), env=env, cwd=self.place, check=True)
        (command,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
        with (self.place / f"{unit}.log").open("ab") as log:
            process = subprocess.Popen(
                command.split(), env=env, cwd=self.place, stdout=log, stderr=log
            )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=patient(20))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def words(self) -> str:
        """What the services said, for a failure."""
        return "\n".join(log.read_text()[-2000:] for log in self.place.glob("*.log"))


@contextmanager
def installation(place: Path) -> Iterator[Installation]:
    """A place with a PostgreSQL of its own, and nothing in it."""
    for folder in ("bin", "units"):
        (place / folder).mkdir()
    cluster = Cluster.named(f"manual-{os.getpid()}")
    cluster.ensure_running()
    try:
        # The page begins with a server that knows nothing of Avenant.
        with psycopg.connect(cluster.url("postgres", SUPERUSER), autocommit=True) as server:
            server.execute("DROP DATABASE avenant")
            server.execute("DROP ROLE avenant")
        yield Installation(place=place, port=free_port(), cluster=cluster)
    finally:
        cluster.reset()
        subprocess.run(["rm", "-rf", str(cluster.home)], check=True)
