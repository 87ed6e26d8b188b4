"""Small pieces of work by which the tests see that the guard holds."""

import os
import time

from avenant.guarded.caller import Refusal


def echo(work: bytes) -> bytes:
    return work


def refuse(work: bytes) -> bytes:
    raise Refusal(work.decode())


def burn(_work: bytes) -> bytes:
    while True:
        pass


def sleep(_work: bytes) -> bytes:
    time.sleep(600)
    return b""


def eat(_work: bytes) -> bytes:
    return bytes(1 << 33)


def die(_work: bytes) -> bytes:
    os.abort()


def fail(work: bytes) -> bytes:
    raise ValueError(work)


def secrets(_work: bytes) -> bytes:
    return repr(sorted(os.environ)).encode()


def nap(work: bytes) -> bytes:
    time.sleep(float(work))
    return b"rested"
