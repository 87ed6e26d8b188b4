"""A backup is one that was restored; an altered one is refused."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from avenant.ops import backup, drill, postgres, snapshots
from avenant.ops.databases import drop_database
from avenant.ops.testing import create, fresh_database, with_database

KEEP_FILES = """
import django
django.setup()
from avenant.documents.vault import keep
for number in range(200):
    keep(b"file %d" % number)
"""
type MakeDatabase = Callable[[], str]


@pytest.fixture
def make_database() -> Iterator[MakeDatabase]:
    server = postgres.database_url()
    names: list[str] = []

    def make() -> str:
        names.append(f"test_{os.getpid()}_{secrets.token_hex(4)}")
        create(admin, names[-1])
        return with_database(server, names[-1])

    with psycopg.connect(server, autocommit=True) as admin:
        yield make
        for name in names:
            drop_database(admin, name)


@pytest.fixture
def database(make_database: MakeDatabase) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE TABLE premium (id int PRIMARY KEY, amount numeric)")
        connection.execute("INSERT INTO premium VALUES (1, 12.50), (2, 30.00)")
    return url


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "abcd").write_bytes(b"sealed")
    return folder


def test_brings_everything_back(
    make_database: MakeDatabase, database: str, files: Path, tmp_path: Path
) -> None:
    empty = make_database()

    backup.back_up(database, files, tmp_path / "backup")
    backup.restore(tmp_path / "backup", empty, tmp_path / "restored")

    assert snapshots.tables(empty) == snapshots.tables(database)
    assert (tmp_path / "restored" / "ab" / "abcd").read_bytes() == b"sealed"


@pytest.mark.parametrize("name", ["database.dump", "vault/ab/abcd"])
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_refuses_an_altered_backup(
    make_database: MakeDatabase, database: str, files: Path, tmp_path: Path, name: str, how: str
) -> None:
    empty = make_database()
    backup.back_up(database, files, tmp_path / "backup")
    file = tmp_path / "backup" / name
    if how == "missing":
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)

    with pytest.raises(backup.BackupError, match=f"altered: {name} "):
        backup.restore(tmp_path / "backup", empty, tmp_path / "restored")

    assert snapshots.tables(empty) == {}
    assert not (tmp_path / "restored").exists()


def test_refuses_a_backup_with_a_file_too_many(database: str, files: Path, tmp_path: Path) -> None:
    backup.back_up(database, files, tmp_path / "backup")
    (tmp_path / "backup" / "vault" / "more").write_bytes(b"")

    with pytest.raises(backup.BackupError, match="altered: vault/more "):
        backup.check(tmp_path / "backup")


def test_refuses_to_restore_over_data(database: str, files: Path, tmp_path: Path) -> None:
    backup.back_up(database, files, tmp_path / "backup")

    with pytest.raises(backup.BackupError, match="database is not empty"):
        backup.restore(tmp_path / "backup", database, tmp_path / "restored")


def test_refuses_to_write_over_a_backup(database: str, files: Path, tmp_path: Path) -> None:
    backup.back_up(database, files, tmp_path / "backup")

    with pytest.raises(backup.BackupError, match="is not empty"):
        backup.back_up(database, files, tmp_path / "backup")


@pytest.mark.promise("G9")
@pytest.mark.timeout(300)
def test_drill_restores_two_hundred_files_and_names_a_broken_one(tmp_path: Path) -> None:
    with fresh_database() as url:
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "avenant.settings",
            "AVENANT_VAULT": str(tmp_path / "vault"),
        }
        subprocess.run([sys.executable, "-c", KEEP_FILES], env=surroundings, check=True)

        whole = drill.drill(url, tmp_path / "vault")
        victim = next(file for file in (tmp_path / "vault").rglob("*") if file.is_file())
        victim.write_bytes(b"changed before the backup")
        broken = drill.drill(url, tmp_path / "vault")

    assert whole == []
    assert len(broken) == 1
    assert "was changed at rest" in broken[0] or "cannot be read back" in broken[0]
