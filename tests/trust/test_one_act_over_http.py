"""One act, one effect, as the buttons send it: a hundred identical requests at once to a real server
(G5). What the lock of each act is worth is shown in test_one_act_one_effect.py.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.urls import reverse

from avenant.accounts.models import User
from avenant.applications.actions.send_section import send_section
from avenant.demo.dossiers import STROKES, ApplicationStory
from avenant.documents.actions.produce_document import produce_document
from avenant.history.models import Event
from avenant.live.actions.launch_call import close_call
from avenant.live.queries import open_call_of
from avenant.live.window import COOKIE
from avenant.signatures.actions.request_signature import request_signature
from tests.support.browsing import ADVISOR, sign_in
from tests.support.cast import Cast, window_of_client
from tests.support.patience import patient
from tests.support.programs import running

pytestmark = [
    pytest.mark.promise("G5"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
]

AT_ONCE = 100


@dataclass
class Press:
    """A button: the cookies of whose browser presses it, what it sends, and the event that is its
    one effect."""

    cookies: dict[str, str]
    address: str
    data: dict[str, object]
    effect: str

    def many_times(self, site: str) -> list[tuple[int, str]]:
        """Press it so many times at once; status and place of each answer."""
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        fields = token | {key: str(value) for key, value in self.data.items()}

        async def press_all() -> list[httpx.Response]:
            async with httpx.AsyncClient(
                base_url=site,
                cookies=self.cookies,
                limits=httpx.Limits(max_connections=AT_ONCE),
                timeout=patient(120),
            ) as browser:
                posts = (browser.post(self.address, data=fields) for _ in range(AT_ONCE))
                return await asyncio.gather(*posts)

        answers = asyncio.run(press_all())
        return [(one.status_code, one.headers.get("Location", "")) for one in answers]

    def effects(self) -> int:
        return Event.objects.filter(kind=self.effect).count()


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    with running(tmp_path, worker=False) as address:
        yield address


def story_until(step: str) -> ApplicationStory:
    advisor = User.objects.get(email=ADVISOR)
    before = open_call_of(advisor)
    if before is not None:
        close_call(before, by=advisor)
    story = ApplicationStory(advisor).open().fill().join().agree_illustration()
    return story if step == "illustration" else story.confirm_all()


def client_of(site: str, story: ApplicationStory) -> dict[str, str]:
    with httpx.Client(base_url=site, cookies={COOKIE: story.token}, timeout=patient(60)) as browser:
        browser.get(reverse("client_window"))  # gives the token that acts need
        return {COOKIE: story.token, "csrftoken": browser.cookies["csrftoken"]}


def submit(site: str) -> Press:
    story = story_until("signature").sign()
    produce_document(story.create_pdf().pk)
    address = reverse("submit_application", args=[story.application.pk])
    with sign_in(site) as browser:
        return Press(dict(browser.cookies), address, {}, "application_submitted")


def sign(site: str) -> Press:
    story = story_until("signature")
    asked = request_signature(
        story.application,
        story.call,
        signer="main_insured",
        city="Laval",
        province="QC",
        by=story.advisor,
    )
    data = {"request": asked.pk, "signed_hash": asked.signed_hash, "signature": STROKES}
    return Press(
        client_of(site, story), reverse("sign"), data | {"read_to_end": "1"}, "signature_given"
    )


def confirm(site: str) -> Press:
    story = story_until("illustration")
    sent = send_section(story.application, story.call, "insured", by=story.advisor)
    data = {"snapshot": sent.pk, "content_hash": sent.content_hash}
    return Press(client_of(site, story), reverse("agree_section"), data, "section_confirmed")


def refuse(site: str) -> Press:
    """Another section waits behind the one that is refused: it must not be hit."""
    story = story_until("illustration")
    sent = send_section(story.application, story.call, "insured", by=story.advisor)
    send_section(story.application, story.call, "work", by=story.advisor)
    data = {"shown": f"section-{sent.pk}", "comment": "Ce n'est pas mon adresse."}
    return Press(client_of(site, story), reverse("client_trouble"), data, "section_contested")


def test_it_acts_once_however_often_a_button_is_pressed(site: str) -> None:
    found = {}

    for button in (submit, sign, confirm, refuse):
        press = button(site)
        before = press.effects()
        answers = set(press.many_times(site))
        found[press.effect] = (
            {status for status, _ in answers},
            len(answers),
            press.effects() - before,
        )

    assert found == {
        "application_submitted": ({302}, 1, 1),
        "signature_given": ({302}, 1, 1),
        "section_confirmed": ({302}, 1, 1),
        "section_contested": ({302}, 1, 1),
    }


@pytest.mark.parametrize(("says_what_it_shows", "contested"), [(True, 0), (False, 1)])
def test_it_contests_only_what_the_page_shows(
    cast: Cast, says_what_it_shows: bool, contested: int
) -> None:
    """Negative control: a page that does not say what it shows contests whatever comes next."""
    story = ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    send_section(story.application, story.call, "work", by=cast.advisor)
    late = {"shown": "section-0"} if says_what_it_shows else {}

    window_of_client(story).post(reverse("client_trouble"), late | {"comment": "Non."})

    assert Event.objects.filter(kind="section_contested").count() == contested
