"""Who uses the installation: browsers that come by the proxy, an authenticator, a mail server."""

import base64
import hashlib
import hmac
import re
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from django.urls import reverse

from tests.support.patience import patient

HOST = "avenant.example.org"
SITE = f"https://{HOST}"


class Proxy(httpx.HTTPTransport):
    """What stands before the web process: it ends the encryption and says who called."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(
            request.method,
            request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port),
            headers=request.headers,  # the host that was asked for among them
            stream=request.stream,
            extensions=request.extensions,
        )
        sent.headers.update({"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"})
        return super().handle_request(sent)


@dataclass
class Person:
    """Somebody with a browser, a password and, once asked for it, an authenticator."""

    port: int
    email: str
    password: str
    browser: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.browser = httpx.Client(
            base_url=SITE, transport=Proxy(self.port), timeout=patient(30), follow_redirects=True
        )

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Open a page and send its form."""
        self.browser.get(path)
        return self.post(path, **fields)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send the form of the page that is open."""
        token = {"csrfmiddlewaretoken": self.browser.cookies["csrftoken"]}
        return self.browser.post(path, data=fields | token, headers={"Referer": SITE + path})

    def sign_in(self) -> httpx.Response:
        """By password; the second factor, which is asked before anything else, is set up."""
        self.send(reverse("account_login"), login=self.email, password=self.password)
        page = self.browser.get("/")  # each look at that page makes another secret
        if page.url.path == reverse("account_reauthenticate"):
            page = self.post(page.url.raw_path.decode(), password=self.password)
        found = re.search(r"\b[A-Z2-7]{32}\b", page.text)
        assert found, f"no secret for an authenticator on {page.url}: {page.text[:2000]}"
        self.post(reverse("mfa_activate_totp"), code=code_of(found[0]))
        return self.browser.get("/")


def code_of(secret: str) -> str:
    """What an authenticator shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 0xF
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class _Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.mails.append(b"".join(lines).decode())  # type: ignore[attr-defined]
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[tuple[int, list[str]]]:
    """Its port, and the messages that it took."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.daemon_threads = True
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.mails  # type: ignore[attr-defined]
        server.shutdown()
