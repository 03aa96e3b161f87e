"""The signature of a request, as Standard Webhooks has it: https://www.standardwebhooks.com."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from punchcard.calling.outcome import CallNotPossible

PREFIX = "whsec_"
SHORTEST = 24


def key_of(secret: str, variable: str) -> bytes:
    """Return the bytes that a secret stands for; CallNotPossible if it is none, naming its environment variable."""
    try:
        key = base64.b64decode(secret.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < SHORTEST:
        raise CallNotPossible(
            f"{variable} is not a secret that can sign.",
            remedy=f"Set it to `{PREFIX}` and at least {SHORTEST} random bytes in base64, for instance what "
            "`openssl rand -base64 32` prints, and restart the workers; the other system needs the same.",
        )
    return key


def signed(key: bytes, identity: str, timestamp: int, body: str) -> str:
    """Return the value of `webhook-signature`."""
    content = f"{identity}.{timestamp}.{body}".encode()
    return f"v1,{base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()}"
