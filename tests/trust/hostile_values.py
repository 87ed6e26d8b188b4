"""What strangers put into forms, addresses and headers, and the way it is sent to every address.

The fields of an address are those that its view asks for: they are noted while it answers once, so
that a new field is tried without being listed anywhere.
"""

import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from unittest import mock
from urllib.parse import quote, quote_from_bytes

from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests.trust.hostile_list import VALUES
from tests.trust.matrix import ACTORS, NOBODY, ROWS, Row, Stage

HEADERS = (
    "User-Agent",
    "Accept-Language",
    "Referer",
    "Avenant-Window",
    "Avenant-Seq",
    "Last-Event-ID",
    "HX-Current-URL",
    "X-Forwarded-For",
    "Cookie",
)
# Addresses whose views read what the headers say; the others meet them through the middleware alone.
READ_HEADERS = (
    "set_language",
    "account_login",
    "launch_call",
    "join_call",
    "client_window",
    "client_events",
    "agree_section",
    "sign",
    "save_answers",
    "copy",
)
UNREADABLE = ("NUL inside", "half a character", "not UTF-8", "a million digits")
# Answers that owe the reader a sentence.
IN_WORDS = {400, 403, 404, 409, 413, 415, 422, 429}


@dataclass(frozen=True)
class Door:
    """One address with one method, who rightly asks, and a form that is well filled."""

    name: str
    method: str
    browser: Client
    kwargs: Mapping[str, Any]
    form: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Try:
    """One hostile value at one place of one door; `place` is "field", "header" or "path"."""

    door: Door
    place: str
    target: str
    value: str

    def __str__(self) -> str:
        door = self.door
        return f"{door.method.upper()} {door.name}, {self.place} {self.target} = {self.value}"


def doors(
    stage: Stage,
    browsers: Mapping[str, Client],
    better: Mapping[str, tuple[Client, dict[str, Any]]],
) -> list[Door]:
    """Each address of the matrix by GET and POST, as the first actor to whom it is open.

    `better`: the browser and the form for the addresses that need more than the matrix says.
    """
    found = []
    for name, row in ROWS.items():
        for method in ("get", "post"):
            actor = _rightful(row, method)
            if actor is None:
                continue
            browser, form = better.get(name, (browsers[actor], dict(row.data)))
            found.append(Door(name, method, browser, row.kwargs(stage), form))
    return found


def _rightful(row: Row, method: str) -> str | None:
    """The first actor who gets a page; else who is sent on; else who at least finds the method."""
    for wanted in ({200, 409, 422}, {302}, {403, 404, 410, 204}):
        for actor in sorted(ACTORS, key=lambda one: one in NOBODY):
            answer = row.expected(method, actor)
            if wanted.intersection(answer if isinstance(answer, tuple) else (answer,)):
                return actor
    return None


def tries(door: Door) -> Iterator[Try]:
    """Every value at every place of a door."""
    places = [("field", name) for name in sorted(asked_for(door))]
    places += [("path", name) for name, at in door.kwargs.items() if isinstance(at, str)]
    if door.name in READ_HEADERS:
        places += [("header", name) for name in HEADERS]
    for place, target in places:
        for value in VALUES:
            yield Try(door, place, target, value)
    if not places:  # nothing is read: what is sent all the same meets the middleware alone
        for value in UNREADABLE:
            yield Try(door, "field", "q", value)


def sample(found: list[Door], seed: int) -> list[Try]:
    """Some tries: each place of each door once, and each value at least once."""
    chance = random.Random(seed)
    by_place: dict[tuple[str, str, str, str], list[Try]] = {}
    for door in found:
        for one in tries(door):
            key = (door.name, door.method, one.place, one.target)
            by_place.setdefault(key, []).append(one)
    names = list(VALUES)
    chance.shuffle(names)
    chosen = []
    for number, key in enumerate(sorted(by_place)):
        ones = by_place[key]
        wanted = names[number % len(names)]
        chosen.append(next((one for one in ones if one.value == wanted), ones[0]))
    missed = set(names) - {one.value for one in chosen}
    longest = max(by_place.values(), key=len)
    return chosen + [one for one in longest if one.value in missed]


def asked_for(door: Door) -> set[str]:
    """The names of the fields that the view asks of the form or of the address."""
    with _noting_fields() as names:
        _answer, error = knock(door, dict(door.form))
    assert not error, f"{door.method} {door.name} with an honest form: {error}"
    return (names | set(door.form)) - {"csrfmiddlewaretoken", "file"}


