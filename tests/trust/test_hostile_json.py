"""Whatever strangers send to the decisions, over HTTP or as lines, the answer is the error of the
contract, soon, and nothing of it is kept (G6)."""

import io
import json
import time
from argparse import Namespace
from typing import Any

import pytest
from django.test import Client

from avenant.pages import brand as brands
from avenant_rules import registry, settings
from avenant_rules.program import answer_lines
from avenant_rules.tables import tables_for

pytestmark = pytest.mark.promise("G6")

URL = "/api/v1/decisions/application.retention"
FACTS: dict[str, Any] = {"saved_on": ["2026-02-20"], "as_of": "2026-03-07"}
LARGEST = 250_000  # bytes: what the API reads


def facts(**changed: bytes) -> bytes:
    """The facts of an honest request, with some of them written as a stranger writes them."""
    written = {name: json.dumps(value).encode() for name, value in FACTS.items()} | changed
    return b"{" + b",".join(b'"%b":%b' % (name.encode(), at) for name, at in written.items()) + b"}"


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a form": b"saved_on=2026-02-20",
    "UTF-16": json.dumps(FACTS).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + facts(),
    "Latin-1": facts(as_of='"é"'.encode("latin-1")),
    "half a character": facts(as_of=b'"\\ud800"'),
    "NUL": facts(as_of=b'"2026-03-07\\u0000"'),
    "NUL in a name": b'{"as\\u0000of": 1}',
    "NaN": facts(as_of=b"NaN"),
    "infinity": facts(as_of=b"-Infinity"),
    "a huge exponent": facts(as_of=b"1e999999"),
    "many digits": facts(as_of=b"9" * (LARGEST - 100)),
    "many decimals": facts(as_of=b"0." + b"1" * (LARGEST - 100)),
    "a deep list": b"[" * LARGEST,
    "a deep fact": facts(as_of=b"[" * 100_000 + b"]" * 100_000),
    "deep objects": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "a name twice": facts(as_of=b'"2026-03-07","as_of":"2026-03-08"'),
    "a name twice, written apart": facts(as_of=b'"2026-03-07","as\\u005fof":"2026-03-08"'),
    "many names, one twice": b"{%b}" % b",".join(b'"%d":1' % (n // 2 * 2) for n in range(20_000)),
    "many names, the last twice": b"{%b,%b}"
    % (b",".join(b'"%d":1' % n for n in range(20_000)), b'"19999":1'),
    "year 0": facts(as_of=b'"0000-01-01"'),
    "year 9999": facts(saved_on=b'["9999-12-31"]'),
    "year 10000": facts(as_of=b'"10000-01-01"'),
    "a long text": facts(as_of=b'"%b"' % (b"x" * (LARGEST - 100))),
    "null": b"null",
    "true": b"true",
}
ODD = ["\0", "é", "x" * 20_000, "../smatis", "%00", "croix_bleue\n", "x.y", "٣"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", BODIES)
def test_it_answers_every_body_with_the_error_of_the_contract(name: str) -> None:
    answer = Client().post(URL, BODIES[name], content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] in {"invalid_input", "carrier_data_missing"}
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("name", BODIES)
def test_it_answers_every_line_with_an_error_and_goes_on(name: str) -> None:
    options = Namespace(
        name="application.retention", carrier=None, as_of=None, language="fr", explain=None
    )
    out = io.BytesIO()

    code = answer_lines([BODIES[name].replace(b"\n", b" "), facts()], out, options)

    first, second = map(json.loads, out.getvalue().splitlines())
    assert code == 1
    assert first["error"]["message"]
    assert second["outcome"]["expires_on"] == "2026-03-07"


@pytest.mark.django_db
@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("name", ["carrier", "as_of", "language", "explain"])
def test_it_takes_no_odd_parameter_for_a_path(name: str, value: str) -> None:
    answer = Client().post(
        URL, facts(), content_type="application/json", query_params={name: value}
    )

    assert answer.status_code == 422 or (answer.status_code == 200 and name != "carrier")


@pytest.mark.django_db
def test_it_keeps_nothing_under_a_strangers_name() -> None:
    caches = (registry._modules, settings.settings_of, tables_for, brands._brand)
    Client().post(URL, facts(), content_type="application/json")
    brands.brand(brands.NEUTRAL)
    before = [one.cache_info().currsize for one in caches]

    for number in range(20):
        asked = f"/api/v1/decisions/family{number}.name"
        Client().post(asked, facts(), content_type="application/json")
        Client().post(f"{URL}?carrier=carrier{number}", facts(), content_type="application/json")
        Client().get(f"/marque/name{number}.css")
        brands.brand(f"name{number}")

    assert [one.cache_info().currsize for one in caches] == before


@pytest.mark.trust
@pytest.mark.django_db
def test_it_names_what_is_given_twice_in_the_time_it_takes_to_read() -> None:
    """Naming the repetitions of many names costs no more than a few readings of them."""
    once = b"{%b}" % b",".join(b'"%d":1' % n for n in range(25_000))
    times = []
    for body in (once, BODIES["many names, the last twice"]):
        started = time.process_time()
        for _ in range(3):
            Client().post(URL, body, content_type="application/json")
        times.append(time.process_time() - started)

    assert times[1] < 10 * times[0]
