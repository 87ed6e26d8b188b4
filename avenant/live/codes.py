"""Call codes: what the advisor reads aloud and the client types (4/COS-04)."""

import secrets

from avenant.crypto import decrypt, digest, encrypt
from avenant.live.models import Call

# No 0/O, 1/I/L: the code is read over the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    """Eight characters, about 39 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """What the client typed, without spaces, dashes and case."""
    return "".join(c for c in typed.upper() if c.isalnum())


def code_digest(code: str) -> str:
    """What is stored of the code to recognise it."""
    return digest("call code", normalised(code))


def seal_code(code: str) -> bytes:
    return encrypt(code.encode())


def shown_code(call: Call) -> str:
    """The code for the advisor's own screen, or an empty string when it is spent."""
    if call.code_secret is None or not call.is_code_usable:
        return ""
    return decrypt(call.code_secret).decode()
