"""The drill gives no false alarm beside people at work, and names every fault that is there (G9)."""

import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from avenant.ops import backup, drill, postgres, snapshots
from avenant.ops.testing import create, fresh_database, names, with_database

pytestmark = pytest.mark.promise("G9")
LIVING = [sys.executable, "-m", "avenant.cli", "load_demo"]
TRIGGERS = "ALTER TABLE history_event {} TRIGGER ALL"

# What somebody did to the database or the vault, and what the drill says of it.
BEFORE_THE_BACKUP = {
    "UPDATE history_event SET facts = '{\"x\": 1}' WHERE number = 2": "event 2 was changed",
    "UPDATE history_chain SET length = length + 1 WHERE dossier LIKE 'call:%'": "its head says",
    "UPDATE signatures_signaturerequest SET typed_name = 'Somebody Else'": "it was changed",
}
AFTER_THE_RESTORE = {
    "UPDATE accounts_user SET name = 'Somebody Else' WHERE id = 1": "accounts_user: not the same rows",
    "DELETE FROM applications_section WHERE id = 1": "applications_section: not the same rows",
    "INSERT INTO documents_numbering VALUES ('ZZZ', 1)": "documents_numbering: not the same rows",
    "DROP TABLE django_migrations": "django_migrations: the table is missing",
    "DROP TRIGGER history_event_append_only ON history_event": "history_event_append_only",
    "ALTER TABLE accounts_user DROP CONSTRAINT accounts_user_email_key CASCADE":
        "accounts_user_email_key",
    "SELECT setval('accounts_user_id_seq', 1, false)":
        "accounts_user_id_seq: its next number is taken in accounts_user",
}  # fmt: skip


def execute(database: str, *statements: str) -> None:
    with psycopg.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A database with people and applications, one of them signed and submitted, and its vault."""
    vault = tmp_path_factory.mktemp("living") / "vault"
    with fresh_database() as url:
        env = os.environ | {"AVENANT_DEMO": "1", "AVENANT_VAULT": str(vault)}
        subprocess.run(LIVING, env=env, check=True)
        yield url, vault


@contextmanager
def copy_of(living: tuple[str, Path], tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The same in a database and a vault that may be spoilt."""
    url, vault = living
    name = f"test_{os.getpid()}_spoilt"
    with psycopg.connect(postgres.database_url(), autocommit=True) as admin:
        create(admin, name, template=urlsplit(url).path.lstrip("/"))
        backup.copy_files(vault, tmp_path / "spoilt")
        try:
            yield with_database(url, name), tmp_path / "spoilt"
        finally:
            drill.drop_database(admin, name)


@pytest.mark.timeout(300)
def test_it_names_what_was_wrong_before_the_backup(
    living: tuple[str, Path], tmp_path: Path
) -> None:
    with copy_of(living, tmp_path) as (url, vault):
        execute(url, TRIGGERS.format("DISABLE"), *BEFORE_THE_BACKUP, TRIGGERS.format("ENABLE"))
        changed, emptied, *_ = sorted(file for file in vault.glob("??/*") if file.is_file())
        changed.write_bytes(changed.read_bytes()[:-1] + b"?")
        emptied.write_bytes(b"")

        said = "\n".join(drill.drill(url, vault))

    assert [line for line in BEFORE_THE_BACKUP.values() if line not in said] == []
    assert said.count("cannot be read back") == 2


