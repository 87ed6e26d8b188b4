"""What earlier versions wrote is brought up to date and still holds (G18): whole installations of
the past, upgraded as an operator would.
"""

import json
import os
import secrets
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from avenant.demo.dossiers import ANSWERS
from avenant.ops import backup, postgres, snapshots
from avenant.ops.databases import drop_database
from avenant.ops.testing import create, with_database
from tests.support import past
from tests.support.programs import PROGRAM, ROOT

pytestmark = [pytest.mark.promise("G18"), pytest.mark.timeout(300)]

KNOWN = ("last_name", "birth_date", "sin", "main_duties", "employer")

# What the application itself says of an installation, in one process.
LOOK = """
import contextlib, io, json, sys, django
from pathlib import Path
django.setup()
from django.core.management import call_command
from avenant.applications.content import answers_of
from avenant.applications.models import Application
from avenant.documents.models import SealedDocument
from avenant.documents.vault import read
from avenant.applications.content import signed_content_hash
from avenant.signatures.models import SignatureRequest

def verify(*words):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            call_command("verify", *words, stdout=said)
        except SystemExit as end:
            return [end.code, said.getvalue()]

files = {}
for document in SealedDocument.objects.select_related("file"):
    file = Path(sys.argv[1]) / f"{document.number}-{document.stage}.pdf"
    file.write_bytes(read(document.file))
    files[file.name] = verify(str(file))[0]
application = Application.objects.get(state="submitted")
print(json.dumps({
    "history": verify("--history"),
    "vault": verify("--all"),
    "files": files,
    "answers": answers_of(application),
    "signed": [
        one.content_hash == signed_content_hash(one.application, one.notices_version, one.language)
        for one in SignatureRequest.objects.filter(state="signed").select_related("application")
        if one.application.is_open
    ],
    "salts": list(Application.objects.values_list("salt", flat=True)),
}))
"""


@dataclass
class Installation:
    """One installation of the past, on this machine for as long as a test looks at it."""

    name: str
    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("AVENANT_")}
        return kept | {
            "DATABASE_URL": self.url,
            "AVENANT_VAR": str(self.folder),
            "AVENANT_VAULT": str(self.folder / past.VAULT),
            "AVENANT_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "avenant.settings",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`avenant` with these words, on this installation."""
        return self._run([*PROGRAM, *words])

    def look(self) -> dict[str, Any]:
        """What the application finds in it; the sealed PDFs are laid beside the vault."""
        done = self._run([sys.executable, "-c", LOOK, str(self.folder)])
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def sql(self, statement: str) -> None:
        """What somebody with the application's own role in the database can do."""
        with psycopg.connect(self.url) as connection:
            connection.execute(statement)

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )


def laid_out(name: str, folder: Path) -> Iterator[Installation]:
    past.unpack(name, folder)
    server = postgres.database_url()
    database = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        create(admin, database)
        try:
            url = with_database(server, database)
            backup.program(
                url, "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={folder / past.SQL}"
            )
            yield Installation(name, folder, url)
        finally:
            drop_database(admin, database)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Installation]:
    """The installation that lived longest, as its last version left it."""
    yield from laid_out("56c7997-674759d", tmp_path)


type Seen = tuple[Installation, dict[str, Any]]


@pytest.fixture(scope="module", params=past.names())
def seen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Seen]:
    """Each installation brought up to date, and what is found in it then."""
    for installation in laid_out(request.param, tmp_path_factory.mktemp("past")):
        done = installation.run("upgrade")
        assert done.returncode == 0, done.stderr
        yield installation, installation.look()


def test_it_keeps_the_installations_whose_upgrade_is_shown() -> None:
    assert {"56c7997", "674759d", "56c7997-674759d", "8b918be"} <= set(past.names())


def test_its_history_and_signatures_verify(seen: Seen) -> None:
    code, said = seen[1]["history"]

    assert (code, said.splitlines()[0]) == (0, "history: no fault"), said


def test_it_goes_on_with_what_was_signed_and_not_sent(seen: Seen) -> None:
    """The content has the hash that was signed: the next change of anything voids nothing."""
    installation, found = seen

    assert found["signed"] == [True] * installation.name.count("-")


def test_its_files_read_back_and_are_genuine(seen: Seen) -> None:
    installation, found = seen

    assert found["vault"] == [0, "vault: no fault\n"]
    assert sorted(found["files"].values()) == [0, 0]
    for name in found["files"]:
        said = subprocess.run(
            ["pdfsig", installation.folder / name], capture_output=True, text=True, check=False
        ).stdout
        assert "Signature is Valid" in said
        assert "Total document signed" in said


def test_its_answers_are_read_and_none_is_left_in_clear(seen: Seen) -> None:
    installation, found = seen
    expected = tomllib.loads(ANSWERS.read_text("utf-8"))

    assert {key: found["answers"][key] for key in KNOWN} == {key: expected[key] for key in KNOWN}
    with psycopg.connect(installation.url) as connection:
        tables = ("applications_answer", "underwriting_requirementlist", "history_event")
        rows = [
            row
            for table in tables
            for (row,) in connection.execute(f"SELECT t::text FROM {table} t").fetchall()
        ]
    assert len(rows) > 50
    assert not [row for row in rows if any(expected[key] in row for key in KNOWN)]


def test_its_applications_have_each_a_salt_of_its_own(seen: Seen) -> None:
    salts = seen[1]["salts"]

    assert len(salts) == len(set(salts)) == 3


def test_it_names_an_event_that_was_altered_before_the_upgrade(old: Installation) -> None:
    """Negative control: an upgrade launders nothing."""
    old.sql(
        "ALTER TABLE history_event DISABLE TRIGGER history_event_append_only;"
        "UPDATE history_event SET at = at - interval '1 day' WHERE kind = 'signature_given'"
    )
    assert old.run("upgrade").returncode == 0

    done = old.run("verify", "--history")

    assert done.returncode == 1
    assert "was changed" in done.stdout


def test_upgrading_again_changes_nothing(old: Installation) -> None:
    assert old.run("upgrade").returncode == 0
    before = snapshots.tables(old.url)
    assert old.run("upgrade").returncode == 0

    after = snapshots.tables(old.url)

    assert {name for name in before if before[name] != after[name]} == set()
