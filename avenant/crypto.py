"""Encryption at rest and keyed digests.

Health and bank answers, and every stored file, are encrypted with a key ring: the first key
writes, all of them read, so a key is replaced without rewriting anything at once (settled 11).
"""

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@cache
def _ring() -> MultiFernet:
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))
            for secret in settings.AVENANT_KEY_RING
        ]
    )


def encrypt(content: bytes) -> bytes:
    """Encrypt with the newest key."""
    return _ring().encrypt(content)


def decrypt(content: bytes | memoryview) -> bytes:
    """Decrypt with whichever key of the ring fits. Raises `cryptography.fernet.InvalidToken`."""
    return _ring().decrypt(bytes(content))


def encrypt_json(value: Any) -> bytes:
    """Encrypt a JSON value."""
    return encrypt(json.dumps(value, ensure_ascii=False, default=str).encode())


def decrypt_json(content: bytes | memoryview) -> Any:
    return json.loads(decrypt(content))


def digest(purpose: str, value: str) -> str:
    """A keyed digest (HMAC-SHA-256, hex) of `value`, different for each `purpose`.

    Lets a code or a name be looked up without being stored.
    """
    key = settings.AVENANT_DIGEST_KEY.encode()
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
