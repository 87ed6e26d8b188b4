"""Databases for tests: each test process gets its own, copied in a blink from a migrated template.

Two runs at once never meet; what a killed run left behind is dropped by the next one.
"""

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from avenant.ops import postgres
from avenant.ops.databases import drop_database
from avenant.ops.paths import CLONE

LOCK_NUMBER = 7_312_026  # any number that nothing else in the database locks


@contextmanager
def fresh_database() -> Iterator[str]:
    """Address of a migrated, empty database that nobody else uses; dropped at the end.

    `DATABASE_URL` names it meanwhile, so that programs started by a test find it too.
    """
    before = os.environ.get("DATABASE_URL")
    server = postgres.database_url()
    name = f"test_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(server, autocommit=True) as admin, locked(admin):
        drop_leftovers(admin)
        create(admin, name, template=ensure_template(admin, server))
    os.environ["DATABASE_URL"] = with_database(server, name)
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before
        with psycopg.connect(postgres.database_url(), autocommit=True) as admin:
            drop_database(admin, name)


def ensure_template(admin: psycopg.Connection, server: str) -> str:
    """Name of the migrated template; made anew when a migration or the settings changed."""
    name = f"template_{fingerprint()}"
    if name in names(admin):
        return name
    for old in names(admin):
        if old.startswith("template_"):
            drop_database(admin, old)
    draft = f"test_{os.getpid()}_draft"
    create(admin, draft)
    try:
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
            cwd=CLONE,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "avenant.settings",
                "DATABASE_URL": with_database(server, draft),
            },
            check=True,
        )
    except BaseException:
        drop_database(admin, draft)
        raise
    # Renamed when complete: a run that is killed while migrating leaves no half template.
    admin.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(draft), sql.Identifier(name)
        )
    )
    return name


def fingerprint() -> str:
    """What the template depends on."""
    content = hashlib.sha256(os.environ.get("AVENANT_DEMO", "").encode())
    migrations = sorted(CLONE.glob("avenant/*/migrations/*.py"))
    for file in [CLONE / "uv.lock", *sorted(CLONE.glob("avenant/settings*/**/*.py")), *migrations,
                 *CLONE.glob("avenant/settings.py")]:  # fmt: skip
        content.update(str(file).encode() + file.read_bytes())
    return content.hexdigest()[:16]


def drop_leftovers(admin: psycopg.Connection) -> None:
    for name in names(admin):
        kind, _, rest = name.partition("_")
        pid = rest.partition("_")[0]
        if kind == "test" and pid.isdigit() and not is_alive(int(pid)):
            drop_database(admin, name)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def locked(admin: psycopg.Connection) -> Iterator[None]:
    admin.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
    try:
        yield
    finally:
        admin.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


def names(admin: psycopg.Connection) -> list[str]:
    return [row[0] for row in admin.execute("SELECT datname FROM pg_database")]


def create(admin: psycopg.Connection, name: str, template: str = "template1") -> None:
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()
