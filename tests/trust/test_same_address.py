"""Whether an act of the client came from where the advisor was is said at every act (G10)."""

import subprocess
from pathlib import Path

import pytest

from avenant.applications.models import Attachment, Snapshot
from avenant.demo import dossiers
from avenant.demo.dossiers import ADVISOR_BROWSER, ADVISOR_IP, CLIENT_BROWSER, ApplicationStory
from avenant.documents.assembly import assemble
from avenant.documents.render import render_application
from avenant.history.models import Event
from avenant.http import is_same_address
from avenant.live.models import Call
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast

pytestmark = [pytest.mark.promise("G10"), pytest.mark.rule("4/SIG-14")]

ACTS = [
    "client_joined",
    "illustration_opened",
    "illustration_agreed",
    "section_confirmed",
    "signature_given",
]
SAME_ADDRESS, SAME_DEVICE = (
    "même adresse IP que le représentant",
    "même appareil que le représentant",
)


@pytest.fixture(params=["another browser", "the same browser", "elsewhere"])
def signed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> tuple[ApplicationStory, str]:
    """An application signed from the advisor's address with another browser or the same one, or
    from elsewhere (the negative control)."""
    if request.param != "elsewhere":
        monkeypatch.setattr(dossiers, "CLIENT_IP", ADVISOR_IP)
    browser = ADVISOR_BROWSER if request.param == "the same browser" else CLIENT_BROWSER
    monkeypatch.setattr(dossiers, "CLIENT_BROWSER", browser)
    return ApplicationStory(cast.advisor).until_signed(), request.param


def test_it_is_kept_of_every_act_told_and_printed(
    signed: tuple[ApplicationStory, str], tmp_path: Path
) -> None:
    story, where = signed
    expected = (where == "the same browser", where != "elsewhere")
    flags = {
        "elsewhere": [],
        "another browser": [SAME_ADDRESS],
        "the same browser": [SAME_DEVICE],
    }[where]

    rows = [
        *Call.objects.all(),
        *Snapshot.objects.all(),
        *Attachment.objects.all(),
        *SignatureRequest.objects.all(),
    ]
    assert {(row.is_same_device, row.is_same_address) for row in rows} == {expected}
    told = Event.objects.filter(kind__in=ACTS)
    assert {event.kind for event in told} == set(ACTS)
    assert {(e.facts["same_device"], e.facts["same_address"]) for e in told} == {expected}

    printed = assemble(story.create_pdf())
    assert printed.confirmations[0].label == "Entrée dans la séance, consentement 1.1"
    assert printed.confirmations[1].label == "Soumission jointe, version 1"
    assert len(printed.confirmations) == 2 + Snapshot.objects.count()
    assert [entry.flags for entry in printed.confirmations] == [flags] * len(printed.confirmations)
    assert [signature.flags for signature in printed.signatures] == [flags]
    file = tmp_path / "printed.pdf"
    file.write_bytes(render_application(printed))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    count = len(printed.confirmations) + 1
    assert [text.count(flag) for flag in (SAME_ADDRESS, SAME_DEVICE)] == [
        count * (flag in flags) for flag in (SAME_ADDRESS, SAME_DEVICE)
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("203.0.113.24", "203.0.113.24", True),
        ("203.0.113.24", "203.0.113.25", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.24", "203.0.113.24", True),
        ("203.0.113.24", None, False),
        (None, None, False),
        ("", "", False),
    ],
)
def test_it_compares_lines_not_the_halves_that_a_browser_chooses(
    one: str | None, other: str | None, expected: bool
) -> None:
    assert is_same_address(one, other) is expected
