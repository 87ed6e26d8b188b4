"""Who has the database alone cannot rewrite history (G10): its hashes and heads are keyed, and a
file kept elsewhere tells what was put back.
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from avenant.accounts.models import User
from avenant.applications.models import Application
from avenant.demo.dossiers import ApplicationStory
from avenant.documents.queries import untold_documents
from avenant.history import tasks
from avenant.history.actions.anchor import anchor_heads
from avenant.history.actions.record import record
from avenant.history.anchor_file import AnchorFileError, anchors_now, faults_against
from avenant.history.chain import HistoryKeyError, check_history
from avenant.history.models import Anchor, Chain, Event
from tests.support.attacks import rewrite, without_triggers
from tests.support.cast import Cast

pytestmark = pytest.mark.promise("G10")
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def dossier(cast: Cast) -> str:
    """The name of a chain of five events, anchored; another chain stands beside."""
    told(cast.advisor, 5)
    told(cast.other_advisor, 2)
    anchor_heads(DAY)
    return f"user:{cast.advisor.pk}"


def told(user: User, count: int) -> None:
    for number in range(count):
        record("thing_happened", user, by=user, facts={"number": number})


def verify(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        call_command("verify", "--history", *words)
    return end.value.code


@pytest.mark.parametrize("formula", [1, 2], ids=["hashed without a key", "keyed with a guess"])
def test_it_names_a_dossier_that_was_rewritten_from_end_to_end(dossier: str, formula: int) -> None:
    rewrite(dossier, without=3, formula=formula)

    faults = list(check_history())

    assert f"{dossier}: the head of the chain was changed" in faults
    assert f"anchor of {DAY}: it was changed" in faults


def test_it_would_find_nothing_if_the_key_were_known(dossier: str) -> None:
    """Negative control: all but the anchors' own chain can be made again with the key."""
    rewrite(dossier, without=3, knows_key=True)

    assert list(check_history()) == [f"anchor of {DAY}: it was changed"]


def test_it_names_an_event_written_without_the_key(dossier: str) -> None:
    last = Event.objects.filter(dossier=dossier).latest("number")
    Event.objects.create(
        dossier=dossier, number=6, kind="thing_happened", at=last.at, actor_kind="system",
        previous_hash=last.hash, formula=1, hash="0" * 64,
    )  # fmt: skip

    faults = list(check_history())

    assert f"{dossier}: event 6 was written without the key" in faults


def test_it_names_a_tail_that_was_cut_with_its_head(dossier: str) -> None:
    third = Event.objects.get(dossier=dossier, number=3)
    with without_triggers():
        Anchor.objects.all().delete()
        Event.objects.filter(dossier=dossier, number__gt=3).delete()
        Chain.objects.filter(pk=dossier).update(length=3, head_hash=third.hash)

    assert list(check_history()) == [
        f"{dossier}: the head of the chain was changed",
        f"anchor of {DAY}: it is missing",
    ]


@pytest.mark.parametrize(
    "attack",
    [
        "TRUNCATE history_anchor",
        "DELETE FROM history_anchor",
        "UPDATE history_anchor SET heads = '{}'::jsonb, hash ="
        " '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'",
    ],
)
def test_it_names_an_anchor_that_was_taken_away_or_emptied(dossier: str, attack: str) -> None:
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(attack)

    assert [fault for fault in check_history() if f"anchor of {DAY}" in fault]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_chain SET length = 3",
        "DELETE FROM history_chain",
        "DELETE FROM history_anchor",
        "UPDATE history_anchor SET hash = ''",
    ],
)
def test_it_refuses_to_turn_a_head_back_or_to_take_an_anchor_away(
    dossier: str, statement: str
) -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_it_says_that_the_key_is_another_instead_of_calling_all_forged(
    dossier: str, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.AVENANT_HISTORY_KEY = "the key of another machine"  # type: ignore[attr-defined]

    with pytest.raises(HistoryKeyError):
        list(check_history())
    assert verify() == 2
    assert "AVENANT_HISTORY_KEY" in capsys.readouterr().err


def put_back(dossier: str, before: dict[str, object]) -> None:
    """The database as it was: an old copy of the head, sealed in its time, and nothing after."""
    with without_triggers():
        Anchor.objects.all().delete()
        Event.objects.filter(dossier="anchors").delete()
        Chain.objects.filter(pk="anchors").delete()
        Event.objects.filter(dossier=dossier, number__gt=2).delete()
        Chain.objects.filter(pk=dossier).update(**before)


def test_only_a_file_kept_elsewhere_tells_that_the_database_was_put_back(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(cast.advisor, 2)
    dossier = f"user:{cast.advisor.pk}"
    before = Chain.objects.filter(pk=dossier).values("length", "head_hash", "seal").get()
    told(cast.advisor, 3)
    anchor_heads(DAY)
    file = tmp_path / "anchors.json"
    assert verify("--export-anchors", str(file)) == 0
    assert verify("--anchor", str(file)) == 0
    put_back(dossier, before)
    capsys.readouterr()

    assert verify() == 0, "nothing inside the database can tell"
    assert verify("--anchor", str(file)) == 1
    said = capsys.readouterr().out
    assert f"anchor of {DAY}: it is missing" in said
    assert f"{dossier}: what was noted on" in said
    assert "anchors: what was noted on" in said


def test_it_writes_no_file_of_anchors_over_another(dossier: str, tmp_path: Path) -> None:
    file = tmp_path / "anchors.json"
    file.write_text("kept")

    assert verify("--export-anchors", str(file)) == 2
    assert file.read_text() == "kept"


def altered(text: str) -> str:
    return json.dumps(json.loads(text) | {"heads": {}})


@pytest.mark.parametrize(
    "change", [altered, lambda text: text[:50], lambda text: "[]", lambda text: '{"seal": 1}']
)
def test_it_refuses_a_file_of_anchors_that_is_none_or_was_altered(
    dossier: str, change: object, tmp_path: Path
) -> None:
    text = change(anchors_now())  # type: ignore[operator]
    file = tmp_path / "anchors.json"
    file.write_text(text)

    with pytest.raises(AnchorFileError):
        list(faults_against(text))
    assert verify("--anchor", str(file)) == 2


def test_it_lays_each_days_anchors_where_the_installation_keeps_them(
    dossier: str, settings: object, tmp_path: Path
) -> None:
    settings.AVENANT_ANCHOR_FOLDER = str(tmp_path)  # type: ignore[attr-defined]

    tasks.anchor(0)
    tasks.anchor(0)

    (file,) = tmp_path.iterdir()
    assert list(faults_against(file.read_text())) == []
    assert len(json.loads(file.read_text())["anchors"]) == 2


def test_it_names_an_application_whose_whole_history_was_taken_away(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).open()
    name = f"application:{story.application.pk}"
    with without_triggers():
        Event.objects.filter(dossier=name).delete()
        Chain.objects.filter(pk=name).delete()

    assert list(check_history()) == []
    assert list(untold_documents()) == [f"{name}: nothing of it is in the history"]


def test_it_names_a_sealed_file_that_was_exchanged(cast: Cast) -> None:
    story = ApplicationStory(cast.advisor).until_submitted()
    assert list(untold_documents()) == []
    Application.objects.get(pk=story.application.pk).documents.filter(stage="submitted").update(
        sha256="0" * 64
    )

    assert [line.endswith("submitted: it was changed") for line in untold_documents()] == [True]
