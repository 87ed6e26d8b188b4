"""The private PostgreSQL is there when asked for, whatever happened before."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from avenant.ops.cluster import SUPERUSER, Cluster, PostgresError
from avenant.ops.paths import is_root


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    server = Cluster.named(f"cluster-test-{os.getpid()}")
    yield server
    server.reset()
    shutil.rmtree(server.home)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_serves_an_owner_who_is_no_superuser(server: Cluster) -> None:
    url = server.ensure_running()

    assert ask(url, "SELECT current_user::text") == "avenant"
    assert ask(url, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    assert ask(url, "SHOW max_connections") == "200"


def test_listens_on_no_port(server: Cluster) -> None:
    url = server.ensure_running()

    assert ask(url, "SHOW listen_addresses") == ""


@pytest.mark.parametrize("extension", ["unaccent", "pg_trgm", "btree_gist"])
def test_lets_the_owner_add_the_extensions_we_use(server: Cluster, extension: str) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute(f"CREATE EXTENSION {extension}")


def test_starts_once_when_many_ask_at_the_same_time(server: Cluster) -> None:
    server.stop()
    program = (
        f"from avenant.ops.cluster import Cluster; Cluster.named({server.name!r}).ensure_running()"
    )

    with ThreadPoolExecutor(6) as pool:
        runs = list(
            pool.map(
                lambda _: subprocess.run([sys.executable, "-c", program], capture_output=True),
                range(6),
            )
        )

    assert [run.returncode for run in runs] == [0] * 6, runs[0].stderr
    assert server.answers()


def test_keeps_what_was_committed_when_it_is_killed(server: Cluster) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    server.kill_nine()

    assert not server.answers()
    assert ask(server.ensure_running(), "SELECT answer FROM kept") == 42


def test_starts_though_its_old_number_belongs_to_another_program(server: Cluster) -> None:
    server.ensure_running()
    pid_file = server.data / "postmaster.pid"
    left_behind = pid_file.read_text().splitlines()
    server.kill_nine()
    bystander = subprocess.Popen(
        ["sleep", "60"], **({"user": server.account.pw_uid} if is_root() else {})
    )
    pid_file.write_text("\n".join([str(bystander.pid), *left_behind[1:], ""]))

    try:
        assert ask(server.ensure_running(), "SELECT 1") == 1
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_forgets_everything_on_reset(server: Cluster) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE gone ()")

    server.reset()

    assert ask(server.ensure_running(), "SELECT to_regclass('gone')") is None


def test_finishes_a_creation_that_was_cut_short(server: Cluster) -> None:
    server.ensure_running()
    server.reset()
    half = server.home / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")

    assert ask(server.ensure_running(), "SELECT 1") == 1


def test_refuses_data_of_another_version_and_says_what_to_do(server: Cluster) -> None:
    server.ensure_running()
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")

    try:
        with pytest.raises(PostgresError, match="made by PostgreSQL 17"):
            server.ensure_running()
    finally:
        (server.data / "PG_VERSION").write_text("18\n")


def test_is_closed_to_other_accounts_of_the_machine(server: Cluster) -> None:
    server.ensure_running()

    assert server.socket_folder.stat().st_mode & 0o077 == 0
    assert server.data.stat().st_mode & 0o077 == 0
    assert (server.home / "pg_hba.conf").read_text() == "local all all peer map=here\n"


def test_opens_a_door_for_the_superuser_too(server: Cluster) -> None:
    server.ensure_running()

    assert ask(server.url("avenant", SUPERUSER), "SELECT current_user::text") == "postgres"
