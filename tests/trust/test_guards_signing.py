"""The guards of a signature, from the request to what is kept of it: each of these fails without its
guard."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from avenant.demo.dossiers import CLIENT_BROWSER, CLIENT_IP, STROKES, ApplicationStory
from avenant.errors import RuleError
from avenant.history.models import Event
from avenant.live.models import Call
from avenant.signatures.actions.accept_signature import accept_signature
from avenant.signatures.actions.request_signature import request_signature
from avenant.signatures.actions.void_signature import void_signatures
from avenant.signatures.drawing import Drawing
from avenant.signatures.models import SignatureRequest
from tests.support.cast import Cast
from tests.trust.doings import asked, confirmed, filled
from tests.trust.test_guards_acts import locked

TYPED = '{"kind": "typed", "name": "Odette Gagnon"}'


@pytest.fixture
def story(cast: Cast) -> ApplicationStory:
    return confirmed(cast)


@pytest.fixture
def request_(story: ApplicationStory) -> SignatureRequest:
    return asked(story)


def accept(
    story: ApplicationStory, request: SignatureRequest, drawn: str = STROKES, **change: object
) -> SignatureRequest:
    facts = {"signed_hash": request.signed_hash, "has_read_to_end": True} | change
    accept_signature(request, story.window, Drawing.read(drawn), **facts)  # type: ignore[arg-type]
    return SignatureRequest.objects.get(pk=request.pk)


def ask(story: ApplicationStory, signer: str = "main_insured") -> SignatureRequest:
    return request_signature(
        story.application, story.call, signer=signer, city="Laval", province="QC", by=story.advisor
    )


@pytest.mark.rule("4/SIG-14")
def test_it_keeps_what_was_drawn_when_and_from_where(
    story: ApplicationStory, request_: SignatureRequest
) -> None:
    before = timezone.now()

    kept = accept(story, request_)

    assert kept.state == "signed"
    assert kept.signed_at is not None
    assert before <= kept.signed_at <= timezone.now()
    assert kept.strokes == Drawing.read(STROKES).strokes
    assert kept.typed_name == ""
    assert (kept.ip, kept.user_agent) == (CLIENT_IP, CLIENT_BROWSER)
    assert (kept.is_same_address, kept.is_same_device) == (False, False)


@pytest.mark.rule("4/SIG-14")
@pytest.mark.parametrize(
    ("ip", "agent", "is_same"),
    [
        (CLIENT_IP, CLIENT_BROWSER, (True, True)),
        (CLIENT_IP, "another", (True, False)),
        ("192.0.2.77", CLIENT_BROWSER, (False, False)),
    ],
)
def test_it_keeps_that_the_signer_sat_where_the_advisor_did(
    story: ApplicationStory,
    request_: SignatureRequest,
    ip: str,
    agent: str,
    is_same: tuple[bool, bool],
) -> None:
    Call.objects.update(advisor_ip=ip, advisor_user_agent=agent)

    kept = accept(story, request_)

    assert (kept.is_same_address, kept.is_same_device) == is_same


@pytest.mark.rule("4/SIG-05")
def test_it_keeps_a_name_typed_instead(story: ApplicationStory, request_: SignatureRequest) -> None:
    kept = accept(story, request_, TYPED)

    assert (kept.typed_name, kept.drawing) == ("Odette Gagnon", None)


@pytest.mark.rule("4/SIG-16")
@pytest.mark.parametrize("change", ["content", "page"])
def test_it_takes_no_signature_of_another_content_or_page(
    story: ApplicationStory, request_: SignatureRequest, change: str
) -> None:
    shown = {"signed_hash": "0" * 64} if change == "page" else {}
    if change == "content":
        story.application.attachments.filter(state="agreed").update(version=2)

    with pytest.raises(RuleError, match="signature_void"):
        accept(story, request_, **shown)

    assert not Event.objects.filter(kind="signature_given").exists()


def test_it_holds_the_call_the_file_and_the_request_in_one_order(
    story: ApplicationStory, request_: SignatureRequest
) -> None:
    with CaptureQueriesContext(connection) as queries:
        accept(story, request_)

    assert locked(queries) == [
        "live_call", "applications_application", "signatures_signaturerequest",
    ]  # fmt: skip


def test_it_takes_nothing_from_a_window_that_another_replaced(
    story: ApplicationStory, request_: SignatureRequest
) -> None:
    window = story.window
    Call.objects.update(client_token_digest="another")

    with pytest.raises(RuleError, match="already_joined"):
        accept_signature(
            request_,
            window,
            Drawing.read(STROKES),
            signed_hash=request_.signed_hash,
            has_read_to_end=True,
        )

    assert SignatureRequest.objects.get(pk=request_.pk).state == "requested"


def test_it_signs_nothing_that_was_asked_in_another_call(
    cast: Cast, story: ApplicationStory, request_: SignatureRequest
) -> None:
    elsewhere = ApplicationStory(cast.other_advisor).open().call
    SignatureRequest.objects.update(call=elsewhere)

    with pytest.raises(SignatureRequest.DoesNotExist):
        accept(story, request_)


@pytest.mark.rule("4/SIG-03")
def test_it_asks_for_no_signature_of_a_client_who_is_not_there(story: ApplicationStory) -> None:
    Call.objects.update(client_seen_at=None)

    with pytest.raises(RuleError, match="client_required"):
        ask(story)


@pytest.mark.rule("4/SIG-01")
def test_it_replaces_what_waits_of_this_signer_and_leaves_what_is_over(
    story: ApplicationStory,
) -> None:
    first = asked(story)
    SignatureRequest.objects.update(state="void", void_reason="cancelled")
    second = asked(story)
    third = asked(story)

    states = dict(SignatureRequest.objects.values_list("pk", "void_reason"))
    assert states == {first.pk: "cancelled", second.pk: "asked_again", third.pk: ""}


@pytest.mark.rule("4/SIG-13")
def test_it_leaves_what_waits_of_another_signer(cast: Cast) -> None:
    from avenant.applications.actions.save_answers import save_answers

    story = filled(cast)
    save_answers(
        story.application.pk,
        {"holder_is_client": "no", "holder_name": "Rose Gagnon", "holder_relationship": "mère"},
        by=story.advisor,
    )
    story.agree_illustration().confirm_all().stay()
    first = ask(story)

    story.stay()
    ask(story, "account_holder")

    assert SignatureRequest.objects.get(pk=first.pk).state == "requested"


@pytest.mark.rule("4/SIG-16")
def test_it_voids_what_stands_and_leaves_what_is_void_already(story: ApplicationStory) -> None:
    first = asked(story)
    SignatureRequest.objects.update(state="void", void_reason="cancelled")
    second = asked(story)

    void_signatures(story.application, reason="content_changed", by=story.advisor)

    reasons = dict(SignatureRequest.objects.values_list("pk", "void_reason"))
    assert reasons == {first.pk: "cancelled", second.pk: "content_changed"}
    assert Event.objects.filter(kind="signature_voided").count() == 1


@pytest.mark.rule("4/SIG-01")
def test_it_asks_for_no_signature_while_a_section_is_not_confirmed(story: ApplicationStory) -> None:
    story.application.sections.filter(key="insured").update(state="filled")

    with pytest.raises(RuleError, match="sections_not_confirmed"):
        ask(story)


@pytest.mark.rule("4/SIG-05")
@pytest.mark.parametrize("odd", ['"40"', "true", "null", "[1]"])
def test_it_reads_points_that_are_numbers_alone(odd: str) -> None:
    points = ",".join(f"[{x},{x + 10}]" for x in range(10, 200, 10))

    with pytest.raises(RuleError):
        Drawing.read(f'{{"kind": "drawn", "strokes": [[[{odd},50],{points}]]}}')
