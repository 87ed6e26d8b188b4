"""Hostile files over HTTP, to each page that takes files: a sentence in the reader's language, and
nothing kept (G6). Each file's own refusal is shown in tests/avenant/documents/test_uploads.py.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from avenant.applications import file_views
from avenant.applications.models import Attachment
from avenant.asgi import LARGEST_BODY, application
from avenant.demo.dossiers import ApplicationStory
from avenant.documents import upload_words, vault, verify_words
from avenant.documents.models import VaultFile
from avenant.history.models import Event
from tests.avenant.documents.hostile import CORPUS, REBUILT, plain
from tests.support.cast import Cast, browser_of
from tests.support.scanning import StandInScanner

pytestmark = pytest.mark.promise("G6")

FEW = {
    "wrong type": "name: not a pdf",
    "another type under the name of a PDF": "magic: program",
    "two extensions": "name: executable before pdf",
    "a PDF and an archive at once": "polyglot: archive after",
    "a PDF and a page at once": "polyglot: page inside the head",
    "a bomb": "bomb: page of 150 MB",
    "100,000 pages": "pages: 100,000 times the same",
    "a path in its name": "name: encoded slash",
    "no byte": "magic: nothing",
    "over the limit": "size: one byte too many",
    "encrypted": "locked: with a password",
    "carries another file": "inside: attachment",
    "a virus": "virus: the test file",
}
# The form's parser takes the path and what cannot be seen out of a name before anyone reads it: what
# is left is judged.
JUDGED_BY_WHAT_IS_LEFT = {
    "name: none": {"file_missing"},
    "name: climbs": {"kept"},
    "name: climbs on Windows": {"kept"},
    "name: absolute": {"kept"},
    "name: drive": {"kept"},
    "name: NUL cuts it": {"name_double_extension"},
    "name: NUL at end": {"kept"},
    "name: new line": {"file_missing"},
    "name: escape": {"name_forbidden", "kept"},
    "name: written backwards": {"name_double_extension"},
    "name: isolates": {"kept"},
}
HEADLINES = {"not_ours", "changed", "unknown"}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> Iterator[list[str]]:
    """The names of what was written to the vault; no file may be left in the passing folder."""
    written: list[str] = []
    real = vault.default_storage.save

    def save(name: str, content: object) -> str:
        written.append(name)
        return real(name, content)

    monkeypatch.setattr(vault.default_storage, "save", save)
    monkeypatch.setattr(file_views, "scanner", StandInScanner)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    yield written
    assert list(tmp_path.iterdir()) == []


class Upload:
    """The pages that take files, and somebody who sends one to each."""

    def __init__(self, cast: Cast, language: str) -> None:
        self.story = ApplicationStory(cast.advisor).open().fill()
        self.language = language
        self.advisor, self.anyone = browser_of(cast.advisor), Client()
        for browser in (self.advisor, self.anyone):
            browser.cookies["django_language"] = language

    def illustration(self, name: str, content: bytes) -> HttpResponse:
        return self._attach(name, content, kind="quote", guarantee_term_life_65="100000.00")

    def additional(self, name: str, content: bytes) -> HttpResponse:
        return self._attach(name, content, kind="additional")

    def verify(self, name: str, content: bytes) -> HttpResponse:
        return send(self.anyone, reverse("verify"), name, content)

    def _attach(self, name: str, content: bytes, **fields: str) -> HttpResponse:
        address = reverse("upload_file", args=[self.story.application.pk])
        return send(self.advisor, address, name, content, **fields)


def send(browser: Client, address: str, name: str, content: bytes, **fields: str) -> HttpResponse:
    """A form with a file, its name written as a hostile program writes it: as it is."""
    line = b"--boundary\r\nContent-Disposition: form-data; name="
    body = b"".join(
        line + b'"%b"\r\n\r\n%b\r\n' % (key.encode(), value.encode())
        for key, value in fields.items()
    )
    body += line + b'"file"; filename="%b"\r\n' % name.encode()
    body += b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--boundary--\r\n"
    answer: HttpResponse = browser.generic(
        "POST", address, body, "multipart/form-data; boundary=boundary"
    )
    return answer


def rows() -> tuple[int, int, int]:
    return VaultFile.objects.count(), Attachment.objects.count(), Event.objects.count()


def sentence_in(page: str, codes: set[str], language: str) -> bool:
    return any(upload_words.problem(code, language) in page for code in codes)


@pytest.mark.rule("4/APP-17")
@pytest.mark.parametrize(("page", "language"), [("illustration", "fr"), ("additional", "en")])
def test_it_refuses_a_hostile_file_with_a_sentence_and_keeps_nothing(
    cast: Cast, kept: list[str], page: str, language: str
) -> None:
    upload, faults = Upload(cast, language), []
    before = rows()

    for what, name in FEW.items():
        file_name, build, codes = CORPUS[name]
        answer = getattr(upload, page)(file_name, build())
        if answer.status_code != 422:
            faults.append(f"{what}: {answer.status_code}")
        if not sentence_in(unescape(answer.content.decode()), set(codes), language):
            faults.append(f"{what}: no sentence in {language}")

    assert faults == []
    assert kept == []
    assert rows() == before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_of_a_hostile_file_that_it_is_not_ours_and_keeps_nothing(
    cast: Cast, kept: list[str], language: str
) -> None:
    upload, faults = Upload(cast, language), []
    before = rows()
    headlines = [verify_words.headline(status, language) for status in HEADLINES]

    for what, name in FEW.items():
        file_name, build, _codes = CORPUS[name]
        answer = upload.verify(file_name, build())
        page = unescape(answer.content.decode())
        if answer.status_code != 200 or not any(line in page for line in headlines):
            faults.append(f"{what}: {answer.status_code}")

    assert faults == []
    assert kept == []
    assert rows() == before


@pytest.mark.parametrize("page", ["illustration", "additional"])
def test_it_would_keep_an_honest_file(cast: Cast, kept: list[str], page: str) -> None:
    """The check can fail: the same form with a plain PDF keeps it."""
    answer = getattr(Upload(cast, "fr"), page)("soumission.pdf", plain())

    assert answer.status_code == 302
    assert len(kept) == 2  # as it came, and what is shown of it


def test_it_keeps_nothing_of_the_path_in_a_name(cast: Cast, kept: list[str]) -> None:
    upload = Upload(cast, "fr")

    answer = upload.additional("../../../etc/cron.d/passwd.pdf", plain())

    attachment = Attachment.objects.get()
    assert answer.status_code == 302
    assert attachment.name == "passwd.pdf"
    files = (attachment.file, attachment.printable)
    assert [name.split("-")[0] for name in kept] == [
        f"{file.sha256[:2]}/{file.sha256}" for file in files
    ]


TOO_LARGE = {"fr": "Ce fichier est trop lourd", "en": "This file is too large"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_announced", [True, False])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["/verifier", "/propositions/x/fichiers", "/appel"])
def test_it_says_so_when_a_body_is_larger_than_anything_it_takes(
    path: str, language: str, is_announced: bool
) -> None:
    async def body() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 1_000_000 + 2):
            yield b"\0" * 1_000_000

    async def post() -> httpx.Response:
        through = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=through, base_url="http://localhost") as browser:
            headers = {"Cookie": f"django_language={language}"}
            if is_announced:
                headers["Content-Length"] = str((LARGEST_BODY // 1_000_000 + 2) * 1_000_000)
            return await browser.post(path, content=body(), headers=headers)

    answer = asyncio.run(post())

    assert answer.status_code == 413
    assert TOO_LARGE[language] in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.trust
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("page", ["illustration", "additional", "verify"])
def test_it_withstands_every_file_of_the_corpus(cast: Cast, kept: list[str], page: str) -> None:
    upload, faults = Upload(cast, "fr"), []
    say: Callable[[str], str] = lambda status: verify_words.headline(status, "fr")  # noqa: E731

    for name, (file_name, build, codes) in CORPUS.items():
        content, before = build(), len(kept)
        started = time.monotonic()
        answer = getattr(upload, page)(file_name, content)
        took = time.monotonic() - started
        text = unescape(answer.content.decode())
        expected = JUDGED_BY_WHAT_IS_LEFT.get(name, set(codes))
        if page == "verify":
            is_right = any(say(status) in text for status in HEADLINES) or answer.status_code == 422
        elif len(kept) > before:
            is_right = bool({"kept", REBUILT} & expected)
            is_right &= Attachment.objects.latest("pk").name.isprintable()
        else:
            is_right = "file_missing" in expected or sentence_in(
                text, expected - {"kept", REBUILT}, "fr"
            )
        if not is_right or answer.status_code >= 500:
            faults.append(f"{name}: {answer.status_code}")
        if took > 5 * 3:  # three times the promise, for a noisy machine
            faults.append(f"{name}: {took:.1f} s")

    assert faults == []
    assert page != "verify" or kept == []
