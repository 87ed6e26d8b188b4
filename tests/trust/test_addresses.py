"""The recorded address cannot be forged (G12): real requests, whose headers say whatever they like,
to a real server behind a proxy that says what it saw.
"""

import http.client
import re
from pathlib import Path

import pytest
from django.urls import reverse

from avenant.limits.actions.count_try import tally_key
from avenant.limits.doors import JOINS
from avenant.limits.guesses import CALL_CODES
from avenant.limits.models import Tally
from tests.support.patience import patient
from tests.support.programs import environment, free_port, process, wait_until_ready
from tests.trust.test_ordinary_things import FORGED

pytestmark = [pytest.mark.promise("G12"), pytest.mark.trust]

SEEN = "203.0.113.5"  # what the proxy saw
FORMS = [
    [(name.removeprefix("HTTP_").replace("_", "-"), text) for name, text in form.items()]
    for form in FORGED
] + [[("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-For", "5.6.7.8")]]


def try_a_code(port: int, forged: list[tuple[str, str]], proxy: list[tuple[str, str]]) -> None:
    """A wrong code, with the caller's headers first and the proxy's after them."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patient(30))
    line.request("GET", reverse("join_call"))
    page = line.getresponse()
    token = re.search(r"csrftoken=(\w+)", page.headers["Set-Cookie"])[1]
    page.read()
    body = f"csrfmiddlewaretoken={token}&code=ABCDEFGH&consent=on"
    line.putrequest("POST", reverse("join_call"))
    for name, text in [
        *forged,
        *proxy,
        ("Cookie", f"csrftoken={token}"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
    ]:
        line.putheader(name, text)
    line.endheaders(body.encode())
    assert line.getresponse().status in {422, 429}
    line.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["alone", "appends", "adds a line"])
def test_it_records_what_was_seen_whatever_the_caller_wrote(how: str, tmp_path: Path) -> None:
    port = free_port()
    env = environment(port, AVENANT_PROXY_COUNT="0" if how == "alone" else "1")
    with process(["serve"], env, tmp_path / "serve.log"):
        wait_until_ready(f"http://localhost:{port}", path="/healthz", folder=tmp_path)
        for form in FORMS:
            proxy = [] if how == "alone" else [("X-Forwarded-For", SEEN)]
            forged = form
            if how == "appends":
                said = ", ".join(text for name, text in form if name == "X-FORWARDED-FOR")
                proxy = [("X-Forwarded-For", f"{said}, {SEEN}" if said else SEEN)]
                forged = [one for one in form if one[0].upper() != "X-FORWARDED-FOR"]
            try_a_code(port, forged, proxy)

    expected = "127.0.0.1" if how == "alone" else SEEN
    counted = set(Tally.objects.values_list("key", flat=True))
    assert counted == {tally_key(limit, expected) for limit in (JOINS, CALL_CODES)}
