"""`avenant drill`: is a backup any good? Make one, restore it beside the real data, compare.

Every table, every guard and every kept file is compared or read back, the history is checked, and
the copy is thrown away: a backup is one that was restored. Exits 1 and names what differs. People
and workers may go on: rows and dump are of one moment. The database's role needs CREATEDB.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from avenant.ops import backup, postgres, snapshots
from avenant.ops.databases import drop_database

VERIFY = [sys.executable, "-m", "avenant.cli", "verify"]
DRILL_LOCK = 7_312_029  # any number that nothing else in the database locks
LONGEST_NAME = 63 - len("_drill_01234567")


def main(arguments: list[str]) -> int:
    if arguments:
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    problems = drill(postgres.database_url(), backup.vault())
    sys.stdout.write("\n".join(problems or ["The backup was restored: no difference."]) + "\n")
    return 1 if problems else 0


def drill(database: str, files: Path) -> list[str]:
    """Back up, restore beside the real data, compare; every difference in a line."""
    try:
        with (
            tempfile.TemporaryDirectory(prefix="avenant-drill-") as passing,
            copy_beside(database) as copy,
        ):
            folder, copied_files = Path(passing) / "backup", Path(passing) / "vault"
            with snapshots.taken(database) as moment:
                tables, guards = moment.tables(), moment.guards()
                backup.write(moment, database, files, folder)
            backup.restore(folder, copy, copied_files)
            return [*differences(copy, tables, guards), *read_back(copy, copied_files)]
    except backup.BackupError as error:
        return [str(error)]


def differences(copy: str, tables: dict[str, str], guards: set[str]) -> Iterator[str]:
    """What the copy has otherwise than the database it is of."""
    with snapshots.taken(copy) as restored:
        after = restored.tables()
        for table in sorted(tables | after):
            if table not in after:
                yield f"{table}: the table is missing"
            elif tables.get(table) != after[table]:
                yield f"{table}: not the same rows"
        for guard in sorted(guards ^ restored.guards()):
            yield f"{guard}: not in both"
        yield from snapshots.numbers_given_twice(restored.connection)


def read_back(database: str, files: Path) -> Iterator[str]:
    """Have the application itself read every kept file and check the history of the copy."""
    copy = os.environ | {"DATABASE_URL": database, "AVENANT_VAULT": str(files)}
    # The settings are those of this process, and the copy's: no file says otherwise.
    copy |= {"AVENANT_ENV_FILE": ""}
    for task in ("--all", "--history"):
        done = subprocess.run(  # noqa: S603 (our own program)
            [*VERIFY, task], env=copy, capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"avenant verify {task}: {(done.stdout + done.stderr).strip()}"


@contextmanager
def copy_beside(database: str) -> Iterator[str]:
    """An empty database beside the real one, on the same server; dropped at the end.

    Raises:
        BackupError: the role may not make one.
    """
    real = unquote(urlsplit(database).path.lstrip("/"))
    prefix = f"{real[:LONGEST_NAME]}_drill_"
    name = prefix + secrets.token_hex(4)
    with psycopg.connect(database, autocommit=True) as admin:
        ask_for_right(admin)
        admin.execute("SELECT pg_advisory_lock(%s)", [DRILL_LOCK])  # one drill at a time
        for (left,) in admin.execute("SELECT datname FROM pg_database").fetchall():
            # A drill that was killed left a copy of everybody's data.
            if re.fullmatch(re.escape(prefix) + "[0-9a-f]{8}", left):
                drop_database(admin, left)
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield urlsplit(database)._replace(path=f"/{name}").geturl()
        finally:
            drop_database(admin, name)


def ask_for_right(admin: psycopg.Connection) -> None:
    found = admin.execute(
        "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if found is not None and not found[1]:
        raise backup.BackupError(
            "The drill restores into a database of its own, and the role may not make one. As"
            f' PostgreSQL\'s superuser:  ALTER ROLE "{found[0]}" CREATEDB;'
        )
