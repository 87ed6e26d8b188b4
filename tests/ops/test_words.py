"""The program `avenant` loads only what a word needs, and says what is wrong in a sentence."""

import os
import socket
import subprocess
import sys

import pytest

from avenant.ops import serve

PROGRAM = [sys.executable, "-m", "avenant.cli"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, env=os.environ | environment
    )


@pytest.mark.parametrize("word", ["serve", "demo"])
def test_names_another_port_when_this_one_is_taken(word: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = run(word, PORT=str(port))

    assert done.returncode == 1
    assert f"Port {port} is taken by another program." in done.stdout + done.stderr


@pytest.mark.parametrize("text", ["x", "0", "65536", "-1", "80 80"])
def test_refuses_a_port_that_is_none(text: str) -> None:
    done = run("serve", PORT=text)

    assert done.returncode == 1
    assert f"PORT is « {text} »" in done.stderr


def test_takes_port_8000_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")

    assert serve.port() == 8000


def test_lists_its_words() -> None:
    done = run("--help")

    assert done.returncode == 0
    assert "avenant decide [NAME]" in done.stdout


def test_answers_decisions_without_loading_the_web_application() -> None:
    probe = "import sys, avenant.cli, avenant_rules.program; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0
