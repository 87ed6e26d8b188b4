"""The decisions over HTTP: the same answers and errors as `avenant decide`."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

URL = "/api/v1/decisions/application.retention"


@pytest.fixture
def api() -> Client:
    return Client(enforce_csrf_checks=True)


def post(api: Client, url: str, content: Any) -> HttpResponse:
    body = content if isinstance(content, (str, bytes)) else json.dumps(content)
    return api.post(url, body, content_type="application/json")


@pytest.mark.django_db
def test_it_answers_with_outcome_and_reasons(api: Client) -> None:
    answer = post(api, URL, {"saved_on": ["2026-02-20"], "as_of": "2026-03-07"})

    assert answer.status_code == 200
    assert answer.json()["outcome"] == {"expires_on": "2026-03-07", "is_available": True}
    assert answer.json()["because"][0]["rule"] == "4/APP-07"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "content", "code"),
    [
        (URL, {"saved_on": []}, "invalid_input"),
        (URL, "{", "invalid_input"),
        (URL, b"\xff", "invalid_input"),
        (
            f"{URL}?as_of=demain",
            {"saved_on": ["2026-02-20"], "as_of": "2026-03-07"},
            "invalid_input",
        ),
        ("/api/v1/decisions/no.such", {}, "unknown_decision"),
        (
            f"{URL}?as_of=1900-01-01",
            {"saved_on": ["2026-02-20"], "as_of": "2026-03-07"},
            "carrier_data_missing",
        ),
    ],
)
def test_it_refuses_with_the_error_of_the_program(
    api: Client, url: str, content: Any, code: str
) -> None:
    answer = post(api, url, content)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["message"]


@pytest.mark.django_db
def test_it_describes_every_decision(api: Client) -> None:
    description = api.get("/api/v1/openapi.json").json()

    assert description["openapi"].startswith("3.1")
    assert "/api/v1/decisions/underwriting.requirements" in description["paths"]


@pytest.mark.django_db
@pytest.mark.promise("G6")
def test_it_takes_a_quarter_of_a_mebibyte_and_no_more(api: Client) -> None:
    """What is too much is not even looked at: the same bytes, one fewer, are no JSON."""
    url = "/api/v1/decisions/application.retention"
    most = b" " * 256 * 1024

    assert post(api, url, most).status_code == 422
    answer = post(api, url, most + b" ")
    assert (answer.status_code, "256" in answer.json()["error"]["message"]) == (413, True)


@pytest.mark.django_db
def test_it_names_the_parameter_that_is_no_date(api: Client) -> None:
    answer = post(api, "/api/v1/decisions/application.retention?as_of=yesterday", b"{}")

    error = answer.json()["error"]
    assert (answer.status_code, error["fields"]) == (422, {"as_of": error["message"]})
