"""Virus scanning of uploads through a ClamAV daemon, or honestly none (settled point 18)."""

import socket
import struct
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct

_CHUNK = 64 * 1024
_MAX_ANSWER = 4_096


class Scan(Struct, frozen=True):
    """What a scanner said. `virus` is its name for what it found, "" when clean."""

    virus: str
    engine: str


class ScannerUnavailableError(Exception):
    """The scanner did not answer, or answered something that is not a verdict."""


class Scanner(Protocol):
    """Looks for viruses in the bytes of a file."""

    def scan(self, content: bytes) -> Scan:
        """Say what was found.

        Raises:
            ScannerUnavailableError: no verdict could be had.
        """


class ClamAv:
    """A clamd reached by `tcp://host:port` or `unix:/path`, with its INSTREAM command."""

    def __init__(self, address: str, *, timeout: float = 10.0) -> None:
        self.address = address
        self.timeout = timeout

    def scan(self, content: bytes) -> Scan:
        try:
            with self._connect() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), _CHUNK):
                    chunk = content[start : start + _CHUNK]
                    connection.sendall(struct.pack("!L", len(chunk)) + chunk)
                connection.sendall(struct.pack("!L", 0))
                answer = _read_answer(connection)
        except OSError as error:
            raise ScannerUnavailableError("the virus scanner did not answer") from error
        if answer == "stream: OK":
            return Scan(virus="", engine="ClamAV")
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Scan(virus=answer[8:-6], engine="ClamAV")
        raise ScannerUnavailableError("the virus scanner gave no verdict")

    def _connect(self) -> socket.socket:
        if self.address.startswith("unix:"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            try:
                connection.connect(self.address.removeprefix("unix:"))
            except OSError:
                connection.close()
                raise
            return connection
        place = urlsplit(self.address)
        return socket.create_connection(
            (place.hostname or "localhost", place.port or 3310), self.timeout
        )


def _read_answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MAX_ANSWER:
        part = connection.recv(_MAX_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")
