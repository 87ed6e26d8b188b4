"""One place for the settings: every `avenant` command reads the same file, and says which."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from avenant.ops import environment
from avenant.ops.environment import SettingsError, ask_for_database, read, settings_file

PROGRAM = [sys.executable, "-m", "avenant.cli"]
# Every word that works on an installation.
WORDS = [
    "upgrade", "serve", "worker", "backup", "restore", "drill", "verify", "check", "createadmin",
    "migrate",
]  # fmt: skip


def bare_environment(**more: str) -> dict[str, str]:
    """An operator's shell, of which neither the tests nor the demo are."""
    ours = ("AVENANT_", "PYTEST_", "DATABASE_URL", "DJANGO_")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
    return kept | more


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, env=bare_environment(**more),
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "production.env"


def test_it_reads_the_shape_that_systemd_and_compose_read(file: Path) -> None:
    file.write_text(
        "# a comment\n\n; another\nDATABASE_URL=postgresql://a:b%40c@h/d?sslmode=verify-full\n"
        "AVENANT_FROM_EMAIL=\"Avenant <x@y.test>\"\nAVENANT_SMTP_PASSWORD='a#b $c'\nEMPTY=\n"
    )

    assert read(file) == {
        "DATABASE_URL": "postgresql://a:b%40c@h/d?sslmode=verify-full",
        "AVENANT_FROM_EMAIL": "Avenant <x@y.test>",
        "AVENANT_SMTP_PASSWORD": "a#b $c",
        "EMPTY": "",
    }


@pytest.mark.parametrize("line", ["export A=1", "A", "1A=2", "A=1\\", "set -a"])
def test_it_names_the_line_that_says_nothing(file: Path, line: str) -> None:
    file.write_text(f"B=1\n{line}\n")

    with pytest.raises(SettingsError, match="line 2: it has to be NAME=value"):
        read(file)


@pytest.mark.parametrize("word", WORDS)
def test_it_reads_the_one_file_for_every_word(file: Path, word: str) -> None:
    file.write_text("DATABASE_URL=postgresql://nobody@127.0.0.1:1/none\nnot a setting\n")

    done = run(word, AVENANT_ENV_FILE=str(file))

    assert done.returncode == 1
    assert f"{file}, line 2" in done.stderr


def test_it_says_which_file_and_what_the_environment_says_otherwise(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("DATABASE_URL=postgresql://one\nAVENANT_FROM_EMAIL=a@b.test\n")
    monkeypatch.setattr(os, "environ", bare_environment(DATABASE_URL="postgresql://two"))
    os.environ["AVENANT_ENV_FILE"] = str(file)

    environment.take_settings()

    assert os.environ["DATABASE_URL"] == "postgresql://two"
    assert os.environ["AVENANT_FROM_EMAIL"] == "a@b.test"
    assert capsys.readouterr().err == (
        f"Settings: {file}, but DATABASE_URL as the environment says.\n"
    )


def test_it_finds_the_usual_file_by_itself_but_not_for_demo_and_tests(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "USUAL_FILE", file)
    file.write_text("")

    found = []
    for one in ({}, {"AVENANT_DEMO": "1"}, {"PYTEST_VERSION": "9"}, {"AVENANT_ENV_FILE": ""}):
        monkeypatch.setattr(os, "environ", bare_environment(**one))
        found.append(settings_file())

    assert found == [file, None, None, None]


def test_it_says_who_may_read_a_closed_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", closed)

    with pytest.raises(SettingsError, match="Run the command as root"):
        read(file)


@pytest.mark.parametrize("word", WORDS)
def test_it_makes_no_private_database_unasked(tmp_path: Path, word: str) -> None:
    done = run(word, AVENANT_ENV_FILE="", AVENANT_VAR=str(tmp_path / "var"))

    assert done.returncode == 1
    assert (
        "No database is named. Write DATABASE_URL into /etc/avenant/production.env" in done.stderr
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    "named", [{"DATABASE_URL": "x"}, {"AVENANT_DEMO": "1"}, {"AVENANT_CLUSTER": "main"}]
)
def test_it_goes_on_where_a_database_is_named_or_tried(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str]
) -> None:
    monkeypatch.setattr(os, "environ", bare_environment(**named))

    ask_for_database()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can step down")
def test_it_steps_down_from_root_to_the_account_of_the_state(file: Path, tmp_path: Path) -> None:
    account = pwd.getpwnam("nobody")
    state = tmp_path / "state"
    state.mkdir()
    os.chown(state, account.pw_uid, account.pw_gid)
    file.write_text(f"AVENANT_VAR={state}\n")
    file.chmod(0o600)
    script = "import os; from avenant.ops.environment import take_settings; take_settings()"

    done = subprocess.run(
        [sys.executable, "-c", f"{script}; print(*os.getresuid(), *os.getresgid())"],
        capture_output=True, text=True, env=bare_environment(AVENANT_ENV_FILE=str(file)), check=True,
    )  # fmt: skip

    assert done.stdout.split() == [str(account.pw_uid)] * 3 + [str(account.pw_gid)] * 3
    assert done.stderr.endswith("as the account nobody.\n")
