"""The two files that the access matrix speaks of, and a browser for each actor."""

from django.test import Client

from avenant.demo.dossiers import ApplicationStory
from tests.support.cast import Cast, browser_of, window_of_client
from tests.trust.matrix import ACTORS, Stage


def play(cast: Cast) -> tuple[Stage, dict[str, Client]]:
    submitted = ApplicationStory(cast.advisor).until_submitted()
    draft = ApplicationStory(cast.advisor).open().fill().join().agree_illustration()
    other = ApplicationStory(cast.other_advisor).open().fill().join()
    people = {actor: browser_of(getattr(cast, actor, None)) for actor in ACTORS}
    for number, browser in enumerate(people.values(), 1):  # tries are counted by address
        browser.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
    people |= {
        "client": window_of_client(draft),
        "other_client": window_of_client(other),
        "expired_client": window_of_client(submitted),
    }
    return Stage(draft=draft, submitted=submitted), people
