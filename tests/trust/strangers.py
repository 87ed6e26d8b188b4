"""Strangers who want the machine for themselves: `python -m tests.trust.strangers SITE COUNT CLIENTS`.

Each client has an address of its own, sends its share of costly requests as fast as they are answered,
and says at the end how often it got which answer, in JSON.
"""

import json
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.support.patience import patient

HOSTILE = (b"/ByteRange [", b"%%EOF", b"/T (avenant", b"\n--", b"<30843084")
MEGABYTES = 10
BODIES = [b"%PDF-1.7\n" + bit * (MEGABYTES * 2**20 // len(bit)) for bit in HOSTILE]


def send(browser: httpx.Client, number: int) -> int:
    """One costly request, of another kind each time."""
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    kind = number % 5
    if kind == 0:
        file = {"file": ("a.pdf", BODIES[number % len(BODIES)], "application/pdf")}
        return browser.post("/verifier", data=token, files=file).status_code
    if kind == 1:
        name = f"/api/v1/decisions/application.retention?n={number}"
        return browser.post(name, content=b'{"saved_on": ["2026-02-20"]}').status_code
    if kind == 2:
        login = {"login": f"nobody{number}@exemple.test", "password": "Wrong-Horse-7!"}
        return browser.post("/connexion/", data=token | login).status_code
    if kind == 3:
        email = {"email": f"nobody{number}@exemple.test"}
        return browser.post("/mot-de-passe/oublie/", data=token | email).status_code
    code = {"code": f"WRNG{number:04}"[:8], "consent": "on"}
    return browser.post("/appel", data=token | code).status_code


def client(site: str, number: int, count: int) -> Counter[int]:
    headers = {"X-Forwarded-For": f"203.0.113.{number + 1}"}
    found: Counter[int] = Counter()
    with httpx.Client(base_url=site, headers=headers, timeout=patient(300)) as browser:
        browser.get("/verifier")
        for at in range(count):
            found[send(browser, number + at)] += 1
    return found


def main(site: str, count: int, clients: int) -> None:
    os.nice(19)  # they are elsewhere: what they do themselves is not this machine's work
    with ThreadPoolExecutor(clients) as threads:
        found = threads.map(lambda number: client(site, number, count // clients), range(clients))
        total = sum(found, Counter())
    sys.stdout.write(json.dumps(total))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