@pytest.mark.timeout(300)
def test_it_names_what_went_wrong_on_the_way(
    living: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = backup.restore

    def badly(folder: Path, database: str, files: Path) -> str:
        restored = restore(folder, database, files)
        execute(database, *AFTER_THE_RESTORE)
        return restored

    monkeypatch.setattr(backup, "restore", badly)
    monkeypatch.setattr(drill, "read_back", lambda *_: [])

    said = "\n".join(drill.drill(*living))

    assert [line for line in AFTER_THE_RESTORE.values() if line not in said] == []


def test_it_names_a_file_that_is_missing(living: tuple[str, Path], tmp_path: Path) -> None:
    with copy_of(living, tmp_path) as (url, vault):
        victim = next(file for file in vault.glob("??/*") if file.is_file())
        victim.unlink()

        (said,) = drill.drill(url, vault)

    assert "has not 1 of the " in said
    assert str(victim.relative_to(vault)) in said


@pytest.mark.parametrize("is_guarded", [True, False])
def test_it_is_not_misled_by_what_is_done_meanwhile(
    living: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """With its negative control: a dump that reads a later moment is taken for a false copy."""
    program = backup.program

    def meanwhile(database: str, name: str, *arguments: str | Path) -> None:
        if name == "pg_dump":
            execute(database, "UPDATE accounts_user SET last_login = now()")
            if not is_guarded:
                arguments = tuple(one for one in arguments if "--snapshot" not in str(one))
        program(database, name, *arguments)

    monkeypatch.setattr(backup, "program", meanwhile)
    monkeypatch.setattr(drill, "read_back", lambda *_: [])

    said = drill.drill(*living)

    assert said == ([] if is_guarded else ["accounts_user: not the same rows"])


@pytest.mark.parametrize(
    "times", [1, pytest.param(200, marks=[pytest.mark.trust, pytest.mark.timeout(7200)])]
)
def test_it_gives_no_false_alarm_beside_people_and_workers(
    living: tuple[str, Path], tmp_path: Path, times: int
) -> None:
    with copy_of(living, tmp_path) as (url, vault), at_work(url) as acts:
        for _ in range(times):
            before = next(acts)
            assert drill.drill(url, vault) == []
            assert next(acts) > before + 1, "nobody worked during the drill"


@contextmanager
def at_work(url: str) -> Iterator[Iterator[int]]:
    """People and workers in the database until the block ends; gives how much was done so far."""
    stop, done = threading.Event(), itertools.count()

    def work() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stop.is_set():
                connection.execute(
                    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)"
                    " VALUES ('default', 'nothing', 0, '{}')"
                )
                # One row: two people who each changed all of them would stop each other.
                connection.execute(
                    "UPDATE accounts_user SET last_login = now()"
                    " WHERE id = (SELECT min(id) FROM accounts_user)"
                )
                connection.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'nothing'")
                next(done)
                stop.wait(0.01)  # the processor is the drill's too

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_it_says_which_right_the_role_lacks() -> None:
    with psycopg.connect(postgres.superuser_url()) as connection:
        connection.execute('CREATE ROLE "drill without right"')
        connection.execute('SET ROLE "drill without right"')

        with pytest.raises(backup.BackupError, match='ALTER ROLE "drill without right" CREATEDB'):
            drill.ask_for_right(connection)

        connection.rollback()


def test_it_drops_the_copy_that_a_killed_drill_left(living: tuple[str, Path]) -> None:
    url, _ = living
    left = f"{urlsplit(url).path.lstrip('/')}_drill_00000000"
    with psycopg.connect(postgres.database_url(), autocommit=True) as admin:
        create(admin, left)

        with drill.copy_beside(url) as copy:
            during = names(admin)

        after = names(admin)

    assert left not in during
    assert urlsplit(copy).path.lstrip("/") in during
    assert urlsplit(copy).path.lstrip("/") not in after


def test_it_makes_no_backup_of_a_vault_that_is_not_the_services_own(
    living: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = living

    with pytest.raises(backup.BackupError, match=r"has not (\d+) of the \1 files"):
        backup.back_up(url, tmp_path / "another vault", tmp_path / "backup")

    assert not (tmp_path / "backup").exists()


def test_it_keeps_nothing_when_a_file_goes_while_it_copies(
    living: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.copy_files

    def copy_late(files: Path, folder: Path) -> None:
        next(file for file in files.glob("??/*") if file.is_file()).unlink()
        copy(files, folder)

    with copy_of(living, tmp_path) as (url, vault):
        monkeypatch.setattr(backup, "copy_files", copy_late)

        with pytest.raises(backup.BackupError, match="has not 1 of the"):
            backup.back_up(url, vault, tmp_path / "backup")

    assert not (tmp_path / "backup").exists()


def test_it_sees_the_files_that_rows_name(living: tuple[str, Path]) -> None:
    url, vault = living

    with snapshots.taken(url) as moment:
        named = moment.files()

    assert named == {str(one.relative_to(vault)) for one in vault.rglob("*") if one.is_file()}
    assert any(path.startswith("deposit/") for path in named)
