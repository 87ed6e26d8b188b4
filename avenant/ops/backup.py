"""`avenant backup FOLDER`, `avenant restore FOLDER`, `avenant drill`.

A backup is a folder: the database's dump, the vault's files, and a list with the SHA-256 of each.
A changed, missing or added file is refused before anything is restored. `drill` makes a backup,
restores it beside the real data, compares every table and file, reads every kept file back,
checks the history, and throws the copy away: a backup is one that was restored. Secrets are not
in it: keep them elsewhere.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from avenant.ops import postgres
from avenant.ops.databases import drop_database
from avenant.ops.paths import VAR

DUMP = "database.dump"
VAULT = "vault"
LIST = "files.json"
VERIFY = [sys.executable, "-m", "avenant.cli", "verify"]


class BackupError(Exception):
    """What is wrong with a backup, or why none can be made or restored."""


def backup_main(arguments: list[str]) -> int:
    return _for_folder(arguments, lambda folder: back_up(postgres.database_url(), vault(), folder))


def restore_main(arguments: list[str]) -> int:
    return _for_folder(arguments, lambda folder: restore(folder, postgres.database_url(), vault()))


def drill_main(arguments: list[str]) -> int:
    if arguments:
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    problems = drill(postgres.database_url(), vault())
    sys.stdout.write("\n".join(problems or ["The backup was restored: no difference."]) + "\n")
    return 1 if problems else 0


def _for_folder(arguments: list[str], task: Callable[[Path], str]) -> int:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(f"{(__doc__ or '').strip()}\n")
        return 2
    try:
        sys.stdout.write(f"{task(Path(arguments[0]))}\n")
    except BackupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def vault() -> Path:
    """The folder of the sealed documents, as the settings name it."""
    return Path(os.environ.get("AVENANT_VAULT", VAR / "vault"))


def back_up(database: str, files: Path, folder: Path) -> str:
    """Write a backup into a folder that is empty or not there yet; what was written, in words.

    The database first: the vault only ever gains files, so it then holds all that is named.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty; name a new folder for each backup.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    program(database, "pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    if files.exists():
        shutil.copytree(files, folder / VAULT)
    listed = digests(folder)
    (folder / LIST).write_text(json.dumps(listed, indent=0, sort_keys=True))
    return f"{folder}: the database and {len(listed) - 1} files"


def restore(folder: Path, database: str, files: Path) -> str:
    """Restore a backup into an empty database and an empty vault; what was restored, in words."""
    check(folder)
    if tables(database):
        raise BackupError("The database is not empty; name an empty one in DATABASE_URL.")
    if files.exists() and any(files.iterdir()):
        raise BackupError(f"The vault {files} is not empty; name another in AVENANT_VAULT.")
    program(
        database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
        folder / DUMP,
    )  # fmt: skip
    if (folder / VAULT).exists():
        shutil.copytree(folder / VAULT, files, dirs_exist_ok=True)
    return f"{folder}: restored"


def check(folder: Path) -> None:
    """Refuse a backup that is not exactly as it was written.

    Raises:
        BackupError: names the files that are changed, missing or added.
    """
    try:
        listed = json.loads((folder / LIST).read_text())
    except (OSError, ValueError):
        raise BackupError(f"{folder} is no backup: its list cannot be read.") from None
    found = digests(folder)
    wrong = sorted(name for name in listed | found if listed.get(name) != found.get(name))
    if wrong:
        raise BackupError(f"The backup was altered: {', '.join(wrong[:5])} ({len(wrong)} in all)")


def drill(database: str, files: Path) -> list[str]:
    """Back up, restore beside the real data, compare; every difference in a line."""
    name = f"drill_{secrets.token_hex(4)}"
    copy = urlsplit(database)._replace(path=f"/{name}").geturl()
    with tempfile.TemporaryDirectory(prefix="avenant-drill-") as passing:
        backup, copied_files = Path(passing) / "backup", Path(passing) / "vault"
        run_alone(database, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            before = tables(database)
            back_up(database, files, backup)
            restore(backup, copy, copied_files)
            after = tables(copy)
            problems = [
                f"{table}: not the same rows"
                for table in sorted(before | after)
                if before.get(table) != after.get(table)
            ]
            return [*problems, *read_back(copy, copied_files)]
        finally:
            with psycopg.connect(database, autocommit=True) as admin:
                drop_database(admin, name)


def read_back(database: str, files: Path) -> Iterator[str]:
    """Have the application itself read every kept file and check the history of the copy."""
    copy = os.environ | {"DATABASE_URL": database, "AVENANT_VAULT": str(files)}
    for task in ("--all", "--history"):
        done = subprocess.run(  # noqa: S603 (our own program)
            [*VERIFY, task], env=copy, capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"avenant verify {task}: {(done.stdout + done.stderr).strip()}"


def tables(database: str) -> dict[str, str]:
    """A digest of the rows of each table."""
    digest = sql.SQL(
        "SELECT count(*) || ' ' ||"
        " coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t"
    )
    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: str(one(connection.execute(digest.format(sql.Identifier(name)))))
            for (name,) in names.fetchall()
        }


def one(cursor: psycopg.Cursor) -> object:
    row = cursor.fetchone()
    return row[0] if row else None


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a backup but its list."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / LIST
    }


def run_alone(database: str, statement: sql.Composed) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(statement)


def program(database: str, name: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's own programs, from the package that brings the private server."""
    parts = urlsplit(database)
    # Everybody on the machine can read a command line: the password goes by the environment.
    address = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")).geturl()
    password = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(  # noqa: S603 (from our own package)
        [postgres.cluster().program(name), f"--dbname={address}", *arguments],
        env=os.environ | password,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{name} failed:\n{done.stderr.strip()}")
