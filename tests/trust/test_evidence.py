"""A signature cannot be changed after it was given (G1, G10): who, what, when and where are bound to
what the signer saw, and the history knows it.
"""

import pytest
from django.core.management import call_command

from avenant.demo.dossiers import STROKES, ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import request_signature
from avenant.signatures.drawing import Drawing
from avenant.signatures.evidence import check_signatures
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast, window_of_client

pytestmark = pytest.mark.promise("G10")

CHANGES = {
    "city": "Toronto",
    "province": "ON",
    "signer_name": "Quelqu'un d'autre",
    "signer": "spouse",
    "content_hash": "0" * 64,
    "notices_version": "0.9",
    "language": "en",
    "ip": "198.51.100.66",
    "user_agent": "Another browser",
    "is_same_device": True,
    "is_same_address": True,
    "typed_name": "Odette Gagnon",
    "drawing": None,
    "formula": 1,
}


@pytest.fixture
def signed(cast: Cast) -> ApplicationStory:
    return ApplicationStory(cast.advisor).until_signed()


def change(story: ApplicationStory, **fields: object) -> None:
    """What somebody with the keys of the database can do."""
    SignatureRequest.objects.filter(application=story.application).update(**fields)


def asked(cast: Cast) -> tuple[ApplicationStory, SignatureRequest]:
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration().confirm_all()
    request = request_signature(
        story.application,
        story.call,
        signer="main_insured",
        city="Laval",
        province="QC",
        by=cast.advisor,
    )
    return story, request


def sign(story: ApplicationStory, request: SignatureRequest, signed_hash: str) -> SignatureRequest:
    return accept_signature(
        request,
        story.window,
        Drawing.read(STROKES),
        signed_hash=signed_hash,
        has_read_to_end=True,
    )


@pytest.mark.rule("4/SIG-14")
def test_it_finds_no_fault_in_a_signature_as_it_was_given(signed: ApplicationStory) -> None:
    assert list(check_signatures()) == []


@pytest.mark.rule("4/SIG-14")
@pytest.mark.parametrize(("field", "value"), CHANGES.items(), ids=CHANGES)
def test_it_names_a_signature_that_was_changed(
    signed: ApplicationStory, field: str, value: object
) -> None:
    change(signed, **{field: value})

    assert list(check_signatures()) == [
        f"signature {SignatureRequest.objects.get().pk} of application {signed.application.pk}:"
        " it was changed"
    ]


def test_it_says_so_in_the_verification_of_the_history(
    signed: ApplicationStory, capsys: pytest.CaptureFixture[str]
) -> None:
    def verify() -> tuple[object, str]:
        with pytest.raises(SystemExit) as end:
            call_command("verify", "--history")
        return end.value.code, capsys.readouterr().out

    before = verify()
    change(signed, city="Toronto")
    after = verify()

    assert (before[0], before[1].splitlines()[0]) == (0, "history: no fault")
    assert after[0] == 1
    assert after[1].endswith("it was changed\n")


def test_it_seals_nothing_with_a_signature_that_was_changed(signed: ApplicationStory) -> None:
    document = signed.create_pdf()
    change(signed, city="Toronto")

    produce_document(document.pk)

    document.refresh_from_db()
    assert (document.state, document.sha256) == ("failed", "")
    assert document.failure == "evidence_changed"


@pytest.mark.rule("4/SIG-16")
@pytest.mark.parametrize("field", ["city", "province", "signer_name"])
def test_it_refuses_to_sign_another_place_than_the_one_shown(cast: Cast, field: str) -> None:
    story, request = asked(cast)
    shown = request.signed_hash
    change(story, **{field: CHANGES[field]})

    with pytest.raises(RuleError, match="signature_void"):
        sign(story, request, shown)

    request.refresh_from_db()
    assert request.state == "requested"
    assert not Event.objects.filter(kind="signature_given").exists()


def test_it_shows_the_place_to_the_signer(cast: Cast) -> None:
    story, request = asked(cast)

    page = window_of_client(story).get("/appel/seance").content.decode()

    assert "Laval (QC)" in page
    assert request.signed_hash in page


def test_it_still_knows_the_signatures_of_before_places_were_bound(cast: Cast) -> None:
    story, request = asked(cast)
    SignatureRequest.objects.filter(pk=request.pk).update(formula=1)
    request.refresh_from_db()

    sign(story, request, request.content_hash)

    assert list(check_signatures()) == []