@contextmanager
def _noting_fields() -> Iterator[set[str]]:
    names: set[str] = set()

    def noted(method: Any) -> Any:
        def ask(self: QueryDict, key: Any, *rest: Any) -> Any:
            names.add(str(key))
            return method(self, key, *rest)

        return ask

    with (
        mock.patch.object(QueryDict, "__getitem__", noted(QueryDict.__getitem__)),
        mock.patch.object(QueryDict, "getlist", noted(QueryDict.getlist)),
        mock.patch.object(QueryDict, "__contains__", noted(QueryDict.__contains__), create=True),
    ):
        yield names


def problem_of(one: Try) -> str:
    """What is wrong with the answer to a try; "" when it is a page, in words."""
    sent = VALUES[one.value]
    form, headers = dict(one.door.form), {}
    kwargs = dict(one.door.kwargs)
    if one.place == "field":
        form[one.target] = sent
    elif one.place == "header":
        headers[one.target] = sent
    else:
        kwargs[one.target] = sent
    answer, error = knock(one.door, form, kwargs, headers)
    if error:
        return f"{one}: {error}"
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"{one}: {answer.status_code}"
    if answer.status_code in IN_WORDS and not _has_words(answer):
        return f"{one}: {answer.status_code} without a word"
    return ""


def knock(
    door: Door,
    form: Mapping[str, Any],
    kwargs: Mapping[str, Any] | None = None,
    headers: Mapping[str, bytes] | None = None,
) -> tuple[HttpResponseBase, str]:
    """The answer to one request, and what was raised; changes are undone, cookies kept."""
    errors: list[str] = []

    def note(sender: Any, request: Any, **_: Any) -> None:
        kind, error, trace = sys.exc_info()
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        errors.append(f"{getattr(kind, '__name__', '')}: {str(error)[:120]} ({place})")

    cookies = door.browser.cookies.copy()
    cache.clear()
    got_request_exception.connect(note)
    try:
        with transaction.atomic():
            answer = _send(door, form, kwargs or door.kwargs, headers or {})
            if door.method == "post" and answer.status_code == 302:
                _follow(door, answer["Location"], errors)
            transaction.set_rollback(True)
    finally:
        got_request_exception.disconnect(note)
        door.browser.cookies = cookies
    return answer, "; ".join(errors)


def _follow(door: Door, address: str, errors: list[str]) -> None:
    """Open the page that an act leads to: what was kept is shown there."""
    if address.startswith("/"):
        shown = door.browser.get(address.partition("#")[0])
        if shown.status_code >= 500:
            errors.append(f"then {shown.status_code} at the page it leads to")


def _send(
    door: Door, form: Mapping[str, Any], kwargs: Mapping[str, Any], headers: Mapping[str, bytes]
) -> HttpResponseBase:
    said = "&".join(
        f"{quote(name)}={quote_from_bytes(_bytes(value))}" for name, value in form.items()
    )
    # A header reaches Django as the server reads it: one character a byte.
    extra = {
        f"HTTP_{name.upper().replace('-', '_')}": value.decode("latin-1")
        for name, value in headers.items()
    }
    if "HTTP_COOKIE" in extra:
        extra["HTTP_COOKIE"] = "; ".join(
            f"{name}={extra['HTTP_COOKIE']}"
            for name in (
                "sessionid",
                "avenant_seance",
                "avenant_copie",
                "django_language",
                "messages",
            )
        )
    address = _address(door.name, kwargs)
    answer: HttpResponseBase
    if door.method == "get":
        answer = door.browser.generic("GET", address, QUERY_STRING=said, **extra)
    else:
        form_kind = "application/x-www-form-urlencoded"
        # The same names in the address too: some views read both.
        answer = door.browser.generic(
            "POST", address, said, form_kind, QUERY_STRING=said[:20_000], **extra
        )
    return answer


def _address(name: str, kwargs: Mapping[str, Any]) -> str:
    """The address, with whatever is sent in its path written as a browser writes it."""
    marks = {key: "hostile" if isinstance(at, bytes) else at for key, at in kwargs.items()}
    address = reverse(name, kwargs=marks)
    for at in kwargs.values():
        if isinstance(at, bytes):
            address = address.replace("hostile", quote_from_bytes(at[:20_000], safe=""))
    return address


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _has_words(answer: HttpResponseBase) -> bool:
    if not isinstance(answer, HttpResponse):
        return True
    text = unescape(strip_tags(answer.content.decode()))
    return sum(sign.isalpha() for sign in text) >= 20 and "Traceback" not in text
