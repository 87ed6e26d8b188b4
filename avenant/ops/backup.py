"""`avenant backup FOLDER`, `avenant restore FOLDER`.

A backup is a folder: the database's dump, the vault's files, and a list with the SHA-256 of each.
It is of one moment, while people go on working, and holds every file that its database names:
where one is missing there is no backup. A changed, missing or added file is refused before
anything is restored. Secrets are not in it: keep them elsewhere. `avenant drill` tries one out.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from avenant.ops import postgres, snapshots
from avenant.ops.paths import VAR

DUMP = "database.dump"
VAULT = "vault"
LIST = "files.json"


class BackupError(Exception):
    """What is wrong with a backup, or why none can be made or restored."""


def backup_main(arguments: list[str]) -> int:
    return _for_folder(arguments, lambda folder: back_up(postgres.database_url(), vault(), folder))


def restore_main(arguments: list[str]) -> int:
    return _for_folder(arguments, lambda folder: restore(folder, postgres.database_url(), vault()))


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

    Raises:
        BackupError: the folder is not empty, or a file that the database names is missing.
    """
    with snapshots.taken(database) as moment:
        return write(moment, database, files, folder)


def write(moment: snapshots.Snapshot, database: str, files: Path, folder: Path) -> str:
    """Write a backup of this moment."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty; name a new folder for each backup.")
    named = moment.files()
    ask_for_files(named, files)  # before hours are spent on what will be refused
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    program(
        database, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={moment.name}",
        f"--file={folder / DUMP}",
    )  # fmt: skip
    copy_files(files, folder / VAULT)
    try:
        ask_for_files(named, folder / VAULT)
    except BackupError:
        shutil.rmtree(folder)
        raise
    listed = digests(folder)
    (folder / LIST).write_text(json.dumps(listed, indent=0, sort_keys=True))
    return f"{folder}: the database and {len(listed) - 1} files"


def ask_for_files(named: set[str], files: Path) -> None:
    """Refuse to go on without every file that the database names."""
    missing = sorted(path for path in named if not (files / path).is_file())
    if missing:
        raise BackupError(
            f"The vault {files} has not {len(missing)} of the {len(named)} files that the database"
            f" names ({', '.join(missing[:3])}): nothing was kept. Is AVENANT_VAULT (or AVENANT_VAR,"
            " whose folder `vault` it is otherwise) the services' own?"
        )


def copy_files(files: Path, copy: Path) -> None:
    """Copy a vault. What goes meanwhile (a draft of a file, which no row names) is left out."""
    for file in sorted(files.rglob("*")):
        place = copy / file.relative_to(files)
        if file.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(file, place)
        except FileNotFoundError:
            place.unlink(missing_ok=True)


def restore(folder: Path, database: str, files: Path) -> str:
    """Restore a backup into an empty database and an empty vault; what was restored, in words."""
    check(folder)
    if snapshots.tables(database):
        raise BackupError("The database is not empty; name an empty one in DATABASE_URL.")
    if files.exists() and any(files.iterdir()):
        raise BackupError(f"The vault {files} is not empty; name another in AVENANT_VAULT.")
    program(
        database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
        folder / DUMP,
    )  # fmt: skip
    if (folder / VAULT).exists():
        copy_files(folder / VAULT, files)
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


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a backup but its list."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / LIST
    }


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
