"""Whatever strangers put into a form, an address or a header, the answer is a page in words: never
an error of ours (G6). Every address of the access matrix, with everything its view asks for.
"""

from typing import Any

import pytest
from django.test import Client

from avenant.applications.actions.send_section import send_section
from avenant.demo.dossiers import STROKES, ApplicationStory
from avenant.signatures.actions.request_signature import request_signature
from avenant.signatures.models import Signer
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.hostile_list import VALUES
from tests.trust.hostile_values import Door, Try, doors, problem_of, sample, tries
from tests.trust.matrix import ACTORS, ROWS, Stage

pytestmark = pytest.mark.promise("G6")

# What views are known to read: a sample that found its places by asking has these among them.
READ = {
    ("submitted_applications", "field", "q"),
    ("submitted_applications", "field", "state"),
    ("client_trouble", "field", "comment"),
    ("sign", "field", "signature"),
    ("sign", "header", "User-Agent"),
    ("request_signature", "field", "city"),
    ("receive_application", "field", "reason"),
    ("account_login", "field", "login"),
    ("api_decide", "path", "name"),
    ("demo_clock", "field", "today"),
}


@pytest.fixture
def every_door(cast: Cast) -> list[Door]:
    """Every address, as whoever may rightly use it, with a form that is well filled."""
    submitted = ApplicationStory(cast.advisor).until_submitted()
    signing = ApplicationStory(cast.other_advisor).open().fill().join().agree_illustration()
    signing.confirm_all()
    draft = ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    browsers = {actor: browser_of(getattr(cast, actor, None)) for actor in ACTORS}
    browsers |= {
        "client": window_of_client(draft),
        "other_client": window_of_client(signing),
        "expired_client": window_of_client(submitted),
    }
    stage = Stage(draft=draft, submitted=submitted)
    return doors(stage, browsers, _better(cast, stage, signing, browsers))


def _better(
    cast: Cast, stage: Stage, signing: ApplicationStory, browsers: dict[str, Client]
) -> dict[str, tuple[Client, dict[str, Any]]]:
    """The forms of the acts that need a file at the right step."""
    request = request_signature(
        signing.application,
        signing.call,
        signer=Signer.MAIN_INSURED,
        city="Montréal",
        province="QC",
        by=cast.other_advisor,
    )
    snapshot = send_section(stage.draft.application, stage.draft.call, "insured", by=cast.advisor)
    illustration = stage.draft.application.attachments.get(kind="quote")
    client, signer, advisor = (browsers[one] for one in ("client", "other_client", "advisor"))
    return {
        "sign": (
            signer,
            {
                "request": request.pk,
                "signature": STROKES,
                "signed_hash": request.signed_hash,
                "read_to_end": "1",
            },
        ),
        "agree_section": (
            client,
            {"snapshot": snapshot.pk, "content_hash": snapshot.content_hash},
        ),
        "agree_illustration": (client, {"attachment": illustration.pk}),
        "client_trouble": (client, {"comment": "Mon adresse a changé."}),
        "join_call": (client, {"code": "ABCD-2345", "consent": "on"}),
        "save_answers": (
            advisor,
            {"employer": "Atelier O", "main_duties": "Massages", "income_current": "48000"},
        ),
        "change_rows": (advisor, {"group": "children", "add": "1", "section": "family"}),
        "request_signature": (
            advisor,
            {"signer": "main_insured", "city": "Montréal", "province": "QC"},
        ),
        "receive_application": (
            browsers["contract_administration"],
            {"decision": "return", "reason": "La page 2 manque."},
        ),
        "open_application": (advisor, {"call": stage.draft.call.pk}),
    }


@pytest.mark.timeout(240)
def test_it_answers_a_sample_of_hostile_values_in_words(every_door: list[Door]) -> None:
    chosen = sample(every_door, seed=11)

    faults = [fault for one in chosen if (fault := problem_of(one))]

    assert faults == []
    assert {one.value for one in chosen} == set(VALUES)
    # nothing of a stranger reaches /readyz, which here says that no worker is there
    assert {one.door.name for one in chosen} == set(ROWS) - {"readyz"}
    assert {(one.door.name, one.place, one.target) for one in chosen} >= READ


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_it_answers_every_hostile_value_everywhere_in_words(every_door: list[Door]) -> None:
    faults = [fault for door in every_door for one in tries(door) if (fault := problem_of(one))]

    assert faults == []


def test_it_would_notice_a_guard_taken_off(every_door: list[Door], settings: Any) -> None:
    """Negative control: the same tries without the middleware are errors of ours."""
    by_name = {door.name: door for door in every_door}
    guarded_tries = [
        Try(by_name["submitted_applications"], "field", "state", "NUL inside"),
        Try(by_name["account_inactive"], "field", "next", "a broken address"),
        Try(by_name["home"], "header", "Cookie", "NUL in quotes"),
    ]
    guarded = [problem_of(one) for one in guarded_tries]
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "Readable" not in one]
    for one in guarded_tries:
        one.door.browser.handler._middleware_chain = None  # read anew at the next request

    unguarded = [problem_of(one) for one in guarded_tries]

    assert guarded == ["", "", ""]
    assert "NUL" in unguarded[0]
    assert "Invalid IPv6 URL" in unguarded[1]
    assert "NUL" in unguarded[2]
